import type { Shown } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import { type Db, type Row, sql, transact } from '../../../kernel/database';
import { isReference } from '../../../kernel/field';
import { isId } from '../../../kernel/id';
import { readInput, resolveReferences } from '../../../kernel/input';
import { holdsAny, type Relation } from '../../../kernel/policy';
import { Refusal } from '../../../kernel/refusal';
import type { Sentence } from '../../../kernel/sentence.contract';
import { incident } from './incident';

/** What the trials of assignment rules, action rules and queue orders share: who may, what is read, what is told. */

/** How far back rules are tried. */
const trialDays = 90;
/** So many incidents are gone through, and so many examples are shown. */
export const mostTried = 5_000;
export const examples = 50;

/** An incident, team or rule as a trial names it. */
export type Ref = Pick<Shown, 'id' | 'number' | 'name'>;

/**
 * Tries something where nothing can be written; a transaction it is a part of may write again afterwards. Throws 403 with
 * the sentence for who may not.
 */
export async function inTrial<T>(
  outer: Context,
  may: readonly Relation[],
  sentence: Sentence,
  work: (context: Context & { readonly db: Db }) => Promise<T>,
): Promise<T> {
  if (!holdsAny(may, {}, outer.actor)) throw new Refusal('forbidden', sentence);
  return transact(outer.db, async (db) => {
    await sql`savepoint trial`.execute(db);
    await sql`set transaction read only`.execute(db);
    try {
      return await work({ ...outer, db });
    } finally {
      await sql`rollback to savepoint trial`.execute(db);
    }
  });
}

/** Of what was found, one more than is gone through: what is gone through, and what the answer says of it. */
export function gone<T>(found: readonly T[]): { all: readonly T[]; counted: { read: number; more: boolean } } {
  const all = found.slice(0, mostTried);
  return { all, counted: { read: all.length, more: found.length > mostTried } };
}

/** From when to when incidents are gone through. */
export function lastDays({ now }: Context): { from: Date; told: { from: string; to: string } } {
  const from = new Date(now.getTime() - trialDays * 86_400_000);
  return { from, told: { from: from.toISOString(), to: now.toISOString() } };
}

/** The fields of a draft as saving them would read them, references looked up. Throws 422 with the field. */
export async function draftInput(context: Context, edit: string, body: unknown): Promise<Row> {
  const verb = context.house.verbs.get(edit)!;
  const [input] = await resolveReferences(context, verb, [readInput(context.house, verb, body)]);
  if (input instanceof Refusal) throw input;
  return input!;
}

/** A record by id as the caller may name it; null for what is hidden. */
export const refIn =
  (names: ReadonlyMap<string, Ref>) =>
  (id: string | null | undefined): Ref | null => {
    const one = id ? names.get(id) : undefined;
    return one ? { id: one.id, number: one.number, name: one.name } : null;
  };

const referencesOf = (context: Context) =>
  Object.entries(context.house.fieldsOf(incident)).filter(([, field]) => isReference(field));

/** The ids of everything these incidents name. */
export function namedIn(context: Context, all: readonly Row[]): string[] {
  const fields = referencesOf(context);
  return all.flatMap((one) => fields.flatMap(([name]) => [one[name]].flat().map(String)).filter(isId));
}

/** What the caller may not see is not known: a trial tells nothing that the records do not. */
export function asSeen<T extends Row>(context: Context, one: T, names: ReadonlyMap<string, Ref>): T {
  const hidden = referencesOf(context).filter(
    ([name]) => typeof one[name] === 'string' && !names.has(String(one[name])),
  );
  return hidden.length === 0 ? one : { ...one, ...Object.fromEntries(hidden.map(([name]) => [name, null])) };
}

/** Rules and how often, the most first. */
export const mostFirst = <T extends { readonly count: number }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => b.count - a.count);
