import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Db, transact } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { performSparing } from '../../kernel/perform-sparing';
import {
  type ClockRow,
  clocksDue,
  judgeAnew,
  nextClock,
  nextOfReview,
  type PromisedType,
  reviewAskedBy,
  reviewsWaiting,
  waitForReaders,
} from '../../practices/design/service-level';
import { countPromises } from '../../practices/improvement/measurement-and-reporting';
import { placeAnew } from '../../practices/operation/incident';

const recordsAtOnce = 300;

/**
 * Everything promises ask for by now: records judged anew after a change of agreement, then what clocks have to tell.
 * Answers how much was done; call it until it answers 0. A fault in one record is reported and
 * holds up no other.
 */
export async function sweepPromises(
  db: Db,
  house: House,
  kinds: ReadonlyMap<string, PromisedType>,
  now: Date,
  report?: (fault: unknown) => void,
  most = 1_000,
): Promise<number> {
  const reviewed = await review(db, house, kinds, now);
  if (reviewed > 0) return reviewed;
  // While service levels are off clocks are silent; what was due meanwhile is told when they are on again.
  return house.off.has('agreement') ? 0 : speak(db, house, now, report, most);
}

/** When the next clock has something to tell. */
export const nextPromise = nextClock;

const contextOf = (db: Db, house: House, now: Date): Context => ({
  db,
  house,
  actor: automatic('timer', 'Timer'),
  now,
});

/** One batch of a review. Before its first, every transaction that still judged by the old agreements has ended. */
async function review(db: Db, house: House, kinds: ReadonlyMap<string, PromisedType>, now: Date): Promise<number> {
  const waiting = await reviewsWaiting(db);
  if (!waiting) return 0;
  if (!waiting.begun) await transact(db, waitForReaders);
  return transact(db, async (trx) => {
    const records = await nextOfReview(trx, waiting.id, [...kinds.keys()], recordsAtOnce);
    if (records === undefined) return 0;
    await judgeAnew(contextOf(trx, house, now), kinds, records, countPromises);
    await placeAnew(
      trx,
      records.map(({ id }) => id),
    );
    return Math.max(1, records.length);
  });
}

/** How many records a rehearsal judges anew: it answers while somebody waits. */
const rehearsedAtOnce = 500;

/**
 * What a change of a calendar in this very transaction does to the clocks of the first records: for a preview, taken
 * back by who calls it.
 */
export async function rehearseReview(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  record: string,
): Promise<void> {
  const id = await reviewAskedBy(context.db, record);
  const records = id && (await nextOfReview(context.db, id, [...kinds.keys()], rehearsedAtOnce));
  if (records) await judgeAnew({ ...context, actor: automatic('timer', 'Timer') }, kinds, records, countPromises);
}

const kinds = ['warn', 'breach', 'escalate'] as const;

/** Warnings, breaches and steps of escalation that are due, in sets of one verb, through the door. */
async function speak(
  db: Db,
  house: House,
  now: Date,
  report: ((fault: unknown) => void) | undefined,
  most: number,
): Promise<number> {
  const due = await clocksDue(db, now, most);
  if (due.length === 0) return 0;
  let spoken = 0;
  for (const name of kinds) {
    const mine = due.filter((one) => one.kind === name);
    for (const round of rounds(mine)) {
      const sets = new Map<string, typeof round>();
      for (const one of round) sets.set(one.type, [...(sets.get(one.type) ?? []), one]);
      for (const [type, set] of sets) {
        const verb = house.verbs.get(`${type}.${name}`);
        if (!verb) continue;
        const results = await performSparing(
          { ...contextOf(db, house, now), cause: { timer: 'a promise' } },
          verb,
          set.map(({ clock, step }) => ({
            id: clock.record_id,
            input: { target: clock.target, cycle: clock.cycle, step },
          })),
          report,
        );
        spoken += results.filter((result) => result?.ok).length;
      }
    }
  }
  return spoken;
}

/** A record takes part once in a set: its other clocks come in the next. */
function rounds<T extends { clock: ClockRow }>(due: readonly T[]): T[][] {
  const out: T[][] = [];
  const turn = new Map<string, number>();
  for (const one of due) {
    const at = turn.get(one.clock.record_id) ?? 0;
    turn.set(one.clock.record_id, at + 1);
    out[at] = [...(out[at] ?? []), one];
  }
  return out;
}
