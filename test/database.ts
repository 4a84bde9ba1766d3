import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createPool, type PoolOptions } from '../db/pool';

/** A migrated database of one test file, which it may fill, break and commit to as it likes. */
export type TestDatabase = {
  pool: pg.Pool;
  url: string;
  /** Ends the pool and removes the database. */
  drop: () => Promise<void>;
};

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('databases').adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** True for "the template is being copied by somebody else", which passes. */
const isBusy = (error: unknown): boolean => (error as { code?: string }).code === '55006';

/**
 * Makes a database as a copy of the migrated template (about 50 ms); with `empty` one without any table.
 * Use in `beforeAll`, and `drop` in `afterAll`; what is forgotten goes with the cluster at the end of the run.
 */
export async function testDatabase(options: PoolOptions & { empty?: boolean } = {}): Promise<TestDatabase> {
  const { adminUrl, template, prefix } = inject('databases');
  const name = `${prefix}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const source = options.empty ? 'template0' : template;
  await asAdmin(async (client) => {
    const words = `create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(source)}`;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await client.query(words);
        return;
      } catch (error) {
        if (!isBusy(error) || attempt > 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });
  const address = new URL(adminUrl);
  address.pathname = `/${name}`;
  const pool = createPool(address.href, { name: 'throughline test', ...options });
  return {
    pool,
    url: address.href,
    drop: async () => {
      await pool.end();
      await asAdmin((client) => client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`));
    },
  };
}
