import { expect, test } from 'vitest';
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
