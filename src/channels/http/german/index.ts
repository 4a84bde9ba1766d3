import { filled, type Said, type Sentence, templateOf, type Word } from '../../../kernel/sentence.contract';
import admin from '../../../web/i18n/de/admin.json';
import shell from '../../../web/i18n/de/shell.json';
import words from '../../../web/i18n/de/words.json';
import { recalled } from './recall';
import { sentences } from './sentences';

/** The words the screens have for kinds of record, fields, states, verbs, roles and practices. */
const { type, plural, field, state, verb, target } = words;
const catalogue: Readonly<Record<Word['of'], Readonly<Record<string, string>>>> = {
  ...{ type, plural, field, state, verb, target },
  role: shell.role,
  practice: admin.practices.name,
};

/** A sentence in German, also one that was kept as a text. One without a German form is said in English. */
export function inGerman(sentence: Sentence): string {
  const template = templateOf(sentence);
  if (!Object.hasOwn(sentences, template)) {
    const known = sentence.values.length === 0 ? recalled(template) : undefined;
    return known ? inGerman(known) : String(sentence);
  }
  // A whole sentence begins with a capital; a part of one begins as it is written.
  const whole = /[.!?]$/.test(template);
  return filled(sentences[template]!, sentence.values, (value, begins) => spoken(value, begins && whole));
}

const joins = { or: ' oder ', and: ' und ', comma: ', ' };
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function spoken(value: Said, begins: boolean): string {
  if (typeof value !== 'object') return String(value);
  if ('texts' in value) return begins ? capital(inGerman(value)) : inGerman(value);
  if ('amount' in value) return value.amount.toLocaleString('de');
  if ('label' in value)
    return Object.hasOwn(catalogue[value.of], value.key) ? catalogue[value.of][value.key]! : value.label;
  return value.each.map((one) => spoken(one, begins)).join(joins[value.by]);
}
