import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covered, type Span } from './spans.rules';

test('what overlaps counts once, what lasts counts to the end, what lies outside not at all', () => {
  expect(covered([], 0, 100)).toBe(0);
  expect(
    covered(
      [
        { from: 10, to: 20 },
        { from: 15, to: 30 },
      ],
      0,
      100,
    ),
  ).toBe(20);
  expect(covered([{ from: 90, to: null }], 0, 100)).toBe(10);
  expect(
    covered(
      [
        { from: -50, to: 5 },
        { from: 200, to: 300 },
      ],
      0,
      100,
    ),
  ).toBe(5);
});

test('it is what counting each moment finds', () => {
  const span = fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.option(fc.integer({ min: 0, max: 30 })))
    .map(([from, length]): Span => ({ from, to: length === null ? null : from + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const moments = Array.from({ length: 40 }, (_, at) => at);
      const within = moments.filter((at) => spans.some(({ from, to }) => from <= at && (to === null || at < to)));
      expect(covered(spans, 0, 40)).toBe(within.length);
    }),
  );
});
