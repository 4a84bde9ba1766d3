import type { Context } from '../../kernel/command';
import { among, rows, sql } from '../../kernel/database';
import { sightOf } from '../../kernel/references';
import { someRule } from './shown-why';

/** A rule as a kept text names it: its number, its version perhaps, then its name. */
const named = /\b[A-Z]+-\d+(?=(?: \(version \d+\))?, )/g;

/** What such a text goes on with behind the name, which may have anything in it. */
const behind = [': it may be a major incident.', ' has just set.', ' would take back the '];

/**
 * Texts are kept as they were said, and a wall may stand before a rule they name since. Answers with how such a text is
 * read: a rule that is out of sight is no more than a rule.
 */
export async function namingInSight(context: Context, texts: readonly string[]): Promise<(text: string) => string> {
  const numbers = [...new Set(texts.flatMap((text) => text.match(named) ?? []))];
  if (numbers.length === 0) return (text) => text;
  const hidden = await rows<{ number: string }>(
    context.db,
    sql`select r.number from record r where r.number ${among(numbers, 'text')} and r.type like '%rule'
        and not coalesce(${sightOf(context, [...context.house.types.values()])}, false)`,
  );
  return (text) => hidden.reduce((said, { number }) => withoutName(said, number), text);
}

/** The last time its end comes counts: a name that looks like an end shows nothing. */
function withoutName(text: string, number: string): string {
  const from = text.search(new RegExp(`\\b${number}(?: \\(version \\d+\\))?, `));
  if (from < 0) return text;
  const ends = behind.map((end) => text.lastIndexOf(end)).filter((end) => end > from);
  return text.slice(0, from) + someRule + (ends.length > 0 ? text.slice(Math.max(...ends)) : '');
}
