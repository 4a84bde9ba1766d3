import { expect, test } from 'vitest';
import type { Words } from '../../words/use-words';
import { shortValue, withoutStop } from './history-words';

const words = { when: (at: string) => `when ${at}`, choice: (_field: string, value: string) => value } as Words;

test('an instant is told as one whatever its field is called, a text that begins with a date is not', () => {
  expect(shortValue('2026-11-27T12:20:00.000Z', 'planned_start', words)).toBe('when 2026-11-27T12:20:00.000Z');
  expect(shortValue('2026-11-27T12:20:00+01:00', 'x_until', words)).toBe('when 2026-11-27T12:20:00+01:00');
  expect(shortValue('2026-11-27T12:20 was the time', 'title', words)).toBe('2026-11-27T12:20 was the time');
});

test('a sentence that another one follows ends with one full stop', () => {
  expect(withoutStop('3 reports concern the same service.')).toBe('3 reports concern the same service');
  expect(withoutStop('And so on...')).toBe('And so on...');
  expect(withoutStop('No stop')).toBe('No stop');
});
