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

test('requests that read the clock apart keep the order in which they write, each and together', () => {
  const began = Date.parse('2026-11-21T10:00:00Z');
  const now = Array.from({ length: 20_000 }, (_, turn) => began + turn - ((turn * 7919) % 59_000));
  const ids = now.map((ms) => newId(new Date(Math.max(ms, began - 30_000))));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test('what is brought in from the past keeps the order of each instant, whoever writes meanwhile', () => {
  const past = [1, 2, 3].map((day) => new Date(`2016-02-0${day}T10:00:00Z`));
  const made = past.map((): string[] => []);
  for (let turn = 0; turn < 6_000; turn++) {
    made[turn % 3]!.push(newId(past[turn % 3]!));
    newId(new Date(Date.parse('2026-11-22T10:00:00Z') + turn));
  }
  for (const ids of made) expect(ids).toEqual([...ids].sort());
  expect(made.flat()).toEqual([...made.flat()].sort());
});
