/** Stands in a literal's text for what a template fills in. */
export const hole = '⟦⟧';

/** A text in quotes or backticks. */
export type Literal = {
  text: string;
  line: number;
  position: number;
  /** The name before a template: `sql` in sql`…`. */
  tag: string | null;
};

export type Import = {
  from: string;
  line: number;
  kind: 'import' | 'export' | 'dynamic';
  /** The words between `import` or `export` and `from`. */
  clause: string;
};

export type Scan = {
  imports: Import[];
  literals: Literal[];
  /** The text with comments and the insides of literals blanked, at the same positions. */
  code: string;
};

/** After one of these a slash begins a regular expression and not a division. */
const beforeRegex = /(?:[(,=:[!&|?{;+*%~^-]|=>|\b(?:return|typeof|case|of|in|await|yield))\s*$/;

type State = { text: string; out: string[]; literals: Literal[]; line: number; at: number };

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function take(state: State, length: number, hide: boolean): void {
  const piece = state.text.slice(state.at, state.at + length);
  state.out.push(hide ? blank(piece) : piece);
  for (const character of piece) if (character === '\n') state.line += 1;
  state.at += length;
}

function takeString(state: State, quote: string): void {
  const { text } = state;
  let end = state.at + 1;
  // A string ends with its line at the latest: an apostrophe in the text of a screen hides no more than that.
  while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  const content = text.slice(state.at + 1, end);
  state.literals.push({ text: content, line: state.line, position: state.at, tag: null });
  take(state, 1, false);
  take(state, end - state.at, true);
  if (text[end] === quote) take(state, 1, false);
}

function tagBefore(state: State): string | null {
  const before = state.text.slice(Math.max(0, state.at - 200), state.at);
  return /([A-Za-z_$][\w$.]*)(?:<[^`;()]*>)?$/.exec(before)?.[1] ?? null;
}

function takeTemplate(state: State): void {
  const literal: Literal = { text: '', line: state.line, position: state.at, tag: tagBefore(state) };
  state.literals.push(literal);
  take(state, 1, false);
  while (state.at < state.text.length) {
    const rest = state.text.slice(state.at, state.at + 2);
    if (rest[0] === '`') {
      take(state, 1, false);
      return;
    }
    if (rest === '${') {
      literal.text += hole;
      take(state, 2, false);
      takeCode(state, true);
      continue;
    }
    const length = rest[0] === '\\' ? 2 : 1;
    literal.text += state.text.slice(state.at, state.at + length);
    take(state, length, true);
  }
}

function takeRegex(state: State): boolean {
  const before = state.out.slice(-60).join('').slice(-60);
  if (before.trim() !== '' && !beforeRegex.test(before)) return false;
  const found = /^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/.exec(
    state.text.slice(state.at, state.at + 2000),
  );
  if (!found) return false;
  take(state, found[0].length, true);
  return true;
}

/** Reads code up to the end, or up to the brace that closes what is filled into a template. */
function takeCode(state: State, inTemplate: boolean): void {
  let depth = 0;
  while (state.at < state.text.length) {
    const one = state.text[state.at] as string;
    const two = state.text.slice(state.at, state.at + 2);
    if (two === '//') {
      const end = state.text.indexOf('\n', state.at);
      take(state, (end === -1 ? state.text.length : end) - state.at, true);
    } else if (two === '/*') {
      const end = state.text.indexOf('*/', state.at + 2);
      take(state, (end === -1 ? state.text.length : end + 2) - state.at, true);
    } else if (one === '"' || one === "'") takeString(state, one);
    else if (one === '`') takeTemplate(state);
    else if (one === '/' && takeRegex(state)) continue;
    else {
      if (one === '{') depth += 1;
      if (one === '}') depth -= 1;
      take(state, 1, false);
      if (inTemplate && depth < 0) return;
    }
  }
}

const statements: { kind: Import['kind']; pattern: RegExp }[] = [
  { kind: 'import', pattern: /\bimport\b(?<clause>[\w\s{},*$]*?)\bfrom\s*(?=['"])/g },
  { kind: 'import', pattern: /\bimport(?<clause>)\s*(?=['"])/g },
  { kind: 'export', pattern: /\bexport\b(?<clause>[\w\s{},*$]*?)\bfrom\s*(?=['"])/g },
  { kind: 'dynamic', pattern: /\b(?:import|require)(?<clause>)\s*\(\s*(?=['"`])/g },
];

/** Finds the import statements and the literals of a TypeScript text, without being misled by comments and strings. */
export function scan(text: string): Scan {
  const state: State = { text, out: [], literals: [], line: 1, at: 0 };
  takeCode(state, false);
  const code = state.out.join('');
  const at = new Map(state.literals.map((literal) => [literal.position, literal]));
  const imports: Import[] = [];
  for (const { kind, pattern } of statements) {
    for (const match of code.matchAll(pattern)) {
      const literal = at.get(match.index + match[0].length);
      if (literal) imports.push({ from: literal.text, line: literal.line, kind, clause: match.groups?.clause ?? '' });
    }
  }
  return { imports, literals: state.literals, code };
}
