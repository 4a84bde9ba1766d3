import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { readHolidayFile } from './holiday-file.rules';
import type { Holiday, Observing, RefusedLine } from './holidays.contract';

/** The lists of all countries weigh megabytes: they are loaded with the first question. */
const known = async () => (await import('date-holidays')).default;

export interface Country {
  readonly code: string;
  readonly name: string;
}

/** The countries whose holidays are known, by name in a language. */
export async function countries(language: string): Promise<Country[]> {
  const Holidays = await known();
  return listed(new Holidays().getCountries(language), language);
}

/** The regions of a country with holidays of their own; none for most. Throws 422 for a country nobody knows. */
export async function regions(country: string, language: string): Promise<Country[]> {
  const Holidays = await known();
  const code = await countryOf(country);
  return listed(new Holidays().getStates(code, language) ?? {}, language);
}

const listed = (names: Record<string, string>, language: string): Country[] =>
  Object.entries(names)
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));

async function countryOf(text: string): Promise<string> {
  const Holidays = await known();
  const code = text.trim().toUpperCase();
  if (!Object.hasOwn(new Holidays().getCountries('en'), code))
    throw invalid(
      'country',
      say`The holidays of “${text}” are not known: give the two letters of a country, such as PT.`,
    );
  return code;
}

async function regionOf(country: string, text: string): Promise<string> {
  const Holidays = await known();
  const code = text.trim().toUpperCase();
  if (!Object.hasOwn(new Holidays().getStates(country, 'en') ?? {}, code))
    throw invalid('region', say`${country} has no region “${text}” with holidays of its own.`);
  return code;
}

const day = 86_400_000;

/** The public holidays of a year, every day of each, in order. Throws 422 for what is not known. */
export async function holidaysOf(
  asked: { readonly country: string; readonly region?: string | null; readonly year: number },
  language: string,
): Promise<(Holiday & { readonly yearly: boolean })[]> {
  const Holidays = await known();
  const country = await countryOf(asked.country);
  const region = asked.region ? await regionOf(country, asked.region) : undefined;
  const options = { types: ['public' as const] };
  const list = region ? new Holidays(country, region, options) : new Holidays(country, options);
  const found = new Map<string, Holiday & { yearly: boolean }>();
  for (const one of list.getHolidays(asked.year, language)) {
    const first = Date.parse(one.date.slice(0, 10));
    const days = Math.max(1, Math.round((one.end.getTime() - one.start.getTime()) / day));
    for (let at = 0; at < days; at += 1) {
      const on = new Date(first + at * day).toISOString().slice(0, 10);
      // The same day of every year is a rule of the calendar; what moves is named year by year.
      const yearly = days === 1 && one.rule === on.slice(5);
      if (!found.has(on)) found.set(on, { on, name: one.name, yearly });
    }
  }
  return [...found.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** Everything that is to be observed: days, lines that were refused, and what is remembered of the source. */
export interface Gathered {
  readonly days: readonly Holiday[];
  readonly refused: readonly RefusedLine[];
  readonly country: string | null;
  readonly region: string | null;
  readonly source: string | null;
  readonly until_year: number | null;
}

/** The holidays somebody asks to observe, of this year (of `now`) and the next where no years are given. */
export async function gather(asked: Observing, now: Date, language: string): Promise<Gathered> {
  if (asked.text != null) {
    const { days, refused } = readHolidayFile(asked.text);
    if (days.length === 0)
      throw invalid(
        'text',
        refused[0] ? say`No holiday was found: ${refused[0].reason}` : say`No holiday was found in it.`,
      );
    return { days, refused, country: null, region: null, source: asked.source ?? null, until_year: null };
  }
  const from = asked.from_year ?? asked.until_year ?? now.getUTCFullYear();
  const until = asked.until_year ?? Math.max(from, now.getUTCFullYear() + 1);
  const country = await countryOf(asked.country!);
  const region = asked.region ? await regionOf(country, asked.region) : null;
  const days = new Map<string, Holiday>();
  for (let year = from; year <= until && year < from + 10; year += 1)
    for (const { on, name, yearly } of await holidaysOf({ country, region, year }, language)) {
      const written = yearly ? `*${on.slice(4)}` : on;
      if (!days.has(written)) days.set(written, { on: written, name });
    }
  return { days: [...days.values()], refused: [], country, region, source: null, until_year: until };
}
