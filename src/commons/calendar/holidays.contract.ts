import { z } from 'zod';
import { type Sentence, say, told, wrong } from '../../kernel/sentence.contract';

/** The words of holidays that are taken over: from a country's list, or from a file. */

const firstYear = 1990;
const lastYear = 2100;
/** So many years are taken over at once. */
export const mostYears = 10;

const year = z
  .int(wrong`A year is a whole number such as 2027.`)
  .min(firstYear, wrong`Years from ${firstYear} on are known.`)
  .max(lastYear, wrong`Years until ${lastYear} are known.`);

/** What to observe: the holidays of a country, or the days of a file. */
export const observing = z
  .strictObject({
    country: z.string().max(10).nullish(),
    region: z.string().max(20).nullish(),
    from_year: year.nullish(),
    until_year: year.nullish(),
    text: z.string().max(900_000, wrong`A file may have at most 900,000 characters.`).nullish(),
    source: z.string().max(200).nullish(),
  })
  .superRefine((value, context) => {
    if ((value.country == null) === (value.text == null))
      context.addIssue(told(say`Holidays come either from a country or from the text of a file.`));
    if (value.region != null && value.country == null) context.addIssue(told(say`A region belongs to a country.`));
    const [from, until] = [value.from_year, value.until_year];
    if (from != null && until != null && until < from)
      context.addIssue({ path: ['until_year'], ...told(say`until_year lies before from_year.`) });
    if (from != null && until != null && until - from >= mostYears)
      context.addIssue({ path: ['until_year'], ...told(say`At most ${mostYears} years at once.`) });
  });
export type Observing = z.output<typeof observing>;

/** A day on which nobody works. `on` is a date, or `*-MM-DD` for the day of every year. */
export interface Holiday {
  readonly on: string;
  readonly name: string;
}

/** A line of a file that is no holiday, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: Sentence;
}

/** What a calendar observes: kept beside its holidays, so that next year's can be proposed. */
export interface Observed {
  readonly country: string | null;
  readonly region: string | null;
  /** The name of the file, where it was one. */
  readonly source: string | null;
  readonly until_year: number | null;
  readonly days: number;
  readonly at: string;
}
