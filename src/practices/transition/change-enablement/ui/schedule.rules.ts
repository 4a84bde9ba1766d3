/** A change with its window, as the calendar shows it. */
export interface Planned {
  readonly number: string;
  readonly planned_start: string;
  readonly planned_end: string;
  readonly components: readonly string[];
}

const day = 86_400_000;

/** An instant as the wall clock of a zone shows it, written as if it were UTC, so that days are the reader's days. */
export function wallOf(at: string | number, zone?: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(at));
  return `${parts.replace(' ', 'T')}Z`;
}

/** The Monday, in UTC, of the week in which an instant lies, as `YYYY-MM-DD`. */
export function mondayOf(at: number): string {
  const start = Math.floor(at / day);
  return dateOf((start - ((start + 3) % 7)) * day);
}

export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** So many days from a date on. */
export function daysFrom(date: string, count: number): string[] {
  const start = Date.parse(`${date}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => dateOf(start + at * day));
}

/** Those whose window touches a day (UTC). */
export function onDay<Row extends Planned>(rows: readonly Row[], date: string): Row[] {
  const from = Date.parse(`${date}T00:00:00Z`);
  return rows.filter((row) => Date.parse(row.planned_start) < from + day && Date.parse(row.planned_end) > from);
}

/** The numbers of those that meet another on one of their components at the same time. */
export function inConflict(rows: readonly Planned[]): Set<string> {
  const found = new Set<string>();
  for (const [at, one] of rows.entries())
    for (const other of rows.slice(at + 1)) {
      const meets =
        Date.parse(one.planned_start) < Date.parse(other.planned_end) &&
        Date.parse(other.planned_start) < Date.parse(one.planned_end);
      if (meets && one.components.some((part) => other.components.includes(part)))
        found.add(one.number).add(other.number);
    }
  return found;
}
