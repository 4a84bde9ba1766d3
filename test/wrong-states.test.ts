import { describe, expect, test } from 'vitest';
import { inGerman } from '../src/channels/http/german';
import { throughline } from '../src/house';
import type { Verb } from '../src/kernel/command';
import { allows } from '../src/kernel/lifecycle';
import { wrongState } from '../src/kernel/standing';
import { knownRows } from '../src/known';
import words from '../src/web/i18n/de/words.json';

const verbs = [...throughline(knownRows()).verbs.values()].filter(({ creates }) => !creates);
const irregular: Readonly<Record<string, string>> = {
  build: 'built',
  forget: 'forgotten',
  hold: 'held',
  withdraw: 'withdrawn',
};

/** The participles a verb may have by the rules of English. */
function participles(verb: string): string[] {
  const [first = '', ...rest] = verb.split('_');
  const last = first.at(-1)!;
  const stems = irregular[first]
    ? [irregular[first]]
    : last === 'e'
      ? [`${first}d`]
      : [`${first}ed`, `${first}${last}ed`, `${first.slice(0, -1)}ied`];
  return stems.map((stem) => [stem, ...rest].join(' '));
}

/** What it is called for people is its name: then its participle says what they read on the button. */
const isCalledByItsName = ({ verb, label }: Verb) => label.toLowerCase().startsWith(verb.replaceAll('_', ' '));
const nameOf = ({ on, verb }: Verb) => `${on.type}.${verb}`;

describe('what does not go in a state', () => {
  test('is said with the word of the verb: one that it declares, or its own participle', () => {
    const unsaid = verbs.filter(
      (verb) =>
        verb.done === undefined &&
        !(isCalledByItsName(verb) && participles(verb.verb).includes(verb.past.replaceAll('_', ' '))),
    );
    expect(unsaid.map(nameOf)).toEqual([]);
  });

  test('is a whole sentence in both languages, of each verb in each state that does not take it', () => {
    let asked = 0;
    for (const verb of verbs)
      for (const state of Object.keys(verb.on.life.states)) {
        if (allows(verb.on.life, verb.verb, state)) continue;
        asked++;
        const { sentence } = wrongState(verb, state);
        const english = String(sentence);
        expect(english, nameOf(verb)).toMatch(/^An? [a-z -]+ cannot be [a-z][a-z ’]+\.$/);
        expect(english, nameOf(verb)).toContain(
          ` ${verb.done ?? participles(verb.verb).find((one) => english.includes(one))}.`,
        );
        expect(inGerman(sentence), nameOf(verb)).toContain(
          `„${words.verb[verb.verb as keyof typeof words.verb]}“ geht`,
        );
      }
    expect(asked).toBeGreaterThan(300);
  });

  test.each([
    ['problem.fix', 'closed', 'A closed problem cannot be fixed.'],
    ['change.revise', 'closed', 'A closed change cannot be sent back.'],
    ['action_rule.activate', 'retired', 'A retired action rule cannot be switched on.'],
    ['retention_rule.report', 'retired', 'A retired retention rule cannot be run.'],
    ['incident.hold', 'closed', 'A closed incident cannot be held.'],
  ])('%s in the state %s', (name, state, sentence) => {
    const verb = verbs.find((one) => nameOf(one) === name)!;
    expect(String(wrongState(verb, state).sentence)).toBe(sentence);
  });
});
