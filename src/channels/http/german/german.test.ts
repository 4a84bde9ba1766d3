import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hole, scan } from '../../../../checks/scan';
import { throughline } from '../../../house';
import { amount, and, asIs, kept, or, say, type Word, whole } from '../../../kernel/sentence.contract';
import { knownRows } from '../../../known';
import words from '../../../web/i18n/de/words.json';
import channels from './channels.json';
import commons from './commons.json';
import { inGerman } from './index';
import said from './kept.json';
import kernel from './kernel.json';
import practices from './practices.json';
import { places } from './recall';

const forms: [string, string][] = [kernel, commons, practices, channels, said].flatMap((part) => Object.entries(part));

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

describe('a reason kept as a text', () => {
  const read = (text: string) => inGerman(kept(text));

  test('is read in German with the names that stand in it', () => {
    expect(read('Network operates the service Card payments.')).toBe('Network betreibt den Service Card payments.');
    expect(read('RULE-3 (version 2), Cards: who pays: Network takes it.')).toBe(
      'RULE-3 (Version 2), Cards: who pays: Network übernimmt.',
    );
    expect(read('3 reports within 15 minutes concern the same component.')).toBe(
      '3 Meldungen in 15 Minuten betreffen dieselbe Komponente.',
    );
  });

  test('says what stands before it in German too', () => {
    expect(read('Its assignee is away. Network shares it out among those who are there.')).toBe(
      'Wer zuständig ist, ist abwesend. Network teilt es unter denen auf, die da sind.',
    );
    expect(read('Its assignee has left. RULE-3, Cards, all: Network takes it.')).toBe(
      'Wer zuständig war, arbeitet nicht mehr hier. RULE-3, Cards, all: Network übernimmt.',
    );
    expect(read('SRC-1, Alertmanager: main: an alert from warning on is an outage of its service.')).toBe(
      'SRC-1, Alertmanager: main: Ein Alarm ab „Warnung“ ist ein Ausfall seines Service.',
    );
  });

  test('has the German words of the house, and the sentence of a refusal', () => {
    expect(read('breach of first response, Standard, version 3')).toBe(
      'Zusage gebrochen: Erste Antwort, Standard, Version 3',
    );
    expect(read('It was stopped: it would take back the urgency that A rule has just set.')).toBe(
      'Sie wurde angehalten: Sie nähme zurück, was eine Regel eben gesetzt hat (Dringlichkeit).',
    );
    expect(read('It could not assign: There is no team “Night”.')).toBe(
      '„Zuweisen“ ging nicht: Team „Night“ gibt es nicht.',
    );
  });

  test('that people wrote, or of no known form, stays as it is', () => {
    for (const text of ['ACT-1, Night shift', 'Because the till is on fire.', 'Somebody: takes it. Perhaps', ''])
      expect(read(text)).toBe(text);
    expect(inGerman(say`“${'Network operates the service Card payments.'}”`)).not.toContain('betreibt');
  });

  test('has places that are there', () => {
    for (const [form, some] of Object.entries(places)) {
      expect(Object.hasOwn(said, form), form).toBe(true);
      for (const at of Object.keys(some)) expect(form).toContain(`{${at}}`);
    }
  });

  test('comes back from its text as it was, every form of it', () => {
    for (const [form, german] of Object.entries(said)) {
      if (places[form]) continue;
      const filledWith = (text: string) => text.replace(/\{(\d)\}/g, (_all, at) => `Z${at}`);
      expect(read(filledWith(form)), form).toBe(filledWith(german));
    }
  });
});
