import type { Context, Outcome, Verb, Wake } from './command';
import { type Db, rows, type Sql, sql } from './database';
import type { Line } from './history';

/** What an act replaced beside the fields of its record. */
export interface PutAside {
  readonly line_id: string;
  readonly timers: readonly {
    key: string;
    verb: string;
    due_at: string;
    reason: string;
    input: Record<string, unknown>;
  }[];
  readonly replaced: readonly string[];
  readonly added: readonly { table: string; id: string }[];
}

/** How long it is known, in milliseconds: longer than an act can be taken back, so that who comes late is told so. */
const keptMs = 86_400_000;

/** Keeps the timers an act replaces, as they were before the statement, and the ids of the rows it adds. */
export function putAsideSql(
  context: Context,
  verb: Verb,
  acts: readonly { line: Line | null; outcome: Outcome }[],
): Sql[] {
  if (!verb.undo || context.actor.kind !== 'person') return [];
  const kept = acts.flatMap(({ line, outcome }) => {
    const replaced = (outcome.wake ?? []).map(({ key }) => key);
    const added = (outcome.children ?? []).flatMap(({ table, insert }) => (insert ? [{ table, id: insert.id }] : []));
    return line && replaced.length + added.length > 0
      ? [{ line_id: line.id, record_id: line.record_id, replaced, added }]
      : [];
  });
  if (kept.length === 0) return [];
  return [
    sql`insert into put_aside (line_id, timers, replaced, added, at)
      select x.line_id, coalesce((select jsonb_agg(to_jsonb(t)) from timer t
          where t.record_id = x.record_id and t.key = any(x.replaced)), '[]'), x.replaced, x.added, ${context.now}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as x (line_id uuid, record_id uuid, replaced text[], added jsonb)`,
  ];
}

export async function readPutAside(db: Db, lineIds: readonly string[]): Promise<Map<string, PutAside>> {
  const found = await rows<PutAside>(
    db,
    sql`select line_id, timers, replaced, added from put_aside where line_id = any(${[...lineIds]}::uuid[])`,
  );
  return new Map(found.map((one) => [one.line_id, one]));
}

/** The timers as they were before the act. */
export function timersBefore({ timers, replaced }: PutAside): Wake[] {
  return replaced.map((key) => {
    const timer = timers.find((one) => one.key === key);
    return timer
      ? { key, verb: timer.verb, at: new Date(timer.due_at), reason: timer.reason, input: timer.input }
      : { key, verb: '', at: null, reason: '' };
  });
}

/** Remembers which lines one verb on many left, under the name its answer bears. */
export async function keepBulk(context: Context, id: string, type: string, lineIds: readonly string[]): Promise<void> {
  await sql`insert into bulk_act (id, actor_id, type, line_ids, at)
    values (${id}, ${context.actor.id}, ${type}, ${[...lineIds]}::uuid[], ${context.now})`.execute(context.db);
}

/** Forgets what can no longer be taken back. Answers how much that was. */
export async function forgetPutAside(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptMs);
  const gone = await sql<{ n: number }>`with a as (delete from put_aside where at < ${before} returning 1),
    b as (delete from bulk_act where at < ${before} returning 1)
    select (select count(*) from a)::int + (select count(*) from b)::int as n`.execute(db);
  return gone.rows[0]?.n ?? 0;
}
