import { theSystemItself } from './actor';
import type { Afterwards, Context, House } from './command';
import { type Db, one, type Row, rows, type Sql, sql, transact } from './database';
import type { Change, Line, StoredChange } from './history';

interface Waiting {
  id: string;
  name: string;
  line_id: string;
  record_id: string;
  depth: number;
  attempts: number;
}

type Report = (problem: unknown) => void;

/** After this many attempts a reaction is parked for a person to look at. */
const mostAttempts = 8;

/** So many are tried at once. */
const most = 100;

/**
 * Runs asynchronous reactions that are due, in a set: of one kind, the oldest of each record. Success takes their rows
 * away in the same transaction. When the set fails each runs alone, and only the one that fails is put off, longer each
 * time. Answers how many were tried.
 */
export async function runReactions(db: Db, house: House, now: Date, report?: Report): Promise<number> {
  return transact(db, async (trx) => {
    const waiting = await claim(trx, house, now);
    if (waiting.length === 0) return 0;
    const reaction = house.afterwards.find((known) => known.name === waiting[0]!.name);
    const lines = await readLines(trx, waiting);
    const context: Context = {
      db: trx,
      house,
      actor: theSystemItself,
      now,
      depth: 1 + Math.max(...waiting.map((one) => one.depth)),
    };
    if (!reaction || lines.length === 0 || (await tryOut(context, reaction, lines)) === null) {
      await done(trx, waiting);
      return waiting.length;
    }
    for (const one of waiting) {
      const line = lines.find((known) => known.id === one.line_id);
      const problem = line ? await tryOut({ ...context, cause: { line: line.id } }, reaction, [line]) : null;
      if (problem === null) await done(trx, [one]);
      else {
        await putOff(trx, one, problem, now);
        report?.(problem);
      }
    }
    return waiting.length;
  });
}

/** What follows from records of a kind that is switched off rests until it is on again. */
const resting = (house: House, it: Sql) =>
  house.off.size === 0
    ? sql``
    : sql`and not exists (select 1 from record q where q.id = ${it}.record_id and q.type = any(${[...house.off]}::text[]))`;

/** Of so many that are due longest the next are chosen: choosing costs the same however many wait behind them. */
const choice = 500;

/** Locks the next set; where all who are due longest wait for one that was put off, everything due is looked through. */
async function claim(db: Db, house: House, now: Date): Promise<Waiting[]> {
  const waiting = await chosen(db, house, now, choice);
  if (waiting.length > 0) return waiting;
  const more = await one(db, sql`select from reaction where not parked and due_at <= ${now} offset ${choice} limit 1`);
  return more ? chosen(db, house, now, null) : waiting;
}

/**
 * Of one kind, the oldest of each record: while an older one of its kind and record waits, it is nobody's turn, even when that
 * one was put off. Asked as a value and not as `not exists`, which the planner turns into a join; what it knows of a table that
 * is empty most of the time makes it compare everything with everything.
 */
function chosen(db: Db, house: House, now: Date, among: number | null): Promise<Waiting[]> {
  return rows<Waiting>(
    db,
    sql`with due as materialized (
          select id, name, record_id, due_at from reaction a where not parked and due_at <= ${now} ${resting(house, sql`a`)}
          order by due_at, id limit ${among}),
        turn as materialized (
          select id, name, due_at from due where id = (select b.id from reaction b
            where b.record_id = due.record_id and b.name = due.name and not b.parked order by b.id limit 1))
        select id, name, line_id, record_id, depth, attempts from reaction
        where id in (select id from turn where name = (select name from turn order by due_at, id limit 1)
          order by due_at, id limit ${most})
        order by due_at, id for update skip locked`,
  );
}

/** Answers the fault, null when there was none; nothing stays of what failed. */
async function tryOut(context: Context, reaction: Afterwards, lines: readonly Line[]): Promise<unknown> {
  await sql`savepoint reaction`.execute(context.db);
  try {
    await reaction.react(context, lines);
    return null;
  } catch (problem) {
    await sql`rollback to savepoint reaction`.execute(context.db);
    return problem ?? 'unknown';
  }
}

async function done(db: Db, waiting: readonly Waiting[]): Promise<void> {
  await sql`delete from reaction where id = any(${waiting.map((one) => one.id)}::uuid[])`.execute(db);
}

async function putOff(db: Db, waiting: Waiting, problem: unknown, now: Date): Promise<void> {
  const attempts = waiting.attempts + 1;
  const later = new Date(now.getTime() + 1000 * 2 ** attempts);
  await sql`update reaction set attempts = ${attempts}, due_at = ${later}, parked = ${attempts >= mostAttempts},
    problem = ${problem instanceof Error ? problem.message : String(problem)} where id = ${waiting.id}::uuid`.execute(
    db,
  );
}

/**
 * Runs at once what this very transaction has asked for: a rehearsal, taken back by who called it, shows so what would
 * have followed.
 */
export async function rehearseReactions(db: Db, house: House, now: Date): Promise<void> {
  const waiting = await rows<Waiting>(
    db,
    sql`select a.id, a.name, a.line_id, a.record_id, a.depth, a.attempts from reaction a
        join history h on h.id = a.line_id where h.tx = pg_current_xact_id() order by a.id`,
  );
  const lines = await readLines(db, waiting);
  for (const reaction of house.afterwards) {
    const asked = new Set(waiting.filter(({ name }) => name === reaction.name).map(({ line_id }) => line_id));
    const mine = lines.filter(({ id }) => asked.has(id));
    if (mine.length > 0) await reaction.react({ db, house, actor: theSystemItself, now, depth: 1 }, mine);
  }
}

/** Runs everything that is due now. Answers how many were tried. */
export async function drainReactions(db: Db, house: House, now: Date, report?: Report): Promise<number> {
  let count = 0;
  for (;;) {
    const tried = await runReactions(db, house, now, report);
    if (tried === 0) return count;
    count += tried;
  }
}

type Read = Omit<Line, 'changes' | 'verb' | 'depth' | 'before' | 'after'> & { changes: StoredChange[]; row: Row };

/** The lines behind waiting reactions, each with its record as it is now. */
async function readLines(db: Db, waiting: readonly Waiting[]): Promise<Line[]> {
  const found = await rows<Read>(
    db,
    sql`select h.id, h.record_id, h.type, h.name, h.actor_id, h.actor_kind, h.at, h.recorded_at, h.internal, h.changes,
          h.cause, h.why, (select to_jsonb(r) from record r where r.id = h.record_id) as row
        from history h
        where h.id = any(${waiting.map((one) => one.line_id)}::uuid[]) order by h.id`,
  );
  const depths = new Map(waiting.map((one) => [one.line_id, one.depth]));
  return found.map(({ row, changes, ...line }) => ({
    ...line,
    changes: changes.filter((change): change is Change & { salt: string } => !('erased' in change)),
    verb: line.name.split('.')[1]!,
    depth: depths.get(line.id) ?? 0,
    before: null,
    after: row,
  }));
}
