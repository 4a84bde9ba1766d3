import { useTranslation } from 'react-i18next';
import { usePlace } from '../../../../web/api/places';
import type { Clock, RecordRow } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { When } from '../../../../web/kit/marks';
import { useWords } from '../../../../web/words/use-words';
import './place.css';

/** Why this incident stands where it stands in its queue: base, each part, the instant it is worth, and the order. */
export function Place({ record }: { record: RecordRow }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const place = usePlace(record).data;
  if (!place) return null;
  return (
    <Section title={t('place.title')}>
      <table className="place num">
        <tbody>
          <tr>
            <td className="q2">{t(`place.${place.base.kind}`)}</td>
            <td>
              <When at={place.base.at} />
            </td>
          </tr>
          {place.parts.map((part) => (
            <tr key={part.kind}>
              <td className="q2">{part.words}</td>
              <td>{`${part.minutes < 0 ? '−' : '+'}${words.duration(Math.abs(part.minutes) * 60)}`}</td>
            </tr>
          ))}
          <tr className="sum">
            <td>{t('place.worth')}</td>
            <td className="b">
              <When at={place.queue_at} />
            </td>
          </tr>
        </tbody>
      </table>
      <p className="s q2">
        {place.order ? (
          <>
            <a className="u" href={`/queue-orders/${place.order.number}`}>
              {place.order.name}
            </a>
            {`, ${t('place.version', { version: place.order.version })}`}
          </>
        ) : (
          t('place.delivered')
        )}
      </p>
    </Section>
  );
}

/** Which team used how much of the time to resolve, beside its slice; the sum is what the clock shows. */
export function TeamShares({ clocks }: { clocks: Clock[] }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const whole = clocks.find((clock) => clock.target === 'resolution');
  const teams = whole?.teams ?? [];
  if (!whole || (teams.length < 2 && !teams.some(({ slice_s }) => slice_s !== null))) return null;
  return (
    <div className="shares">
      <h3 className="s q2">{t('shares.title')}</h3>
      <table className="place num">
        <tbody>
          {teams.map(({ team, elapsed_s, slice_s }) => (
            <tr key={team?.id ?? team?.name ?? ''}>
              <td className="q2">{team?.name ?? t('shares.nobody')}</td>
              <td className={slice_s !== null && elapsed_s > slice_s ? 'broken b' : undefined}>
                {slice_s === null
                  ? words.duration(elapsed_s)
                  : t('shares.of', { used: words.duration(elapsed_s), whole: words.duration(slice_s) })}
              </td>
            </tr>
          ))}
          <tr className="sum">
            <td>{t('shares.sum')}</td>
            <td>{words.duration(whole.elapsed_s)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
