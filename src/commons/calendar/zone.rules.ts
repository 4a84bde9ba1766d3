/** Local wall time and UTC, for one IANA zone. Instants are milliseconds since 1970-01-01T00:00Z; so are wall times,
 * read as if they were UTC. */

export type Instant = number;
export type WallTime = number;

export const DAY = 86_400_000;
export const MINUTE = 60_000;

interface OffsetYear {
  /** Instants from which an offset holds, ascending; the first is the beginning of the year. */
  since: Instant[];
  /** Milliseconds to add to UTC, one for each entry of `since`. */
  offsets: number[];
}

/** A zone with what is already known of its clock changes; filled as years are asked for. */
export interface Zone {
  name: string;
  format: Intl.DateTimeFormat;
  years: Map<number, OffsetYear>;
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name, the same object for the same name. Throws a RangeError for a name `Intl` does not know. */
export const zoneNamed = (name: string): Zone => {
  const known = zones.get(name);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const zone = { name, format, years: new Map<number, OffsetYear>() };
  zones.set(name, zone);
  return zone;
};

const written = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

/** The offset by asking `Intl`, which costs microseconds; everything else goes through the years kept. */
const askOffset = (zone: Zone, at: Instant): number => {
  const match = written.exec(zone.format.format(at));
  if (!match) return 0;
  const [, month, day, year, hour, minute, second] = match.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(at / 1000) * 1000;
};

/** The UTC year an instant lies in. */
export const yearOf = (at: Instant): number => {
  let year = 1970 + Math.floor(at / 31_556_952_000);
  while (Date.UTC(year + 1, 0, 1) <= at) year += 1;
  while (Date.UTC(year, 0, 1) > at) year -= 1;
  return year;
};

// Two changes nearer to each other than this would be missed; the nearest on record lie weeks apart.
const PROBE = 3 * DAY;

const learnYear = (zone: Zone, year: number): OffsetYear => {
  const end = Date.UTC(year + 1, 0, 1);
  let at = Date.UTC(year, 0, 1);
  let offset = askOffset(zone, at);
  const known: OffsetYear = { since: [at], offsets: [offset] };
  while (at < end) {
    const next = Math.min(at + PROBE, end);
    const after = askOffset(zone, next);
    if (after !== offset) {
      let low = at;
      let high = next;
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (askOffset(zone, middle) === offset) low = middle;
        else high = middle;
      }
      if (high < end) {
        known.since.push(high);
        known.offsets.push(askOffset(zone, high));
      }
      offset = after;
    }
    at = next;
  }
  zone.years.set(year, known);
  return known;
};

/** Milliseconds to add to UTC for the zone's wall time at this instant. */
export const offsetAt = (zone: Zone, at: Instant): number => {
  const year = yearOf(at);
  const known = zone.years.get(year) ?? learnYear(zone, year);
  let index = known.since.length - 1;
  while (index > 0 && known.since[index]! > at) index -= 1;
  return known.offsets[index]!;
};

export const toWall = (zone: Zone, at: Instant): WallTime => at + offsetAt(zone, at);

/**
 * The instant of a wall time. One that does not exist (clocks went forward) moves forward by the gap; one that exists
 * twice (clocks went back) means the first.
 */
export const toInstant = (zone: Zone, wall: WallTime): Instant => {
  // A day and a half on either side lies beyond every offset there is, so a change near `wall` lies between.
  const before = offsetAt(zone, wall - 1.5 * DAY);
  const after = offsetAt(zone, wall + 1.5 * DAY);
  if (before === after) return wall - before;
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (toWall(zone, early) === wall) return early;
  if (toWall(zone, late) === wall) return late;
  return wall - before;
};
