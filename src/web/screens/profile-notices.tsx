import './profile-notices.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choose, type Notices, type TopicChoice, useChooseNotices, useNotices } from '../api/notices';
import { Field } from '../kit/field';
import { useWords } from '../words/use-words';
import { WayOf } from './notice-way';
import { QuietHours } from './profile-quiet';
import { TryOut } from './profile-try';

/** What one is told, which way, and when: kinds, quiet hours, digest, and when a message would come. */
export function NoticeChoice() {
  const { t } = useTranslation('notices');
  const notices = useNotices();
  const choose = useChooseNotices();
  const known = notices.data;
  if (!known) return null;
  return (
    <section id="notices">
      <h2>{t('title')}</h2>
      <p className="q2">{t('lede')}</p>
      <ul className="nt">
        {known.topics.map((one) => (
          <Row key={one.topic} one={one} choose={choose} />
        ))}
      </ul>
      <h3>{t('quiet')}</h3>
      <p className="q2">{t('quiet_text', { zone: known.time_zone })}</p>
      <QuietHours key={JSON.stringify(known.quiet)} known={known.quiet} choose={choose} />
      <h3>{t('digest')}</h3>
      <p className="q2">{t('digest_text')}</p>
      <Digest digest={known.digest} choose={choose} />
      <h3>{t('try')}</h3>
      <p className="q2">{t('try_text')}</p>
      <TryOut known={known} />
    </section>
  );
}

function Row({ one, choose }: { one: TopicChoice; choose: Choose }) {
  const { t } = useTranslation('notices');
  const words = useWords();
  const topic = words.choice('topic', one.topic);
  return (
    <li>
      <span>
        {topic} {one.source === 'delivered' ? null : <span className="s q2">{t(`source.${one.source}`)}</span>}
      </span>
      <WayOf one={one} choose={choose} aria-label={t('way_of', { topic })} />
      <span className="nt-more">
        {one.critical ? (
          <label className="check">
            <input
              type="checkbox"
              checked={one.passes}
              aria-label={t('passes_of', { topic })}
              onChange={(event) => void choose({ passes: { [one.topic]: event.target.checked } })}
            />
            {t('passes')}
          </label>
        ) : null}
        {one.source === 'own' ? (
          <button
            type="button"
            className="link"
            aria-label={t('back_of', { topic })}
            onClick={() => void choose({ ways: { [one.topic]: null } })}
          >
            {t('back')}
          </button>
        ) : null}
      </span>
    </li>
  );
}

function Digest({ digest, choose }: { digest: Notices['digest']; choose: Choose }) {
  const { t } = useTranslation('notices');
  const [at, setAt] = useState(digest.every === 'day' ? digest.at : '08:00');
  return (
    <div className="pf-row">
      <Field label={t('digest')}>
        {(ids) => (
          <select
            {...ids}
            className="input"
            value={digest.every}
            onChange={(event) =>
              void choose({ digest: event.target.value === 'hour' ? { every: 'hour' } : { every: 'day', at } })
            }
          >
            <option value="hour">{t('hourly')}</option>
            <option value="day">{t('daily')}</option>
          </select>
        )}
      </Field>
      {digest.every === 'day' ? (
        <Field label={t('at')}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type="time"
              value={at}
              onChange={(event) => setAt(event.target.value)}
              onBlur={() => at && at !== digest.at && void choose({ digest: { every: 'day', at } })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
