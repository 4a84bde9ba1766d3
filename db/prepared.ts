import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** So often a text must come before its plan is worth keeping. */
const often = 5;
/** So many plans are kept, and so many texts watched: a connection pays for each with memory. */
const mostPlans = 300;
const mostWatched = 5_000;

/**
 * Planning a look-up costs many times what it takes to run it, so statements that come again and again are prepared:
 * each connection plans them once. Left out is what stops early or searches texts (`limit $1`, `@@`): the right way to
 * read a list depends on the values, and a plan made for any value can be a thousand times worse.
 */
export function keepingPlans(pool: Pool): PostgresPool {
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  const seen = new Map<string, number | string>();
  let kept = 0;
  const nameOf = (text: string): string | undefined => {
    const known = seen.get(text);
    if (typeof known === 'string') return known;
    if (known === undefined && seen.size >= mostWatched) return undefined;
    const count = (known ?? 0) + 1;
    seen.set(text, count);
    if (count < often || kept >= mostPlans || !isKept(text)) return undefined;
    kept += 1;
    const name = `t${createHash('sha256').update(text).digest('base64url').slice(0, 30)}`;
    seen.set(text, name);
    return name;
  };
  return {
    async connect() {
      const client = await pool.connect();
      let connection = wrapped.get(client);
      if (!connection) {
        connection = {
          query: (text: string, values: readonly unknown[]) =>
            client.query({ name: nameOf(text), text, values: [...values] }),
          release: () => client.release(),
        } as unknown as PostgresPoolClient;
        wrapped.set(client, connection);
      }
      return connection;
    },
    end: () => pool.end(),
  };
}

function isKept(text: string): boolean {
  return /^\s*(select|insert|update|delete|with)\b/i.test(text) && !/\blimit\s+\$|@@|\btsquery\b/i.test(text);
}
