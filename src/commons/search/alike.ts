import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { tellingWords } from './alike.rules';

const quoted = (word: string) => `'${word.replace(/[\\']/g, (mark) => mark + mark)}'`;
/** At most this many candidates of each kind, the newest: a frequent pair of words costs no more than a rare one. */
const most = 120;
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
  const having = async (question: string) => {
    const found = await rows<{ record_id: string }>(
      context.db,
      sql`select d.record_id from search_document d join record r on r.id = d.record_id
          where d.type = ${type.type} and d.words @@ ${question}::tsquery and r.id <> ${but}::uuid
            and ${whereAny(type.sees, context.actor)} order by d.record_id desc limit ${most}`,
    );
    return found.map(({ record_id }) => record_id);
  };
  const whole = await having(words.map(quoted).join(' & '));
  if (whole.length >= enough || words.length < 2) return whole;
  const telling = words.slice(0, paired);
  const pairs = telling.flatMap((a, at) => telling.slice(at + 1).map((b) => `(${quoted(a)} & ${quoted(b)})`));
  return [...new Set([...whole, ...(await having(pairs.join(' | ')))])];
}
