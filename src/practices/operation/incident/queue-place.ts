import type { Context } from '../../../kernel/command';
import { among, type Db, one, type Row, rows, type Sql, sql, transact } from '../../../kernel/database';
import { type Line, same } from '../../../kernel/history';
import type { Together } from '../../../kernel/house';
import { newId } from '../../../kernel/id';
import { orderFor, type Place, placeOf, type Queued, type QueueOrder } from './queue.rules';
import {
  deliveredOrder,
  likelyQueueBook,
  type QueueBook,
  queueBook,
  queueToken,
  turnQueueBook,
  waitForPlacing,
} from './queue-book';

/** The only writer of `record.queue_at`, `incident.spoke_last_id` and `queue_review`. */

const millis = (at: unknown): number | null => (at == null ? null : new Date(at as Date).getTime());
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export interface Placed {
  readonly queued: Queued;
  readonly place: Place | null;
}

function queuedOf(row: Row, book: QueueBook): Queued {
  return {
    state_category: String(row.state_category),
    department: textOf(row.department),
    team_id: textOf(row.team_id),
    opened_at: millis(row.opened_at)!,
    due_at: millis(row.due_at),
    hold_until: millis(row.hold_until),
    impact: Number(row.impact),
    major: row.major === true,
    goal: book.goals[String(row.service_id)] ?? null,
    // Who works on what they asked for themselves does not wait for the team.
    answered:
      row.spoke_last_id != null &&
      row.spoke_last_id !== row.assignee_id &&
      [row.requester_id, row.beneficiary_id].includes(row.spoke_last_id),
  };
}

function placed(book: QueueBook, row: Row, orders: readonly QueueOrder[] = book.orders): Placed {
  const queued = queuedOf(row, book);
  return { queued, place: placeOf(orderFor(orders, queued, deliveredOrder), queued) };
}

/** Where records stand, in the order given; `instead` of the orders in force others, where a trial says so. */
export async function placesOf(
  db: Db,
  records: readonly Row[],
  instead?: (inForce: readonly QueueOrder[]) => readonly QueueOrder[],
): Promise<Placed[]> {
  if (records.length === 0) return [];
  const book = await queueBook(db);
  const orders = instead?.(book.orders);
  return records.map((row) => placed(book, row, orders));
}

/** What a place follows from, of open incidents; aliases `r` and `i`. */
export const queuedColumns = sql.raw(
  'r.id, r.number, r.title, r.state_category, r.department, r.team_id, r.assignee_id, r.requester_id, r.beneficiary_id, ' +
    'r.opened_at, r.due_at, r.queue_at, i.hold_until, i.impact, i.major, i.service_id, i.spoke_last_id',
);

/** The last line of each record, which bears the row that is written. */
const lastOf = (lines: readonly Line[]): Line[] => [...new Map(lines.map((line) => [line.record_id, line])).values()];

/** How a place was worked out before the write. */
interface Foreseen {
  readonly book: QueueBook;
  /** When what was said is written: with the record itself, beside it because nothing else of it is, or after it. */
  readonly said?: 'with' | 'beside' | 'after';
}
const foreseen = new WeakMap<Line, Foreseen>();

const isComment = ({ name }: Line): boolean => name.endsWith('.commented');

async function foresee(context: Context, lines: readonly Line[]): Promise<void> {
  const book = await likelyQueueBook(context.db, context.now);
  const comments = new Map(lines.filter(isComment).map((line) => [line.record_id, line]));
  const others = new Set(lines.filter((line) => !isComment(line)).map(({ record_id }) => record_id));
  const fresh = new Set(lines.filter(({ before }) => before === null).map(({ record_id }) => record_id));
  for (const line of lastOf(lines)) {
    const { after, record_id } = line;
    const comment = comments.get(record_id);
    const was = placeIn(after);
    if (comment) after.spoke_last_id = comment.actor_id;
    place(book, after);
    const moved = comment !== undefined && !same(was, placeIn(after));
    const said = fresh.has(record_id) ? 'with' : others.has(record_id) ? 'after' : 'beside';
    foreseen.set(line, { book, ...(moved ? { said } : {}) });
  }
}

