import { type Book, type PromisedType, versionOf } from './book.rules';
import { replay } from './clock.rules';
import { type ClockRow, rowOfClock } from './clock-row.rules';
import { readTimeline, type ToldLine } from './record-events.rules';

/** A record to be judged: its whole story as clocks see it. Instants are UTC milliseconds. */
export interface Case {
  readonly record_id: string;
  readonly opened_at: number;
  /** In the order they were written. */
  readonly lines: readonly ToldLine[];
  /** What was told of each clock so far, by `target cycle`; null: it comes from the past, nobody is told of it. */
  readonly told: ReadonlyMap<string, number> | null;
}

export interface Judged {
  readonly record_id: string;
  readonly rows: readonly ClockRow[];
  /** The earliest due instant of the clocks that run. */
  readonly due_at: number | null;
}

export const clockKey = (clock: { target: string; cycle: number }): string => `${clock.target} ${clock.cycle}`;

/** How all clocks of a record stand at `now`: a pure function of its history and the book. */
export const judge = (book: Book, kind: PromisedType, one: Case, now: number): Judged => {
  if (book.versions.length === 0) return { record_id: one.record_id, rows: [], due_at: null };
  const { definition, events } = readTimeline(book, kind, one.opened_at, one.lines, now);
  const rows = replay(definition, events, now, { explain: false, every_cycle: true }).map((clock) => {
    const told = one.told === null ? null : (one.told.get(clockKey(clock)) ?? 0);
    return rowOfClock(book, versionOf(book, clock.agreement!), one.record_id, clock, told, now);
  });
  const dues = rows.map((row) => row.due_at).filter((due) => due !== null);
  return { record_id: one.record_id, rows, due_at: dues.length === 0 ? null : Math.min(...dues) };
};
