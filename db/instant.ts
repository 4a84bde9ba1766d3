const digits = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/**
 * The instant PostgreSQL wrote (`2026-11-21 07:13:49.160123+00`: sessions are in UTC), to the millisecond; null where it is written in another way (infinity, before Christ,
 * five digits of a year), which the driver's own reader takes. A list has hundreds of them: read by position this
 * costs a fifth.
 */
export function instantOf(text: string): Date | null {
  const end = text.length - 3;
  // The places of the signs tell the usual form at a glance; whatever else looks odd is left to the slow way.
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(10) !== 32 || text.charCodeAt(end) !== 43 || end > 26) return null;
  if (text.charCodeAt(end + 1) !== 48 || text.charCodeAt(end + 2) !== 48) return null;
  if (end !== 19 && text.charCodeAt(19) !== 46) return null;
  let ms = 0;
  for (let at = 20, worth = 100; at < Math.min(end, 23); at++, worth /= 10) ms += (text.charCodeAt(at) - 48) * worth;
  const time = Date.UTC(
    digits(text, 0) * 100 + digits(text, 2),
    digits(text, 5) - 1,
    digits(text, 8),
    digits(text, 11),
    digits(text, 14),
    digits(text, 17),
    ms,
  );
  // Date.UTC takes the years 0 to 99 for those of the last century.
  return Number.isNaN(time) || text.startsWith('00') ? null : new Date(time);
}
