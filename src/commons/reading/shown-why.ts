import type { Row } from '../../kernel/database';
import type { StoredChange } from '../../kernel/history';
import { isId } from '../../kernel/id';
import { kept } from '../../kernel/sentence.contract';

/** What a reader learns of a reason whose rule they may not see: that there was one. */
export const someRule = 'A rule';

/** What lines remember in words of the product. */
const remembered = new Set(['proposal', 'halted', 'fault']);

type Naming = (text: string) => string;

/** What a line remembers beside its fields, in the reader's language where the product said it. */
export const shownRemembered = (name: string, value: unknown, naming: Naming): unknown =>
  isText(value) && remembered.has(name) ? kept(naming(value)) : value;

/** The sentence of a reason that no rule decided: it says what went wrong with one, and may name another. */
const faultIn = (why: unknown): string | undefined =>
  isObject(why) && why.rule_id === undefined && isText(why.sentence) ? why.sentence : undefined;

/** The texts of a line that name rules by what they were called then. */
export const textsNaming = (why: unknown, changes: readonly StoredChange[]): string[] => [
  faultIn(why) ?? '',
  ...changes.flatMap((one) =>
    'erased' in one || !remembered.has(one.field) ? [] : [one.before, one.after].filter(isText),
  ),
];

type Shown = ReadonlyMap<string, { readonly name: string; readonly number: string }>;

/** What a reason says in words, which the reader may be told in their language. */
const told = new Set(['rule', 'sentence', 'because', 'chosen', 'timer']);

/** Where a reason says by its id what decided, and what its sentence speaks of. */
const deciding = ['rule_id', 'waited_by', 'source_id'] as const;
const spokenOf = ['team', 'service'] as const;

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const withId = (value: unknown): value is Row & { id: string } => isObject(value) && isText(value.id) && isId(value.id);

/** People stand in a reason by id alone, so that they can be forgotten: `{ id }` without a name. */
const isBare = (value: object): value is { id: string } => withId(value) && !('name' in value);

function bareIds(why: unknown): string[] {
  if (!isObject(why)) return [];
  return [...(isBare(why) ? [why.id] : []), ...Object.values(why).flatMap(bareIds)];
}

/** The records a reason speaks of by its sentence. */
function speaksOf(why: Row): string[] {
  const ids = [
    ...deciding.map((key) => why[key]),
    ...spokenOf.map((key) => (withId(why[key]) ? why[key].id : undefined)),
  ];
  return ids.filter(isText).filter(isId);
}

/** Every id a reader must have in sight to be told all of a reason. */
export const idsInWhy = (why: unknown): string[] => [
  ...bareIds(why),
  ...(isObject(why) ? [...speaksOf(why), why.macro_id].filter(isText) : []),
];

/** The numbers of other rules a reason names: those it was not. */
export function otherRules(why: unknown): string[] {
  const others = isObject(why) && Array.isArray(why.alternatives) ? why.alternatives : [];
  return others.flatMap((one) => (isObject(one) && isText(one.rule) ? [one.rule] : []));
}

/** Does a reason speak of something that this reader may not see? */
export const isHiddenWhy = (why: unknown, shown: Shown): boolean =>
  isObject(why) && speaksOf(why).some((id) => !shown.has(id));

/**
 * A reason with the names of today. Where what decided is behind a wall of the reader's it is no more than a rule, with
 * the team and the people it led to as far as they are in sight. `numbers`: the other rules that are in sight.
 */
export function shownWhy(given: unknown, shown: Shown, numbers: ReadonlySet<string>, naming: Naming): unknown {
  const fault = faultIn(given);
  const why = fault === undefined ? given : { ...(given as Row), sentence: naming(fault) };
  if (!isObject(why) || Array.isArray(why)) return named(why, shown);
  if (isHiddenWhy(why, shown)) {
    const parts = ['team', 'person', 'to'].flatMap((key) => {
      const part = why[key];
      if (part === undefined || (withId(part) && !shown.has(part.id))) return [];
      return [[key, named(part, shown)]];
    });
    return { rule: kept(someRule), ...Object.fromEntries(parts) };
  }
  if (isText(why.macro_id) && !shown.has(why.macro_id)) return null;
  if (otherRules(why).length === 0) return named(why, shown);
  const alternatives = (why.alternatives as unknown[]).filter(
    (one) => !isObject(one) || !isText(one.rule) || numbers.has(one.rule),
  );
  return named({ ...why, alternatives }, shown);
}

function named(why: unknown, shown: Shown): unknown {
  if (Array.isArray(why)) return why.map((one) => named(one, shown));
  if (!isObject(why)) return why;
  const said = (key: string, value: unknown) => (isText(value) && told.has(key) ? kept(value) : named(value, shown));
  const name = isBare(why) ? { name: shown.get(why.id)?.name ?? null } : {};
  return { ...Object.fromEntries(Object.entries(why).map(([key, value]) => [key, said(key, value)])), ...name };
}
