import type { Words } from '../../words/use-words';

/** So many days are named, the rest is counted. */
const most = 4;

interface Said {
  added: (days: string) => string;
  gone: (days: string) => string;
  more: (count: number) => string;
}

/**
 * What became of a list of days (`2026-12-24`, or `*-12-25` for every year): those that came and those that went, by
 * name where `names` knows one. Empty where both lists are the same.
 */
export function dayWords(before: unknown, after: unknown, names: unknown, words: Words, said: Said): string {
  const [was, is] = [listOf(before), listOf(after)];
  const nameOf = (day: string) => (names as Record<string, unknown> | null | undefined)?.[day];
  const told = (days: readonly string[]) => {
    const named = days.slice(0, most).map((day) => {
      const name = nameOf(day);
      return typeof name === 'string' ? `${words.day(day)} (${name})` : words.day(day);
    });
    return [...named, ...(days.length > most ? [said.more(days.length - most)] : [])].join(', ');
  };
  const added = is.filter((day) => !was.includes(day));
  const gone = was.filter((day) => !is.includes(day));
  return [
    ...(added.length > 0 ? [said.added(told(added))] : []),
    ...(gone.length > 0 ? [said.gone(told(gone))] : []),
  ].join('; ');
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((day): day is string => typeof day === 'string') : [];
