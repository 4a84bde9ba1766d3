import { keepContent } from '../commons/attachment';
import { hashPassword, keepHash } from '../commons/identity';
import { automatic } from '../kernel/actor';
import type { Context } from '../kernel/command';
import { transact } from '../kernel/database';
import { newId } from '../kernel/id';
import { type PastCase, performPast } from '../kernel/past';
import { nextSerials } from '../kernel/write';
import type { Opened } from '../open';
import { tellAccounts } from './accounts';
import { cardsDeclined } from './cards-declined';
import { changeLife, problemLife, type Times } from './cause-lives';
import { newChanges } from './changes-of-now';
import { type OldChange, oldChanges } from './changes-of-old';
import { furnishDesk, letPeopleRest, workThisMorning } from './desk';
import { badRelease, deadTrunk, outageDay, releaseDay } from './disruptions';
import { DAY, dayOf, intakeOf, onDay, type Span, startOf } from './intake';
import { type Known, nothingKnown } from './known';
import { problems, type ToldChange, type ToldProblem } from './known-causes';
import { tellMonitoring } from './monitoring';
import { foundOrganisation } from './organisation';
import { signIns } from './sign-ins';
import { allStories } from './stories/all';
import { morning } from './today';
import { type Item, ordinary, type World } from './told';

const tenMinutes = 600_000;
/** Incidents written in one transaction. */
const atOnce = 250;

/**
 * Loads Pizza&Pizza: the organisation and the eighteen months up to now, by the door's form for the past. What it
 * tells of earlier days is a function of the seed and the day; the last day is told up to the last full ten minutes.
 */
export async function loadPizza(
  opened: Pick<Opened, 'db' | 'house' | 'known' | 'clock'>,
  seed = 'Pizza&Pizza',
): Promise<void> {
  const now = opened.clock.now();
  const end = Math.floor(now.getTime() / tenMinutes) * tenMinutes;
  const span = spanUpTo(seed, end);
  const today = startOf(span.end);
  const context: Context = { db: opened.db, house: opened.house, actor: automatic('import', 'Demonstration'), now };
  const known = nothingKnown();
  await foundOrganisation(context, known, { seed, first: new Date(startOf(span.first)), today: new Date(today) }, () =>
    opened.known.refresh(opened.db),
  );
  await furnishDesk(context, known, new Date(startOf(span.first)));
  await letPeopleRest(context, known, new Date(startOf(span.first)));
  const hashed = await hashPassword('pizza');
  for (const { name } of signIns) await keepHash(opened.db, known.person(name), hashed, now);
  const problemAt = await knowCauses(context, known, span, end);
  const world: World = { known, span, now, end, today, problemAt };
  await tellAll(context, world, itemsOf(world));
  await tellMonitoring(context, world);
  await workThisMorning(context, known, new Date(end));
  await tellAccounts(context, known, new Date(today));
}

/** Eighteen months of whole days, and the day of loading. */
function spanUpTo(seed: string, end: number): Span {
  const last = dayOf(end);
  const date = new Date(last * DAY);
  return { seed, first: Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 18, 1) / DAY), end: last };
}

const monthMs = 30.44 * DAY;
const hour = 3_600_000;

/** Problems and changes, each made when it was; answers which problem was known at an instant. */
async function knowCauses(context: Context, known: Known, span: Span, end: number): Promise<World['problemAt']> {
  const start = startOf(span.first);
  const release = onDay(releaseDay(span), 18, 40);
  const outage = onDay(outageDay(span), 14, 0);
  const madeAt = (one: ToldProblem) =>
    one.key === 'basket'
      ? release + 15 * hour
      : one.key === 'trunk'
        ? outage + 20 * hour
        : Math.floor((start + one.month * monthMs) / 60_000) * 60_000;
  const overAt = (one: ToldProblem) => (one.over === undefined ? null : start + one.over * monthMs);
  const timesOf = (one: OldChange): Times => {
    if (one.key === 'release-9-2') return { made: release - 6 * DAY, from: release, to: release + 4 * hour, end };
    const [made, to] = [start + one.month * monthMs, start + one.over * monthMs];
    return { made, from: made + (to - made) * 0.7, to, end };
  };
  const changes: { one: ToldChange; times: Times }[] = [
    ...oldChanges.map((one) => ({ one, times: timesOf(one) })),
    ...newChanges.map((one) => ({
      one,
      times: {
        made: end + one.made * hour,
        from: end + one.window[0] * hour,
        to: end + one.window[1] * hour,
        end,
        reached: one.reached,
      },
    })),
  ].sort((a, b) => a.times.made - b.times.made);
  // One after the other: a standard change names the one it repeats.
  for (const { one, times } of changes) {
    const [row] = await performPast(context, context.house.types.get('change')!, [changeLife(known, one, times)]);
    known.remember('change', one.key, String(row!.id));
  }
  const inOrder = [...problems].sort((a, b) => madeAt(a) - madeAt(b));
  const rows = await performPast(
    context,
    context.house.types.get('problem')!,
    inOrder.map((one) => problemLife(known, one, madeAt(one), overAt(one), end)),
  );
  for (const [at, row] of rows.entries()) known.remember('problem', inOrder[at]!.key, String(row.id));
  return (key, at) => {
    const one = problems.find((problem) => problem.key === key);
    if (!one || at < madeAt(one) || at > (overAt(one) ?? end)) return null;
    return known.id('problem', key);
  };
}

/** Everything that happened, in the order in which it began. */
function itemsOf({ span, end, now }: World): Item[] {
  const items: Item[] = [...badRelease(span), ...deadTrunk(span)];
  const spared = ['Sam Okafor'];
  for (let day = span.first; day < span.end; day += 1)
    for (const { plan } of intakeOf(span, day)) {
      const { category } = allStories.find(({ service }) => service === plan.service)!;
      items.push(ordinary(plan, category, spared));
    }
  const tomorrow = onDay(span.end + 1, 11);
  const inOrder = (some: Item[]) => some.sort((a, b) => a.at - b.at);
  return [...inOrder(items), ...inOrder([...morning(end, tomorrow), ...cardsDeclined(end, newId(now))])];
}

/** Tells and writes side by side; numbers are drawn in the order of the telling. */
async function tellAll(context: Context, world: World, items: readonly Item[]): Promise<void> {
  const type = context.house.types.get('incident')!;
  const underWay = new Set<Promise<void>>();
  let waiting: { item: Item; told: PastCase }[] = [];
  const write = async (set: typeof waiting, serials: number[]) =>
    transact(context.db, async (db) => {
      const cases = set.map(({ told }, at) => ({ ...told, serial: serials[at]! }));
      const rows = await performPast({ ...context, db }, type, cases);
      for (const [at, { item }] of set.entries()) {
        if (item.key) world.known.remember('incident', item.key, String(rows[at]!.id));
        for (const [id, content] of item.files ?? []) await keepContent({ ...context, db }, id, content);
      }
    });
  const flush = async () => {
    const set = waiting;
    waiting = [];
    const serials = await nextSerials(context.db, type, set.length);
    const work = write(set, serials).then(() => void underWay.delete(work));
    underWay.add(work);
    if (underWay.size > 1) await Promise.race(underWay);
  };
  const made = new Set<string>();
  for (const item of items) {
    if (waiting.length >= atOnce) await flush();
    if (item.needs && !made.has(item.needs)) {
      // The one it belongs to must be there.
      await flush();
      await Promise.all(underWay);
      made.add(item.needs);
    }
    const told = item.tell(world);
    if (told.lines.length > 0) waiting.push({ item, told });
  }
  if (waiting.length > 0) await flush();
  await Promise.all(underWay);
}
