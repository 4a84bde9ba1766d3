/**
 * A sentence for people: said in English where it arises, with what stands in it kept apart, so that whoever answers can
 * say it in the reader's language. As a text and in JSON it is English unless somebody speaks another language meanwhile.
 */
export interface Sentence {
  readonly texts: readonly string[];
  readonly values: readonly Said[];
}

/** A word of the house with a form in each language: the name of a kind of record, a field, a state, a verb, a role. */
export interface Word {
  readonly of: 'type' | 'plural' | 'field' | 'state' | 'verb' | 'role' | 'practice' | 'target';
  readonly key: string;
  /** As English writes it by itself; inside a sentence it is small. */
  readonly label: string;
  /** As it is written, wherever it stands. */
  readonly whole?: true;
}

/** Several, joined as each language joins them. */
export interface Several {
  readonly each: readonly Said[];
  readonly by: 'or' | 'and' | 'comma';
}

/** A number with its thousands marked. */
export interface Amount {
  readonly amount: number;
}

export type Said = string | number | boolean | Sentence | Word | Several | Amount;

type Speaker = (sentence: Sentence) => string;

let speaker: Speaker = english;

const manner = {
  toString(this: Sentence): string {
    return english(this);
  },
  toJSON(this: Sentence): string {
    return speaker(this);
  },
};

/** A sentence from a template. What stands in it is never part of what it says. */
export function say(texts: TemplateStringsArray, ...values: Said[]): Sentence {
  return made(texts, values);
}

const made = (texts: readonly string[], values: readonly Said[]): Sentence =>
  Object.assign(Object.create(manner) as object, { texts, values });

/** A sentence that was kept as a text, as history keeps it: with nothing in it that could be told apart. */
export const kept = (text: string): Sentence => made([text], []);

/** A sentence told apart again: its English template, as `templateOf` writes it, and what stands in it. */
export const fromTemplate = (template: string, values: readonly Said[]): Sentence =>
  made(template.split(/\{\d+\}/), values);

const isSentence = (value: unknown): value is Sentence =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === manner;

/** What another says in their own words: an address, a foreign fault. It is the same in every language. */
export const asIs = (text: unknown): Sentence => (isSentence(text) ? text : say`${String(text)}`);

/** Where a sentence stands among the forms of a language: `There is no {0} here.` */
export const templateOf = ({ texts }: Sentence): string =>
  texts.map((text, at) => (at === 0 ? text : `{${at - 1}}${text}`)).join('');

/** Fills a template: `{0}` is the first value. `tell` says a value, knowing whether it begins the sentence. */
export const filled = (template: string, values: readonly Said[], tell: (value: Said, begins: boolean) => string) =>
  template.replace(/\{(\d+)\}/g, (hole, at: string, place: number) => {
    const value = values[Number(at)];
    return value === undefined ? hole : tell(value, place === 0);
  });

function english(sentence: Sentence): string {
  return filled(templateOf(sentence), sentence.values, inEnglish);
}

function inEnglish(value: Said, begins: boolean): string {
  if (typeof value !== 'object') return String(value);
  if ('texts' in value) return english(value);
  if ('amount' in value) return value.amount.toLocaleString('en');
  if ('label' in value) return begins || value.whole ? value.label : value.label.toLowerCase();
  return value.each.map((one) => inEnglish(one, begins)).join({ or: ' or ', and: ' and ', comma: ', ' }[value.by]);
}

/** JSON whose sentences are said by another speaker. */
export function jsonSaidBy(other: Speaker, value: unknown): string {
  const before = speaker;
  speaker = other;
  try {
    return JSON.stringify(value);
  } finally {
    speaker = before;
  }
}

/** What is wrong with a value, as zod takes it. */
export const wrong = (texts: TemplateStringsArray, ...values: Said[]) => {
  const sentence = say(texts, ...values);
  return { error: () => told(sentence) };
};

/** The same as an issue a check finds itself. zod hands on what it is given as a message, whatever it is. */
export const told = (sentence: Sentence) => ({ code: 'custom' as const, message: sentence as unknown as string });

export const whole = (word: Word): Word => ({ ...word, whole: true });
export const or = (each: readonly Said[]): Several => ({ each, by: 'or' });
export const and = (each: readonly Said[]): Several => ({ each, by: 'and' });
export const listed = (each: readonly Said[]): Several => ({ each, by: 'comma' });
export const amount = (number: number): Amount => ({ amount: number });
