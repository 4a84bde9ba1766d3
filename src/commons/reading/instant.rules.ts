const day = /^(\d{4})-(\d\d)-(\d\d)$/;
const instant = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

/** Is this a day of the calendar, `YYYY-MM-DD`, in the years the product keeps (1 to 9999)? */
export function isDay(text: string): boolean {
  const [, year, month, date] = (day.exec(text) ?? []).map(Number) as [number, number, number, number];
  if (!year || !month || !date || month > 12) return false;
  return date <= new Date(Date.UTC(year < 100 ? year + 400 : year, month, 0)).getUTCDate();
}

/**
 * An instant written after RFC 3339 (seconds may be left out), or a day, which is its first instant in UTC. Undefined
 * for anything else: JavaScript's own reading takes `5` and the 30th of February.
 */
export function readInstant(text: string): Date | undefined {
  if (isDay(text)) return new Date(`${text}T00:00:00Z`);
  const found = instant.exec(text);
  if (!found || !isDay(found[1]!)) return undefined;
  const [hours, minutes, seconds, offsetHours, offsetMinutes] = found.slice(2).map((part) => Number(part ?? 0));
  if (hours! > 23 || minutes! > 59 || seconds! > 59 || offsetHours! > 14 || offsetMinutes! > 59) return undefined;
  const read = new Date(text.toUpperCase());
  return Number.isNaN(read.getTime()) || read.getUTCFullYear() < 1 || read.getUTCFullYear() > 9999 ? undefined : read;
}
