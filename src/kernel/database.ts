import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';

/** Tables are spoken to in whole statements, so no table type is declared here. */
export type Tables = Record<string, never>;
export type Db = Kysely<Tables> | Transaction<Tables>;
export type Sql<T = unknown> = RawBuilder<T>;
export type Row = Record<string, unknown>;

export { sql };

/** Runs a statement and answers its rows. */
export async function rows<T>(db: Db, statement: Sql<unknown>): Promise<T[]> {
  return (await statement.execute(db)).rows as T[];
}

export async function one<T>(db: Db, statement: Sql<unknown>): Promise<T | undefined> {
  return (await rows<T>(db, statement))[0];
}

/**
 * `= any(…)` of ids or texts. A few are written one by one: of a list whose length it cannot see the planner expects many, and
 * then never keeps a plan.
 */
export function among(values: readonly string[], type: 'uuid' | 'text' = 'uuid'): Sql<unknown> {
  const cast = sql.raw(type);
  if (values.length === 0 || values.length > 12) return sql`= any(${[...values]}::${cast}[])`;
  return sql`= any(array[${sql.join(values.map((value) => sql`${value}::${cast}`))}])`;
}

const usual = new Set([50, 100, 200, 500]);

/**
 * One more than `limit` of what hangs on one record. Every plan for that is the same, so the usual limits stand in the
 * text: with them the statement is prepared, as one with a bound limit never is.
 */
export function upTo(limit: number): Sql<unknown> {
  return usual.has(limit) ? sql`limit ${sql.lit(limit + 1)}` : sql`limit ${limit + 1}`;
}

/** `and` of conditions; no condition is `true`. */
export function all(conditions: Sql<unknown>[]): Sql<unknown> {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}

/** `or` of conditions; no condition is `false`. */
export function any(conditions: Sql<unknown>[]): Sql<unknown> {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

const retryable = new Set(['40001', '40P01']);

/** A kept plan that a migration has made useless; the next attempt makes another. */
const isOutdatedPlan = (error: unknown) => (error as { routine?: unknown } | null)?.routine === 'RevalidateCachedQuery';

/** A deadlock, a serialisation failure, a plan of before a migration: the same work done again may well succeed. */
export function passes(error: unknown): boolean {
  return retryable.has(String((error as { code?: unknown } | null)?.code)) || isOutdatedPlan(error);
}

/**
 * One transaction, tried again up to three times after a deadlock or a serialisation failure.
 * Inside a transaction the work joins it.
 */
export async function transact<T>(db: Db, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<Tables>);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt > 3 || !passes(error)) throw error;
      // Who begins anew at once takes the lock again from whom they were in the way of.
      await new Promise((resolve) => setTimeout(resolve, attempt * (10 + Math.random() * 40)));
    }
  }
}
