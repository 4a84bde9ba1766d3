import { expect, test } from 'vitest';
import { newId } from './id';

test('ids of one instant sort in the order they were made, however many', () => {
  const at = new Date('2026-11-20T10:00:00Z');
  const ids = Array.from({ length: 60_000 }, () => newId(at));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('an earlier instant gives earlier ids again', () => {
  const late = newId(new Date('2026-11-20T10:00:00Z'));
  const early = newId(new Date('2026-11-19T10:00:00Z'));
  expect(early < late).toBe(true);
});
