import { wordsOf } from './words.rules';

/** Words that stand in every second title and say nothing about what is broken. */
const empty = new Set(
  'the and for not does are with from has have was were but can cannot this that all any our your their into since after before again der die das den dem des ein eine einen und oder ist sind nicht kein keine mit von vom zum zur seit nach vor bei auf aus im am wird werden'.split(
    ' ',
  ),
);
const most = 6;

/** The words of a title that tell it from others: the longest first, each once, at most six. */
export function tellingWords(title: string): string[] {
  const words = [...new Set(wordsOf(title))].filter(
    (word) => (word.length >= 3 || /\d/.test(word)) && !empty.has(word),
  );
  return words.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, most);
}

/** The words two titles share, and how much of both that is: 0 nothing, 1 everything. */
export function shared(title: string, other: string): { words: string[]; share: number } {
  const [a, b] = [tellingWords(title), tellingWords(other)];
  const words = a.filter((word) => b.includes(word));
  const all = new Set([...a, ...b]).size;
  return { words, share: all === 0 ? 0 : words.length / all };
}
