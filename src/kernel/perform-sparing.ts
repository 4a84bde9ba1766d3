import type { Context, Verb } from './command';
import { passes, sql, transact } from './database';
import { type Item, perform, type Result } from './perform';

/**
 * Performs a verb on a set nobody waits for, sparing it: a fault of ours in one record must not hold up the others.
 * The set is tried whole; when that fails each goes by itself, and nothing stays of what fails. Answers one result per
 * item, in the order given, undefined for what failed; each fault is reported.
 */
export async function performSparing(
  outer: Context,
  verb: Verb,
  items: readonly Item[],
  report?: (fault: unknown) => void,
): Promise<(Result | undefined)[]> {
  return transact(outer.db, async (db) => {
    const context = { ...outer, db };
    const whole = await attempt(context, verb, items);
    if (!('fault' in whole)) return whole;
    const results: (Result | undefined)[] = [];
    for (const item of items) {
      const alone = items.length === 1 ? whole : await attempt(context, verb, [item]);
      if ('fault' in alone) report?.(alone.fault);
      results.push('fault' in alone ? undefined : alone[0]);
    }
    return results;
  });
}

async function attempt(context: Context, verb: Verb, items: readonly Item[]): Promise<Result[] | { fault: unknown }> {
  await sql`savepoint sparing`.execute(context.db);
  try {
    const results = await perform(context, verb, items);
    await sql`release savepoint sparing`.execute(context.db);
    return results;
  } catch (fault) {
    if (passes(fault)) throw fault;
    await sql`rollback to savepoint sparing`.execute(context.db);
    return { fault };
  }
}
