import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { asIs, type Sentence, say } from '../../kernel/sentence.contract';

/** What a word of a condition holds. Instants are compared with `timestamp("2026-11-21T17:50:00Z")`. */
export type WordType = 'string' | 'int' | 'double' | 'bool' | 'list<string>' | 'google.protobuf.Timestamp';

/** What a condition may ask about: words with their type, or words with words of their own (`service.name`). */
export type Vocabulary = Readonly<Record<string, WordType | Readonly<Record<string, WordType>>>>;

/** A condition that can be asked. */
export interface Condition {
  /** The words it asks about: `category`, `service.name`. */
  readonly asks: readonly string[];
  /**
   * Does it hold for these values? Whole numbers are given as `bigint`, instants as `Date`, what is not known is left
   * out. Null: it asks for something that is not known, and nothing else in it decides. Never throws.
   */
  judge(values: Readonly<Record<string, unknown>>): boolean | null;
  /**
   * Why it cannot be judged for these values though what it asks for is known, in a sentence: a text that is no number,
   * a zone that does not exist. Null when it can. Never throws.
   */
  fault(values: Readonly<Record<string, unknown>>): Sentence | null;
}

export type Read = { readonly condition: Condition } | { readonly problem: Sentence };

export interface Language {
  /** A condition, or in a sentence with the place why it cannot be read. */
  read(text: string): Read;
}

/** The first line of what the library says: the rest draws the place with spaces. */
export function firstLine(problem: unknown): string {
  return (problem instanceof Error ? problem.message : String(problem)).split('\n', 1)[0]!;
}

/** So that a condition is short work whatever is written into it. */
const limits = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 20, maxCallArguments: 4 };
const loops = new Set(['exists', 'exists_one', 'all']);
/** Functions that end in bounded time and make nothing larger than what they are given: no patterns, no bindings. */
const possible = new Set([
  ...loops,
  'has',
  'contains',
  'startsWith',
  'endsWith',
  'lowerAscii',
  'upperAscii',
  'trim',
  'size',
  'string',
  'int',
  'double',
  'timestamp',
  'duration',
  'getFullYear',
  'getMonth',
  'getDayOfMonth',
  'getDate',
  'getDayOfWeek',
  'getDayOfYear',
  'getHours',
  'getMinutes',
  'getSeconds',
]);

/** Remembered conditions, so that a rule is read once and not for every record. */
const most = 500;

/** A language of conditions over these words: checked as a whole before anything is asked. */
export function languageOf(vocabulary: Vocabulary): Language {
  const environment = new Environment({ unlistedVariablesAreDyn: false, limits });
  for (const [name, type] of Object.entries(vocabulary))
    if (typeof type === 'string') environment.registerVariable(name, type);
    else environment.registerVariable({ name, schema: { ...type } });
  const known = new Map<string, Read>();
  const readNew = (text: string): Read => {
    try {
      const parsed = environment.parse(text);
      const unwelcome = firstUnwelcome(parsed.ast);
      if (unwelcome) return { problem: placed(text, unwelcome.node.start, unwelcome.sentence) };
      const checked = parsed.check();
      if (!checked.valid) return { problem: toldOf(text, checked.error) };
      if (checked.type !== 'bool') return { problem: say`It must be true or false; this is ${String(checked.type)}.` };
      return {
        condition: {
          asks: [...new Set(asked(parsed.ast, vocabulary))],
          judge: (values) => {
            try {
              const answer: unknown = parsed(values);
              return typeof answer === 'boolean' ? answer : null;
            } catch {
              return null;
            }
          },
          fault: (values) => {
            try {
              parsed(values);
              return null;
            } catch (problem) {
              return isUnknown(problem) ? null : toldOf(text, problem);
            }
          },
        },
      };
    } catch (problem) {
      return { problem: toldOf(text, problem) };
    }
  };
  return {
    read: (text) => {
      const found = known.get(text);
      if (found) return found;
      if (known.size >= most) known.clear();
      const made = readNew(text);
      known.set(text, made);
      return made;
    },
  };
}

/** Every part of an expression below this one. */
function partsOf(node: ASTNode): ASTNode[] {
  const within = (value: unknown): ASTNode[] => {
    if (Array.isArray(value)) return value.flatMap(within);
    return typeof value === 'object' && value !== null && 'op' in value ? [value as ASTNode] : [];
  };
  return within(node.args);
}

interface Unwelcome {
  readonly node: ASTNode;
  readonly sentence: Sentence;
}

function firstUnwelcome(node: ASTNode, inLoop = false): Unwelcome | undefined {
  let loop = inLoop;
  if (node.op === 'call' || node.op === 'rcall') {
    const name = node.args[0];
    if (!possible.has(name)) return { node, sentence: say`There is no ${name}() here.` };
    if (loops.has(name)) {
      if (inLoop) return { node, sentence: say`${name}() cannot stand within another of its kind.` };
      loop = true;
    }
  }
  for (const part of partsOf(node)) {
    const found = firstUnwelcome(part, loop);
    if (found) return found;
  }
  return undefined;
}

function asked(node: ASTNode, vocabulary: Vocabulary): string[] {
  if (node.op === 'id') return Object.hasOwn(vocabulary, node.args) ? [node.args] : [];
  if (node.op === '.' && node.args[0].op === 'id' && typeof vocabulary[node.args[0].args] === 'object')
    return [`${node.args[0].args}.${node.args[1]}`];
  return partsOf(node).flatMap((part) => asked(part, vocabulary));
}

/** It asks for what is not there: a field that is empty, nothing that is wrong. */
const isUnknown = (problem: unknown): boolean => /^(No such key|Unknown variable)/.test(firstLine(problem));

/** What the library says, with the place, in words of ours where it has none for people. */
function toldOf(text: string, problem: unknown): Sentence {
  const { summary, range } = (problem ?? {}) as { summary?: string; range?: { start: number } };
  const said = (summary ?? firstLine(problem)).trim();
  const known = (pattern: RegExp) => pattern.exec(said)?.[1];
  const [together, field, key] = [/^no such overload: (.*)$/i, /^Unknown variable: (.*)$/, /^No such key: (.*)$/].map(
    known,
  );
  if (together !== undefined) return placed(text, range?.start, say`These do not go together: ${ended(together)}`);
  if (field !== undefined) return placed(text, range?.start, say`There is no field ${ended(field)}`);
  if (key !== undefined) return placed(text, range?.start, say`There is no ${key} in it.`);
  if (said.startsWith('Exceeded max')) return placed(text, range?.start, say`This is too long.`);
  return placed(text, range?.start, asIs(ended(said)));
}

const ended = (said: string): string => (/[.!?]$/.test(said) ? said : `${said}.`);

function placed(text: string, start: number | undefined, sentence: Sentence): Sentence {
  if (start === undefined) return sentence;
  const before = text.slice(0, start).split('\n');
  const character = before[before.length - 1]!.length + 1;
  return before.length > 1
    ? say`Line ${before.length}, character ${character}: ${sentence}`
    : say`Character ${character}: ${sentence}`;
}
