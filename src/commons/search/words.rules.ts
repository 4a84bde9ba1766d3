import { fold } from '../../kernel/fold.rules';

const longest = 60;
const mostWords = 4_000;

/** The words of a text, folded, in their order. */
export function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const match of fold(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (match[0].length <= longest) found.push(match[0]);
    if (found.length >= mostWords) break;
  }
  return found;
}

/** Names with punctuation in them, found whole: `pay-gw-2`, `rita@pizza.example`, `10.0.0.7`, `INC-1042`. */
export function namesOf(text: string): string[] {
  const found = new Set<string>();
  for (const chunk of fold(text).split(/[\s,;()<>"“”]+/)) {
    const name = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (name.length >= 3 && name.length <= longest && /[^\p{L}\p{N}]/u.test(name)) found.add(name);
  }
  return [...found].slice(0, 500);
}

const quoted = (lexeme: string) => `'${lexeme.replace(/[\\']/g, (mark) => mark + mark)}'`;

/**
 * A tsvector as text. Weights: A title and names, C the rest. Whole names are lexemes of their own, marked with `=`,
 * since PostgreSQL's parser reads `INC-1042` as two.
 */
export function vectorOf(parts: { title: string; names: readonly string[]; text: string }): string {
  const lexemes = new Map<string, string[]>();
  let position = 0;
  const add = (lexeme: string, weight: string) => {
    if (position < 16_000) position += 1;
    const places = lexemes.get(lexeme) ?? [];
    if (places.length < 20) places.push(`${position}${weight}`);
    lexemes.set(lexeme, places);
  };
  for (const word of wordsOf(parts.title)) add(word, 'A');
  for (const word of wordsOf(parts.text)) add(word, 'C');
  for (const name of namesOf(`${parts.title} ${parts.text}`)) add(`=${name}`, 'B');
  for (const name of parts.names) {
    add(`=${fold(name).slice(0, longest)}`, 'A');
    for (const word of wordsOf(name)) add(word, 'A');
  }
  return [...lexemes].map(([lexeme, places]) => `${quoted(lexeme)}:${places.join(',')}`).join(' ');
}

/** The words of a vector that a mistyped word may be compared with. */
export function spellable(parts: { title: string; text: string }): string[] {
  return [...new Set(wordsOf(`${parts.title} ${parts.text}`))].filter((word) => word.length >= 4 && !/\d/.test(word));
}

export interface Question {
  /** As a tsquery: every word must be there, the last one may be unfinished. */
  readonly all: string;
  /** As a tsquery: the very name asked for. */
  readonly whole: string;
  readonly words: readonly string[];
}

/** What is asked by a text. Undefined when it has no word. */
export function questionOf(text: string): Question | undefined {
  const words = wordsOf(text).slice(0, 12);
  if (words.length === 0) return undefined;
  const all = words.map((word, at) => (at === words.length - 1 ? `${quoted(word)}:*` : quoted(word))).join(' & ');
  return { all, whole: quoted(`=${fold(text.trim()).slice(0, longest)}`), words };
}

/** A piece of the text around the first word asked for; at most about 160 characters. */
export function snippetOf(body: string, words: readonly string[]): string {
  const folded = fold(body);
  // Folding may change the length; then the position is near enough.
  const at = Math.max(
    0,
    Math.min(...words.map((word) => folded.indexOf(word)).filter((place) => place >= 0), folded.length),
  );
  const start = at >= folded.length ? 0 : Math.max(0, at - 60);
  const piece = body
    .slice(start, start + 160)
    .replace(/\s+/g, ' ')
    .trim();
  return `${start > 0 ? '…' : ''}${piece}${start + 160 < body.length ? '…' : ''}`;
}
