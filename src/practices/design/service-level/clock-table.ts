import { among, type Db, one, type Row, rows, sql } from '../../../kernel/database';
import { holdBook, tokenNow } from './book';
import type { ClockRow } from './clock-row.rules';
import type { CountPromises, EndedPromise } from './ended-promises';
import type { Judged } from './judge.rules';
import { movingFields, type ToldLine } from './record-events.rules';

/** The only writer of the table `clock` and of `record.due_at`. */

const instants = ['started_at', 'ended_at', 'due_at', 'promised_at', 'breach_at', 'warn_at', 'next_at'] as const;

const iso = (at: number | null | undefined): string | null => (at == null ? null : new Date(at).toISOString());

const stored = (row: ClockRow): Row => {
  const out: Row = { ...row };
  for (const name of instants) out[name] = iso(row[name]);
  return out;
};

/** A row as the driver or `to_jsonb` gives it. */
export const readClock = (row: Row): ClockRow => {
  const out: Row = { ...row };
  for (const name of instants) out[name] = row[name] == null ? null : new Date(row[name] as string).getTime();
  return out as unknown as ClockRow;
};

const columns = [
  'record_id',
  'target',
  'cycle',
  'state',
  'agreement_id',
  'agreement_version',
  'calendar_id',
  'target_s',
  'started_at',
  'ended_at',
  'due_at',
  'promised_at',
  'breached',
  'breach_at',
  'warn_at',
  'elapsed_s',
  'paused_s',
  'told',
  'next_at',
  'team_id',
] as const;
const listed = sql.raw(columns.join(', '));
const moved = columns.slice(3);
const sets = sql.raw(moved.map((name) => `${name} = excluded.${name}`).join(', '));

export interface Writing {
  /** Clocks of records made in this very transaction. */
  readonly fresh: readonly ClockRow[];
  /** Clocks that may be there already. */
  readonly changed: readonly ClockRow[];
  /** Clocks that are no more. */
  readonly gone: readonly Pick<ClockRow, 'record_id' | 'target' | 'cycle'>[];
  /** Records whose due instant is another. */
  readonly dues: readonly Pick<Judged, 'record_id' | 'due_at'>[];
  /** Promises that ended, or that run again. */
  readonly ended: readonly EndedPromise[];
}

/**
 * Writes clocks and due instants in one statement, and only while the book is still the one of `token`. Answers the
 * token as it is now; where it is another, nothing was written and all must be judged anew.
 */
export async function writeJudged(db: Db, token: string, writing: Writing, count: CountPromises): Promise<string> {
  const { fresh, changed, gone, dues, ended } = writing;
  const parts = [];
  const current = sql`(select token from book) = ${token}::uuid`;
  const from = (all: readonly ClockRow[]) =>
    sql`select ${listed} from jsonb_populate_recordset(null::clock, ${JSON.stringify(all.map(stored))}::jsonb) where ${current}`;
  if (fresh.length > 0) parts.push(sql`begun as (insert into clock (${listed}) ${from(fresh)})`);
  if (changed.length > 0)
    parts.push(sql`moved as (insert into clock (${listed}) ${from(changed)}
      on conflict (record_id, target, cycle) do update set ${sets})`);
  if (gone.length > 0)
    parts.push(sql`taken as (
      delete from clock c using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as g (record_id uuid, target text, cycle int)
      where ${current} and c.record_id = g.record_id and c.target = g.target and c.cycle = g.cycle)`);
  if (dues.length > 0) {
    const set = dues.map(({ record_id, due_at }) => ({ id: record_id, due_at: iso(due_at) }));
    parts.push(sql`due as (
      update record r set due_at = d.due_at
      from jsonb_to_recordset(${JSON.stringify(set)}::jsonb) as d (id uuid, due_at timestamptz)
      where ${current} and r.id = d.id and r.due_at is distinct from d.due_at)`);
  }
  for (const [at, part] of (ended.length > 0 ? count(ended, current) : []).entries())
    parts.push(sql`${sql.raw(`counted${at}`)} as (${part})`);
  const found = await one<{ token: string }>(
    db,
    sql`with ${sql.join([sql`book as materialized (select ${tokenNow} as token)`, ...parts])}
        select token, ${holdBook} from book`,
  );
  return found!.token;
}

/** What is known of records whose clocks are to be judged: what they tell, and what was told of their clocks. */
export interface Known {
  readonly token: string;
  readonly lines: ReadonlyMap<string, ToldLine[]>;
  readonly clocks: ReadonlyMap<string, ClockRow[]>;
}

const wanted = [...movingFields, 'deadline_at', 'comment'];

