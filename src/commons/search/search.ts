import type { Context } from '../../kernel/command';
import { rows, type Sql, sql } from '../../kernel/database';
import { malformed } from '../../kernel/filter';
import type { Narrow } from '../../kernel/list';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { questionOf, snippetOf } from './words.rules';

export interface Hit {
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly snippet: string;
}

/** At most this many candidates are ranked; uncapped, a frequent word costs a hundred times as much. */
const candidates = 500;

type Found = Omit<Hit, 'snippet'> & { body: string };

/** The documents in which a question is answered, as this caller may read them; notes answer only the team. */
function matches(context: Context, types: readonly RecordType[], question: Sql): Sql {
  const arms = types.map((type) => {
    const team = whereAny(type.team, context.actor);
    return sql`(r.type = ${type.type} and ${team})`;
  });
  const notes = arms.length === 0 ? sql`false` : sql`(d.team_words @@ ${question} and (${sql.join(arms, sql` or `)}))`;
  return sql`(d.words @@ ${question} or ${notes})`;
}

async function ask(
  context: Context,
  types: readonly RecordType[],
  question: Sql,
  most: number,
  first: Sql = sql`(c.id is null)`,
): Promise<Found[]> {
  return rows<Found>(
    context.db,
    sql`select c.type, c.id, c.number, c.title, c.state, c.body from (
          select r.type, r.id, r.number, r.title, r.state, r.state_category, r.updated_at, d.words, d.body
          from search_document d join record r on r.id = d.record_id
          where ${matches(context, types, question)} and ${sightOf(context, types)} limit ${candidates}) c
        order by ${first} desc, ts_rank(c.words, ${question}) * case when c.state_category in ('open', 'paused') then 1.3 else 1 end desc,
          c.updated_at desc, c.id limit ${most}`,
  );
}

/** What bears the name asked for, before what only mentions it: a number, a serial, an e-mail. */
const named = ({ whole }: { whole: string }) => sql`(c.words @@ ${`${whole}:A`}::tsquery)`;

/**
 * Full text over every kind of record, closed ones included. An exact number, serial or e-mail is first. When little is
 * found, mistyped words are put right from words that stand in records; the corrected text is told only when a record
 * in sight contains it.
 */
export async function search(
  context: Context,
  text: string,
  options: { types?: readonly string[]; limit: number; offset: number },
) {
  const types = [...context.house.types.values()].filter((type) => !options.types || options.types.includes(type.type));
  const question = questionOf(text);
  if (!question) return { items: [] as Hit[], next: null, corrected: null };
  const wanted = options.offset + options.limit + 1;
  const exact = await ask(context, types, sql`${question.whole}::tsquery`, 20, named(question));
  let found = await ask(context, types, sql`${question.all}::tsquery`, wanted);
  let corrected: string | null = null;
  let words = question.words;
  if (found.length + exact.length < 3 && options.offset === 0) {
    const better = await putRight(context, types, question.words);
    const asked = better && questionOf(better);
    if (asked) {
      const more = await ask(context, types, sql`${asked.all}::tsquery`, wanted);
      const known = new Set(found.map(({ id }) => id));
      if (more.some(({ id }) => !known.has(id))) {
        corrected = better;
        words = [...words, ...asked.words];
        found = [...found, ...more.filter(({ id }) => !known.has(id))];
      }
    }
  }
  const first = new Set(exact.map(({ id }) => id));
  const ordered = [...exact, ...found.filter(({ id }) => !first.has(id))];
  const page = ordered.slice(options.offset, options.offset + options.limit);
  return {
    items: page.map(({ body, ...hit }): Hit => ({ ...hit, snippet: snippetOf(body, words) })),
    next: ordered.length > options.offset + options.limit ? String(options.offset + options.limit) : null,
    corrected,
  };
}

interface Near {
  asked: string;
  word: string;
}

/**
 * Each word that is near another one, replaced by the nearest that stands in a record in sight: a word only hidden
 * records contain must neither be told nor stand in the way of another. Undefined when nothing is nearer.
 */
async function putRight(
  context: Context,
  types: readonly RecordType[],
  words: readonly string[],
): Promise<string | undefined> {
  const long = words.filter((word) => word.length >= 4 && !/\d/.test(word));
  if (long.length === 0) return undefined;
  const near = await rows<Near>(
    context.db,
    sql`select a.asked, n.word from unnest(${[...new Set(long)]}::text[]) as a (asked)
        cross join lateral (select w.word from search_word w where w.word % a.asked
          order by similarity(w.word, a.asked) desc, w.word limit ${nearest}) n`,
  );
  const better = new Map<string, string>();
  for (const asked of new Set(long)) {
    const mine = near.filter((one) => one.asked === asked).map(({ word }) => word);
    for (let at = 0; at < mine.length && !better.has(asked); at += fewAtOnce) {
      const some = mine.slice(at, at + fewAtOnce);
      const stands = await inSight(context, types, some);
      const found = some.find((word) => stands.has(word));
      if (found) better.set(asked, found);
    }
  }
  const text = words.map((word) => better.get(word) ?? word).join(' ');
  return text === words.join(' ') ? undefined : text;
}

const nearest = 100;
const fewAtOnce = 4;

/** Which of these words stand in some record this caller may read. */
async function inSight(context: Context, types: readonly RecordType[], words: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ word: string }>(
    context.db,
    sql`select w.word from unnest(${[...words]}::text[]) as w (word) where exists (
          select 1 from search_document d join record r on r.id = d.record_id
          where ${matches(context, types, sql`quote_literal(w.word)::tsquery`)} and ${sightOf(context, types)})`,
  );
  return new Set(found.map(({ word }) => word));
}

/** `q` in lists. */
export const narrowByText: Narrow = async (context, type, text) => {
  const question = questionOf(text);
  if (!question) throw malformed('q', 'q needs a word to search for.');
  const asked = sql`(${question.all}::tsquery || ${question.whole}::tsquery)`;
  // The inner `r` stands for itself: without it the notes would be looked through once for every row of the list.
  return sql`r.id in (select d.record_id from search_document d where d.words @@ ${asked} and d.type = ${type.type}
    union all select d.record_id from search_document d join record r on r.id = d.record_id
      where d.team_words @@ ${asked} and d.type = ${type.type} and ${whereAny(type.team, context.actor)})`;
};
