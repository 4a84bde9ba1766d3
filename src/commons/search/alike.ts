import type { Context } from '../../kernel/command';
import { one, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { tellingWords } from './alike.rules';

const quoted = (word: string) => `'${word.replace(/[\\']/g, (mark) => mark + mark)}'`;
/** At most this many candidates of each kind, the newest: a frequent pair of words costs no more than a rare one. */
const most = 120;
/** What so many records hold is frequent, and looked for among the newest. */
const frequent = 2_000;
const window = 20_000;
/** So many that share every word need no others beside them. */
const enough = 20;
/** Of so many words, the longest, any two are looked for together. */
const paired = 4;

/**
 * Records of a kind in sight whose text holds every telling word of a title, or at least two of them: candidates for
 * whoever compares them. A title of one telling word is compared by it alone; one of none is like nothing.
 */
export async function candidatesLike(
  context: Context,
  type: RecordType,
  title: string,
  but: string,
): Promise<string[]> {
  const words = tellingWords(title);
  if (words.length === 0) return [];
  const sight = whereAny(type.sees, context.actor);
  const having = async (question: string) => {
    const holds = sql`d.type = ${type.type} and d.words @@ ${question}::tsquery`;
    const mine = sql`r.id <> ${but}::uuid and ${sight}`;
    // Asked for the newest at once, the planner walks back through all documents when it expects many: two frequent words
    // that never stand together took seconds among a million. What is frequent indeed stands among the newest.
    const some = await one<{ n: number; ids: string[] }>(
      context.db,
      sql`with held as materialized (select d.record_id from search_document d where ${holds} limit ${frequent})
          select (select count(*)::int from held) as n, array(
            select r.id from held join record r on r.id = held.record_id where ${mine} order by r.id desc limit ${most}) as ids`,
    );
    if (some!.n < frequent) return some!.ids;
    const newest = await rows<{ record_id: string }>(
      context.db,
      sql`select d.record_id from (
            select record_id, type, words from search_document d where d.type = ${type.type}
            order by record_id desc limit ${window}) d join record r on r.id = d.record_id
          where ${holds} and ${mine} order by d.record_id desc limit ${most}`,
    );
    return newest.map(({ record_id }) => record_id);
  };
  const whole = await having(words.map(quoted).join(' & '));
  if (whole.length >= enough || words.length < 2) return whole;
  const telling = words.slice(0, paired);
  const pairs = telling.flatMap((a, at) => telling.slice(at + 1).map((b) => `(${quoted(a)} & ${quoted(b)})`));
  return [...new Set([...whole, ...(await having(pairs.join(' | ')))])];
}
