import { addWorkingTime, type Calendar } from '../../../commons/calendar/working-time.rules';
import type { Escalation } from './agreement.contract';
import { type Book, calendarAt } from './book.rules';
import type { AgreementVersion } from './choice.rules';
import type { ClockState, TargetName } from './clock.contract';
import type { Clock } from './clock.rules';

/** A clock as it is kept in its table; instants are UTC milliseconds. */
export interface ClockRow {
  record_id: string;
  target: TargetName;
  cycle: number;
  state: ClockState;
  agreement_id: string;
  agreement_version: number;
  calendar_id: string;
  target_s: number | null;
  started_at: number;
  ended_at: number | null;
  due_at: number | null;
  promised_at: number | null;
  breached: boolean;
  breach_at: number | null;
  warn_at: number | null;
  elapsed_s: number | null;
  paused_s: number | null;
  told: number;
  next_at: number | null;
  /** Of a team clock: who held the record. */
  team_id: string | null;
}

/** Do two rows say the same? */
export const sameClock = (a: ClockRow, b: ClockRow): boolean =>
  (Object.keys(a) as (keyof ClockRow)[]).every((name) => a[name] === b[name]);

/** Something a clock has to tell: that time runs out, that it ran out, or a step of the escalation. */
export interface Announcement {
  readonly kind: 'warn' | 'breach' | 'escalate';
  /** The place of the step in the chain; 0 for a warning and a breach. */
  readonly step: number;
  /** From when on it can be told. */
  readonly at: number;
  /** When it was true, as its line says: a promise ends with its last instant, and is broken from the next on. */
  readonly dated: number;
}

const warned = 1;
const brokenBit = 2;
export const bitOf = (kind: Announcement['kind'], step: number): number =>
  kind === 'warn' ? warned : kind === 'breach' ? brokenBit : 4 << step;

/** The escalation chain of an agreement and the hours its steps are counted in. */
export interface Chain {
  readonly steps: readonly Escalation[];
  hoursOf(step: Escalation): Calendar;
}

/** The chain of a version; hours are those that hold at `known`. */
export const chainOf = (book: Book, version: AgreementVersion, known: number): Chain => ({
  steps: version.content.escalations,
  hoursOf: (step) => calendarAt(book, step.calendar_id ?? version.content.calendar_id, known),
});

const broken = (at: number): Announcement => ({ kind: 'breach', step: 0, at, dated: at - 1 });

type Standing = Pick<ClockRow, 'target' | 'state' | 'ended_at' | 'breached' | 'breach_at' | 'warn_at'>;

/**
 * What a clock has to tell, told or not, in the order of time. Nothing in a pause; of what has ended only the breach
 * that nobody saw.
 */
export const announcements = (clock: Standing, chain: Chain): Announcement[] => {
  if (clock.state === 'paused') return [];
  if (clock.ended_at !== null) return clock.breached && clock.breach_at !== null ? [broken(clock.breach_at)] : [];
  const all: Announcement[] = [];
  const early = clock.warn_at !== null && (clock.breach_at === null || clock.warn_at < clock.breach_at);
  if (early) all.push({ kind: 'warn', step: 0, at: clock.warn_at!, dated: clock.warn_at! });
  if (clock.breach_at !== null) all.push(broken(clock.breach_at));
  for (const [step, told] of chain.steps.entries()) {
    if (told.target !== undefined && told.target !== clock.target) continue;
    const from = all.find(({ kind }) => kind === (told.from === 'warning' ? 'warn' : 'breach'));
    const dated = from ? addWorkingTime(chain.hoursOf(told), from.dated, told.after_s * 1000) : null;
    if (from && dated !== null) all.push({ kind: 'escalate', step, at: Math.max(dated, from.at), dated });
  }
  return all.sort((a, b) => a.at - b.at);
};

/** The next thing to tell; null when there is none. */
export const nextToTell = (clock: Standing & Pick<ClockRow, 'told'>, chain: Chain): Announcement | null =>
  announcements(clock, chain).find(({ kind, step }) => (clock.told & bitOf(kind, step)) === 0) ?? null;

/**
 * What stays told when a clock was worked out anew: what lies ahead again (a later target, a pause that moved it) will
 * be told again when its time comes.
 */
const stillTold = (told: number, clock: Standing, chain: Chain, now: number): number => {
  let kept = told;
  for (const { kind, step, at } of announcements(clock, chain)) if (at > now) kept &= ~bitOf(kind, step);
  return kept;
};

/** All that would have been told by now: for what comes in from the past, of which nobody is told. */
const silently = (clock: Standing, chain: Chain, now: number): number =>
  announcements(clock, chain).reduce((told, { kind, step, at }) => (at <= now ? told | bitOf(kind, step) : told), 0);

/** The row of a clock as it was worked out at `now`; `told` is what was told of it before, null for the past. */
export const rowOfClock = (
  book: Book,
  version: AgreementVersion,
  recordId: string,
  clock: Clock,
  told: number | null,
  now: number,
): ClockRow => {
  const chain = chainOf(book, version, now);
  const standing: Standing = clock;
  const toldNow = told === null ? silently(standing, chain, now) : stillTold(told, standing, chain, now);
  const row: ClockRow = {
    record_id: recordId,
    target: clock.target,
    cycle: clock.cycle,
    state: clock.state,
    agreement_id: version.id,
    agreement_version: version.version,
    calendar_id: version.content.calendar_id,
    target_s: clock.target_s,
    started_at: clock.started_at,
    ended_at: clock.ended_at,
    due_at: clock.due_at,
    promised_at: clock.promised_at,
    breached: clock.breached,
    breach_at: clock.breach_at,
    warn_at: clock.warn_at,
    elapsed_s: clock.ended_at === null ? null : clock.elapsed_s,
    paused_s: clock.ended_at === null ? null : clock.paused_s,
    told: toldNow,
    next_at: null,
    team_id: clock.team,
  };
  return { ...row, next_at: nextToTell(row, chain)?.at ?? null };
};

/** The row after something was told. A running clock whose breach is told is a breached one. */
export const afterTelling = (
  row: ClockRow,
  kind: Announcement['kind'],
  step: number,
  chain: Chain,
): Pick<ClockRow, 'record_id' | 'target' | 'cycle' | 'state' | 'breached' | 'told' | 'next_at'> => {
  const breach = kind === 'breach';
  const next = {
    ...row,
    told: row.told | bitOf(kind, step),
    state: breach && row.state === 'running' ? ('breached' as const) : row.state,
    breached: row.breached || breach,
  };
  const { record_id, target, cycle, state, breached, told } = next;
  return { record_id, target, cycle, state, breached, told, next_at: nextToTell(next, chain)?.at ?? null };
};
