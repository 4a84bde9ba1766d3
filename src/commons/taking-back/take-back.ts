import type { Context } from '../../kernel/command';
import { among, rows, sql, transact } from '../../kernel/database';
import { type Item, perform, type Result } from '../../kernel/perform';
import type { RecordType } from '../../kernel/record';
import { kept, type Sentence, say } from '../../kernel/sentence.contract';
import { someRule } from '../reading';
import { type Led, ledByRules, lineOf } from './led';
import { undoVerb } from './undo';
import { undoable } from './until';

/** What a rule did that could not go back with the act it came of. */
export interface Stay {
  readonly line: string;
  readonly rule: string;
  readonly sentence: Sentence;
}

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

/**
 * Takes lines back after what rules did because of them: the last first, so that each finds the record as it left it.
 * Where the act itself is refused, what it led to stays as well.
 */
async function undoWithLed(
  context: Context,
  type: RecordType,
  items: readonly Item[],
  ledOf: ReadonlyMap<string, readonly Led[]>,
): Promise<(Result & { stays?: readonly Stay[] })[]> {
  const refused = new Map<number, Result>();
  for (;;) {
    const tried = [...items.keys()].filter((at) => !refused.has(at));
    const led = tried.map((at) => ledOf.get(lineOf(items[at]!) ?? '') ?? []);
    await sql`savepoint led`.execute(context.db);
    const stays = await undoLed(context, type, led);
    const results = await perform(
      context,
      undoVerb(type),
      // The version asked for was the one before what it led to was taken back; it was compared then.
      tried.map((at, place) => (led[place]!.length > 0 ? { ...items[at]!, version: undefined } : items[at]!)),
    );
    const failed = [...tried.keys()].filter((place) => !results[place]!.ok && led[place]!.length > 0);
    if (failed.length === 0) {
      await sql`release savepoint led`.execute(context.db);
      const done = new Map(
        tried.map((at, place) => [
          at,
          stays[place]!.length > 0 ? { ...results[place]!, stays: stays[place]! } : results[place]!,
        ]),
      );
      return items.map((_item, at) => done.get(at) ?? refused.get(at)!);
    }
    await sql`rollback to savepoint led`.execute(context.db);
    for (const place of failed) refused.set(tried[place]!, results[place]!);
  }
}

/** One line of each at a time; what cannot go back is answered with why. */
async function undoLed(context: Context, type: RecordType, led: readonly (readonly Led[])[]): Promise<Stay[][]> {
  const stays: Stay[][] = led.map(() => []);
  const most = Math.max(0, ...led.map(({ length }) => length));
  for (let round = 0; round < most; round++) {
    const now = [...led.keys()].filter((at) => led[at]![round]);
    const results = await perform(
      context,
      undoVerb(type, true),
      now.map((at) => ({ id: led[at]![round]!.record_id, input: { line: led[at]![round]!.id } })),
    );
    for (const [place, at] of now.entries()) {
      const [result, one] = [results[place]!, led[at]![round]!];
      if (!result.ok && !one.untold)
        stays[at]!.push({
          line: one.id,
          rule: one.rule,
          sentence: say`What ${one.rule === someRule ? say`a rule` : kept(one.rule)} did stays: ${result.refusal.sentence}`,
        });
    }
  }
  return stays;
}
