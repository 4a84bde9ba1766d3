import type { Context } from './command';
import { among, rows, sql } from './database';
import { fold } from './fold.rules';
import { isId } from './id';
import { type Relation, whereAny } from './policy';
import type { RecordType } from './record';

export interface Ask {
  /** The types it may point to. */
  readonly to: readonly string[];
  /** Id, number, e-mail, key or unique name; `me` is the caller. */
  readonly text: string;
}

const keyOf = (ask: Ask) => `${ask.to.join(',')}\n${ask.text}`;

export type Found = (ask: Ask) => string | null | 'several';

/**
 * Looks up what texts refer to, all at once: one statement for numbers and ids, one for names. What the caller may not
 * see is not found. `to` empty means any type.
 */
export async function lookUp(context: Context, asks: readonly Ask[]): Promise<Found> {
  const found = new Map<string, string | null | 'several'>();
  const open: Ask[] = [];
  for (const ask of asks) {
    if (found.has(keyOf(ask))) continue;
    found.set(keyOf(ask), null);
    const person = ask.to.length === 0 || ask.to.includes('person');
    if (ask.text === 'me' && person && context.actor.id) found.set(keyOf(ask), context.actor.id);
    else open.push(ask);
  }
  if (open.length > 0) {
    const texts = [...new Set(open.map((ask) => ask.text))];
    const ids = texts.filter(isId);
    const numbers = [...new Set(texts.flatMap((text) => [text, text.toUpperCase()]))];
    const named = await rows<{ id: string; type: string; number: string; name: string | null }>(
      context.db,
      sql`
        select r.id, r.type, r.number, null as name from record r
        where (r.number ${among(numbers, 'text')} ${ids.length > 0 ? sql`or r.id ${among(ids)}` : sql``})
          and ${inSightToName(context, open)}
        union all
        select r.id, r.type, r.number, n.name from record_name n join record r on r.id = n.record_id
        where n.name = any(${texts.map(fold)}::text[]) and r.merged_into_id is null and n.type = any(${typesAsked(context, open)}::text[])
          and ${inSightToName(context, open)}`,
    );
    for (const ask of open) {
      const folded = fold(ask.text);
      const fits = named.filter((row) => ask.to.length === 0 || ask.to.includes(row.type));
      const addressed = fits.filter((row) => row.name === null);
      const exact =
        addressed.find((row) => row.number === ask.text || row.id === ask.text.toLowerCase()) ??
        addressed.find((row) => row.number === ask.text.toUpperCase());
      const byName = new Set(fits.filter((row) => row.name === folded).map((row) => row.id));
      found.set(keyOf(ask), exact?.id ?? (byName.size > 1 ? 'several' : ([...byName][0] ?? null)));
    }
  }
  return (ask) => found.get(keyOf(ask)) ?? null;
}

function typesAsked(context: Context, asks: readonly Ask[]): string[] {
  if (asks.some((ask) => ask.to.length === 0)) return [...context.house.types.keys()];
  return [...new Set(asks.flatMap((ask) => ask.to))];
}

function inSightToName(context: Context, asks: readonly Ask[]) {
  return sightOf(
    context,
    typesAsked(context, asks)
      .map((type) => context.house.types.get(type))
      .filter((type) => type !== undefined),
    (type) => type.named ?? type.sees,
  );
}

/**
 * The condition over alias `r` under which records of several types are in sight; types with one policy share an arm. It
 * is asked of records that were found by something else, so it is written such that the planner does not work out for
 * how many each arm holds: that took longer than the look-up itself.
 */
export function sightOf(
  context: Context,
  types: readonly RecordType[],
  policy: (type: RecordType) => readonly Relation[] = (type) => type.sees,
) {
  const groups = new Map<string, RecordType[]>();
  for (const type of types) {
    const key = policy(type)
      .map((relation) => relation.name)
      .join('|');
    groups.set(key, [...(groups.get(key) ?? []), type]);
  }
  const arms = [...groups.values()].map(
    (group) =>
      sql`(r.type = any(${group.map((type) => type.type)}::text[]) and ${whereAny(policy(group[0]!), context.actor)})`,
  );
  if (arms.length === 0) return sql`false`;
  return arms.length === 1 ? arms[0]! : sql`(case when ${sql.join(arms, sql` or `)} then true else false end)`;
}