/**
 * History and clocks of records, in one statement. Of records that were only `answered` by their team, the history is
 * read when a promise waits for that answer; without such a promise they have no lines here.
 */
export async function readKnown(db: Db, ids: readonly string[], answered: readonly string[] = []): Promise<Known> {
  // One that was cancelled or broken may have been ended by something else than an answer: then an answer still counts.
  const waits = sql`exists (select 1 from clock c where c.record_id = h.record_id and c.state <> 'met'
    and c.target in ('first_response', 'update'))`;
  const asked = answered.length > 0 ? sql`and (not h.record_id ${among(answered)} or ${waits})` : sql``;
  const found = await one<{ token: string; lines: unknown[][]; clocks: Row[] }>(
    db,
    sql`with told as (
        select h.record_id, h.id, h.name, h.cause, h.at, h.recorded_at, h.actor_id, h.actor_kind,
          (select jsonb_agg(jsonb_build_object('field', e -> 'field', 'after',
              case e ->> 'field' when 'comment' then jsonb_build_object('from', e -> 'after' -> 'from') else e -> 'after' end))
            from jsonb_array_elements(h.changes) e
            where e ->> 'field' = any(${wanted}::text[]) or starts_with(e ->> 'field', 'x_')) as changes
        from history h where h.record_id ${among(ids)} ${asked})
      select ${tokenNow} as token,
        (select coalesce(jsonb_agg(jsonb_build_array(t.record_id, t.name, t.at, t.recorded_at, t.actor_id, t.actor_kind,
            coalesce(t.changes, '[]'), t.id, t.cause) order by t.id), '[]')
          from told t where t.changes is not null or t.name like '%.commented' or t.name like '%.undone') as lines,
        (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from clock c where c.record_id ${among(ids)}) as clocks`,
  );
  const lines = new Map<string, ToldLine[]>();
  for (const [id, name, at, recorded, actor, kind, changes, line, cause] of found!.lines) {
    const told: ToldLine = {
      id: String(line),
      cause,
      name: String(name),
      at: Date.parse(String(at)),
      recorded_at: Date.parse(String(recorded)),
      actor_id: (actor as string | null) ?? null,
      actor_kind: String(kind),
      changes: changes as ToldLine['changes'],
    };
    const list = lines.get(String(id));
    if (list) list.push(told);
    else lines.set(String(id), [told]);
  }
  const clocks = new Map<string, ClockRow[]>();
  for (const row of found!.clocks.map(readClock)) {
    const list = clocks.get(row.record_id);
    if (list) list.push(row);
    else clocks.set(row.record_id, [row]);
  }
  return { token: found!.token, lines, clocks };
}

/** The clocks of records as they are kept. */
export async function clocksOf(db: Db, ids: readonly string[]): Promise<ClockRow[]> {
  return (await rows<Row>(db, sql`select * from clock where record_id ${among(ids)}`)).map(readClock);
}

/** Clocks that have something to tell by now with the types of their records, the oldest first. */
export async function dueClocks(db: Db, now: Date, most: number): Promise<{ type: string; clock: ClockRow }[]> {
  // Two statements, as the first is asked every half second and finds nothing: joined, the planner prepares for many.
  const due = await rows<Row>(db, sql`select * from clock where next_at <= ${now} order by next_at limit ${most}`);
  if (due.length === 0) return [];
  const types = await rows<{ id: string; type: string }>(
    db,
    sql`select id, type from record where id ${among([...new Set(due.map((row) => String(row.record_id)))])}`,
  );
  const typeOf = new Map(types.map(({ id, type }) => [id, type]));
  return due.map((row) => ({ type: typeOf.get(String(row.record_id))!, clock: readClock(row) }));
}

/** When the next clock has something to tell; null when none has. */
export async function nextClock(db: Db): Promise<Date | null> {
  return (await one<{ at: Date | null }>(db, sql`select min(next_at) as at from clock`))?.at ?? null;
}

type Telling = Pick<ClockRow, 'record_id' | 'target' | 'cycle' | 'state' | 'breached' | 'told' | 'next_at'>;

/** Remembers what was told. */
export async function writeTold(db: Db, told: readonly Telling[]): Promise<void> {
  if (told.length === 0) return;
  const all = told.map((row) => ({ ...row, next_at: iso(row.next_at) }));
  await sql`update clock c set state = x.state, breached = x.breached, told = x.told, next_at = x.next_at
    from jsonb_populate_recordset(null::clock, ${JSON.stringify(all)}::jsonb) x
    where c.record_id = x.record_id and c.target = x.target and c.cycle = x.cycle`.execute(db);
}
