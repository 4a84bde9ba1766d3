import { type Clock, stoppedClock } from '../src/clock';
import { digestWriter } from '../src/commons/notification';
import { actorOf } from '../src/commons/people';
import { throughline } from '../src/house';
import { type Actor, theSystemItself } from '../src/kernel/actor';
import { drainReactions } from '../src/kernel/afterwards';
import type { Context } from '../src/kernel/command';
import { type Db, type Row, rows, sql } from '../src/kernel/database';
import type { House } from '../src/kernel/house';
import { load } from '../src/kernel/load';
import { type Item, perform, performOne, type Result } from '../src/kernel/perform';
import { fireTimers } from '../src/kernel/timers';
import { type KnownRows, knownRows } from '../src/known';
import { kyselyOver } from '../src/open';
import { placePending } from '../src/practices/operation/incident';
import { promisedTypes, sweepPromises } from '../src/value-streams/keep-service-promises';
import { takeInBodies } from '../src/value-streams/watch-services';
import { testDatabase } from './database';

/** A small organisation over a real database, and a clock that stands still until the story goes on. */
export interface Story {
  readonly db: Db;
  readonly house: House;
  readonly clock: Required<Clock>;
  readonly known: KnownRows;
  readonly pool: Awaited<ReturnType<typeof testDatabase>>['pool'];
  now(): Date;
  /** Goes on by so many minutes; with `watched` everything due on the way happens, else only time passes. */
  later(minutes: number, watched?: boolean): Promise<void>;
  /** Goes on until an instant. */
  until(instant: string, watched?: boolean): Promise<void>;
  /** Everything due by now: timers, reactions, promises. */
  catchUp(): Promise<void>;
  context(who?: string): Promise<Context>;
  /** Performs a verb (`incident.log`), throws its refusal; `who` is an e-mail, the product itself when left out. */
  act(verb: string, target: string | null, input?: Row, who?: string): Promise<Row>;
  /** The same for many at once: one result each. */
  actAll(verb: string, items: Item[], who?: string): Promise<Result[]>;
  /** The row as it is kept. */
  row(type: string, id: string): Promise<Row>;
  /** The lines of a record, oldest first. */
  lines(id: string): Promise<Row[]>;
  end(): Promise<void>;
}

export async function story(startsAt: string): Promise<Story> {
  const database = await testDatabase();
  const db = kyselyOver(database.pool);
  const known = knownRows();
  const house = throughline(known);
  const clock = stoppedClock(new Date(startsAt));
  const actors = new Map<string, Actor>();
  const context = async (who?: string): Promise<Context> => {
    let actor: Actor = theSystemItself;
    if (who) {
      actor = actors.get(who) ?? (await findActor(db, who));
      actors.set(who, actor);
    }
    return { db, house, actor, now: clock.now() };
  };
  const verbNamed = (name: string) => {
    const verb = house.verbs.get(name);
    if (!verb) throw new Error(`There is no verb ${name}.`);
    return verb;
  };
  const writeDigests = digestWriter(db, house, () => 'http://localhost');
  const catchUp = async () => {
    for (let did = 1; did > 0; ) {
      did = await fireTimers(db, house, clock.now());
      did += await drainReactions(db, house, clock.now(), (problem) => {
        throw problem;
      });
      did += await takeInBodies(db, house, clock.now(), (problem) => {
        throw problem;
      });
      did += await sweepPromises(db, house, promisedTypes, clock.now());
      did += await writeDigests(clock.now());
      did += await placePending(db);
    }
  };
  return {
    db,
    house,
    clock,
    known,
    pool: database.pool,
    now: clock.now,
    context,
    catchUp,
    async later(minutes, watched = true) {
      clock.advance(minutes * 60);
      if (watched) await catchUp();
    },
    async until(instant, watched = true) {
      clock.advance((Date.parse(instant) - clock.now().getTime()) / 1000);
      if (watched) await catchUp();
    },
    async act(verb, target, input = {}, who) {
      const done = await performOne(await context(who), verbNamed(verb), { id: target ?? undefined, input });
      if (done.record.type === 'person') actors.clear();
      return done.record;
    },
    actAll: async (verb, items, who) => perform(await context(who), verbNamed(verb), items),
    async row(type, id) {
      return (await load(await context(), house.types.get(type)!, [id]))[0]!;
    },
    lines: (id) => rows<Row>(db, sql`select * from history where record_id = ${id}::uuid order by id`),
    end: database.drop,
  };
}

async function findActor(db: Db, email: string): Promise<Actor> {
  const [found] = await rows<{ id: string }>(db, sql`select id from person where email = ${email}`);
  return (await actorOf(db, found!.id))!;
}
