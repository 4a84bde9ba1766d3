import { filled, type Said, type Sentence, templateOf } from '../../../kernel/sentence.contract';
import words from '../../../web/i18n/de/words.json';
import channels from './channels.json';
import commons from './commons.json';
import kernel from './kernel.json';
import practices from './practices.json';

/** Every sentence the server says, as it says it in English, with its German form: `{0}` is the same value in both. */
const sentences: Readonly<Record<string, string>> = { ...kernel, ...commons, ...practices, ...channels };

const catalogue = words as unknown as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** A sentence in German. One without a German form is said in English. */
export function inGerman(sentence: Sentence): string {
  const template = templateOf(sentence);
  if (!Object.hasOwn(sentences, template)) return String(sentence);
  return filled(sentences[template]!, sentence.values, spoken);
}

const joins = { or: ' oder ', and: ' und ', comma: ', ' };
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function spoken(value: Said, begins: boolean): string {
  if (typeof value !== 'object') return String(value);
  if ('texts' in value) return begins ? capital(inGerman(value)) : inGerman(value);
  if ('amount' in value) return value.amount.toLocaleString('de');
  if ('label' in value) return catalogue[value.of]?.[value.key] ?? value.label;
  return value.each.map((one) => spoken(one, begins)).join(joins[value.by]);
}
