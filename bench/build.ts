import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { theSystemItself } from '../src/kernel/actor';
import type { Context } from '../src/kernel/command';
import { type Row, rows, sql } from '../src/kernel/database';
import { newId } from '../src/kernel/id';
import { type PastCase, performPast } from '../src/kernel/past';
import { performOne } from '../src/kernel/perform';
import { seal, sealAll } from '../src/kernel/seal';
import { type Opened, open } from '../src/open';
import { foldMeasures } from '../src/practices/improvement/measurement-and-reporting';
import { readSettings } from '../src/settings';
import { type Cast, livesOf } from './lives';
import { say } from './say';

export interface Built {
  readonly incidents: number;
  readonly lines: number;
  readonly seconds: number;
  /** The instant at which the set ends. */
  readonly until: string;
}

const casesAtOnce = 400;
const chunksAtOnce = 3;

export const settingsFor = (dataDir: string) => readSettings({ DATA_DIR: dataDir, LOG_LEVEL: 'error', PORT: '0' });

/** What an earlier run built here, or null. */
export function alreadyBuilt(dataDir: string): Built | null {
  const file = join(dataDir, 'built.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Built) : null;
}

export function rememberBuilt(dataDir: string, built: Built): void {
  writeFileSync(join(dataDir, 'built.json'), `${JSON.stringify(built)}\n`);
}

/** Fills a data directory with so many incidents through the bulk door, six lines each. Kept for the next run. */
export async function buildSynthetic(dataDir: string, incidents: number): Promise<Built> {
  const opened = await open(settingsFor(dataDir), 'cli', say);
  try {
    const began = performance.now();
    const now = opened.clock.now();
    const cast = await prepareCast(opened);
    const type = opened.house.types.get('incident')!;
    const sealer = newId(now);
    const underWay = new Set<Promise<unknown>>();
    let building = true;
    // What the product's background does while people load their past.
    const background = (async () => {
      while (building) {
        const done = ((await seal(opened.db, sealer, new Date())) ?? 0) + (await foldMeasures(opened.db));
        if (done < 5_000) await new Promise((go) => setTimeout(go, 200));
      }
    })();
    let told = began;
    for (let from = 0; from < incidents; from += casesAtOnce) {
      while (underWay.size >= chunksAtOnce) await Promise.race(underWay);
      const context: Context = { db: opened.db, house: opened.house, actor: theSystemItself, now: opened.clock.now() };
      const lives = livesOf(cast, from, Math.min(incidents, from + casesAtOnce), incidents, now);
      const work = performPast(context, type, lives);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
      if (performance.now() - told > 10_000) {
        told = performance.now();
        say(`  ${from.toLocaleString('en')} incidents, ${Math.round((from * 6_000) / (told - began))} lines a second`);
      }
    }
    await Promise.all(underWay);
    building = false;
    await background;
    await sealAll(opened.db, sealer, new Date());
    while ((await foldMeasures(opened.db)) > 0);
    await sql`vacuum (analyze)`.execute(opened.db);
    const [count] = await rows<{ lines: number }>(opened.db, sql`select count(*)::int as lines from history`);
    const built = {
      incidents,
      lines: count!.lines,
      seconds: (performance.now() - began) / 1000,
      until: now.toISOString(),
    };
    rememberBuilt(dataDir, built);
    return built;
  } finally {
    await opened.close();
  }
}

/** Teams, agents, requesters and services of the set, in the department the service desk agent works in. */
async function prepareCast(opened: Opened): Promise<Cast> {
  const { db, house, clock } = opened;
  const context: Context = { db, house, actor: theSystemItself, now: clock.now() };
  const make = async (type: string, cases: Row[]) =>
    (
      await performPast(
        context,
        house.types.get(type)!,
        cases.map(
          (set): PastCase => ({ lines: [{ past: 'created', at: context.now, actor_id: null, cause: null, set }] }),
        ),
      )
    ).map((row) => String(row.id));
  const [it] = await rows<{ id: string }>(db, sql`select id from department where key = 'it'`);
  const department = it!.id;
  const many = (count: number, of: (at: number) => Row) => Array.from({ length: count }, (_, at) => of(at));
  const people = await make(
    'person',
    many(4_000, (at) => ({ name: `Person ${at}`, state: 'active' })),
  );
  const agents = await make(
    'person',
    many(160, (at) => ({ name: `Agent ${at}`, state: 'active', roles: ['agent'], departments: [department] })),
  );
  const teams = await make(
    'team',
    many(40, (at) => ({ name: `Team ${at}`, state: 'active', department })),
  );
  const goals = await rows<{ id: string }>(db, sql`select id from goal limit 3`);
  const services = await make(
    'service',
    many(60, (at) => ({
      name: `Platform ${at}`,
      state: 'live',
      department,
      team_id: teams[at % teams.length],
      criticality: 1 + (at % 4),
      goals: goals.map(({ id }) => ({ goal_id: id, weight: 1 })),
    })),
  );
  await makePromise(context);
  return { department, teams, agents, people, services };
}

/** Every incident of the set is promised something: an answer and a resolution, by priority, in office hours. */
async function makePromise(context: Context): Promise<void> {
  const perform = (verb: string, id: string | undefined, input: Row) =>
    performOne(context, context.house.verbs.get(verb)!, { id, input });
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
  const { record: calendar } = await perform('calendar.create', undefined, {
    name: 'Office hours of the measurement',
    timezone: 'Europe/Lisbon',
    hours: Object.fromEntries(days.map((day) => [day, [['08:00', '18:00']]])),
  });
  const { record: agreement } = await perform('agreement.create', undefined, {
    name: 'Promises of the measurement',
    calendar_id: String(calendar.id),
    targets: [
      { target: 'first_response', seconds: 4 * 3600 },
      ...[1, 2, 3, 4, 5].map((priority) => ({ target: 'resolution', seconds: priority * 8 * 3600, priority })),
    ],
    match: { department: 'it' },
    pause_states: ['on_hold'],
    effective_on: '2015-01-01',
  });
  await perform('agreement.publish', String(agreement.id), {});
}