/** What is written of a place. */
const placeIn = (row: Row) => [row.spoke_last_id ?? null, millis(row.queue_at)];

function place(book: QueueBook, row: Row): void {
  const queue_at = placed(book, row).place?.queue_at ?? null;
  if (queue_at !== millis(row.queue_at)) row.queue_at = queue_at === null ? null : new Date(queue_at);
}

/**
 * With the write: places of what was said; and who placed by an old copy asks for everything to be placed anew. Whether
 * somebody asked for that already is not looked at: the token would then not be asked for, and the lock not taken.
 */
function besides({ now }: Context, lines: readonly Line[]): Sql[] {
  const mine = lastOf(lines).filter((line) => foreseen.has(line));
  const { book } = foreseen.get(mine[0]!)!;
  const said = mine.filter((line) => foreseen.get(line)!.said === 'beside');
  return [
    ...writing(said.map(({ after }) => after)),
    sql`insert into queue_review (id) select ${newId(now)}::uuid
      where ${queueToken} <> ${book.token}::uuid`,
  ];
}

const isOpen = (row: Row | null): boolean => row?.state_category === 'open' || row?.state_category === 'paused';

/**
 * Is it to be read who spoke last? What was said is taken back, came in with a past, or did so before the record was
 * open again: of what is over nobody asks.
 */
const asksWhoSpoke = ({ name, before, after }: Line, past: boolean): boolean =>
  (name.endsWith('.undone') && before?.version === after.version) ||
  (isOpen(after) && (past || (before !== null && !isOpen(before))));

/** A due instant that was judged anew moves a place, and so does what was said and taken back. */
async function react(context: Context, lines: readonly Line[], past: boolean): Promise<void> {
  const speakers = await speakersOf(
    context.db,
    lastOf(lines).flatMap((line) => (asksWhoSpoke(line, past) ? [line.record_id] : [])),
  );
  const moved: Row[] = [];
  for (const line of lastOf(lines)) {
    const { after, record_id } = line;
    const { book, said } = foreseen.get(line)!;
    const was = placeIn(after);
    if (speakers.has(record_id)) after.spoke_last_id = speakers.get(record_id) ?? null;
    place(book, after);
    if (said === 'after' || !same(was, placeIn(after))) moved.push(after);
  }
  // The rows in hand are those of the table: whoever writes a record holds it.
  await writePlaces(context.db, moved);
}

async function speakersOf(db: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; author_id: string | null }>(
    db,
    sql`select r.id, (select c.author_id from comment c where c.record_id = r.id and c.kind = 'comment'
          order by c.id desc limit 1) as author_id
        from record r where r.id ${among(ids)}`,
  );
  return new Map(found.map(({ id, author_id }) => [id, author_id]));
}

const isTelling = (name: string) => /\.(warned|breached|escalated)$/.test(name);

const places: Together = {
  name: 'places in the queue',
  on: (line) =>
    line.type === 'incident' &&
    !isTelling(line.name) &&
    (line.before === null ||
      line.before.version !== line.after.version ||
      line.name.endsWith('.commented') ||
      line.name.endsWith('.undone')),
  foresee: (context, lines) => foresee(context, lines),
  beside: async (context, lines) => besides(context, lines),
  react: (context, lines, past) => react(context, lines, past),
};

/** Goals were switched off or on, or that was taken back. */
const isSwitch = ({ type, after, changes }: Line): boolean =>
  type === 'practice' && after.key === 'goals' && changes.some(({ field }) => field === 'state');

/**
 * Another order, a service for other goals, or goals that count no more: what is open is placed anew, in pieces. A goal
 * may be called otherwise.
 */
