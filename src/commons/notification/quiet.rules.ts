import { weekdays } from '../calendar/calendar.contract';
import { DAY, type Instant, MINUTE, toInstant, toWall, type Zone, zoneNamed } from '../calendar/zone.rules';
import { type Choices, type DigestTime, isCritical, type QuietWindow, type Topic, type Way } from './notice.contract';

/** When a message reaches a person: pure, in instants of milliseconds; wall times are the person's. */

/** What of a person decides when they may be reached. Dates are local, both included. */
export interface Reachable extends Choices {
  readonly zone: string;
  readonly absent_from: string | null;
  readonly absent_until: string | null;
}

export type Because = 'chosen' | 'quiet' | 'absent' | 'passes' | null;
export interface Plan {
  readonly way: Way;
  /** When a mail goes out; null where none does. */
  readonly at: Instant | null;
  /** It waits for others and comes with them. */
  readonly gathered: boolean;
  readonly because: Because;
}

/** Nobody knows when somebody comes back who named no day: looked at again after so long. */
const openAbsence = 366 * DAY;
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The zone of a name; UTC where it is none. */
export function zoneOf(name: string): Zone {
  try {
    return zoneNamed(name);
  } catch {
    return zoneNamed('UTC');
  }
}

const midnight = (zone: Zone, at: Instant) => Math.floor(toWall(zone, at) / DAY) * DAY;
const dateOf = (wall: number) => new Date(wall).toISOString().slice(0, 10);

/** The end of the quiet window this instant lies in; null when it lies in none. */
function windowEnd(windows: readonly QuietWindow[], zone: Zone, at: Instant): Instant | null {
  let end: Instant | null = null;
  const today = midnight(zone, at);
  for (const day of [today - DAY, today])
    for (const window of windows) {
      if (!window.days.includes(weekdays[(Math.floor(day / DAY) + 3) % 7]!)) continue;
      const [from, until] = [minutesOf(window.from), minutesOf(window.until)];
      const begins = toInstant(zone, day + from * MINUTE);
      const ends = toInstant(zone, day + (until <= from ? DAY : 0) + until * MINUTE);
      if (begins <= at && at < ends && (end === null || ends > end)) end = ends;
    }
  return end;
}

function absenceEnd(person: Reachable, zone: Zone, at: Instant): Instant | null {
  const { absent_from, absent_until } = person;
  if (absent_from === null && absent_until === null) return null;
  const today = dateOf(midnight(zone, at));
  if ((absent_from !== null && today < absent_from) || (absent_until !== null && today > absent_until)) return null;
  return absent_until === null ? at + openAbsence : toInstant(zone, Date.parse(absent_until) + DAY);
}

/** Until when a person is left in peace; null when they are not. `why` is the first thing that holds it. */
export function quietUntil(
  person: Reachable,
  at: Instant,
  { hours = true, absence = true } = {},
): { until: Instant; why: 'quiet' | 'absent' } | null {
  const zone = zoneOf(person.zone);
  let [until, why] = [at, null as 'quiet' | 'absent' | null];
  // One reason may end within another: as often as there are windows, and never for ever.
  for (let round = 0; round < 200; round++) {
    const away = absence ? absenceEnd(person, zone, until) : null;
    const window = hours ? windowEnd(person.quiet, zone, until) : null;
    const end = away === null ? window : window === null ? away : Math.max(away, window);
    if (end === null || end <= until) break;
    why ??= away === null ? 'quiet' : 'absent';
    until = end;
    if (until - at >= openAbsence) break;
  }
  return why === null ? null : { until, why };
}

/** The first time a digest comes after an instant. */
export function nextDigest(digest: DigestTime, zoneName: string, at: Instant): Instant {
  const zone = zoneOf(zoneName);
  const step = digest.every === 'hour' ? 60 * MINUTE : DAY;
  const minutes = digest.every === 'hour' ? 0 : minutesOf(digest.at);
  let wall = Math.floor(toWall(zone, at) / step) * step + minutes * MINUTE;
  // An hour that comes twice is named by its first: the next one that lies ahead.
  while (toInstant(zone, wall) <= at) wall += step;
  return toInstant(zone, wall);
}

/** It goes out when it is ready, whatever somebody chose. */
export const atOnce = (at: Instant): Plan => ({ way: 'at_once', at, gathered: false, because: null });

/** What becomes of a message about a topic that may go out at an instant. */
export function planOf(person: Reachable, topic: Topic, at: Instant): Plan {
  const way = person.ways[topic];
  if (way === 'in_app' || way === 'never') return { way, at: null, gathered: false, because: 'chosen' };
  const critical = isCritical(topic);
  const passes = critical && person.passes[topic];
  const held = (from: Instant) => quietUntil(person, from, { hours: !passes, absence: !critical });
  if (way === 'digest') {
    const next = nextDigest(person.digest, person.zone, at);
    const quiet = held(next);
    return { way, at: quiet?.until ?? next, gathered: true, because: quiet?.why ?? 'chosen' };
  }
  const quiet = held(at);
  if (quiet) return { way, at: quiet.until, gathered: true, because: quiet.why };
  return { way, at, gathered: false, because: quietUntil(person, at) ? 'passes' : null };
}
