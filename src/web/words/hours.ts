const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The days of a week and the hours in them, `Mo, So 08:00–16:30`; days are `mon` to `sun`. */
export function hoursWords(
  { days, from, until }: { days?: unknown; from?: unknown; until?: unknown },
  language: string,
): string {
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  const named = (Array.isArray(days) ? days : []).map((one) => day.format(Date.UTC(2024, 0, 1 + week.indexOf(one))));
  return [named.join(', '), `${from}–${until}`].filter(Boolean).join(' ');
}
