import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(10 * 512);
let used = pool.length;
let lastMs = 0;
let lastGiven = 0;
let lastStep = 0;

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit step that rises within one millisecond, 62 random bits.
 * Ids made by one process at one instant sort in the order they were made.
 */
export function newId(at: Date): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 10);
  used += 10;
  let ms = at.getTime();
  // Many ids of one instant run ahead of it, however many they are.
  const again = ms === lastGiven || (ms <= lastMs && lastMs - ms < 5);
  lastGiven = ms;
  if (again && ms <= lastMs) {
    ms = lastMs;
    lastStep += 1;
    if (lastStep > 0xfff) {
      lastStep = 0;
      ms += 1;
    }
  } else lastStep = random[0]! & 0x0f;
  lastMs = ms;
  const time = Math.max(0, ms).toString(16).padStart(12, '0');
  const step = (0x7000 | lastStep).toString(16);
  const variant = ((random[1]! & 0x3f) | 0x80).toString(16);
  const rest = random.toString('hex', 2, 9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${step}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
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
