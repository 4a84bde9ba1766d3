import { expect, test } from 'vitest';
import type { Words } from '../../words/use-words';
import { dayWords } from './day-words';
import { shortValue, withoutStop } from './history-words';

const words = { when: (at: string) => `when ${at}`, choice: (_field: string, value: string) => value } as Words;

test('an instant is told as one whatever its field is called, a text that begins with a date is not', () => {
  expect(shortValue('2026-11-27T12:20:00.000Z', 'planned_start', words)).toBe('when 2026-11-27T12:20:00.000Z');
  expect(shortValue('2026-11-27T12:20:00+01:00', 'x_until', words)).toBe('when 2026-11-27T12:20:00+01:00');
  expect(shortValue('2026-11-27T12:20 was the time', 'title', words)).toBe('2026-11-27T12:20 was the time');
});

test('whether something holds is told in a word of the reader', () => {
  const german = { ...words, yes: (value: boolean) => (value ? 'Ja' : 'Nein') } as Words;
  expect([shortValue(false, 'major', german), shortValue(true, 'major', german)]).toEqual(['Nein', 'Ja']);
});

test('a shift is told by its days in the language of the reader, its hours and its people', () => {
  const shift = { days: ['mon', 'sun'], from: '08:00', until: '16:30', person_ids: [{ name: 'Sam Okafor' }] };
  const german = { ...words, language: 'de' } as Words;
  expect(shortValue([shift], 'shifts', german)).toBe('Mo, So 08:00–16:30 Sam Okafor');
});

test('a list of days is told by what came and what went, with names, in the language of the reader', () => {
  const german = { ...words, language: 'de', day: (day: string) => `Tag ${day}` } as Words;
  const said = {
    added: (days: string) => `dazu ${days}`,
    gone: (days: string) => `entfallen ${days}`,
    more: (count: number) => `${count} weitere`,
  };
  const before = ['2026-05-01', '*-12-25'];
  const after = ['*-12-25', '2027-01-01', '2027-01-06', '2027-04-02', '2027-05-01', '2027-05-17', '2027-10-03'];
  expect(dayWords(before, after, { '2027-01-01': 'Neujahr' }, german, said)).toBe(
    'dazu Tag 2027-01-01 (Neujahr), Tag 2027-01-06, Tag 2027-04-02, Tag 2027-05-01, 2 weitere; entfallen Tag 2026-05-01',
  );
  expect(dayWords(null, ['*-12-25'], null, german, said)).toBe('dazu Tag *-12-25');
  expect(dayWords(before, [], null, german, said)).toBe('entfallen Tag 2026-05-01, Tag *-12-25');
  expect(dayWords(before, before, null, german, said)).toBe('');
});

test('a sentence that another one follows ends with one full stop', () => {
  expect(withoutStop('3 reports concern the same service.')).toBe('3 reports concern the same service');
  expect(withoutStop('And so on...')).toBe('And so on...');
  expect(withoutStop('No stop')).toBe('No stop');
});

test('nobody reads an address of the product: what only ids name is counted', () => {
  const counting = { ...words, number: (value: number) => String(value) } as Words;
  const ids = ['01a1fef2-13bf-7174-91cd-4d630c4dc34b', '01a1fef2-13bf-718b-8394-4bb9c705ae05'];
  expect(shortValue(ids, 'child_ids', counting)).toBe('2');
  expect(shortValue(['reader', 'till'], 'skills', counting)).toBe('reader, till');
});
