import { allMergedInto } from '../../commons/merge';
import { linesOff } from '../../commons/practice/switched';
import { untoldLines } from '../../commons/reading';
import type { Actor } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Db, one, type Row, rows, sql } from '../../kernel/database';
import type { StoredChange } from '../../kernel/history';
import type { House } from '../../kernel/house';
import { holdsAny } from '../../kernel/policy';

export interface Happened {
  id: string;
  type: string;
  seq: number;
  name: string;
  at: Date;
  internal: boolean;
  changes: StoredChange[];
  record: Row;
  /** The records merged into that one, where the line is an answer: it is read on them too. */
  echoes: Row[];
}

export interface StreamEvent {
  readonly seq: number;
  readonly event: 'change' | 'gone';
  readonly data: Row;
}

const pageSize = 500;

/** Sealed lines after a seq, with their records as they are now. Order and completeness come from the seal. */
async function happenedAfter(db: Db, seq: number): Promise<Happened[]> {
  const lines = await rows<Omit<Happened, 'echoes'>>(
    db,
    sql`select s.seq, h.id, h.type, h.name, h.at, h.internal, h.changes, to_jsonb(r) - 'custom' as record
        from history_seal s join history h on h.id = s.line_id join record r on r.id = h.record_id
        where s.seq > ${seq} order by s.seq limit ${pageSize}`,
  );
  const answers = lines.filter(isAnswer).map((line) => String(line.record.id));
  const merged = answers.length ? await allMergedInto({ db }, answers) : [];
  return lines.map((line) => ({
    ...line,
    echoes: isAnswer(line) ? merged.filter((one) => one.into_id === line.record.id).map(({ row }) => row) : [],
  }));
}

/** Whether a line says something to everybody who asked, here or on what was merged into this. */
function isAnswer(line: Omit<Happened, 'echoes'>): boolean {
  if (line.internal || !line.name.endsWith('.commented')) return false;
  const said = line.changes.find(({ field }) => field === 'comment');
  return Boolean(said && 'after' in said && (said.after as { from?: unknown } | null)?.from !== 'requester');
}

/** So long one reading serves all who ask from the same place, in milliseconds. */
const sharedMs = 250;

/**
 * Reads what happened after a seq once for all connections that have come so far: those who listen have all heard the
 * same, so a hundred of them ask the database as often as one.
 */
export function readTogether(db: Db): (seq: number) => Promise<Happened[]> {
  let readings = new Map<number, { at: number; lines: Promise<Happened[]> }>();
  return (seq) => {
    const at = performance.now();
    const known = readings.get(seq);
    if (known && at - known.at < sharedMs) return known.lines;
    readings = new Map([...readings].filter(([, one]) => at - one.at < sharedMs));
    const lines = happenedAfter(db, seq);
    readings.set(seq, { at, lines });
    return lines;
  };
}

/** What one caller is told of a line: a change, that the record left their sight, or nothing. */
function tell(house: House, actor: Actor, line: Happened): StreamEvent | undefined {
  const type = house.types.get(String(line.record.type));
  if (!type) return undefined;
  const { type: kind, id, number, version } = line.record;
  if (holdsAny(type.sees, line.record, actor)) {
    if (line.internal && !holdsAny(type.team, line.record, actor)) return undefined;
    return {
      seq: Number(line.seq),
      event: 'change',
      data: { type: kind, id, number, version, name: line.name, at: line.at },
    };
  }
  const before: Row = { ...line.record };
  for (const change of line.changes)
    if (!('erased' in change) && change.field in before) before[change.field] = change.before;
  if (!holdsAny(type.sees, before, actor)) return undefined;
  return { seq: Number(line.seq), event: 'gone', data: { type: kind, id, number } };
}

/** The events of one caller after a seq, and how far they reach. */
export async function eventsAfter(
  context: Context,
  seq: number,
  read: (seq: number) => Promise<Happened[]>,
): Promise<{ events: StreamEvent[]; reached: number; more: boolean }> {
  const { house, actor } = context;
  const lines = await read(seq);
  const off = new Set(linesOff(house.whole.verbs, house.off));
  const told = lines.flatMap((line) => {
    if (off.has(line.name)) return [];
    return [line.record, ...line.echoes].flatMap((record) => {
      const event = tell(house, actor, { ...line, record });
      return event ? [{ line, event }] : [];
    });
  });
  const untold = await untoldLines(
    context,
    told.map(({ line }) => line),
  );
  const events = told.filter(({ line }) => !untold.has(line.id)).map(({ event }) => event);
  const last = lines[lines.length - 1];
  return { events, reached: last ? Number(last.seq) : seq, more: lines.length === pageSize };
}

export async function lastSeq(db: Db): Promise<number> {
  const found = await one<{ seq: number }>(db, sql`select seq from sealer`);
  return Number(found?.seq ?? 0);
}
