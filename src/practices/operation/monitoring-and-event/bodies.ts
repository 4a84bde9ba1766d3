import { among, type Db, one, rows, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';

export interface KeptBody {
  readonly id: string;
  readonly source: string;
  readonly at: Date;
  readonly body: string;
}

/** Keeps a body before it is answered. Answers its id. */
export async function keepBody(db: Db, source: string, senderId: string, body: string, now: Date): Promise<string> {
  const id = newId(now);
  await sql`insert into alert_body (id, source, sender_id, at, body, state)
    values (${id}, ${source}, ${senderId}, ${now}, ${body}, 'waiting')`.execute(db);
  return id;
}

/**
 * The oldest bodies that wait, for this transaction alone: whoever else asks gets none, so that nothing overtakes
 * what came before it.
 */
export async function waitingBodies(db: Db, most: number): Promise<KeptBody[]> {
  const lock = await one<{ mine: boolean }>(db, sql`select pg_try_advisory_xact_lock(4117001) as mine`);
  if (!lock!.mine) return [];
  return rows<KeptBody>(
    db,
    sql`select id, source, at, body from alert_body where state = 'waiting' order by id limit ${most}`,
  );
}

export interface Gone {
  readonly id: string;
  readonly problem: string | null;
}

/** Marks bodies as gone through; those with a problem are kept to be seen and replayed. */
export async function finishBodies(db: Db, all: readonly Gone[], now: Date): Promise<void> {
  await sql`update alert_body b set state = case when g.problem is null then 'done' else 'failed' end,
      problem = g.problem, done_at = ${now}
    from unnest(${all.map((one) => one.id)}::uuid[], ${all.map((one) => one.problem)}::text[]) as g (id, problem)
    where b.id = g.id`.execute(db);
}

/** A page of bodies is no larger than this, in bytes, but for a single one. */
const mostBytes = 2_000_000;

/** The bodies of a source, newest first; `state` narrows them. A page ends early where bodies are large. */
export async function bodiesOf(db: Db, source: string, limit: number, before?: string, state?: string) {
  const found = await rows<{ id: string; size: number }>(
    db,
    sql`select id, octet_length(body) as size from alert_body where source = ${source}
        ${state ? sql`and state = ${state}` : sql``} ${before ? sql`and id < ${before}::uuid` : sql``}
        order by id desc limit ${limit + 1}`,
  );
  const ids: string[] = [];
  let size = 0;
  for (const one of found.slice(0, limit)) {
    size += one.size;
    if (ids.length > 0 && size > mostBytes) break;
    ids.push(one.id);
  }
  const items = await rows<{ id: string }>(
    db,
    sql`select id, at, state, problem, done_at, body from alert_body where id ${among(ids)} order by id desc`,
  );
  return { items, next: found.length > ids.length ? ids[ids.length - 1]! : null };
}

/** Puts a body that could not be understood back to be gone through. Answers whether there was one. */
export async function replayBody(db: Db, source: string, id: string): Promise<boolean> {
  const found = await one(
    db,
    sql`update alert_body set state = 'waiting', problem = null, done_at = null
        where id = ${id}::uuid and source = ${source} and state = 'failed' returning id`,
  );
  return found !== undefined;
}

/** Bodies that were understood are kept for a while, those that were not for longer. Answers how many went. */
export async function forgetBodies(db: Db, now: Date, days = 14): Promise<number> {
  const before = (n: number) => new Date(now.getTime() - n * 86_400_000);
  const gone = await sql`delete from alert_body where (state = 'done' and at < ${before(days)})
    or (state = 'failed' and at < ${before(days * 6)}) returning 1`.execute(db);
  return gone.rows.length;
}
