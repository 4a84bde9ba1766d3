import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(10 * 512);
let used = pool.length;
/** Where the next id of a run of ids stands: milliseconds and the step within them. */
interface Place {
  ms: number;
  step: number;
}

/** Requests under way at once have each read the clock for itself, some a while ago. */
const nearMs = 60_000;
let newest: Place = { ms: 0, step: 0 };
/** Instants long past, of which a past that is brought in speaks: those met lately, and those met before them. */
const mostInstants = 4_096;
let lately = new Map<number, Place>();
let before = new Map<number, Place>();

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit step that rises within one millisecond, 62 random bits.
 * Ids made by one process sort in the order they were made, if their instants lie within a minute of the newest one: what waited
 * for another comes after it, and what one transaction writes stays in its order, whoever else writes meanwhile. Ids of
 * one instant long past sort in the order they were made too.
 */
export function newId(at: Date): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 10);
  used += 10;
  const { ms, step } = next(at.getTime(), random[0]! & 0x0f);
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  const variant = ((random[1]! & 0x3f) | 0x80).toString(16);
  const rest = random.toString('hex', 2, 9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${(0x7000 | step).toString(16)}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
}

function next(ms: number, first: number): Place {
  if (ms > newest.ms) {
    newest = { ms, step: first };
    return newest;
  }
  if (newest.ms - ms < nearMs) return further(newest);
  const known = lately.get(ms) ?? before.get(ms);
  const place = known ? further(known) : { ms, step: first };
  if (lately.size >= mostInstants) {
    before = lately;
    lately = new Map();
  }
  lately.set(ms, place);
  return place;
}

/** Many ids of one instant run ahead of it, however many they are. */
function further(place: Place): Place {
  place.step += 1;
  if (place.step > 0xfff) {
    place.step = 0;
    place.ms += 1;
  }
  return place;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
  return uuid.test(text);
}

const lowest = '00000000-0000-0000-0000-000000000000';

/** The id just below, so that a page "after" it begins with the id itself; the lowest has none below and stays. */
export function idBefore(id: string): string {
  if (id === lowest) return id;
  const whole = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return whole.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
