import type { Context } from '../../kernel/command';
import { type Row, rows, type Sql, sql } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';

/** What follows from an act on what an organisation decides, before it is done. */
export interface Effect {
  /** What kind of thing follows; screens have words for it in each language. */
  readonly code: string;
  readonly count: number;
  /** False where there are more than were counted. */
  readonly exact: boolean;
  /** What the sentence names besides the number. */
  readonly values: Readonly<Record<string, string>>;
  readonly sentence: string;
}

/** An act that was rehearsed: the record before it (none when it is made) and after it. */
export interface Rehearsed {
  readonly type: RecordType;
  readonly verb: string;
  readonly before: Row | null;
  readonly after: Row;
}

/** Works out effects of one kind while the rehearsal still stands in the transaction. Set-wise and bounded. */
export type Foretell = (context: Context, act: Rehearsed) => Promise<Effect[]>;

/** More than this many are told as "more than". */
export const countedUpTo = 10_000;

/** Is `r` in sight of whoever looks? No figure counts what lies behind a wall of theirs. */
export const seen = (context: Context): Sql => sightOf(context, [...context.house.types.values()]);

/** How many rows a question finds, up to the bound. */
export async function countOf(context: Context, from: Sql): Promise<{ count: number; exact: boolean }> {
  const [found] = await rows<{ n: number }>(
    context.db,
    sql`select count(*)::int as n from (select 1 from ${from} limit ${countedUpTo + 1}) c`,
  );
  return { count: Math.min(found!.n, countedUpTo), exact: found!.n <= countedUpTo };
}

/** "Twelve open incidents", as a sentence begins: one, many, more than so many. */
export function many({ count, exact }: { count: number; exact: boolean }, one: string, more: string): string {
  const number = count.toLocaleString('en');
  return `${exact ? '' : 'More than '}${number} ${count === 1 && exact ? one : more}`;
}

/** One effect, or none when it touches nothing. */
export function effect(
  code: string,
  counted: { count: number; exact: boolean },
  values: Record<string, string>,
  sentence: string,
): Effect[] {
  return counted.count === 0 ? [] : [{ code, ...counted, values, sentence }];
}

/** Ids a list of a row holds. */
export const idsIn = (row: Row | null, name: string): string[] =>
  ((row?.[name] as string[] | null | undefined) ?? []).map(String);

/** Those of the first list that are not in the second. */
export const without = (some: readonly string[], others: readonly string[]): string[] =>
  some.filter((one) => !others.includes(one));
