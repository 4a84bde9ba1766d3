import { z } from 'zod';
import { listed, type Sentence, say, told, wrong } from '../../kernel/sentence.contract';

/** The words of a calendar: when an organisation works, in the local time of one zone. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const opening = /^([01]\d|2[0-3]):[0-5]\d$/;
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** True for a month and day that exist in some year ("02-29" does, "02-30" does not). */
const isMonthDay = (text: string): boolean => {
  const match = /^(\d\d)-(\d\d)$/.exec(text);
  const last = daysInMonth[Number(match?.[1]) - 1];
  return last !== undefined && Number(match?.[2]) >= 1 && Number(match?.[2]) <= last;
};

const isDate = (text: string): boolean => {
  if (!/^\d{4}-/.test(text) || !isMonthDay(text.slice(5))) return false;
  return text.slice(5) !== '02-29' || isLeap(Number(text.slice(0, 4)));
};

const isZone = (name: string): boolean => {
  if (/^[+-]/.test(name) || name.trim() !== name || name === '') return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const show = (input: unknown): string => (typeof input === 'string' ? `"${input}"` : JSON.stringify(input));

const timezone = z.string(wrong`A calendar needs a time zone, such as "Europe/Lisbon".`).refine(isZone, {
  error: (issue) =>
    told(say`${show(issue.input)} is not a time zone we know; write its IANA name, such as "Europe/Lisbon".`),
});

const window = z
  .tuple(
    [z.string(), z.string()],
    wrong`A window is a pair of local times: its opening and its end, such as ["09:00", "17:00"].`,
  )
  .superRefine(([from, to], context) => {
    if (!opening.test(from)) {
      context.addIssue(told(say`A window cannot open at ${show(from)}; write a time from "00:00" to "23:59".`));
    }
    if (to !== '24:00' && !opening.test(to)) {
      context.addIssue(told(say`A window cannot end at ${show(to)}; write a time from "00:00" to "24:00".`));
    }
  });

const windows = z
  .array(window, wrong`A day has a list of windows, such as [["09:00", "12:00"], ["13:00", "17:00"]].`)
  .max(48, wrong`A day has at most 48 windows.`);

const date = z.string().refine(isDate, {
  error: (issue) => told(say`${show(issue.input)} is not a date; write it as "2026-12-24".`),
});

const holiday = z
  .string(wrong`A holiday is a date, such as "2026-12-24" or "*-12-25".`)
  .refine((text) => (text.startsWith('*-') ? isMonthDay(text.slice(2)) : isDate(text)), {
    error: (issue) =>
      told(
        say`${show(issue.input)} is not a holiday; write one date as "2026-12-24", or "*-12-25" for the day of every year.`,
      ),
  });

const hours = z.strictObject(
  {
    mon: windows.optional(),
    tue: windows.optional(),
    wed: windows.optional(),
    thu: windows.optional(),
    fri: windows.optional(),
    sat: windows.optional(),
    sun: windows.optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? told(say`${listed(issue.keys.map(show))} is not a weekday; the weekdays are ${listed(weekdays)}.`)
        : told(say`The weekly hours are an object of weekdays, such as {"mon": [["09:00", "17:00"]]}.`),
  },
);

const byDate = (what: Sentence) =>
  z.record(date, windows, wrong`${what} are an object of dates, such as {"2026-12-24": [["09:00", "12:00"]]}.`);

/** The keys of a calendar; separate from the whole so that a record can carry them beside its own. */
export const calendarShape = {
  timezone,
  hours,
  holidays: z.array(holiday, wrong`Holidays are a list of dates.`).max(5000).default([]),
  date_hours: byDate(say`Hours of single dates`).optional(),
  breaks: byDate(say`Breaks`).optional(),
};

interface Dates {
  holidays: string[];
  date_hours?: Record<string, unknown> | undefined;
}

/** The dates named both closed and open; naming one so is refused, since nobody could say which holds. */
export const contradictoryDates = (calendar: Dates): string[] => {
  const closed = new Set(calendar.holidays);
  return Object.keys(calendar.date_hours ?? {}).filter((day) => closed.has(day));
};

/**
 * A calendar: one IANA zone, weekly windows of local time, closed dates, and dates with hours or breaks of their own.
 * A window whose end is not later than its start runs past midnight.
 */
export const calendarDefinition = z.strictObject(calendarShape).superRefine((calendar, context) => {
  for (const day of contradictoryDates(calendar)) {
    context.addIssue({
      path: ['date_hours', day],
      ...told(say`${day} is both a holiday and a date with hours of its own; take one of them out.`),
    });
  }
});

export type Window = [string, string];

/** What the calendar engine takes; the parsed form of `calendarDefinition`. */
export type CalendarDefinition = z.output<typeof calendarDefinition>;
