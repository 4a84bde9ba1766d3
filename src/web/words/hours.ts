const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The days of a week and the hours in them, `Mo–Fr 08:00–16:30` or `Mo, So 08:00–16:30`; days are `mon` to `sun`. */
export function hoursWords(
  { days, from, until }: { days?: unknown; from?: unknown; until?: unknown },
  language: string,
): string {
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  const name = (at: number) => day.format(Date.UTC(2024, 0, 1 + at));
  const at = (Array.isArray(days) ? days : []).map((one) => week.indexOf(one));
  const row = at.every((one, index) => index === 0 || one === at[index - 1]! + 1);
  const named = row && at.length > 2 ? `${name(at[0]!)}–${name(at.at(-1)!)}` : at.map(name).join(', ');
  return [named, `${from}–${until}`].filter(Boolean).join(' ');
}