const orders: Together = {
  name: 'orders of the queue',
  on: (line) =>
    (line.type === 'queue_order' && line.changes.length > 0) ||
    (line.type === 'service' && line.changes.some(({ field }) => field === 'goals')) ||
    (line.type === 'goal' && line.changes.some(({ field }) => field === 'name')) ||
    isSwitch(line),
  react: async (context, lines) => {
    await turnQueueBook(context.db);
    const reviews = lines
      .filter(({ type }) => type !== 'goal')
      .map((line) => ({ id: newId(context.now), service_id: line.type === 'service' ? line.record_id : null }));
    if (reviews.length === 0) return;
    await sql`insert into queue_review (id, service_id)
      select id, service_id from jsonb_populate_recordset(null::queue_review, ${JSON.stringify(reviews)}::jsonb)`.execute(
      context.db,
    );
  },
};

export const queueTogether: readonly Together[] = [orders, places];

/** Works out the places of these records as they stand; answers how many moved. */
export async function placeAnew(db: Db, ids: readonly string[]): Promise<number> {
  const found = await rows<Row>(
    db,
    sql`select ${queuedColumns} from record r join incident i on i.id = r.id
        where r.id ${among(ids)} and r.state_category in ('open', 'paused') order by r.id`,
  );
  return replace(db, found);
}

async function replace(db: Db, records: readonly Row[]): Promise<number> {
  const places = await placesOf(db, records);
  const moved = places.flatMap(({ place }, at) => {
    const row = records[at]!;
    return place && place.queue_at !== millis(row.queue_at) ? [{ ...row, queue_at: new Date(place.queue_at) }] : [];
  });
  await writePlaces(db, moved);
  return moved.length;
}

async function writePlaces(db: Db, moved: readonly Row[]): Promise<void> {
  const [spoken, placed] = writing(moved);
  if (spoken) await sql`with spoken as (${spoken}) ${placed!}`.execute(db);
}

function writing(moved: readonly Row[]): Sql[] {
  if (moved.length === 0) return [];
  const given = moved.map(({ id, queue_at, spoke_last_id }) => ({ id, queue_at, spoke_last_id }));
  const x = sql`jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x (id uuid, queue_at timestamptz, spoke_last_id uuid)`;
  return [
    sql`update incident i set spoke_last_id = x.spoke_last_id from ${x}
      where i.id = x.id and i.spoke_last_id is distinct from x.spoke_last_id`,
    sql`update record r set queue_at = x.queue_at from ${x}
      where r.id = x.id and r.queue_at is distinct from x.queue_at`,
  ];
}

const atOnce = 500;

interface Review {
  id: string;
  service_id: string | null;
  after_id: string;
  begun: boolean;
}

/**
 * One piece of what is to be placed anew. Before its first, every transaction that still placed by the old order has
 * ended. Answers how many were looked at; call it until it answers 0.
 */
export async function placePending(db: Db): Promise<number> {
  const waiting = await one<Review & { same: string[] | null }>(
    db,
    sql`select id, begun, service_id,
          (select array_agg(id) from queue_review where service_id is null and not begun) as same
        from queue_review order by id limit 1`,
  );
  if (!waiting) return 0;
  if (!waiting.begun) await transact(db, waitForPlacing);
  return transact(db, async (trx) => {
    const review = await one<Review>(
      trx,
      sql`select * from queue_review where id = ${waiting.id}::uuid for update skip locked`,
    );
    if (!review) return 0;
    // Those who asked for the same before were waited for as well: one time for all of them is enough.
    if (!review.begun && !review.service_id)
      await sql`delete from queue_review where id ${among(waiting.same ?? [])} and id <> ${review.id}::uuid
        and not begun`.execute(trx);
    const only = review.service_id ? sql`and i.service_id = ${review.service_id}::uuid` : sql``;
    const found = await rows<Row>(
      trx,
      sql`select ${queuedColumns} from record r join incident i on i.id = r.id
          where r.type = 'incident' and r.state_category in ('open', 'paused') and r.id > ${review.after_id}::uuid ${only}
          order by r.id limit ${sql.lit(atOnce)} for no key update of r`,
    );
    if (found.length === 0) await sql`delete from queue_review where id = ${review.id}::uuid`.execute(trx);
    else {
      await sql`update queue_review set begun = true, after_id = ${found.at(-1)!.id}::uuid where id = ${review.id}::uuid`.execute(
        trx,
      );
      await replace(trx, found);
    }
    return Math.max(1, found.length);
  });
}
