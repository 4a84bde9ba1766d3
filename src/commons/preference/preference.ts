import type { Context } from '../../kernel/command';
import { type Db, one, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** Keys of one's own: the name of an action, and the key that shall do it; an empty one is none. */
export type Keys = Readonly<Record<string, string>>;

export async function keysOf(context: Context): Promise<Keys> {
  const found = await one<{ keys: string }>(
    context.db,
    sql`select keys from preference where person_id = ${context.actor.id}::uuid`,
  );
  return found ? (JSON.parse(found.keys) as Keys) : {};
}

/** Sets the caller's keys, whole. Throws 422 when two actions would share one. */
export async function keepKeys(context: Context, keys: Keys): Promise<Keys> {
  const taken = new Map<string, string>();
  for (const [action, key] of Object.entries(keys)) {
    if (key === '') continue;
    const other = taken.get(key);
    if (other) throw invalid(`keys.${action}`, say`The key ${key} does ${other} already.`);
    taken.set(key, action);
  }
  await sql`insert into preference (person_id, keys) values (${context.actor.id}::uuid, ${JSON.stringify(keys)})
    on conflict (person_id) do update set keys = excluded.keys`.execute(context.db);
  return keys;
}

/** With a person go their choices. */
export async function forgetPreferences(db: Db, personId: string): Promise<void> {
  await sql`delete from preference where person_id = ${personId}::uuid`.execute(db);
}
