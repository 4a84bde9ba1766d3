import type { CalendarDefinition } from './calendar.contract';
import { type DayNumber, dateOf, type Hours, isHoliday, readHours } from './day.rules';
import { buildYear, lastAtMost, type WorkYear, workBefore } from './year.rules';
import { DAY, type Instant, toInstant, toWall, yearOf, type Zone, zoneNamed } from './zone.rules';

/** A calendar ready to be asked. Years are built when first needed and kept; the calendar itself never changes. */
export interface Calendar {
  definition: CalendarDefinition;
  zone: Zone;
  hours: Hours;
  years: Map<number, WorkYear>;
  /** The year asked for last: questions come in clusters. */
  recent: { number: number; year: WorkYear } | null;
}

/** A stretch of time that is working time throughout (`open`) or not at all. */
export interface Span {
  from: Instant;
  to: Instant;
  open: boolean;
}

export type Direction = 'forward' | 'backward';

// Who finds no working time in this many years never will: hours repeat every week, holidays every year.
const HORIZON_YEARS = 60;

/** Prepares a calendar. The definition must have passed `calendarDefinition`. */
export const calendarFrom = (definition: CalendarDefinition): Calendar => ({
  definition,
  zone: zoneNamed(definition.timezone),
  hours: readHours(definition),
  years: new Map(),
  recent: null,
});

const yearNumbered = (calendar: Calendar, number: number): WorkYear => {
  const known = calendar.years.get(number);
  if (known) return known;
  const built = buildYear(calendar.zone, calendar.hours, number);
  calendar.years.set(number, built);
  return built;
};

/** The local year an instant lies in, and its number. */
const yearAt = (calendar: Calendar, at: Instant): { number: number; year: WorkYear } => {
  const { recent } = calendar;
  if (recent && at >= recent.year.from && at < recent.year.to) return recent;
  let number = yearOf(at);
  let year = yearNumbered(calendar, number);
  if (at < year.from) {
    number -= 1;
    year = yearNumbered(calendar, number);
  } else if (at >= year.to) {
    number += 1;
    year = yearNumbered(calendar, number);
  }
  calendar.recent = { number, year };
  return calendar.recent;
};

/** True when `at` is working time; the opening instant is, the closing instant is not. */
export const isWorkingTime = (calendar: Calendar, at: Instant): boolean => {
  const { year } = yearAt(calendar, at);
  const index = lastAtMost(year.open, at);
  return index >= 0 && at < year.close[index]!;
};

/** `at` itself when it is working time, else the next opening; null when the calendar never opens again. */
export const nextWorkingTime = (calendar: Calendar, at: Instant): Instant | null => {
  const { number, year } = yearAt(calendar, at);
  const index = lastAtMost(year.open, at);
  if (index >= 0 && at < year.close[index]!) return at;
  if (index + 1 < year.open.length) return year.open[index + 1]!;
  for (let next = number + 1; next <= number + HORIZON_YEARS; next += 1) {
    const first = yearNumbered(calendar, next).open[0];
    if (first !== undefined) return first;
  }
  return null;
};

/** `at` itself when the instant just before it is working time, else the last closing; null when there was none. */
export const lastWorkingTime = (calendar: Calendar, at: Instant): Instant | null => {
  const { number, year } = yearAt(calendar, at - 1);
  const index = lastAtMost(year.open, at - 1);
  if (index >= 0) return Math.min(at, year.close[index]!);
  for (let previous = number - 1; previous >= number - HORIZON_YEARS; previous -= 1) {
    const last = yearNumbered(calendar, previous).close.at(-1);
    if (last !== undefined) return last;
  }
  return null;
};

/**
 * The instant at which `amount` working milliseconds after `start` are used up: the earliest such instant, so that an
 * amount used up at closing time ends there. A negative amount goes backward and ends at the latest such instant. Zero
 * gives `start` in working time, else the next opening (backward: the last closing).
 * Null when the calendar does not hold that much working time within 60 years.
 */
