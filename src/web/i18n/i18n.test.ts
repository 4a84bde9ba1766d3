import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import de from './de';
import en from './en';
import { firstLanguage } from './index';

/** Every key of a catalogue with its text. */
function flat(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' ? [[`${path}${key}`, one] as [string, string]] : flat(one as object, `${path}${key}.`),
  );
}
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map((found) => found[1]).sort();

describe('the two languages', () => {
  const english = new Map(flat(en));
  const german = new Map(flat(de));

  it('have the same keys', () => {
    expect(english.size).toBeGreaterThan(300);
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have no empty text and the same holes', () => {
    for (const [key, text] of english) {
      expect(text, key).not.toBe('');
      expect(german.get(key), key).not.toBe('');
      expect(holes(german.get(key) ?? ''), key).toEqual(holes(text));
    }
  });

  it('follow what was chosen, then the browser, then English', () => {
    expect(firstLanguage('de', ['en-GB'])).toBe('de');
    expect(firstLanguage(null, ['fr', 'de-AT'])).toBe('de');
    expect(firstLanguage(null, ['fr'])).toBe('en');
  });
});

describe('the first paint', () => {
  it('reads the same place the theme is kept in', () => {
    expect(readFileSync(new URL('../public/theme.js', import.meta.url), 'utf8')).toContain("'tl.theme'");
    expect(readFileSync(new URL('../shell/theme-switch.ts', import.meta.url), 'utf8')).toContain("'tl.theme'");
  });
});
