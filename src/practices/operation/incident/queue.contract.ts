import { z } from 'zod';
import { amount, wrong } from '../../../kernel/sentence.contract';

/** The words of a queue's order: what counts, and in which unit. Everything is worth minutes of the instant a record is due. */
export const weightNames = [
  'without_due_hours',
  'impact_1_minutes',
  'impact_2_minutes',
  'goal_minutes',
  'major_minutes',
  'answer_minutes',
  'hold_minutes',
  'age_percent',
] as const;
export type WeightName = (typeof weightNames)[number];
export type Weights = Readonly<Record<WeightName, number>>;

/**
 * What holds where an organisation has said nothing. Impact weighs days, everything else but a major incident hours: what
 * many people cannot do goes before what is small and late, until that is later than impact weighs. A hold outweighs it.
 */
export const deliveredWeights: Weights = {
  without_due_hours: 168,
  impact_1_minutes: 14_400,
  impact_2_minutes: 4_320,
  goal_minutes: 10,
  major_minutes: 43_200,
  answer_minutes: 60,
  hold_minutes: 20_160,
  age_percent: 0,
};

/** The largest value of each weight: ninety days in minutes, two years in hours. */
export const mostOf = (name: WeightName): number =>
  name === 'age_percent' ? 100 : name === 'without_due_hours' ? 17_520 : 129_600;

const weight = (name: WeightName) =>
  z
    .int(wrong`This must be a whole number.`)
    .min(0, wrong`This must not be negative.`)
    .max(mostOf(name), wrong`This may be at most ${amount(mostOf(name))}.`);

const reference = z.string(wrong`This must name a record.`).min(1, wrong`This must name a record.`).max(300);

/** What can be tried before it is saved: any of the weights, and for whom they would hold. */
export const triedOrder = z.strictObject({
  department: reference.nullish(),
  team_id: reference.nullish(),
  ...(Object.fromEntries(weightNames.map((name) => [name, weight(name).optional()])) as Record<
    WeightName,
    z.ZodOptional<z.ZodInt>
  >),
});