export const addWorkingTime = (
  calendar: Calendar,
  start: Instant,
  amount: number,
  direction: Direction = amount < 0 ? 'backward' : 'forward',
): Instant | null => {
  if (amount === 0) {
    return direction === 'forward' ? nextWorkingTime(calendar, start) : lastWorkingTime(calendar, start);
  }
  let { number, year } = yearAt(calendar, start);
  const firstNumber = number;
  let needed = workBefore(year, start) + amount;
  if (amount > 0) {
    while (needed > year.total) {
      needed -= year.total;
      number += 1;
      if (number > firstNumber + HORIZON_YEARS) return null;
      year = yearNumbered(calendar, number);
    }
    // The first interval by whose end the amount is used up.
    const index = lastAtMost(year.before, needed - 0.5);
    return year.open[index]! + needed - year.before[index]!;
  }
  while (needed < 0) {
    number -= 1;
    if (number < firstNumber - HORIZON_YEARS) return null;
    year = yearNumbered(calendar, number);
    needed += year.total;
  }
  const index = lastAtMost(year.before, needed, year.open.length);
  return year.open[index]! + needed - year.before[index]!;
};

/** Working milliseconds from one instant to another; negative when `to` lies before `from`. */
export const workingTimeBetween = (calendar: Calendar, from: Instant, to: Instant): number => {
  // Subtracted and not negated: nothing backward is 0, not -0.
  if (to < from) return 0 - workingTimeBetween(calendar, to, from);
  const first = yearAt(calendar, from);
  if (to < first.year.to) return workBefore(first.year, to) - workBefore(first.year, from);
  const last = yearAt(calendar, to);
  let sum = first.year.total - workBefore(first.year, from) + workBefore(last.year, to);
  for (let number = first.number + 1; number < last.number; number += 1) sum += yearNumbered(calendar, number).total;
  return sum;
};

/**
 * Counts `days` open dates from the local date of `start` and keeps the local time of day; from a closed date it first
 * moves to the next open one (backward: the previous). `endOfDay` gives the end of the last window of the date reached.
 * Zero days change nothing. Null when the calendar has not that many open dates within 60 years.
 */
export const addWorkingDays = (calendar: Calendar, start: Instant, days: number, endOfDay = false): Instant | null => {
  if (days === 0) return start;
  const wall = toWall(calendar.zone, start);
  const day: DayNumber = Math.floor(wall / DAY);
  let { number } = yearAt(calendar, start);
  const firstNumber = number;
  let year = yearNumbered(calendar, number);
  const upTo = lastAtMost(year.openDays, day);
  const isOpen = upTo >= 0 && year.openDays[upTo] === day;
  let index = (days < 0 || isOpen ? upTo : upTo + 1) + days;
  while (index >= year.openDays.length) {
    index -= year.openDays.length;
    number += 1;
    if (number > firstNumber + HORIZON_YEARS) return null;
    year = yearNumbered(calendar, number);
  }
  while (index < 0) {
    number -= 1;
    if (number < firstNumber - HORIZON_YEARS) return null;
    year = yearNumbered(calendar, number);
    index += year.openDays.length;
  }
  if (endOfDay) return year.dayEnds[index]!;
  return toInstant(calendar.zone, year.openDays[index]! * DAY + wall - day * DAY);
};

/** The open and closed stretches from one instant to another: gapless, alternating, none empty. */
export const spansBetween = (calendar: Calendar, from: Instant, to: Instant): Span[] => {
  const spans: Span[] = [];
  const push = (end: Instant, open: boolean) => {
    const last = spans.at(-1);
    const start = last?.to ?? from;
    if (end <= start) return;
    if (last?.open === open) last.to = end;
    else spans.push({ from: start, to: end, open });
  };
  let at = from;
  while (at < to) {
    const { year } = yearAt(calendar, at);
    const end = Math.min(to, year.to);
    const first = Math.max(0, lastAtMost(year.open, at));
    for (let index = first; index < year.open.length && year.open[index]! < end; index += 1) {
      push(Math.min(end, year.open[index]!), false);
      push(Math.min(end, year.close[index]!), true);
    }
    push(end, false);
    at = end;
  }
  return spans;
};

/** The holidays (`YYYY-MM-DD`) among the local dates a stretch touches; at most the first three. */
export const holidaysWithin = (calendar: Calendar, from: Instant, to: Instant): string[] => {
  const found: string[] = [];
  const last = Math.floor(toWall(calendar.zone, to - 1) / DAY);
  for (let day = Math.floor(toWall(calendar.zone, from) / DAY); day <= last && found.length < 3; day += 1) {
    if (isHoliday(calendar.hours, day)) found.push(dateOf(day));
  }
  return found;
};
