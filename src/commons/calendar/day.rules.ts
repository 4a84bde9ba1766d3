import { type CalendarDefinition, type Window, weekdays } from './calendar.contract';
import { DAY } from './zone.rules';

/** A calendar date as days since 1970-01-01. */
export type DayNumber = number;

/** Minutes of one local date, half open: from 0 to 1440. */
export interface Part {
  from: number;
  to: number;
}

/** The hours of a calendar, looked up by date. An overnight window ends beyond 1440. */
export interface Hours {
  weekly: Part[][];
  holidays: Set<DayNumber>;
  yearlyHolidays: Set<string>;
  dateHours: Map<DayNumber, Part[]>;
  breaks: Map<DayNumber, Part[]>;
}

const LAST_MINUTE = 1440;

export const dayNumber = (date: string): DayNumber => Date.parse(`${date}T00:00:00Z`) / DAY;

/** `YYYY-MM-DD` of a day number. */
export const dateOf = (day: DayNumber): string => new Date(day * DAY).toISOString().slice(0, 10);

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const readWindow = ([from, to]: Window): Part => {
  const start = minutes(from);
  const end = minutes(to);
  return { from: start, to: end > start ? end : end + LAST_MINUTE };
};

const readDates = (dates: Record<string, Window[]> | undefined): Map<DayNumber, Part[]> =>
  new Map(Object.entries(dates ?? {}).map(([date, windows]) => [dayNumber(date), windows.map(readWindow)]));

export const readHours = (definition: CalendarDefinition): Hours => ({
  weekly: weekdays.map((weekday) => (definition.hours[weekday] ?? []).map(readWindow)),
  holidays: new Set(definition.holidays.filter((date) => !date.startsWith('*')).map(dayNumber)),
  yearlyHolidays: new Set(definition.holidays.filter((date) => date.startsWith('*')).map((date) => date.slice(2))),
  dateHours: readDates(definition.date_hours),
  breaks: readDates(definition.breaks),
});

/** True when the date is closed by name; hours given for that very date win over a holiday of every year. */
export const isHoliday = (hours: Hours, day: DayNumber): boolean => {
  if (hours.holidays.has(day)) return true;
  return hours.yearlyHolidays.size > 0 && !hours.dateHours.has(day) && hours.yearlyHolidays.has(dateOf(day).slice(5));
};

// 1970-01-01 was a Thursday; the week begins on Monday.
const weekly = (hours: Hours, day: DayNumber): Part[] => hours.weekly[(((day + 3) % 7) + 7) % 7]!;

/** What a day's windows leave on the day itself, and what yesterday's leave on it after midnight. */
const heads = (windows: Part[]): Part[] => windows.map(({ from, to }) => ({ from, to: Math.min(to, LAST_MINUTE) }));

const tails = (windows: Part[]): Part[] =>
  windows.filter(({ to }) => to > LAST_MINUTE).map(({ to }) => ({ from: 0, to: to - LAST_MINUTE }));

const union = (parts: Part[]): Part[] => {
  const joined: Part[] = [];
  for (const part of parts.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else joined.push({ ...part });
  }
  return joined;
};

const without = (parts: Part[], cuts: Part[]): Part[] => {
  let rest = parts;
  for (const cut of cuts) {
    rest = rest.flatMap((part) =>
      [
        { from: part.from, to: Math.min(part.to, cut.from) },
        { from: Math.max(part.from, cut.to), to: part.to },
      ].filter(({ from, to }) => to > from),
    );
  }
  return rest;
};

/**
 * The open parts of one local date, ascending and apart. What a window leaves after midnight belongs to the next date:
 * a holiday there closes it, hours given for that date replace it, and a holiday on the window's own date leaves it.
 */
export const partsOf = (hours: Hours, day: DayNumber): Part[] => {
  if (isHoliday(hours, day)) return [];
  const own = hours.dateHours.get(day);
  const special = tails(hours.dateHours.get(day - 1) ?? []);
  const parts = own
    ? [...heads(own), ...special]
    : [...heads(weekly(hours, day)), ...tails(weekly(hours, day - 1)), ...special];
  const cuts = [...heads(hours.breaks.get(day) ?? []), ...tails(hours.breaks.get(day - 1) ?? [])];
  return cuts.length === 0 ? union(parts) : without(union(parts), cuts);
};
