import { theSystemItself } from './actor';
import { among, type Db, type Row, rows, sql, transact } from './database';
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

/** So many reactions, each of another record, are run in one transaction. */
const atOnce = 10;

/**
 * Runs asynchronous reactions that are due: the oldest of each record. Success deletes its row in the same transaction;
 * a fault puts it off, longer each time, and stops no other. Answers how many were run.
 */
async function runReactions(db: Db, house: House, now: Date, report?: (problem: unknown) => void): Promise<number> {
  const failed: { waiting: Waiting; problem: unknown }[] = [];
  const ran = await transact(db, async (trx) => {
    failed.length = 0;
    const due = await rows<Waiting>(
      trx,
      sql`select id, name, line_id, record_id, depth, attempts from reaction a where not parked and due_at <= ${now}
          and not exists (select 1 from reaction b where b.record_id = a.record_id and b.name = a.name and b.id < a.id and not b.parked)
          order by due_at, id limit ${atOnce} for update skip locked`,
    );
    const done: string[] = [];
    for (const waiting of due) {
      const problem = await runOne(trx, house, now, waiting);
      if (problem === undefined) done.push(waiting.id);
      else failed.push({ waiting, problem });
    }
    if (done.length > 0) await sql`delete from reaction where id ${among(done)}`.execute(trx);
    for (const { waiting, problem } of failed) await putOff(trx, waiting, problem, now);
    return due.length;
  });
  for (const { problem } of failed) report?.(problem);
  return ran;
}

/** Runs one reaction; answers what went wrong, with nothing of it left behind. */
async function runOne(db: Db, house: House, now: Date, waiting: Waiting): Promise<unknown> {
  const reaction = house.afterwards.find((known) => known.name === waiting.name);
  const line = reaction ? await readLine(db, waiting) : undefined;
  if (!reaction || !line) return undefined;
  await sql`savepoint reaction`.execute(db);
  try {
    const cause = { line: line.id };
    await reaction.react({ db, house, actor: theSystemItself, now, cause, depth: waiting.depth + 1 }, line);
    await sql`release savepoint reaction`.execute(db);
    return undefined;
  } catch (problem) {
    await sql`rollback to savepoint reaction`.execute(db);
    return problem ?? new Error('It failed without saying why.');
  }
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
  for (;;) {
    const ran = await runReactions(db, house, now, report);
    if (ran === 0) return count;
    count += ran;
  }
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
