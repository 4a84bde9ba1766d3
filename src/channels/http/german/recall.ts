import { calledTarget } from '../../../kernel/called';
import { fromTemplate, kept, type Said, type Sentence } from '../../../kernel/sentence.contract';
import german from '../../../web/i18n/de/words.json';
import english from '../../../web/i18n/en/words.json';
import said from './kept.json';
import { sentences } from './sentences';

/**
 * Reasons are kept as English texts. Every form the product gives them is known (`kept.json`), so what stands in one is
 * found again by its form when somebody reads it in another language; old rows read as new ones do.
 */

/** What stands at a place of a form that is more than a name or a number. */
interface Place {
  /** What may stand there, as a regular expression without groups of its own. */
  readonly pattern?: string;
  readonly read: (text: string) => Said;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anything = '[^]+?';

/** A template as a regular expression; `place` says what stands at a place. */
const sourceOf = (template: string, place: (at: number) => string) =>
  template
    .split(/\{\d+\}/)
    .map((text, at) => (at === 0 ? escaped(text) : place(at - 1) + escaped(text)))
    .join('');

const oneOf = (...forms: string[]): Place => ({
  pattern: forms.map((form) => sourceOf(form, () => anything)).join('|'),
  read: (text) => recalled(text) ?? text,
});

const handedOver = oneOf('Its assignee is away.', 'Its assignee has left.');
const ofMonitoring = oneOf(
  'a further alert of a group joins its incident.',
  'a group of alerts from {0} on is one incident.',
  'an alert from {0} on holds the outage of its service.',
  'an alert from {0} on is an outage of its service.',
  'an alert knows its incident.',
  'an outage ends with the last alert that says so.',
  'what fires again within {0} minutes opens its incident again.',
  'what has recovered is proposed to be resolved.',
  'what has recovered is resolved.',
  'what it tells of becomes an alert.',
);
/** A rule is named by number and name; one behind a wall is "A rule". */
const rule: Place = { read: (text) => (text === 'A rule' ? kept('a rule') : text) };
/** What the product says of something that went wrong: any sentence of it. */
const sentence: Place = { read: (text) => anySentence(text) ?? text };
const target: Place = { read: (text) => calledTarget(text.replaceAll(' ', '_')) };

const severities: Readonly<Record<string, string>> = german.choice.severity;
const severity: Place = { read: (text) => (Object.hasOwn(severities, text) ? severities[text]! : text) };

/** A word of the house, by what it is called in English inside a sentence: of these kinds the first that has it. */
const word = (...kinds: readonly ('type' | 'plural' | 'field' | 'verb')[]): Place => {
  const words = kinds.flatMap((of) =>
    Object.entries(english[of]).map(([key, label]) => ({ of, key, label: label.toLowerCase() })),
  );
  return { read: (text) => words.find(({ label }) => label === text) ?? text };
};

/** By form and place. Where nothing is said a name or a number stands, as it was written. */
export const places: Readonly<Record<string, Readonly<Record<number, Place>>>> = {
  '{0} It has no team: it waits for the desk.': { 0: handedOver },
  '{0} Nobody of {1} is there now: it waits in the team.': { 0: handedOver },
  '{0} {1} shares it out among those who are there.': { 0: handedOver },
  '{0} {1}, {2}: {3} takes it.': { 0: handedOver },
  '{0}, {1}: {2}': { 2: ofMonitoring },
  'warning of {0}, {1}, version {2}': { 0: target },
  'breach of {0}, {1}, version {2}': { 0: target },
  'escalation of {0}, {1}, version {2}': { 0: target },
  'a group of alerts from {0} on is one incident.': { 0: severity },
  'an alert from {0} on holds the outage of its service.': { 0: severity },
  'an alert from {0} on is an outage of its service.': { 0: severity },
  'It could not {0}: {1}': { 0: word('verb'), 1: sentence },
  'Its condition cannot be judged. {0}': { 0: sentence },
  'It was stopped: it would take back the {0} that {1} has just set.': { 0: word('field'), 1: rule },
  '{0} would take back the {1} it sets: the two undo each other.': { 0: rule, 1: word('field') },
  '{0}: it may be a major incident.': { 0: rule },
};

interface Form {
  readonly template: string;
  readonly pattern: RegExp;
}

const asForm = (template: string): Form => {
  const stands = (at: number) => `(${places[template]?.[at]?.pattern ?? anything})`;
  return { template, pattern: new RegExp(`^${sourceOf(template, stands)}$`) };
};

const wordsOf = (template: string) => template.replace(/\{\d+\}|\W/g, '').length;

/** Forms with something in them; those that say most of themselves come first. */
const formsOf = (templates: readonly string[]): Form[] =>
  templates
    .filter((template) => template.includes('{0}'))
    .sort((a, b) => wordsOf(b) - wordsOf(a))
    .map(asForm);

/** A form that is nearly all places would fit too much of what is no sentence of ours. */
const fewestLetters = 8;
const reasons = formsOf(Object.keys(said));
const all = formsOf(Object.keys(sentences).filter((one) => Object.hasOwn(said, one) || wordsOf(one) >= fewestLetters));

const ofTheHouse = word('type', 'plural', 'field', 'verb');
const asWritten: Place = { read: (text) => text };

function among(forms: readonly Form[], text: string, otherwise: Place): Sentence | undefined {
  for (const { template, pattern } of forms) {
    const parts = pattern.exec(text)?.slice(1);
    if (!parts) continue;
    const values = parts.map((part, at) => (places[template]?.[at] ?? otherwise).read(part));
    return fromTemplate(template, values);
  }
  return undefined;
}

/** The sentence a kept text was made as; undefined where it has no form of a reason. */
export const recalled = (text: string): Sentence | undefined =>
  Object.hasOwn(said, text) ? kept(text) : among(reasons, text, asWritten);

/** The same for what is known to be some sentence of the product. */
const anySentence = (text: string): Sentence | undefined =>
  Object.hasOwn(sentences, text) ? kept(text) : among(all, text, ofTheHouse);
