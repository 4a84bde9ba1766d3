import { type DayNumber, type Hours, partsOf } from './day.rules';
import { DAY, type Instant, MINUTE, toInstant, type Zone } from './zone.rules';

/** One local year of a calendar as instants, ready for binary search. */
export interface WorkYear {
  /** The instants at which the local year begins and ends. */
  from: Instant;
  to: Instant;
  /** Opening and closing instants of the working intervals, ascending and apart. */
  open: Float64Array;
  close: Float64Array;
  /** Working milliseconds of the year before each interval; one entry more than intervals, the last is the total. */
  before: Float64Array;
  total: number;
  /** Local dates with any working time, ascending, and the instant at which the last part of each ends. */
  openDays: Int32Array;
  dayEnds: Float64Array;
}

export const buildYear = (zone: Zone, hours: Hours, year: number): WorkYear => {
  const firstDay: DayNumber = Date.UTC(year, 0, 1) / DAY;
  const nextYear: DayNumber = Date.UTC(year + 1, 0, 1) / DAY;
  const from = toInstant(zone, firstDay * DAY);
  const to = toInstant(zone, nextYear * DAY);
  const intervals: { open: Instant; close: Instant }[] = [];
  const openDays: number[] = [];
  const dayEnds: number[] = [];
  for (let day = firstDay; day < nextYear; day += 1) {
    let dayEnd = Number.NEGATIVE_INFINITY;
    for (const part of partsOf(hours, day)) {
      const open = Math.max(from, toInstant(zone, day * DAY + part.from * MINUTE));
      const close = Math.min(to, toInstant(zone, day * DAY + part.to * MINUTE));
      // A clock change can swallow a whole part, or turn its edges round.
      if (close <= open) continue;
      intervals.push({ open, close });
      dayEnd = Math.max(dayEnd, close);
    }
    if (dayEnd > Number.NEGATIVE_INFINITY) {
      openDays.push(day);
      dayEnds.push(dayEnd);
    }
  }
  return { from, to, ...measure(intervals), openDays: Int32Array.from(openDays), dayEnds: Float64Array.from(dayEnds) };
};

const measure = (intervals: { open: Instant; close: Instant }[]) => {
  const open: number[] = [];
  const close: number[] = [];
  for (const interval of intervals.sort((a, b) => a.open - b.open)) {
    const last = close.length - 1;
    if (last >= 0 && interval.open <= close[last]!) close[last] = Math.max(close[last]!, interval.close);
    else {
      open.push(interval.open);
      close.push(interval.close);
    }
  }
  const before = new Float64Array(open.length + 1);
  for (let index = 0; index < open.length; index += 1) {
    before[index + 1] = before[index]! + close[index]! - open[index]!;
  }
  return { open: Float64Array.from(open), close: Float64Array.from(close), before, total: before[open.length]! };
};

/** The last index whose value is at most `limit`, or -1; `values` ascend. */
export const lastAtMost = (values: ArrayLike<number>, limit: number, length = values.length): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Working milliseconds from the beginning of the year to `at`, which lies in the year. */
export const workBefore = (year: WorkYear, at: Instant): number => {
  const index = lastAtMost(year.open, at);
  if (index < 0) return 0;
  return year.before[index]! + Math.min(at, year.close[index]!) - year.open[index]!;
};
