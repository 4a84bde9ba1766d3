import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { type Database, openDatabase } from '../db/embedded';
import { migrate } from '../db/migrate';
import { createPool } from '../db/pool';
import { keepingPlans } from '../db/prepared';
import { type Clock, settableClock, systemClock } from './clock';
import { throughline } from './house';
import { type Db, one, rows, sql, type Tables } from './kernel/database';
import type { House } from './kernel/house';
import { type KnownRows, knownRows } from './known';
import { addressOf, type Settings } from './settings';

/** The product, opened over its database: what the server and the command line both begin with. */
export interface Opened {
  readonly database: Database;
  readonly pool: Pool;
  readonly db: Kysely<Tables>;
  readonly house: House;
  readonly clock: Clock;
  readonly known: KnownRows;
  close(): Promise<void>;
}

/** With `keepPlans` statements that come often are prepared; poolers between us and a foreign server may not know that. */
export function kyselyOver(pool: Pool, keepPlans = true): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: keepPlans ? keepingPlans(pool) : pool }) });
}

/** Starts or joins the database, migrates it, opens the house. `role` decides who owns the data directory. */
export async function open(settings: Settings, role: 'server' | 'cli', say: (line: string) => void): Promise<Opened> {
  const database = await openDatabase({ dataDir: settings.dataDir, databaseUrl: settings.databaseUrl, role, say });
  try {
    const pool = createPool(database.url, {
      name: `throughline ${role}`,
      max: role === 'server' ? 20 : 6,
      statementTimeoutMs: role === 'server' ? 60_000 : 0,
    });
    await migrate(pool);
    const db = kyselyOver(pool, settings.databaseUrl === undefined);
    const clock = settings.now ? settableClock(settings.now) : systemClock;
    await preparePartitions(db, clock.now());
    const known = knownRows();
    await known.refresh(db);
    return {
      database,
      pool,
      db,
      house: throughline(known, () => addressOf(settings)),
      known,
      clock,
      async close() {
        await pool.end();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/**
 * History has a partition for each year of `recorded_at`. The one of this year and the next are made while they are
 * still empty; what falls outside goes to the rest.
 */
async function preparePartitions(db: Db, now: Date): Promise<void> {
  for (const year of [now.getUTCFullYear(), now.getUTCFullYear() + 1]) {
    const name = `history_${year}`;
    const known = await rows(db, sql`select 1 from pg_class where relname = ${name}`);
    if (known.length > 0) continue;
    const taken = await one(
      db,
      sql`select 1 from history_rest where recorded_at >= ${`${year}-01-01`}::timestamptz and recorded_at < ${`${year + 1}-01-01`}::timestamptz limit 1`,
    );
    if (taken) continue;
    await sql`create table if not exists ${sql.table(name)} partition of history
      for values from (${sql.lit(`${year}-01-01 00:00:00+00`)}) to (${sql.lit(`${year + 1}-01-01 00:00:00+00`)})`
      .execute(db)
      .catch((error: { code?: string }) => {
        // Another server made it at the same moment.
        if (error.code !== '42P07') throw error;
      });
  }
}
