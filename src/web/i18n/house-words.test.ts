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
  const helps = Object.fromEntries(
    [...house.types.values()].flatMap(({ type, fields }) =>
      Object.entries(fields).flatMap(([name, { help }]) => (help ? [[`${type}_${name}`, help]] : [])),
    ),
  );
  expect(en.words.help).toEqual(helps);
});
