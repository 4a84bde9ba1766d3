import { theSystemItself } from './actor';
import { type Db, one, type Row, rows, sql, transact } from './database';
import type { Change, Line, StoredChange } from './history';
import type { House } from './house';

interface Waiting {
  id: string;
  name: string;
  line_id: string;
  record_id: string;
  depth: number;
  attempts: number;
}

/** After this many attempts a reaction is parked for a person to look at. */
export const mostAttempts = 8;

/**
 * Runs one asynchronous reaction that is due: the oldest of its record. Success deletes its row in the same
 * transaction; a fault puts it off, longer each time. Answers false when nothing was due.
 */
export async function runOneReaction(
  db: Db,
  house: House,
  now: Date,
  report?: (problem: unknown) => void,
): Promise<boolean> {
  let failed: { waiting: Waiting; problem: unknown } | undefined;
  const ran = await transact(db, async (trx) => {
    const waiting = await one<Waiting>(
      trx,
      sql`select id, name, line_id, record_id, depth, attempts from reaction a where not parked and due_at <= ${now}
          and not exists (select 1 from reaction b where b.record_id = a.record_id and b.name = a.name and b.id < a.id and not b.parked)
          order by due_at, id limit 1 for update skip locked`,
    );
    if (!waiting) return false;
    const reaction = house.afterwards.find((known) => known.name === waiting.name);
    const line = reaction ? await readLine(trx, waiting) : undefined;
    if (reaction && line) {
      await sql`savepoint reaction`.execute(trx);
      try {
        await reaction.react(
          { db: trx, house, actor: theSystemItself, now, cause: { line: line.id }, depth: waiting.depth + 1 },
          line,
        );
      } catch (problem) {
        failed = { waiting, problem };
        await sql`rollback to savepoint reaction`.execute(trx);
      }
    }
    if (failed) await putOff(trx, failed.waiting, failed.problem, now);
    else await sql`delete from reaction where id = ${waiting.id}::uuid`.execute(trx);
    return true;
  });
  if (failed) report?.(failed.problem);
  return ran;
}

async function putOff(db: Db, waiting: Waiting, problem: unknown, now: Date): Promise<void> {
  const attempts = waiting.attempts + 1;
  const later = new Date(now.getTime() + 1000 * 2 ** attempts);
  await sql`update reaction set attempts = ${attempts}, due_at = ${later}, parked = ${attempts >= mostAttempts},
    problem = ${problem instanceof Error ? problem.message : String(problem)} where id = ${waiting.id}::uuid`.execute(
    db,
  );
}

/** Runs everything that is due now: for tests and for a clock that was moved. */
export async function drainReactions(
  db: Db,
  house: House,
  now: Date,
  report?: (problem: unknown) => void,
): Promise<number> {
  let count = 0;
  while (await runOneReaction(db, house, now, report)) count += 1;
  return count;
}

async function readLine(db: Db, waiting: Waiting): Promise<Line | undefined> {
  const found = (
    await rows<Omit<Line, 'changes'> & { changes: StoredChange[]; now_row: Row }>(
      db,
      sql`select h.id, h.record_id, h.type, h.name, h.actor_id, h.actor_kind, h.at, h.recorded_at, h.internal, h.changes,
            h.cause, h.why, to_jsonb(r) as now_row
          from history h join record r on r.id = h.record_id where h.id = ${waiting.line_id}::uuid`,
    )
  )[0];
  if (!found) return undefined;
  const changes = found.changes.filter((change): change is Change & { salt: string } => !('erased' in change));
  return {
    ...found,
    changes,
    verb: found.name.split('.')[1]!,
    depth: waiting.depth,
    before: null,
    after: found.now_row,
  };
}
