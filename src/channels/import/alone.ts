import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { one, sql, type Tables } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** One key for all imports into a database: two at once would each make what the other is making. */
const key = 7_283_465_020;

/**
 * Does the work while no other import runs. The lock falls with its connection, also when the process is killed; the
 * server may take a moment to notice, so it is waited for. Throws a refusal when another import goes on.
 */
export async function alone<T>(db: Kysely<Tables>, work: () => Promise<T>, waitMs = 20_000): Promise<T> {
  return db.connection().execute(async (connection) => {
    for (let waited = 0; ; waited += 200) {
      const found = await one<{ taken: boolean }>(
        connection,
        sql`select pg_try_advisory_lock(${key}::bigint) as taken`,
      );
      if (found?.taken) break;
      if (waited >= waitMs) throw new Refusal('conflict', say`Another import is under way; wait until it has ended.`);
      await pause(200);
    }
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${key}::bigint)`.execute(connection);
    }
  });
}
