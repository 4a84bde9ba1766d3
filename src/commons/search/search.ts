import type { Context } from '../../kernel/command';
import { rows, type Sql, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { malformed } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { Narrow } from '../reading';
import { type Question, questionOf, snippetOf } from './words.rules';

export interface Hit {
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly snippet: string;
}

/** At most this many candidates are ranked; uncapped, a frequent word costs a hundred times as much. */
const candidates = 300;
/** So many records that bear the very name are enough. */
const namesakes = 20;

type Found = Omit<Hit, 'snippet'> & { body: string; first: number };
interface Reader {
  readonly context: Context;
  readonly types: readonly RecordType[];
}

/**
 * Documents that answer a question as this caller may read them; notes answer only the team. Each one's record is looked
 * up by itself (`offset 0`): joined, the planner walks both tables side by side, since it cannot know how many answer.
 */
function matching({ context, types }: Reader, question: Sql, columns: Sql, most: number): Sql {
  const team = sightOf(context, types, (type) => type.team);
  return sql`select ${columns} from search_document d cross join lateral (
      select r.type, r.id, r.number, r.title, r.state, r.state_category, r.updated_at, ${team} as team from record r
      where r.id = d.record_id and ${sightOf(context, types)} offset 0) r
    where (d.words @@ ${question} or d.team_words @@ ${question}) and (d.team_words is null or d.words @@ ${question} or r.team)
    limit ${sql.lit(most)}`;
}

/** What answers, best first: what bears the name asked for, what mentions it, then what has all the words. */
async function ask(reader: Reader, { all, whole }: Question, most: number): Promise<Found[]> {
  const [asked, named] = [sql`${all}::tsquery`, sql`${whole}::tsquery`];
  const columns = (first: Sql) => sql`r.*, d.body, ${first} as first, ts_rank(d.words, ${asked})
    * case when r.state_category in ('open', 'paused') then 1.3 else 1 end as rank`;
  return rows<Found>(
    reader.context.db,
    sql`select type, id, number, title, state, body, first from (
          (${matching(reader, named, columns(sql`case when d.words @@ ${`${whole}:A`}::tsquery then 2 else 1 end`), namesakes)})
          union all (${matching(reader, asked, columns(sql`0`), candidates)})) c
        order by first desc, rank desc, updated_at desc, id limit ${most + namesakes}`,
  );
}

/** Each record once, where it came first. */
function once(hits: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return hits.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/**
 * Full text over every kind of record, closed ones included. An exact number, serial or e-mail is first. When nothing is
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
  const reader = { context, types };
  const wanted = options.offset + options.limit + 1;
  let found = once(await ask(reader, question, wanted));
  let corrected: string | null = null;
  let words = question.words;
  if (found.length === 0 && options.offset === 0) {
    const better = await putRight(reader, question.words);
    const asked = better && questionOf(better);
    if (asked) {
      found = once(await ask(reader, asked, wanted));
      if (found.length > 0) {
        corrected = better;
        words = asked.words;
      }
    }
  }
  const page = found.slice(options.offset, options.offset + options.limit);
  return {
    items: page.map(({ body, first: _first, ...hit }): Hit => ({ ...hit, snippet: snippetOf(body, words) })),
    next: found.length > options.offset + options.limit ? String(options.offset + options.limit) : null,
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
async function putRight(reader: Reader, words: readonly string[]): Promise<string | undefined> {
  const long = words.filter((word) => word.length >= 4 && !/\d/.test(word));
  if (long.length === 0) return undefined;
  const near = await rows<Near>(
    reader.context.db,
    sql`select a.asked, n.word from unnest(${[...new Set(long)]}::text[]) as a (asked)
        cross join lateral (select w.word from search_word w where w.word % a.asked
          order by similarity(w.word, a.asked) desc, w.word limit ${nearest}) n`,
  );
  const better = new Map<string, string>();
  for (const asked of new Set(long)) {
    const mine = near.filter((one) => one.asked === asked).map(({ word }) => word);
    for (let at = 0; at < mine.length && !better.has(asked); at += fewAtOnce) {
      const some = mine.slice(at, at + fewAtOnce);
      const stands = await inSight(reader, some);
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
async function inSight(reader: Reader, words: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ word: string }>(
    reader.context.db,
    sql`select w.word from unnest(${[...words]}::text[]) as w (word)
        where exists (${matching(reader, sql`quote_literal(w.word)::tsquery`, sql`1`, 1)})`,
  );
  return new Set(found.map(({ word }) => word));
}

/** `q` in lists. */
export const narrowByText: Narrow = async (context, type, text) => {
  const question = questionOf(text);
  if (!question) throw malformed('q', say`q needs a word to search for.`);
  const asked = sql`(${question.all}::tsquery || ${question.whole}::tsquery)`;
  // The inner `r` stands for itself: without it the notes would be looked through once for every row of the list.
  return sql`r.id in (select d.record_id from search_document d where d.words @@ ${asked} and d.type = ${type.type}
    union all select d.record_id from search_document d join record r on r.id = d.record_id
      where d.team_words @@ ${asked} and d.type = ${type.type} and ${whereAny(type.team, context.actor)})`;
};
