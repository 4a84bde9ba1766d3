import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryLine, RecordType } from '../../api/types';
import { hoursWords } from '../../words/hours';
import { actorWords, ruleWords, useWords, type Words } from '../../words/use-words';
import { dayWords } from './day-words';

/** Fields a line says nothing new by: they follow from what happened. */
const silent = new Set([
  'updated_at',
  'version',
  'state',
  'search',
  'acknowledged_at',
  'resolved_at',
  'closed_at',
  'due_at',
  'opened_at',
  'created_at',
  'type',
  'id',
  'number',
  'serial',
  'department',
  'requester_id',
  'beneficiary_id',
  'channel',
  'description',
  'title',
  'reopen_count',
  'reassignment_count',
  'watcher',
  'watcher_removed',
  'assessed_at',
  'investigation_started_at',
  'root_cause_at',
  'known_error_at',
  'fix_started_at',
  'submitted_at',
  'submitted_by_id',
  'scheduled_at',
  'documented_at',
  'actual_start',
  'approved_at',
  'holiday_names',
  'proposed_year',
  'taken_back',
  'time_was',
  'major',
  'major_since',
]);

/** What somebody waited for is over when the work goes on. */
const waited = new Set(['hold_reason', 'hold_until']);

/** Acts that say nothing but what they changed. */
const overt = new Set(['edited', 'redirected']);

/** Things of their own that hang on a record: their words need no name before them. */
const hangs = new Set([
  'proposal',
  'comment',
  'attachment',
  'link',
  'task',
  'tasks',
  'task_removed',
  'time',
  'time_was',
  'time_removed',
]);

/** An address of the product's own, nothing for people. */
const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

export function shortValue(value: unknown, field: string, words: Words): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'object') {
    // Whoever may not read what is named, or nobody named it: how many there are says enough.
    if (Array.isArray(value) && value.length && value.every(isId)) return words.number(value.length, 0);
    if (Array.isArray(value)) return value.map((one) => shortValue(one, field, words)).join(', ') || '–';
    return partWords(value as Record<string, unknown>, field, words);
  }
  if (typeof value === 'boolean') return words.yes(value);
  if (field === 'state') return words.state(String(value));
  if (field === 'record_type' || field === 'record_types') return words.type(String(value));
  if (field === 'needs') return words.called({ number: String(value), type: 'practice' });
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return words.date(String(value));
  if (/^\*-\d{2}-\d{2}$/.test(String(value))) return words.day(String(value));
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(String(value))) return words.when(String(value));
  if (typeof value === 'string' && /^[a-z_]+$/.test(value)) return words.choice(field, value);
  return String(value);
}

/** What hangs on a record and structured fields, in a few words: a text, a file's name, a kind of link, `name: value`. */
function partWords(value: Record<string, unknown>, field: string, words: Words): string {
  if (typeof value.name === 'string') return value.name;
  if (typeof value.text === 'string') return value.text;
  if (typeof value.title === 'string') return value.title;
  if (typeof value.minutes === 'number')
    return [words.duration(value.minutes * 60), value.what, typeof value.at === 'string' ? words.when(value.at) : null]
      .filter(Boolean)
      .join(', ');
  if (typeof value.from === 'string' && typeof value.until === 'string') return shiftWords(value, words);
  if (field === 'watcher') return '';
  if (field === 'link') return words.choice('link', String(value.kind ?? ''));
  return Object.entries(value)
    .filter(([key]) => key !== 'id')
    .map(([key, one]) => `${words.field(key)} ${shortValue(one, key, words)}`)
    .join(', ');
}

/** A shift or a window of a calendar: its days, from when to when, and who. */
function shiftWords({ days, from, until, ...rest }: Record<string, unknown>, words: Words): string {
  const who = Object.entries(rest).map(([key, one]) => shortValue(one, key, words));
  return [hoursWords({ days, from, until }, words.language), ...who].filter(Boolean).join(' ');
}

