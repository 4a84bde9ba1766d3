import { useTranslation } from 'react-i18next';
import type { RecordType } from '../../api/types';
import { HealthStop } from '../../kit/glyphs';
import { useWords, type Words } from '../../words/use-words';
import { shortValue, whyWords } from './history-words';

export interface BulkItem {
  number: string;
  status: number;
  version?: number;
  problem?: { detail?: string; title?: string };
}

interface Effect {
  name: string;
  record: { type: string; id: string; number: string };
  changes: { field: string; before: unknown; after: unknown }[];
  why?: unknown;
}

interface MailToCome {
  to: { name: string } | null;
  number: string;
  subject: string;
}

/** What a rehearsal answers: for each record what would become of it, and the mails that would go out. */
export interface Rehearsal {
  bulk_id: string | null;
  undo?: { until: string };
  items: BulkItem[];
  effects?: Effect[];
  mails?: MailToCome[];
}

/** Instants that follow from what happens: they say nothing new before it does. */
const following = /^(acknowledged|resolved|closed|cancelled|due|queue)_at$/;

function changeWords(effect: Effect, type: RecordType | undefined, words: Words): string {
  const shown = effect.changes.filter(({ field }) => !following.test(field));
  const said = shown.slice(0, 3).map(({ field, before, after }) => {
    const name = words.field(field, type?.fields.find((one) => one.name === field)?.label);
    const was = shortValue(before, field, words);
    return `${name}: ${was === '–' ? '' : `${was} → `}${shortValue(after, field, words)}`;
  });
  const why = whyWords(effect.why);
  return said.join('; ') + (shown.length > said.length ? ' …' : '') + (why ? ` (${why})` : '');
}

const most = 200;

/** What scrolls by itself is reached by the keyboard, so that it can be scrolled without a pointer. */
const reachable = (element: HTMLElement | null) => {
  if (element) element.tabIndex = 0;
};

/** Each record with what becomes of it, the refused ones first with the reason. */
export function Preview({
  run,
  type,
  nameOf,
  label,
}: {
  run: Rehearsal;
  type?: RecordType;
  nameOf?: (address: string) => { number: string; title: string } | undefined;
  label: string;
}) {
  const { t } = useTranslation('records');
  const words = useWords();
  const refused = run.items.filter((item) => item.status >= 300);
  const told = new Set((run.effects ?? []).map((effect) => effect.record.number));
  const rows = [
    ...refused.map((item) => ({
      number: item.number,
      fine: false,
      words: item.problem?.detail ?? item.problem?.title ?? '',
    })),
    ...(run.effects ?? []).map((effect) => ({
      number: effect.record.number,
      fine: true,
      words: changeWords(effect, type, words),
    })),
    ...run.items
      .filter((item) => item.status < 300 && !told.has(item.number))
      .map((item) => ({ number: item.number, fine: true, words: t(run.effects ? 'bulk.same' : 'bulk.fine') })),
  ];
  const mails = run.mails ?? [];
  return (
    <>
      <ul className="bulk-list" aria-label={label} ref={reachable}>
        {rows.slice(0, most).map((row) => {
          const known = nameOf?.(row.number);
          return (
            <li key={row.number}>
              <HealthStop mark={row.fine ? 'good' : 'broken'} />
              <span className="num q2 nw">{known?.number ?? row.number}</span>
              <span className="cut">{known?.title ?? ''}</span>
              <span className="s q2">{row.words}</span>
            </li>
          );
        })}
      </ul>
      {rows.length > most ? <p className="s q">{t('bulk.further', { count: rows.length - most })}</p> : null}
      {run.mails ? (
        mails.length ? (
          <details className="bulk-mails">
            <summary>{t('bulk.mails', { count: mails.length })}</summary>
            <ul ref={reachable}>
              {mails.slice(0, most).map((mail) => (
                <li key={`${mail.number} ${mail.to?.name} ${mail.subject}`} className="s">
                  <span className="b">{mail.to?.name ?? t('bulk.somebody')}</span>{' '}
                  <span className="q2">{mail.subject}</span>
                </li>
              ))}
            </ul>
          </details>
        ) : (
          <p className="s q">{t('bulk.no_mails')}</p>
        )
      ) : null}
    </>
  );
}
