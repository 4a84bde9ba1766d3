import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hole, scan } from '../../../../checks/scan';
import { throughline } from '../../../house';
import { amount, and, asIs, or, say, type Word, whole } from '../../../kernel/sentence.contract';
import { knownRows } from '../../../known';
import words from '../../../web/i18n/de/words.json';
import channels from './channels.json';
import commons from './commons.json';
import { inGerman } from './index';
import kernel from './kernel.json';
import practices from './practices.json';

const forms: [string, string][] = [kernel, commons, practices, channels].flatMap((part) => Object.entries(part));

/** Every sentence in the source of the server, as the forms know it, with the file it stands in. */
function sentencesSaid(): Map<string, string> {
  const said = new Map<string, string>();
  const source = join(import.meta.dirname, '../../..');
  for (const path of readdirSync(source, { recursive: true }) as string[]) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts') || /(^|\/)(web|ui)\//.test(path)) continue;
    for (const { tag, text } of scan(readFileSync(join(source, path), 'utf8')).literals) {
      if (tag !== 'say' && tag !== 'wrong') continue;
      let holes = 0;
      const template = text.replaceAll(hole, () => `{${holes++}}`).replace(/\\(.)/g, '$1');
      said.set(template, path);
    }
  }
  return said;
}

const holesIn = (text: string) => [...new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, at]) => at))];

describe('what the server says', () => {
  const said = sentencesSaid();

  test('has a German form, every sentence of it', () => {
    expect(said.size).toBeGreaterThan(500);
    const known = new Set(forms.map(([template]) => template));
    expect([...said].filter(([template]) => !known.has(template))).toEqual([]);
  });

  test('is all there is a German form for, and each form stands once', () => {
    expect(forms.map(([template]) => template).filter((template) => !said.has(template))).toEqual([]);
    expect(new Set(forms.map(([template]) => template)).size).toBe(forms.length);
  });

  test('has values in German that it has in English, and ends as it ends', () => {
    for (const [template, german] of forms) {
      expect(german, template).not.toBe('');
      expect(
        holesIn(german).filter((at) => !holesIn(template).includes(at)),
        template,
      ).toEqual([]);
      expect(/[.!?…]$/.test(german), template).toBe(/[.!?…]$/.test(template));
    }
  });

  test('speaks to people as the screens do: Sie, never du', () => {
    expect(forms.filter(([, german]) => /\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b/.test(german))).toEqual([]);
  });

  test('names kinds of record, states, verbs and fields that have a German word', () => {
    const house = throughline(knownRows());
    const types = [...house.types.values()];
    const verbs = [...house.verbs.values()].filter(({ hidden }) => !hidden);
    const named = {
      type: types.map(({ type }) => type),
      plural: types.map(({ type }) => type),
      state: types.flatMap(({ life }) => Object.keys(life.states)),
      verb: verbs.map(({ verb }) => verb),
      field: [
        ...types.flatMap(({ fields }) => Object.keys(fields).filter((name) => fields[name]!.writable !== false)),
        ...verbs.flatMap(({ input }) => Object.keys(input ?? {})),
      ],
    };
    for (const [of, names] of Object.entries(named))
      expect(
        [...new Set(names)].filter((name) => !Object.hasOwn(words[of as 'verb'], name)),
        of,
      ).toEqual([]);
  });
});

describe('a sentence', () => {
  const incident: Word = { of: 'type', key: 'incident', label: 'Incident' };
  const title: Word = { of: 'field', key: 'title', label: 'Title' };
  const own: Word = { of: 'field', key: 'x_cost_centre', label: 'Cost centre' };

  test('says words of the house in the language it is said in, and what people wrote as they wrote it', () => {
    const absent = say`There is no ${incident} “${'Störung {0}'}”.`;
    expect(String(absent)).toBe('There is no incident “Störung {0}”.');
    expect(inGerman(absent)).toBe('Störung „Störung {0}“ gibt es nicht.');
    expect(inGerman(say`${own} is needed.`)).toBe('Cost centre fehlt.');
  });

  test('writes a word small inside an English sentence, and as it is at its beginning', () => {
    expect(String(say`${or([title, own])} is needed.`)).toBe('Title or Cost centre is needed.');
    expect(String(say`searching in ${whole(title)}`)).toBe('searching in Title');
    expect(inGerman(say`${or([title, own])} is needed.`)).toBe('Titel oder Cost centre fehlt.');
    expect(String(say`${and(['One', 'Two'])} need ${'Three'}: switch that off first.`)).toMatch(/^One and Two need/);
  });

  test('writes numbers as its language does, and begins with a capital', () => {
    const many = say`This is too long: at most ${amount(200_000)} are possible.`;
    expect(String(many)).toContain('200,000');
    expect(inGerman(many)).toContain('200.000');
    expect(inGerman(say`${say`the plan`} is needed.`)).toBe('Der Plan fehlt.');
  });

  test('without a German form it is English, and what others said is theirs', () => {
    expect(inGerman(asIs('certificate has expired'))).toBe('certificate has expired');
    const unknown = say`No ${'form'} has this ${incident} yet.`;
    expect(inGerman(unknown)).toBe(String(unknown));
  });
});