/** What a line of history says after its actor's name. */
export function useLineWords(type?: RecordType) {
  const words = useWords();
  const { t } = useTranslation('records');
  return (line: HistoryLine): ReactNode => {
    const past = line.name.split('.').pop() ?? line.name;
    const clock = clockOf(line);
    if (clock && (past === 'warned' || past === 'breached' || past === 'escalated')) {
      const target = `“${words.target(clock.target)}”`;
      return (
        <>
          {t(`clock.${past}`, { target })}
          {clock.told.length ? <span className="q">. {t('clock.told', { names: clock.told.join(', ') })}</span> : null}
        </>
      );
    }
    const made = past === 'created' || past === 'logged' || past === 'founded';
    if (made) {
      const given = line.changes.find((change) => change.field === 'title' || change.field === 'name')?.after;
      const name = line.record.type === 'practice' ? words.called(line.record) : given;
      return (
        <>
          {words.did(past)} <span className="q2">{cut(typeof name === 'string' ? name : '')}</span>
        </>
      );
    }
    const shown = line.changes.filter(
      (change) =>
        (!silent.has(change.field) && !(past === 'resumed' && waited.has(change.field))) ||
        (overt.has(past) && !['updated_at', 'version', 'watcher', 'watcher_removed'].includes(change.field)),
    );
    const names = line.changes.find((change) => change.field === 'holiday_names')?.after;
    const timeWas = line.changes.find((change) => change.field === 'time_was')?.after;
    const was = timeWas ? shortValue(timeWas, 'time', words) : null;
    const said = shown.slice(0, 4).map((change) => {
      const name = words.field(change.field, type?.fields.find((field) => field.name === change.field)?.label);
      if (change.field === 'holidays')
        return `${name}: ${dayWords(change.before, change.after, names, words, {
          added: (days) => t('days.added', { days }),
          gone: (days) => t('days.gone', { days }),
          more: (count) => t('days.more', { count }),
        })}`;
      const before = shortValue(change.before, change.field, words);
      const after = shortValue(change.after, change.field, words);
      if (hangs.has(change.field))
        return cut(was && change.field === 'time' ? `${was} → ${after}` : after === '–' ? before : after);
      return before === '–' || past === 'logged' || past === 'created'
        ? `${name}: ${cut(after)}`
        : `${name}: ${cut(before)} → ${cut(after)}`;
    });
    // What was taken back is said first: what changed by that follows from it.
    const back = line.changes.find((change) => change.field === 'taken_back')?.after;
    if (typeof back === 'string') said.unshift(words.past(back));
    return (
      <>
        {words.did(past)}
        {said.length ? <span className="q">. {said.map(withoutStop).join('; ')}</span> : null}
        {shown.length > 4 ? <span className="q"> {t('and_more', { count: shown.length - 4 })}</span> : null}
      </>
    );
  };
}

/** A sentence another one follows: its full stop is set by who puts them together. */
export const withoutStop = (text: string): string => text.replace(/(?<!\.)\.$/, '');

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What a line says about a promise: which one, and who was told. */
function clockOf(line: HistoryLine): { target: string; told: string[] } | null {
  const clock = line.changes.find((change) => change.field === 'clock')?.after as { target?: string } | undefined;
  if (!clock?.target) return null;
  const to = (line.why as { to?: { name?: string }[] } | null)?.to ?? [];
  return { target: clock.target, told: to.map((one) => one.name ?? '').filter(Boolean) };
}

/** Who a line was done by, and whether a machine did it. */
export function actorOf(line: HistoryLine): { name: string; machine: boolean } {
  return { name: actorWords(line.actor), machine: line.actor?.kind !== 'person' };
}

/** The sentence of `why`, whatever shape the rule gave it. */
export function whyWords(why: unknown): string | null {
  if (!why) return null;
  if (typeof why === 'string') return why;
  if (typeof why === 'object') {
    const known = why as {
      sentence?: string;
      rule?: string;
      reason?: string;
      name?: string;
      agreement?: { name?: string };
      timer?: string;
    };
    // A promise's rule names itself; here its agreement is enough, the clock says the rest.
    if (known.agreement?.name) return known.agreement.name;
    const sentence = [known.rule === undefined ? known.name : ruleWords(known.rule), known.sentence ?? known.reason]
      .filter((part) => typeof part === 'string')
      .join(': ');
    return sentence || (known.timer ?? JSON.stringify(why));
  }
  return String(why);
}
