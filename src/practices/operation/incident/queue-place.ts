import type { Context } from '../../../kernel/command';
import { among, type Db, one, type Row, rows, type Sql, sql, transact } from '../../../kernel/database';
import type { Line } from '../../../kernel/history';
import type { Together } from '../../../kernel/house';
import { newId } from '../../../kernel/id';
import { deliveredWeights, weightNames } from './queue.contract';
import { orderFor, type Place, placeOf, type Queued, type QueueOrder } from './queue.rules';

/** The only writer of `record.queue_at` and of `queue_review`. */

export const deliveredOrder: QueueOrder = {
  id: null,
  number: null,
  name: 'delivered order',
  version: 1,
  serial: 0,
  department: null,
  team_id: null,
  weights: deliveredWeights,
};

/** Held in common, until the transaction ends, by who places by the orders in force. */
const ordersLock = 7_310_458_203;
const heldInCommon: Sql = sql`pg_advisory_xact_lock_shared(${sql.lit(ordersLock)}::bigint)`;

const weightsSql = sql`jsonb_build_object(${sql.join(
  weightNames.flatMap((name) => [sql`${sql.lit(name)}::text`, sql`q.${sql.ref(name)}`]),
)})`;

interface Facts {
  readonly orders: QueueOrder[];
  readonly goals: Record<string, { id: string; name: string; weight: number }>;
  /** Who spoke last, by record. */
  readonly spoke: Record<string, string | null>;
}

/** Orders in force, the heaviest goal of each service, and who spoke last on each record: one statement. */
async function factsOf(db: Db, asked: readonly Row[]): Promise<Facts> {
  const services = [...new Set(asked.map((row) => row.service_id).filter((id) => typeof id === 'string'))];
  const ids = asked.map((row) => String(row.id));
  const found = await one<Facts>(
    db,
    sql`select ${heldInCommon},
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'name', r.title, 'version', r.version,
          'serial', r.serial, 'department', r.department, 'team_id', r.team_id, 'weights', ${weightsSql})), '[]')
        from queue_order q join record r on r.id = q.id where r.state = 'active') as orders,
      (select coalesce(jsonb_object_agg(s.id, jsonb_build_object('id', g.id, 'name', g.title, 'weight', g.weight)), '{}')
        from service s cross join lateral (
          select gr.id, gr.title, coalesce((e ->> 'weight')::float8, 0) as weight
          from jsonb_array_elements(s.goals) e join record gr on gr.id = (e ->> 'goal_id')::uuid
          order by 3 desc, gr.serial limit 1) g
        where s.id ${among(services)}) as goals,
      (select coalesce(jsonb_object_agg(r.id, c.author_id), '{}') from record r cross join lateral (
          select c.author_id from comment c where c.record_id = r.id and c.kind = 'comment' order by c.id desc limit 1) c
        where r.id ${among(ids)}) as spoke`,
  );
  return found!;
}

const millis = (at: unknown): number | null => (at == null ? null : new Date(at as Date).getTime());
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export interface Placed {
  readonly queued: Queued;
  readonly place: Place | null;
}

/** Did whoever asked speak last? By the row as it will stand: it may just have been given to them. */
function isAnswered(row: Row, spoke: string | null | undefined): boolean {
  return spoke != null && (spoke === row.requester_id || spoke === row.beneficiary_id) && spoke !== row.assignee_id;
}

function queuedOf(row: Row, facts: Facts): Queued {
  return {
    state_category: String(row.state_category),
    department: textOf(row.department),
    team_id: textOf(row.team_id),
    opened_at: millis(row.opened_at)!,
    due_at: millis(row.due_at),
    hold_until: millis(row.hold_until),
    impact: Number(row.impact),
    major: row.major === true,
    goal: facts.goals[String(row.service_id)] ?? null,
    answered: isAnswered(row, facts.spoke[String(row.id)]),
  };
}

/** Where records stand, in the order given; `among` these orders instead of those in force, where a trial says so. */
export async function placesOf(
  db: Db,
  records: readonly Row[],
  instead?: (inForce: readonly QueueOrder[]) => readonly QueueOrder[],
): Promise<Placed[]> {
  if (records.length === 0) return [];
  const facts = await factsOf(db, records);
  const orders = instead ? instead(facts.orders) : facts.orders;
  return records.map((row) => {
    const queued = queuedOf(row, facts);
    return { queued, place: placeOf(orderFor(orders, queued, deliveredOrder), queued) };
  });
}

/** What a place follows from, of open incidents; aliases `r` and `i`. */
export const queuedColumns = sql.raw(
  'r.id, r.number, r.title, r.state_category, r.department, r.team_id, r.assignee_id, r.requester_id, r.beneficiary_id, ' +
    'r.opened_at, r.due_at, r.queue_at, i.hold_until, i.impact, i.major, i.service_id',
);

