import { expect, test } from 'vitest';
import { variables } from '../../commons/template/variables.rules';
import { throughline } from '../../house';
import { knownRows } from '../../known';
import de from './de';
import en from './en';

const house = throughline(knownRows());
const catalogues = { de: de.words, en: en.words } as const;

test('whatever can be done has a word for having been done, in both languages', () => {
  const pasts = [...new Set([...house.verbs.values()].map(({ past }) => past))];
  expect(pasts.length).toBeGreaterThan(100);
  for (const [language, words] of Object.entries(catalogues))
    expect(
      pasts.filter((past) => !Object.hasOwn(words.past, past)),
      language,
    ).toEqual([]);
});

test('what a field is for is said in both languages, in English as the interface says it', () => {
  const asked = [
    ...[...house.types.values()].map(({ type, fields }) => ({ type, fields })),
    ...[...house.verbs.values()].map(({ on, hidden, input }) => ({
      type: on.type,
      fields: hidden ? {} : (input ?? {}),
    })),
  ];
  const helps = asked.flatMap(({ type, fields }) =>
    Object.entries(fields).flatMap(([name, { help }]) => (help ? [[`${type}_${name}`, help] as const] : [])),
  );
  for (const [name, help] of helps)
    expect(
      helps.filter((one) => one[0] === name && one[1] !== help),
      `${name} is said in one way`,
    ).toEqual([]);
  expect(en.words.help).toEqual(Object.fromEntries(helps));
  expect(Object.keys(de.words.help).sort()).toEqual(Object.keys(en.words.help).sort());
});

test('what a variable of a text says is said in both languages, in English as the interface says it', () => {
  const said = Object.entries(variables).map(([name, says]) => [name.replaceAll('.', '_'), says]);
  expect(en.words.variable).toEqual(Object.fromEntries(said));
  expect(Object.keys(de.words.variable).sort()).toEqual(Object.keys(en.words.variable).sort());
});

test('what somebody did begins with what they did: its first letter is small behind a name, a German noun never is', () => {
  const pasts = new Set([...house.verbs.values()].filter(({ hidden }) => !hidden).map(({ past }) => past));
  const nouns = /^(Arbeit|Behebung|Feiertage|Frist|Großstörung|Haken|Nutzer|Schritte?|Teams|Zeit(en)?) /;
  expect([...pasts].filter((past) => nouns.test((de.words.past as Record<string, string>)[past] ?? ''))).toEqual([]);
});
