import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient, QueryConfig } from 'pg';

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
  // Plans of before a change of the tables bear another name than those of after it.
  let generation = 0;
  const nameOf = (text: string): string | undefined => {
    const known = seen.get(text);
    if (typeof known === 'string') return known;
    if (known === undefined && seen.size >= mostWatched) return undefined;
    const count = (known ?? 0) + 1;
    seen.set(text, count);
    if (count < often || kept >= mostPlans || !isKept(text)) return undefined;
    kept += 1;
    const name = `t${generation}${createHash('sha256').update(text).digest('base64url').slice(0, 30)}`;
    seen.set(text, name);
    return name;
  };
  const forgetAll = () => {
    generation += 1;
    kept = 0;
    seen.clear();
  };
  return {
    async connect() {
      const client = await pool.connect();
      let connection = wrapped.get(client);
      if (!connection) {
        let inTransaction = false;
        /** A beginning that is not sent yet: it travels with the first statement, for a message of its own wakes the server twice. */
        let begin: string | undefined;
        const send = async (query: QueryConfig) => {
          if (begin === undefined) return client.query(query);
          const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
          stream.cork();
          const opening = client.query(begin);
          begin = undefined;
          const answer = client.query(query);
          stream.uncork();
          return (await Promise.all([opening, answer]))[1];
        };
        const query = async (text: string, values: readonly unknown[]) => {
          if (begins.test(text)) {
            inTransaction = true;
            begin = text;
            return nothing;
          }
          if (ends.test(text)) {
            inTransaction = false;
            // Nothing was asked in between: for the server it never began.
            if (begin !== undefined) {
              begin = undefined;
              return nothing;
            }
          }
          const name = nameOf(text);
          try {
            return await send({ name, text, values: [...values] });
          } catch (error) {
            if (name === undefined || !isOutdated(error)) throw error;
            if (seen.get(text) === name) forgetAll();
            // Within a transaction everything has to be done again, not only this.
            if (inTransaction) throw error;
            return client.query({ text, values: [...values] });
          }
        };
        connection = {
          query,
          release: () => client.release(),
        } as unknown as PostgresPoolClient;
        wrapped.set(client, connection);
      }
      return connection;
    },
    end: () => pool.end(),
  };
}

/** What beginning and ending answer. */
const nothing = { command: '', rowCount: 0, rows: [] };

const begins = /^\s*(begin|start transaction)\b/i;
const ends = /^\s*(commit|rollback)\s*;?\s*$/i;

/** A migration by another process changed what a kept plan answers: "cached plan must not change result type". */
function isOutdated(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '0A000' && routine === 'RevalidateCachedQuery';
}

function isKept(text: string): boolean {
  return /^\s*(select|insert|update|delete|with)\b/i.test(text) && !/\blimit\s+\$|@@|\btsquery\b/i.test(text);
}