const isOpen = (row: Row): boolean => row.state_category === 'open' || row.state_category === 'paused';

/** The last line of each record, which bears the row that is written. */
const lastOf = (lines: readonly Line[]): Line[] => [...new Map(lines.map((line) => [line.record_id, line])).values()];

/** Before the write a place was worked out by this due instant. */
const foreseen = new WeakMap<Line, number | null>();

async function foresee(context: Context, lines: readonly Line[]): Promise<void> {
  const written = new Set(lines.filter((line) => !isSaid(line)).map(({ record_id }) => record_id));
  const last = lastOf(lines).filter(({ record_id }) => written.has(record_id));
  const open = last.filter(({ after }) => isOpen(after));
  for (const { after } of last) if (!isOpen(after)) after.queue_at = null;
  const places = await placesOf(
    context.db,
    open.map(({ after }) => after),
  );
  for (const [at, line] of open.entries()) {
    const place = places[at]!.place!;
    line.after.queue_at = new Date(place.queue_at);
    foreseen.set(line, millis(line.after.due_at));
  }
}

/** What leaves the record as it is: something was said, or taken back. */
const isSaid = ({ name, before, after }: Line): boolean =>
  name.endsWith('.commented') || (name.endsWith('.undone') && before?.version === after.version);

/** What was said moves a place, and so does a due instant that was judged anew. */
async function react(context: Context, lines: readonly Line[]): Promise<void> {
  const said = new Set(lines.filter(isSaid).map(({ record_id }) => record_id));
  const moved = lastOf(lines).filter((line) => {
    if (!isOpen(line.after)) return false;
    const due = foreseen.get(line);
    return said.has(line.record_id) || (due !== undefined && due !== millis(line.after.due_at));
  });
  if (moved.length === 0) return;
  // The rows in hand are those of the table: whoever writes a record holds it.
  const now = await writePlaces(
    context.db,
    moved.map(({ after }) => after),
  );
  for (const { record_id, after } of moved) if (now.has(record_id)) after.queue_at = now.get(record_id);
}

const isTelling = (name: string) => /\.(warned|breached|escalated)$/.test(name);

const places: Together = {
  name: 'places in the queue',
  on: (line) =>
    line.type === 'incident' &&
    !isTelling(line.name) &&
    (line.before === null || line.before.version !== line.after.version || isSaid(line)),
  foresee: (context, lines) => foresee(context, lines),
  react: (context, lines) => react(context, lines),
};

/** Another order, or a service for other goals: what is open is placed anew, in pieces. */
const orders: Together = {
  name: 'orders of the queue',
  on: ({ type, changes }) =>
    (type === 'queue_order' && changes.length > 0) ||
    (type === 'service' && changes.some(({ field }) => field === 'goals')),
  react: async (context, lines) => {
    const reviews = lines.map((line) => ({
      id: newId(context.now),
      service_id: line.type === 'service' ? line.record_id : null,
    }));
    await sql`insert into queue_review (id, service_id)
      select id, service_id from jsonb_populate_recordset(null::queue_review, ${JSON.stringify(reviews)}::jsonb)`.execute(
      context.db,
    );
  },
};

export const queueTogether: readonly Together[] = [orders, places];

/** Works out the places of these records as they stand; answers the new ones. */
export async function placeAnew(db: Db, ids: readonly string[]): Promise<Map<string, Date>> {
  const found = await rows<Row>(
    db,
    sql`select ${queuedColumns} from record r join incident i on i.id = r.id
        where r.id ${among(ids)} and r.state_category in ('open', 'paused') order by r.id`,
  );
  return writePlaces(db, found);
}

async function writePlaces(db: Db, records: readonly Row[]): Promise<Map<string, Date>> {
  const placed = await placesOf(db, records);
  const moved = placed.flatMap(({ place }, at) => {
    const row = records[at]!;
    return place && place.queue_at !== millis(row.queue_at)
      ? [{ id: String(row.id), queue_at: new Date(place.queue_at) }]
      : [];
  });
  if (moved.length > 0)
    await sql`update record r set queue_at = x.queue_at
      from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as x (id uuid, queue_at timestamptz)
      where r.id = x.id and r.state_category in ('open', 'paused')`.execute(db);
  return new Map(moved.map(({ id, queue_at }) => [id, queue_at]));
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
  const waiting = await one<Review>(db, sql`select id, begun from queue_review order by id limit 1`);
  if (!waiting) return 0;
  if (!waiting.begun)
    await transact(db, async (trx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(ordersLock)}::bigint)`.execute(trx);
    });
  return transact(db, async (trx) => {
    const review = await one<Review>(
      trx,
      sql`select * from queue_review where id = ${waiting.id}::uuid for update skip locked`,
    );
    if (!review) return 0;
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
      await writePlaces(trx, found);
    }
    return Math.max(1, found.length);
  });
}
