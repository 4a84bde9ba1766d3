import { describe, expect, test } from 'vitest';
import { type CalendarDefinition, calendarDefinition } from './calendar.contract';
import {
  addWorkingDays,
  addWorkingTime,
  calendarFrom,
  holidaysWithin,
  isWorkingTime,
  spansBetween,
  workingTimeBetween,
} from './working-time.rules';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
const calendar = (definition: Partial<CalendarDefinition>) =>
  calendarFrom(calendarDefinition.parse({ timezone: 'UTC', hours: {}, ...definition }));
const everyDay = (...windows: [string, string][]) => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
  sat: windows,
  sun: windows,
});
const office = { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']] } as const;
const officeHours = structuredClone(office) as unknown as CalendarDefinition['hours'];

describe('clock changes', () => {
  const berlin = (...windows: [string, string][]) =>
    calendar({ timezone: 'Europe/Berlin', hours: everyDay(...windows) });

  test('an all-day window is worth 23 hours on the short day and 25 on the long one', () => {
    const always = berlin(['00:00', '24:00']);
    const day = (from: string, to: string) => workingTimeBetween(always, at(from), at(to)) / HOUR;
    expect(day('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(23);
    expect(day('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(25);
  });

  test('an edge in the hour that is left out moves forward by it', () => {
    const night = berlin(['02:30', '04:00']);
    expect(iso(addWorkingTime(night, at('2026-03-28T22:00:00Z'), 0))).toBe('2026-03-29T01:30:00.000Z');
    expect(spansBetween(night, at('2026-03-29T00:00:00Z'), at('2026-03-29T03:00:00Z'))).toEqual([
      { from: at('2026-03-29T00:00:00Z'), to: at('2026-03-29T01:30:00Z'), open: false },
      { from: at('2026-03-29T01:30:00Z'), to: at('2026-03-29T02:00:00Z'), open: true },
      { from: at('2026-03-29T02:00:00Z'), to: at('2026-03-29T03:00:00Z'), open: false },
    ]);
  });

  test('a window whose end is left out, turned before its start by the gap, is no working time', () => {
    const odd = berlin(['02:30', '03:15']);
    expect(workingTimeBetween(odd, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(0);
  });

  test('an edge in the hour that comes twice means the first, for opening and closing', () => {
    const opens = berlin(['02:30', '04:00']);
    const closes = berlin(['01:00', '02:30']);
    expect(iso(addWorkingTime(opens, at('2026-10-24T22:00:00Z'), 0))).toBe('2026-10-25T00:30:00.000Z');
    expect(workingTimeBetween(opens, at('2026-10-24T22:00:00Z'), at('2026-10-25T10:00:00Z')) / HOUR).toBe(2.5);
    expect(workingTimeBetween(closes, at('2026-10-24T22:00:00Z'), at('2026-10-25T10:00:00Z')) / HOUR).toBe(1.5);
  });

  test('a midnight that does not exist neither opens nor closes a hole', () => {
    const santiago = calendar({ timezone: 'America/Santiago', hours: everyDay(['22:00', '06:00']) });
    const night = spansBetween(santiago, at('2026-09-06T00:00:00Z'), at('2026-09-06T12:00:00Z'));
    expect(night.filter(({ open }) => open).map(({ from, to }) => [iso(from), iso(to)])).toEqual([
      ['2026-09-06T02:00:00.000Z', '2026-09-06T09:00:00.000Z'],
    ]);
  });

  test('a zone may change by half an hour, and skip a whole date', () => {
    const howe = calendar({ timezone: 'Australia/Lord_Howe', hours: everyDay(['00:00', '24:00']) });
    expect(workingTimeBetween(howe, at('2026-04-04T13:00:00Z'), at('2026-04-05T13:30:00Z')) / HOUR).toBe(24.5);
    const apia = calendar({ timezone: 'Pacific/Apia', hours: everyDay(['00:00', '24:00']) });
    expect(workingTimeBetween(apia, at('2011-12-29T10:00:00Z'), at('2011-12-31T10:00:00Z')) / HOUR).toBe(48);
  });
});

describe('windows', () => {
  test('the part of an overnight window after midnight is closed by a holiday on its own date only', () => {
    const night = { hours: everyDay(['22:00', '06:00']), holidays: ['2026-05-01'] };
    const open = spansBetween(calendar(night), at('2026-04-30T12:00:00Z'), at('2026-05-02T12:00:00Z'))
      .filter((span) => span.open)
      .map(({ from, to }) => [iso(from), iso(to)]);
    expect(open).toEqual([
      ['2026-04-30T22:00:00.000Z', '2026-05-01T00:00:00.000Z'],
      ['2026-05-02T00:00:00.000Z', '2026-05-02T06:00:00.000Z'],
    ]);
  });

  test('hours of a date replace the weekly ones, breaks are cut out of whatever holds', () => {
    const special = calendar({
      hours: officeHours,
      date_hours: { '2026-01-05': [['10:00', '14:00']], '2026-01-06': [] },
      breaks: { '2026-01-05': [['11:00', '11:30']], '2026-01-07': [['08:00', '09:30']] },
    });
    const work = (date: string) => workingTimeBetween(special, at(`${date}T00:00Z`), at(`${date}T24:00Z`)) / HOUR;
    expect(['2026-01-05', '2026-01-06', '2026-01-07'].map(work)).toEqual([3.5, 0, 7.5]);
  });

  test('a holiday of every year holds every year, unless the date has hours of its own', () => {
    const christmas = calendar({
      hours: everyDay(['09:00', '17:00']),
      holidays: ['*-12-25', '*-02-29'],
      date_hours: { '2027-12-25': [['10:00', '11:00']] },
    });
    const noon = (date: string) => isWorkingTime(christmas, at(`${date}T10:30:00Z`));
    expect(['2024-12-25', '2026-12-25', '2027-12-25', '2024-02-29', '2026-02-28'].map(noon)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(holidaysWithin(christmas, at('2026-12-24T12:00Z'), at('2026-12-26T12:00Z'))).toEqual(['2026-12-25']);
  });

  test('windows are half open, and an amount used up at closing time ends there', () => {
    const monday = calendar({ hours: officeHours });
    expect(isWorkingTime(monday, at('2026-01-05T09:00:00Z'))).toBe(true);
    expect(isWorkingTime(monday, at('2026-01-05T17:00:00Z'))).toBe(false);
    expect(iso(addWorkingTime(monday, at('2026-01-05T16:00:00Z'), HOUR))).toBe('2026-01-05T17:00:00.000Z');
    expect(iso(addWorkingTime(monday, at('2026-01-05T16:00:00Z'), HOUR + 1))).toBe('2026-01-06T09:00:00.001Z');
    expect(iso(addWorkingTime(monday, at('2026-01-06T10:00:00Z'), -HOUR))).toBe('2026-01-06T09:00:00.000Z');
    expect(iso(addWorkingTime(monday, at('2026-01-06T10:00:00Z'), -HOUR - 1))).toBe('2026-01-05T16:59:59.999Z');
  });

  test('a calendar that never opens answers null instead of searching for ever', () => {
    const never = calendar({});
    expect(addWorkingTime(never, at('2026-01-05T16:00:00Z'), HOUR)).toBeNull();
    expect(addWorkingTime(never, at('2026-01-05T16:00:00Z'), 0, 'backward')).toBeNull();
    expect(addWorkingDays(never, at('2026-01-05T16:00:00Z'), 1)).toBeNull();
    expect(workingTimeBetween(never, at('2026-01-05T16:00:00Z'), at('2029-01-05T16:00:00Z'))).toBe(0);
  });
});

describe('working days', () => {
  const lisbon = calendar({ timezone: 'Europe/Lisbon', hours: officeHours, holidays: ['2026-03-31'] });

  test('the local time of day is kept across a clock change and a holiday', () => {
    expect(iso(addWorkingDays(lisbon, at('2026-03-25T10:15:30Z'), 2))).toBe('2026-04-01T09:15:30.000Z');
    expect(iso(addWorkingDays(lisbon, at('2026-03-25T10:15:30Z'), 2, true))).toBe('2026-04-01T16:00:00.000Z');
    expect(iso(addWorkingDays(lisbon, at('2026-04-01T09:15:30Z'), -2))).toBe('2026-03-25T10:15:30.000Z');
  });

  test('counting runs over the turn of the year both ways', () => {
    expect(iso(addWorkingDays(lisbon, at('2025-12-31T12:00:00Z'), 1))).toBe('2026-01-05T12:00:00.000Z');
    expect(iso(addWorkingDays(lisbon, at('2026-01-03T12:00:00Z'), -1))).toBe('2025-12-30T12:00:00.000Z');
  });
});

describe('what is refused', () => {
  const message = (value: unknown) =>
    calendarDefinition.safeParse(value).error?.issues.map((issue) => String(issue.message));

  test('a bad calendar is refused with a sentence that names what is wrong', () => {
    expect(message({ timezone: 'Mars/Olympus', hours: {} })).toEqual([
      '"Mars/Olympus" is not a time zone we know; write its IANA name, such as "Europe/Lisbon".',
    ]);
    expect(message({ timezone: 'UTC', hours: { mon: [['9:00', '25:00']] } })).toEqual([
      'A window cannot open at "9:00"; write a time from "00:00" to "23:59".',
      'A window cannot end at "25:00"; write a time from "00:00" to "24:00".',
    ]);
    expect(message({ timezone: 'UTC', hours: {}, holidays: ['2026-02-29', '*-04-31', '*-02-29'] })).toHaveLength(2);
    expect(message({ timezone: 'UTC', hours: { monday: [] } })).toEqual([
      '"monday" is not a weekday; the weekdays are mon, tue, wed, thu, fri, sat, sun.',
    ]);
    expect(message({ timezone: 'UTC', hours: {}, date_hours: { '2026-13-01': [] } })).toHaveLength(1);
  });

  test('a date that is both closed and given hours is refused', () => {
    const both = { timezone: 'UTC', hours: {}, holidays: ['2026-05-01'], date_hours: { '2026-05-01': [] } };
    expect(message(both)).toEqual([
      '2026-05-01 is both a holiday and a date with hours of its own; take one of them out.',
    ]);
  });
});
