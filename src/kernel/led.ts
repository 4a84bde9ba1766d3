import type { Context, House } from './command';
import { among, type Db, type Row, rows, sql } from './database';
import type { Line } from './history';
import { isId } from './id';
import { load, show } from './load';
import { type Item, perform, type Result } from './perform';
import { holdsAny } from './policy';
import { untilsOfParts } from './put-aside';
import type { RecordType } from './record';
import { kept, type Sentence, say } from './sentence.contract';
import { idsInWhy, isHiddenWhy, someRule } from './shown-why';
import { undoable, undoneUntil, undoVerb } from './undo';

/** What a rule of the organisation did to a record because of an act. */
export interface Led {
  readonly id: string;
  readonly record_id: string;
  readonly name: string;
  /** The rule, as its line names it to who takes the act back. */
  readonly rule: string;
  /** It is for the team alone, and who takes the act back is not of it: it goes back, and nothing is said of it. */
  readonly untold: boolean;
}

/** What a rule did that could not go back with the act it came of. */
export interface Stay {
  readonly line: string;
  readonly rule: string;
  readonly sentence: Sentence;
}

const lineOf = (item: Item): string | undefined => {
  const line = (item.input as { line?: unknown } | null | undefined)?.line;
  return typeof line === 'string' && isId(line) ? line.toLowerCase() : undefined;
};

/**
 * What rules did because of these lines, by line, the last first; also because of what another rule did because of it.
 * The records are locked first: a rule that is just acting is waited for, one that comes later finds the act taken back.
 */
export async function ledByRules(
  context: Context,
  type: RecordType,
  items: readonly Item[],
): Promise<Map<string, Led[]>> {
  const ids = items.flatMap(({ id }) => id ?? []);
  const seen = new Map(
    (await load(context, type, ids, { lock: true })).flatMap((row) => [
      [String(row.id), row],
      [String(row.number), row],
    ]),
  );
  // Who asks for another version than it has is refused; nothing is taken back for them.
  const asked = new Set(
    items.flatMap((item) => {
      const row = seen.get(item.id ?? '');
      return row && (item.version ?? row.version) === row.version ? (lineOf(item) ?? []) : [];
    }),
  );
  if (asked.size === 0) return new Map();
  const found = await rows<
    Omit<Led, 'rule' | 'untold'> & { why: Row; internal: boolean; cause: string; gone: boolean }
  >(
    context.db,
    sql`select h.id, h.record_id, h.name, h.why, h.internal, h.cause ->> 'line' as cause,
          exists (select 1 from history u where u.record_id = h.record_id and u.id > h.id and u.name like '%.undone'
            and u.cause ->> 'line' = h.id::text) as gone
        from history x join history h on h.record_id = x.record_id and h.id > x.id
        where x.id ${among([...asked])} and x.record_id ${among([...new Set([...seen.values()].map(({ id }) => String(id)))])}
          and h.actor_kind = 'rule' and h.why ? 'rule_id' and h.cause ? 'line' order by h.id`,
  );
  const roots = new Map([...asked].map((line) => [line, line]));
  const led = new Map<string, Led[]>();
  const shown = await show(
    context,
    found.flatMap(({ why }) => idsInWhy(why)),
  );
  for (const { cause, gone, why, internal, ...one } of new Map(found.map((one) => [one.id, one])).values()) {
    const root = roots.get(cause);
    if (!root) continue;
    roots.set(one.id, root);
    if (gone || !undoable(context.house, type, one.name)) continue;
    const rule = isHiddenWhy(why, shown) ? someRule : String(why.rule);
    const untold = internal && !holdsAny(type.team, seen.get(one.record_id)!, context.actor);
    led.set(root, [{ ...one, rule, untold }, ...(led.get(root) ?? [])]);
  }
  return led;
}

/**
 * Takes lines back after what rules did because of them: the last first, so that each finds the record as it left it.
 * Where the act itself is refused, what it led to stays as well.
 */
export async function undoWithLed(
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

type Told = Pick<Line, 'type' | 'name' | 'actor_id' | 'actor_kind' | 'recorded_at'>;

/**
 * Until when what these lines tell can be taken back, in the order given; null where it cannot. What a rule did because
 * of a person's act goes back with that.
 */
export async function untilsOf(
  db: Db,
  house: House,
  lines: readonly (Told & { readonly why?: unknown })[],
): Promise<(Date | null)[]> {
  const rootOf = (line: { actor_kind: string; why?: unknown }) =>
    line.actor_kind === 'rule' ? (line.why as { root?: string } | null)?.root : undefined;
  const named = lines.flatMap((line) => rootOf(line) ?? []).filter(isId);
  const roots =
    named.length === 0
      ? []
      : await rows<Told & { id: string }>(
          db,
          sql`select id, type, name, actor_id, actor_kind, recorded_at from history where id ${among([...new Set(named)])}`,
        );
  const parts = await untilsOfParts(db, [...lines, ...roots]);
  const untilOf = (line: Told) => {
    const until = undoneUntil(house, line);
    return until && (parts(line) ?? until);
  };
  const untils = new Map(roots.map((root) => [root.id, untilOf(root)]));
  return lines.map((line) => {
    const type = house.types.get(line.type);
    const root = rootOf(line);
    if (!root) return untilOf(line);
    return type && undoable(house, type, line.name) ? (untils.get(root) ?? null) : null;
  });
}
