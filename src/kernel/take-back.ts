import type { Context } from './command';
import { among, rows, sql, transact } from './database';
import { isId } from './id';
import { ledByRules, type Stay, undoWithLed } from './led';
import { type Item, perform, type Result } from './perform';
import type { RecordType } from './record';
import { undoable, undoMs, undoVerb } from './undo';

/** What became of taking an act back; of what rules did because of it, `stays` names what could not go back with it. */
export type Back = Result & { readonly stays?: readonly Stay[] };

/**
 * Takes lines back, and with each what the same act of the same person led to (children resolved with their parent)
 * and what rules did because of it. What was changed since stays. One result per item, in the order given.
 */
export async function undo(outer: Context, type: RecordType, items: readonly Item[]): Promise<Back[]> {
  return transact(outer.db, (db) => undoWhole({ ...outer, db }, type, items));
}

async function undoWhole(context: Context, type: RecordType, items: readonly Item[]): Promise<Back[]> {
  const ledOf = await ledByRules(context, type, items);
  const results: Back[] =
    ledOf.size === 0 ? await perform(context, undoVerb(type), items) : await undoWithLed(context, type, items, ledOf);
  const undone = results.flatMap((result) => (result.ok && result.line ? [result.line.undoes!.line] : []));
  if (undone.length === 0) return results;
  const led = await rows<{ id: string; record_id: string; type: string; name: string; root: string }>(
    context.db,
    sql`select h.id, h.record_id, h.type, h.name, x.id as root from history x
        join history h on h.tx = x.tx and h.id > x.id and h.cause ->> 'line' = x.id::text
        where x.id ${among(undone)} and h.actor_id = ${context.actor.id}::uuid order by h.id`,
  );
  const stays = new Map<string, Stay[]>();
  for (const kind of new Set(led.map((one) => one.type))) {
    const known = context.house.types.get(kind);
    const mine = led.filter((one) => one.type === kind && known && undoable(context.house, known, one.name));
    if (!known || mine.length === 0) continue;
    const also = await undoWhole(
      context,
      known,
      mine.map((one) => ({ id: one.record_id, input: { line: one.id } })),
    );
    for (const [at, { root }] of mine.entries())
      stays.set(root, [...(stays.get(root) ?? []), ...(also[at]!.stays ?? [])]);
  }
  return results.map((result) => {
    const more = result.ok && result.line ? (stays.get(result.line.undoes!.line) ?? []) : [];
    return more.length > 0 ? { ...result, stays: [...(result.stays ?? []), ...more] } : result;
  });
}

/** Takes a series of acts back as one, the last of them first. Throws the refusal of the first that cannot be. */
export async function undoSeries(context: Context, type: RecordType, items: readonly Item[]): Promise<Back[]> {
  const results: Back[] = [];
  for (const item of [...items].reverse()) {
    const [result] = await undo(context, type, [item]);
    if (!result!.ok) throw result!.refusal;
    results.push(result!);
  }
  return results;
}

/** Of these lines, those that were taken back since. */
export async function takenBack(
  context: Context,
  lines: readonly { id: string; record_id: string }[],
): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const found = await rows<{ line: string }>(
    context.db,
    sql`select cause ->> 'line' as line from history
        where record_id ${among([...new Set(lines.map(({ record_id }) => record_id))])} and name like '%.undone'
          and cause ->> 'line' = any(${lines.map(({ id }) => id)}::text[])`,
  );
  return new Set(found.map(({ line }) => line));
}

export interface BulkAct {
  readonly type: string;
  readonly at: Date;
  /** Until when it can be taken back. */
  readonly until: Date;
  readonly items: readonly { id: string; input: { line: string } }[];
}

/** One verb on many that this caller did, with the lines it left; undefined when there is none. */
export async function bulkNamed(context: Context, id: string): Promise<BulkAct | undefined> {
  if (!isId(id)) return undefined;
  const [found] = await rows<{ type: string; at: Date; until: Date | null; line_ids: string[] }>(
    context.db,
    sql`select type, at, until, line_ids from bulk_act where id = ${id}::uuid and actor_id = ${context.actor.id}::uuid`,
  );
  if (!found) return undefined;
  const items = await rows<{ id: string; line: string }>(
    context.db,
    sql`select record_id as id, id as line from history where id = any(${found.line_ids}::uuid[]) order by id`,
  );
  return {
    type: found.type,
    at: found.at,
    until: found.until ?? new Date(found.at.getTime() + undoMs),
    items: items.map(({ id, line }) => ({ id, input: { line } })),
  };
}
