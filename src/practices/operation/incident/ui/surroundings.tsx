import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../../web/api/client';
import { settle } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { StateGlyph } from '../../../../web/kit/glyphs';
import { Markdown } from '../../../../web/kit/markdown';
import { When } from '../../../../web/kit/marks';
import { say } from '../../../../web/kit/toast';
import { useHref } from '../../../../web/shell/use-href';
import { refOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import type { Alike, Around, Brief, NearChange } from './around';
import { Automatic } from './automatic';

/** Sets one field of the incident from where it was found. */
function useNaming(record: RecordRow) {
  const client = useQueryClient();
  const { t } = useTranslation('around');
  return async (field: 'problem_id' | 'caused_by_change_id', number: string) => {
    try {
      const after = await ask<RecordRow>(`/incidents/${record.number}`, {
        method: 'PATCH',
        body: { [field]: number },
        ifMatch: record.version,
      });
      settle(client, 'incidents', record.number, after);
      say(t('named', { number }));
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
}

/** One record with its number, name and state. */
function Mini({ one, end }: { one: Brief; end?: React.ReactNode }) {
  const hrefOf = useHref();
  const words = useWords();
  return (
    <a className="mini" href={hrefOf(one.number, one.type)} title={one.name}>
      <span className="cut">
        <span className="num q">{one.number}</span> {one.name}
      </span>
      {end ?? <StateGlyph state={one.state} label={words.state(one.state)} />}
    </a>
  );
}

/** Known errors first: they may end the work at once. */
export function KnownErrors({ record, around }: { record: RecordRow; around: Around }) {
  const { t } = useTranslation('around');
  const hrefOf = useHref();
  const name = useNaming(record);
  const { items, why } = around.known_errors;
  const may = record.offers ?? [];
  if (items.length === 0) return null;
  const named = refOf(record, 'problem_id')?.number;
  return (
    <Automatic
      number={record.number}
      subject="known_errors"
      title={t('known_errors')}
      note={items.length}
      why={why}
      mayDoubt={may.includes('doubt')}
    >
      {items.map((one) => (
        <div className="near" key={one.id}>
          <Mini one={one} />
          <p className="s q">{one.why.near.map((near) => t(`near.${near}` as 'near.service')).join(', ')}</p>
          {one.workaround || one.root_cause ? (
            <Markdown text={one.workaround ?? one.root_cause ?? ''} hrefOf={hrefOf} />
          ) : null}
          {named !== one.number && may.includes('edit') ? (
            <p className="near-acts">
              <button type="button" className="link s" onClick={() => void name('problem_id', one.number)}>
                {t('this_is_it')}
              </button>
            </p>
          ) : null}
        </div>
      ))}
    </Automatic>
  );
}

/** What was altered shortly before, and what will be. */
export function Changes({ record, around }: { record: RecordRow; around: Around }) {
  const { t } = useTranslation('around');
  const words = useWords();
  const name = useNaming(record);
  const { recent, planned, why } = around.changes;
  const may = record.offers ?? [];
  const cause = refOf(record, 'caused_by_change_id')?.number;
  if (recent.length + planned.length === 0) return null;
  const when = (one: NearChange) => {
    const hours = one.why.hours_before;
    if (!one.actual_start || hours === null) return null;
    return t(hours >= 0 ? 'hours_before' : 'hours_after', { time: words.duration(Math.round(Math.abs(hours) * 3600)) });
  };
  return (
    <Automatic
      number={record.number}
      subject="changes"
      title={t('changes')}
      note={recent.length + planned.length}
      why={why}
      mayDoubt={may.includes('doubt')}
    >
      {recent.map((one) => (
        <div className="near" key={one.id}>
          <Mini one={one} />
          <p className="s q">
            {[when(one), ...one.why.near.map((near) => t(`near.${near}` as 'near.service'))].filter(Boolean).join(', ')}
          </p>
          {cause === one.number ? (
            <p className="s b">{t('is_cause')}</p>
          ) : may.includes('edit') ? (
            <p className="near-acts">
              <button type="button" className="link s" onClick={() => void name('caused_by_change_id', one.number)}>
                {t('caused_this')}
              </button>
            </p>
          ) : null}
        </div>
      ))}
      {planned.length ? <p className="s q2">{t('planned')}</p> : null}
      {planned.map((one) => (
        <Mini key={one.id} one={one} end={<When at={one.planned_start} className="s q nw" />} />
      ))}
    </Automatic>
  );
}

/** Incidents like this one; what helped is said where they are solved. */
export function Similar({ record, around }: { record: RecordRow; around: Around }) {
  const { t } = useTranslation('around');
  const { open, solved, why } = around.similar;
  if (open.length + solved.length === 0) return null;
  return (
    <Automatic
      number={record.number}
      subject="similar"
      title={t('similar')}
      note={open.length + solved.length}
      why={why}
      mayDoubt={record.offers?.includes('doubt') ?? false}
    >
      {[...open, ...solved].map((one) => (
        <Like key={one.id} one={one} />
      ))}
    </Automatic>
  );
}

function Like({ one }: { one: Alike }) {
  const { t } = useTranslation('around');
  const reason = [
    ...(one.why.words.length ? [`“${one.why.words.join(', ')}”`] : []),
    ...one.why.same.map((same) => t(`same.${same}` as 'same.component')),
  ].join(' · ');
  return (
    <div className="near">
      <Mini one={one} />
      <p className="s q cut" title={reason}>
        {reason}
      </p>
      {one.resolution_note ? (
        <p className="s q2 cut" title={one.resolution_note}>
          {one.resolution_note}
        </p>
      ) : null}
    </div>
  );
}

/** The service as it stands, what was promised, which goals suffer, who else is affected. */
export function Affected({ record, around }: { record: RecordRow; around: Around }) {
  const { t } = useTranslation('around');
  const { affected, service, promise, goals } = around;
  const { children } = affected;
  if (!service && affected.total === 0 && children.total === 0) return null;
  return (
    <Automatic
      number={record.number}
      subject="affected"
      title={t('affected')}
      note={affected.total || null}
      why={affected.why}
      mayDoubt={record.offers?.includes('doubt') ?? false}
    >
      {service ? (
        <a className="mini" href={`/services/${service.number}`}>
          <span className="cut">{service.name}</span>
          <span
            className={`s nw ${{ broken: 'broken b', at_risk: 'risk', good: 'good', unknown: 'q' }[service.health]}`}
          >
            {t(`health.${service.health}`)}
          </span>
        </a>
      ) : null}
      {promise ? (
        <a className="mini" href={`/agreements/${promise.agreement.number}`}>
          <span className="cut q2">{promise.agreement.name}</span>
          <span className="s q nw">
            {t(promise.targets.some((one) => one.breached) ? 'promise_broken' : 'promise_kept')}
          </span>
        </a>
      ) : null}
      {goals?.map((goal) => (
        <a className="mini" key={goal.number} href={`/goals/${goal.number}`}>
          <span className="cut">{goal.name}</span>
          <span className="s q nw">{t('goal')}</span>
        </a>
      ))}
      {affected.total ? (
        <p className="s q2">{t('others', { count: affected.total, people: affected.people })}</p>
      ) : service ? (
        <p className="s q">{t('nobody_else')}</p>
      ) : null}
      {affected.items.map((one) => (
        <Mini key={one.id} one={one} />
      ))}
      {children.total ? <p className="s q2">{t('parts', { count: children.total })}</p> : null}
      {children.items.map((one) => (
        <Mini key={one.id} one={one} />
      ))}
    </Automatic>
  );
}
