import { type Db, one, type Sql, sql } from '../../../kernel/database';
import { deliveredWeights, weightNames } from './queue.contract';
import type { Queued, QueueOrder } from './queue.rules';

/** The orders in force and the heaviest goal of each service, as of one token. It never changes. */
export interface QueueBook {
  readonly token: string;
  readonly orders: readonly QueueOrder[];
  readonly goals: Readonly<Record<string, NonNullable<Queued['goal']>>>;
}

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

/** Held in common, until the transaction ends, by who places by the orders in force: see `queue_token()`. */
const ordersLock = 7_310_458_203;

/** The token as the database has it now; holds the lock in common from here on. */
export const queueToken: Sql = sql`queue_token()`;

/** So long a copy is used without asking: another process may have changed an order. Milliseconds. */
const freshFor = 10_000;

// A token names its contents, whatever database they came from.
let latest: QueueBook | undefined;
let readAt = 0;

/** The copy at hand: right in all but a few cases; who writes by it compares its token in the statement. */
export async function likelyQueueBook(db: Db, now: Date): Promise<QueueBook> {
  const age = now.getTime() - readAt;
  if (latest && age >= 0 && age < freshFor) return latest;
  readAt = now.getTime();
  return queueBook(db);
}

/** The orders as they are now. */
export async function queueBook(db: Db): Promise<QueueBook> {
  const { token } = (await one<{ token: string }>(db, sql`select token from queue_book`))!;
  if (latest?.token !== token) latest = await read(db);
  return latest;
}

/** Another token: whoever has a copy reads anew. */
export async function turnQueueBook(db: Db): Promise<void> {
  await sql`update queue_book set token = gen_random_uuid()`.execute(db);
}

/** Waits until every transaction that still places by an older copy has ended. In a short transaction of its own. */
export async function waitForPlacing(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(ordersLock)}::bigint)`.execute(db);
}

const weights = sql`jsonb_build_object(${sql.join(
  weightNames.flatMap((name) => [sql`${sql.lit(name)}::text`, sql`q.${sql.ref(name)}`]),
)})`;

/** One statement, so that token and content are of one moment. While goals are switched off none weighs. */
async function read(db: Db): Promise<QueueBook> {
  const found = await one<QueueBook>(
    db,
    sql`select b.token,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'name', r.title, 'version', r.version,
          'serial', r.serial, 'department', r.department, 'team_id', r.team_id, 'weights', ${weights})), '[]')
        from queue_order q join record r on r.id = q.id where r.state = 'active') as orders,
      (select coalesce(jsonb_object_agg(s.id, jsonb_build_object('id', g.id, 'name', g.title, 'weight', g.weight)), '{}')
        from service s cross join lateral (
          select gr.id, gr.title, coalesce((e ->> 'weight')::float8, 0) as weight
          from jsonb_array_elements(s.goals) e join record gr on gr.id = (e ->> 'goal_id')::uuid
          order by 3 desc, gr.serial limit 1) g
        where not exists (select 1 from practice p join record r on r.id = p.id
          where p.key = 'goals' and r.state = 'off')) as goals
      from queue_book b`,
  );
  return found!;
}
