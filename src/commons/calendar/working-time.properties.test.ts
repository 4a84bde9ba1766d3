import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarDefinition, calendarDefinition, type Window, weekdays } from './calendar.contract';
import { addWorkingTime, calendarFrom, isWorkingTime, spansBetween, workingTimeBetween } from './working-time.rules';

const DAY = 86_400_000;
const clock = (minutes: number) =>
  minutes === 1440
    ? '24:00'
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const zone = fc.constantFrom('UTC', 'Europe/Lisbon', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Beirut');
const window = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1440 }))
  .map(([from, to]): Window => [clock(from), clock(to)]);
const hours = fc.record(
  Object.fromEntries(weekdays.map((day) => [day, fc.array(window, { maxLength: 3 })])) as Record<
    (typeof weekdays)[number],
    fc.Arbitrary<Window[]>
  >,
);
const start = Date.parse('2025-01-01T00:00:00Z');
const instant = fc.integer({ min: start, max: start + 900 * DAY });
const date = fc.integer({ min: 0, max: 899 }).map((day) => new Date(start + day * DAY).toISOString().slice(0, 10));
const definition: fc.Arbitrary<CalendarDefinition> = fc
  .record({ timezone: zone, hours, holidays: fc.uniqueArray(date, { maxLength: 5 }) })
  .map((value) => calendarDefinition.parse(value))
  .filter((value) => Object.values(value.hours).some((windows) => windows.length > 0));
const amount = fc.integer({ min: 1, max: 5 * DAY });
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 150 });

test('what was added lies between, forward and backward', () => {
  check(
    fc.property(definition, instant, amount, (value, from, added) => {
      const calendar = calendarFrom(value);
      const forward = addWorkingTime(calendar, from, added);
      const backward = addWorkingTime(calendar, from, -added);
      // A minute a week may not hold the amount within the horizon.
      fc.pre(forward !== null && backward !== null);
      expect(workingTimeBetween(calendar, from, forward)).toBe(added);
      expect(workingTimeBetween(calendar, from, backward)).toBe(-added);
      // The earliest such instant, and the latest.
      expect(workingTimeBetween(calendar, from, forward - 1)).toBe(added - 1);
      expect(workingTimeBetween(calendar, from, backward + 1)).toBe(1 - added);
    }),
  );
});

test('adding in two steps is adding at once', () => {
  check(
    fc.property(definition, instant, amount, amount, (value, from, first, second) => {
      const calendar = calendarFrom(value);
      const middle = addWorkingTime(calendar, from, first);
      const whole = addWorkingTime(calendar, from, first + second);
      fc.pre(middle !== null && whole !== null);
      expect(addWorkingTime(calendar, middle, second)).toBe(whole);
    }),
  );
});

test('time between adds up over any instant in the middle, and turns its sign when turned round', () => {
  check(
    fc.property(definition, instant, instant, instant, (value, a, b, c) => {
      const calendar = calendarFrom(value);
      const between = (from: number, to: number) => workingTimeBetween(calendar, from, to);
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
      expect(between(b, a) + between(a, b)).toBe(0);
    }),
  );
});

test('the open spans are the working time, and only they', () => {
  check(
    fc.property(definition, instant, fc.integer({ min: 1, max: 40 * DAY }), (value, from, length) => {
      const calendar = calendarFrom(value);
      const spans = spansBetween(calendar, from, from + length);
      expect(spans[0]?.from).toBe(from);
      expect(spans.at(-1)?.to).toBe(from + length);
      for (const [index, span] of spans.entries()) {
        expect(span.to).toBeGreaterThan(span.from);
        expect(isWorkingTime(calendar, span.from)).toBe(span.open);
        expect(isWorkingTime(calendar, span.to - 1)).toBe(span.open);
        if (index > 0) expect([spans[index - 1]!.to, spans[index - 1]!.open]).toEqual([span.from, !span.open]);
      }
      const open = spans.reduce((sum, span) => (span.open ? sum + span.to - span.from : sum), 0);
      expect(open).toBe(workingTimeBetween(calendar, from, from + length));
    }),
  );
});

test('a window cut in two pieces that touch is the same window', () => {
  check(
    fc.property(definition, instant, amount, (value, from, added) => {
      const halves = (windows: Window[]): Window[] =>
        windows.flatMap(([open, end]): Window[] => {
          const start = Number(open.slice(0, 2)) * 60 + Number(open.slice(3));
          const last = Number(end.slice(0, 2)) * 60 + Number(end.slice(3));
          if (last - start < 2) return [[open, end]];
          const middle = clock(Math.floor((start + last) / 2));
          return [
            [middle, end],
            [open, middle],
          ];
        });
      const split = {
        ...value,
        hours: Object.fromEntries(Object.entries(value.hours).map(([day, windows]) => [day, halves(windows)])),
      };
      expect(addWorkingTime(calendarFrom(split), from, added)).toBe(addWorkingTime(calendarFrom(value), from, added));
    }),
  );
});
