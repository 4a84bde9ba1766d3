import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Door, door, startsAt } from '../../../../test/door';
import { type Row, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { performPast } from '../../../kernel/past';
import { performOne } from '../../../kernel/perform';
import { foundPractices } from '../../../value-streams/keep-practices';
import { deliveredWeights, weightNames } from './queue.contract';
import { orderFor, placeOf, type Queued, type QueueOrder } from './queue.rules';
import { placePending } from './queue-place';
import { partWords, placeWords } from './queue-words.rules';

const order = (more: Partial<QueueOrder> = {}): QueueOrder => ({
  id: 'one',
  number: 'QO-1',
  name: 'Ours',
  version: 2,
  serial: 1,
  department: null,
  team_id: null,
  weights: deliveredWeights,
  ...more,
});
const queued = (more: Partial<Queued> = {}): Queued => ({
  state_category: 'open',
  department: 'it',
  team_id: 'desk',
  opened_at: Date.parse('2026-03-02T09:00:00Z'),
  due_at: Date.parse('2026-03-02T14:10:00Z'),
  hold_until: null,
  impact: 1,
  major: false,
  goal: { id: 'g', name: 'Orders online', weight: 6 },
  answered: false,
  ...more,
});

describe('the formula', () => {
  test('says base, parts and result in one sentence of either language', () => {
    const place = placeOf(order(), queued())!;
    const as = { now: Date.parse('2026-03-02T10:00:00Z'), zone: 'Europe/Lisbon' };
    expect(placeWords(place, queued(), { ...as, language: 'en' })).toBe(
      'due 14:10, impact 1: −14400 min, goal “Orders online”, weight 6: −60 min → worth 20 Feb, 13:10 (Ours, version 2)',
    );
    expect(placeWords(place, queued(), { ...as, language: 'de' })).toBe(
      'fällig 14:10, Auswirkung 1: −14400 min, Ziel „Orders online“, Gewicht 6: −60 min → zählt wie 20. Feb., 13:10 (Ours, Fassung 2)',
    );
  });

  test('a goal the reader does not see, or whose practice is off, counts without its name', () => {
    const told = queued({ goal: { id: 'g', name: '', weight: 3 } });
    const part = { kind: 'goal', minutes: -60 } as const;
    expect(partWords(part, told, 'en')).toBe('a goal not named here, weight 3');
    expect(partWords(part, told, 'de')).toBe('ein Ziel, das hier nicht genannt wird, Gewicht 3');
  });

  test('base and parts always sum to the place, and more weight never puts a record later', () => {
    const weights = fc.record(Object.fromEntries(weightNames.map((name) => [name, fc.integer({ min: 0, max: 100 })])));
    const instant = fc.integer({ min: 0, max: 10_000 }).map((minutes) => Date.parse(startsAt) + minutes * 60_000);
    const any = fc.record({
      state_category: fc.constantFrom('open', 'paused'),
      opened_at: instant,
      due_at: fc.option(instant),
      hold_until: fc.option(instant),
      impact: fc.integer({ min: 1, max: 3 }),
      major: fc.boolean(),
      answered: fc.boolean(),
    });
    fc.assert(
      fc.property(weights, any, (given, one) => {
        const mine = order({ weights: given as never });
        const place = placeOf(mine, queued(one))!;
        const sum = place.parts.reduce((total, { minutes }) => total + minutes, 0);
        expect(place.queue_at).toBe(place.base.at + sum * 60_000);
        expect(placeOf(mine, queued({ ...one, major: true }))!.queue_at).toBeLessThanOrEqual(place.queue_at);
      }),
    );
  });

  describe('by the delivered weights', () => {
    const day = 86_400_000;
    const now = Date.parse('2026-03-02T09:00:00Z');
    const small = { impact: 3, goal: null } as const;
    const at = (one: Partial<Queued>) => placeOf(order(), queued({ goal: null, ...one }))!.queue_at;
    const within = (days: number) => fc.integer({ min: 0, max: days * day });

    test('of two equally old the greater impact comes first, whatever else they share', () => {
      const shared = fc.record({
        opened_at: within(60).map((ago) => now - ago),
        due_at: fc.option(within(90).map((more) => now - 60 * day + more)),
        major: fc.boolean(),
        answered: fc.boolean(),
        state_category: fc.constantFrom('open', 'paused'),
      });
      fc.assert(
        fc.property(shared, (one) => {
          expect(at({ ...one, impact: 1 })).toBeLessThan(at({ ...one, impact: 2 }));
          expect(at({ ...one, impact: 2 })).toBeLessThan(at({ ...one, impact: 3 }));
        }),
      );
    });

    test('what is new and stops many comes before what is small and a day late, with or without a promise', () => {
      fc.assert(
        fc.property(fc.option(within(2)), within(1), fc.boolean(), (promise, late, answered) => {
          const fresh = at({ impact: 1, opened_at: now, due_at: promise === null ? null : now + promise });
          expect(fresh).toBeLessThan(at({ ...small, opened_at: now - 8 * day, due_at: now - late - 1, answered }));
        }),
      );
    });

    test('what is on hold without a date comes after the same in work, and after what is small and due', () => {
      fc.assert(
        fc.property(within(3), fc.constantFrom(1, 2, 3), (due, impact) => {
          const held = at({ impact, state_category: 'paused', due_at: now + due });
          expect(at({ impact, due_at: now + due })).toBeLessThan(held);
          expect(at({ ...small, due_at: now + day })).toBeLessThan(held);
        }),
      );
    });

    test('nothing starves: what is small and late is passed by nothing that comes later than all weights together', () => {
      const { impact_1_minutes, major_minutes, answer_minutes } = deliveredWeights;
      const most = (impact_1_minutes + major_minutes + answer_minutes) * 60_000;
      fc.assert(
        fc.property(within(30), within(30), (due, later) => {
          const heaviest = { impact: 1, major: true, answered: true, opened_at: now + most + later };
          const one = at({ ...small, opened_at: now - due, due_at: now - 1 });
          expect(one).toBeLessThan(at({ ...heaviest, due_at: now + most + later }));
        }),
      );
    });

    test('ten days late what is small comes before what is new and stops many, but for a major incident', () => {
      const late = at({ ...small, due_at: now - 11 * day });
      const fresh = { impact: 1, due_at: now + 4 * 3_600_000, opened_at: now };
      expect(late).toBeLessThan(at(fresh));
      expect(at({ ...fresh, major: true })).toBeLessThan(late);
    });
  });

  test('a team goes before its department, a department before everybody, the newest of several', () => {
    const all = [
      order({ id: 'all' }),
      order({ id: 'old', department: 'it', serial: 2 }),
      order({ id: 'new', department: 'it', serial: 3 }),
      order({ id: 'net', team_id: 'net', serial: 4 }),
    ];
    const named = (record: { department: string | null; team_id: string | null }) => orderFor(all, record, order()).id;
    expect(named({ department: 'it', team_id: 'net' })).toBe('net');
    expect(named({ department: 'it', team_id: null })).toBe('new');
    expect(named({ department: 'hr', team_id: null })).toBe('all');
  });
});

describe('the queue', () => {
  let opened: Door;
  const places = new Map<string, string>();
  beforeAll(async () => {
    opened = await door();
    const { story: told } = opened;
    for (const [title, input] of [
      ['plain', {}],
      ['heavy', { service_id: 'Card payments' }],
      ['wide', { impact: 1 }],
      ['network', { team_id: 'Network' }],
    ] as const)
      places.set(title, String((await told.act('incident.log', null, { title, ...input }, 'sam@x.test')).number));
  });
  afterAll(() => opened.end());
  const row = async (title: string) => (await (await opened.as('sam')).get(`/incidents/${places.get(title)}`)).body;
  const at = async (title: string) => (await row(title)).queue_at;
  const queue = async (more = '') =>
    (await (await opened.as('sam')).get(`/incidents?state=new,assigned,in_progress,on_hold&sort=queue_at${more}`)).body;

  test('is the default order of what is open: without a promise by opening, impact and goal earlier', async () => {
    expect((await queue()).items.map(({ title }) => title)).toEqual(['wide', 'heavy', 'plain', 'network']);
    expect(await at('plain')).toBe('2026-03-09T09:00:00.000Z');
    expect(await at('wide')).toBe('2026-02-27T09:00:00.000Z');
    expect(await at('heavy')).toBe('2026-03-09T08:30:00.000Z');
  });

  test('moves with the act itself: held, resumed, resolved, reopened, taken back', async () => {
    const sam = await opened.as('sam');
    const number = places.get('plain');
    const held = await sam.post(`/incidents/${number}/hold`, {
      hold_reason: 'supplier',
      hold_until: '2026-03-04T09:00:00Z',
    });
    expect(held.body.queue_at).toBe('2026-03-04T09:00:00.000Z');
    const undo = (held.body as { undo?: { line: string } }).undo!;
    const back = await sam.post(`/incidents/${number}/undo`, { line: undo.line });
    expect(back.status).toBe(200);
    expect(await at('plain')).toBe('2026-03-09T09:00:00.000Z');
    await sam.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Done.' });
    expect(await at('plain')).toBeNull();
    await sam.post(`/incidents/${number}/reopen`, { reason: 'Again.' });
    expect(await at('plain')).toBe('2026-03-09T09:00:00.000Z');
  });

  test('an answer of the requester moves it, the answer of the team moves it back', async () => {
    const { story: told } = opened;
    const mine = await told.act('incident.log', null, { title: 'asked' }, 'rita@x.test');
    places.set('asked', String(mine.number));
    expect(await at('asked')).toBe('2026-03-09T09:00:00.000Z');
    await told.act('incident.comment', String(mine.id), { text: 'It is still there.' }, 'rita@x.test');
    expect(await at('asked')).toBe('2026-03-09T08:00:00.000Z');
    await told.act('incident.comment', String(mine.id), { text: 'We look at it.' }, 'sam@x.test');
    expect(await at('asked')).toBe('2026-03-09T09:00:00.000Z');
  });

  test('another order shows its effect before it is saved, and places what is open anew afterwards', async () => {
    const ada = await opened.as('ada');
    const draft = { team_id: 'Network', without_due_hours: 1 };
    const trial = await ada.post('/queue-orders/try', draft);
    expect(trial.status).toBe(200);
    expect((trial.body as unknown as { read: number }).read).toBe(1);
    expect(await at('network')).toBe('2026-03-09T09:00:00.000Z');
    const made = await ada.post('/queue-orders', { name: 'Network first', ...draft });
    expect(made.status).toBe(201);
    await opened.settle();
    expect(await at('network')).toBe('2026-03-02T10:00:00.000Z');
    expect(await at('plain')).toBe('2026-03-09T09:00:00.000Z');
    const why = await (await opened.as('sam')).get(`/queue-places?incident=${places.get('network')}`);
    expect(why.body.items[0]).toMatchObject({
      base: { kind: 'opened' },
      order: { number: made.body.number, version: 1 },
      parts: [],
    });
    const more = await ada.post(`/queue-orders/${made.body.number}/try`, { impact_1_minutes: 5 });
    expect(more.status).toBe(200);
    await ada.post(`/queue-orders/${made.body.number}/retire`, {});
    await opened.settle();
    expect(await at('network')).toBe('2026-03-09T09:00:00.000Z');
  });

  test('a service for another goal places its incidents anew', async () => {
    const ines = await opened.as('ines');
    const changed = await ines.patch('/services/SVC-1001', {
      goals: [{ goal_id: 'Card payment at every door', weight: 6 }],
    });
    expect(changed.status).toBe(200);
    await opened.settle();
    expect(await at('heavy')).toBe('2026-03-09T08:00:00.000Z');
  });

  test('goals that are switched off weigh nothing and are not spoken of', async () => {
    const [ada, sam] = [await opened.as('ada'), await opened.as('sam')];
    await foundPractices(await opened.story.context());
    expect((await ada.post('/practices/goals/switch_off', { reason: 'Not yet.' })).status).toBe(200);
    await opened.settle();
    expect(await at('heavy')).toBe('2026-03-09T09:00:00.000Z');
    const told = await sam.get(`/queue-places?incident=${places.get('heavy')}`);
    expect(told.body.items[0]).toMatchObject({ parts: [] });
    expect(told.text).not.toMatch(/goal/i);
    const made = await ada.post('/queue-orders', { name: 'Without', team_id: 'Network' });
    expect([made.status, 'goal_minutes' in made.body]).toEqual([201, false]);
    expect((await ada.get('/openapi.json')).text).not.toContain('goal_minutes');
    await ada.post(`/queue-orders/${made.body.number}/retire`, {});
    expect((await ada.post('/practices/goals/switch_on', {})).status).toBe(200);
    await opened.settle();
    expect(await at('heavy')).toBe('2026-03-09T08:00:00.000Z');
  });

  test('what was placed by an old copy of the orders is placed anew', async () => {
    const ada = await opened.as('ada');
    const made = await ada.post('/queue-orders', { name: 'Soon', team_id: 'Network', without_due_hours: 2 });
    await opened.settle();
    const log = async (title: string) => {
      const one = await opened.story.act('incident.log', null, { title, team_id: 'Network' }, 'sam@x.test');
      places.set(title, String(one.number));
      return (one.queue_at as Date).toISOString();
    };
    expect(await log('before')).toBe('2026-03-02T11:00:00.000Z');
    // Another process changes the order: this one does not know.
    const { db } = opened.story;
    await sql`update queue_order set without_due_hours = 5 where id = ${made.body.id}::uuid`.execute(db);
    await sql`update queue_book set token = gen_random_uuid()`.execute(db);
    expect(await log('meanwhile')).toBe('2026-03-02T11:00:00.000Z');
    await opened.settle();
    expect([await at('before'), await at('meanwhile')]).toEqual(Array(2).fill('2026-03-02T14:00:00.000Z'));
    expect(await log('after')).toBe('2026-03-02T14:00:00.000Z');
    await ada.post(`/queue-orders/${made.body.number}/retire`, {});
    await opened.settle();
  });

  test('who places while everything is to be placed anew is waited for; who asks for that twice has it once', async () => {
    const { story: told } = opened;
    await sql`insert into queue_review (id) select gen_random_uuid() from generate_series(1, 3)`.execute(told.db);
    const context = await told.context('sam@x.test');
    await told.db
      .transaction()
      .execute(async (db) => {
        const input = { title: 'under way', team_id: 'Network' };
        await performOne({ ...context, db }, told.house.verbs.get('incident.log')!, { input });
        const other = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(7310458203) as free`.execute(
          told.db,
        );
        expect(other.rows[0]!.free).toBe(false);
        throw new Error('taken back');
      })
      .catch((problem: Error) => expect(problem.message).toBe('taken back'));
    expect(await placePending(told.db)).toBeGreaterThan(0);
    const left = await sql<{ begun: boolean }>`select begun from queue_review`.execute(told.db);
    expect(left.rows).toEqual([{ begun: true }]);
    await opened.settle();
  });

  test('many trials at once do not wait for each other, and each keeps its answer', async () => {
    const ada = await opened.as('ada');
    const tried = await Promise.all(
      Array.from({ length: 24 }, (_one, at) => ada.post('/queue-orders/try', {}, { 'idempotency-key': `trial ${at}` })),
    );
    expect(tried.map(({ status }) => status)).toEqual(Array(24).fill(200));
    const again = await ada.post('/queue-orders/try', {}, { 'idempotency-key': 'trial 3' });
    expect([again.headers['idempotency-replayed'], again.text]).toEqual(['true', tried[3]!.text]);
  });

  test('who spoke last counts for what came in with its past, and for what is open again', async () => {
    const { story: told } = opened;
    const { id, department } = await told.act('incident.log', null, { title: 'unsaid' }, 'sam@x.test');
    const unsaid = (await told.row('incident', String(id))).queue_at as Date;
    const rita = (await told.context('rita@x.test')).actor.id;
    const at = told.now();
    const said = { kind: 'comment', text: 'Still dark.', author_id: rita, author_kind: 'person', at };
    const came = (title: string, more: Row) => ({
      lines: [
        {
          past: 'logged',
          at,
          actor_id: rita,
          cause: null,
          set: { title, department, requester_id: rita, channel: 'api', impact: 3, urgency: 3, priority: 5, ...more },
        },
      ],
      children: [{ table: 'comment', insert: { id: newId(at), ...said } }],
    });
    const [open, over] = await performPast(await told.context(), told.house.types.get('incident')!, [
      came('came in', { state: 'new' }),
      came('came in, over', { state: 'resolved', resolved_at: at }),
    ]);
    const placeOf = async (one: Row) => {
      const sam = await opened.as('sam');
      return (await sam.get(`/incidents?number=${one.number}`)).body.items[0]!.queue_at;
    };
    const waits = new Date(unsaid.getTime() - deliveredWeights.answer_minutes * 60_000).toISOString();
    expect(await placeOf(open!)).toBe(waits);
    await told.act('incident.reopen', String(over!.id), { reason: 'Again.' }, 'sam@x.test');
    expect(await placeOf(over!)).toBe(waits);
    for (const one of [open!.id, over!.id, id])
      await told.act(
        'incident.resolve',
        String(one),
        { resolution_code: 'fixed', resolution_note: 'Done.' },
        'sam@x.test',
      );
  });

  test('only those who order queues try an order, and a requester reads no places', async () => {
    expect((await (await opened.as('sam')).post('/queue-orders/try', {})).status).toBe(403);
    expect((await (await opened.as('sam')).post('/queue-orders', { name: 'Mine' })).status).toBe(403);
    const rita = await opened.as('rita');
    expect((await rita.get(`/queue-places?incident=${places.get('asked')}`)).body.items).toEqual([]);
    const ada = await opened.as('ada');
    expect((await ada.post('/queue-orders/try', { impact_1_minutes: -1 })).status).toBe(422);
    expect((await ada.post('/queue-orders/try', { team_id: 'Nobody' })).body.errors[0]!.field).toBe('team_id');
    expect((await ada.get('/queue-places')).status).toBe(400);
  });

  test('what the list says is what the formula says, for every open incident', async () => {
    const sam = await opened.as('sam');
    const { items } = await queue();
    const told = await sam.get(`/queue-places?incident=${items.map(({ number }) => number).join()}`);
    const said = new Map(told.body.items.map((one) => [one.number, one.queue_at]));
    expect(items.map(({ number, queue_at }) => [number, queue_at])).toEqual(
      items.map(({ number }) => [number, said.get(number)]),
    );
    expect(items.length).toBe(8);
  });
});
