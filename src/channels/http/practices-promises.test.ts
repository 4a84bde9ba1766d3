import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { foundPractices } from '../../value-streams/keep-practices';

const everybody = ['rita', 'sam', 'cho', 'ines', 'hana', 'carla', 'otto', 'ada'];
/** Two organisations with one life: in the first service levels rest for a day of it, in the second never. */
let doors: [Door, Door];
const opened: Door[] = [];
let numbers: string[];

async function begin(): Promise<Door> {
  const one = await door();
  opened.push(one);
  await foundPractices(await one.story.context());
  const ada = await one.as('ada');
  await ada.post('/calendars', {
    name: 'Always',
    timezone: 'UTC',
    hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['00:00', '24:00']]])),
  });
  const made = await ada.post('/agreements', {
    name: 'Standard',
    calendar_id: 'Always',
    match: { service_id: 'Card payments' },
    targets: [
      { target: 'first_response', seconds: 1800 },
      { target: 'resolution', seconds: 14_400 },
    ],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  expect(made.status, made.text).toBe(201);
  expect((await ada.post(`/agreements/${made.body.number}/publish`, {})).status).toBe(200);
  await one.settle();
  return one;
}

const both = async <T>(act: (caller: (who: string) => Promise<Caller>, at: Door) => Promise<T>): Promise<[T, T]> => [
  await act((who) => doors[0].as(who), doors[0]),
  await act((who) => doors[1].as(who), doors[1]),
];

async function log(title: string, more: object = {}): Promise<string> {
  const made = await both(async (as) =>
    (await as('sam')).post('/incidents', {
      title,
      department: 'it',
      service_id: 'Card payments',
      requester_id: 'rita@x.test',
      ...more,
    }),
  );
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  expect(made[0].body.number).toBe(made[1].body.number);
  return made[0].body.number;
}

beforeAll(async () => {
  doors = [await begin(), await begin()];
  numbers = [await log('Broken before'), await log('Running'), await log('Answered meanwhile')];
  await both(async (_as, { story }) => story.later(40));
}, 120_000);
afterAll(async () => {
  for (const one of opened) await one.end();
});

const flip = async (verb: string, input: object = {}, key = 'service_levels') =>
  (await doors[0].as('ada')).post(`/practices/${key}/${verb}`, input);
const rest = async (at: Door = doors[0]) => at.settle();

/** Every place where a promise is told. */
const asked = () => [
  '/incidents?limit=100',
  '/incidents?limit=100&sort=queue_at&state_category=open,paused',
  ...numbers.flatMap((number) => [
    `/incidents/${number}?with=clocks,history,context,line-of-sight`,
    `/incidents/${number}/history`,
    `/incidents/${number}/clocks`,
    `/incidents/${number}/context`,
    `/queue-places?incident=${number}`,
  ]),
  '/record-types',
  '/history?limit=200',
  '/search?q=standard',
  '/search?q=always',
  '/me/notifications',
  '/me/notices',
  '/openapi.json',
  '/views',
  '/services?limit=10',
  '/assignment-rules/condition-fields',
  '/action-rules/condition-fields',
  '/incidents?format=csv',
  '/incidents?format=jsonl',
];
const gone = [
  '/agreements',
  '/calendars',
  '/measures/promises',
  '/holidays?country=DE&year=2026',
  '/incidents?sort=due_at',
  '/incidents?due_at.empty=true',
  '/incidents?fields=number,due_at',
  '/measures/intake?by=target',
];
const promised =
  /.{0,60}("?due_at|"due"|"promises?"|breached|\bwarned\b|agreement|calendars?\b|\bclocks?\b|first_response|target_s).{0,60}/i;
/** Words that speak of something else: the clock of a demonstration, when a mail is due, what the practice is. */
const innocent = (text: string) =>
  text
    .replaceAll(/"sent_at","due_at"|"problem","due_at"|"due_at":\{"type":"string","format":"date-time"\}/g, '')
    .replaceAll(/"field":"record_types","before":\[\],"after":\["agreement","calendar"\]/g, '')
    .replaceAll(/"\/api\/v1\/clock":\{.*?\}\}\}(?=,"\/api)/g, '')
    .replaceAll(
      /the clock|clock that|around the clock|moveClock|\/api\/v1\/clock|calendar of changes|calendar day/gi,
      '',
    );

test('the effect is told before it is switched off, and what it needs is named', async () => {
  const ada = await doors[0].as('ada');
  const looked = await ada.post('/practices/service_levels/preview', { verb: 'switch_off' });
  expect(looked.status, looked.text).toBe(200);
  const effects = (looked.body as unknown as { effects: { code: string; count: number }[] }).effects;
  expect(effects.find(({ code }) => code === 'clocks_rest')?.count).toBe(3);
  const refused = await flip('switch_off', {}, 'services');
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('Service levels');
});

test('switched off, no promise is told to anybody, anywhere', async () => {
  expect((await (await doors[0].as('sam')).get(`/incidents/${numbers[1]}`)).body.due_at).toBe(
    '2026-03-02T09:30:00.000Z',
  );
  expect((await flip('switch_off', { reason: 'Later.' })).status).toBe(200);
  await rest();
  for (const who of everybody) {
    const caller = await doors[0].as(who);
    for (const address of gone)
      expect([who, address, (await caller.get(address)).status >= 400]).toEqual([who, address, true]);
    for (const address of asked()) {
      const { text, status } = await caller.get(address);
      expect([who, address, status < 500]).toEqual([who, address, true]);
      expect([who, address, promised.exec(innocent(text))?.[0]]).toEqual([who, address, undefined]);
    }
  }
  const sam = await doors[0].as('sam');
  const place = await sam.get(`/queue-places?incident=${numbers[1]}`);
  expect(place.body.items[0]).toMatchObject({ base: { kind: 'opened' } });
  // A bulk preview and an edit tell of no promise either.
  const edited = await sam.patch(`/incidents/${numbers[1]}`, { title: 'Still running' });
  expect(edited.body).not.toHaveProperty('due_at');
  await (await doors[1].as('sam')).patch(`/incidents/${numbers[1]}`, { title: 'Still running' });
});

test('what happened meanwhile is judged by the same rules when it comes back: as if it had never been off', async () => {
  numbers.push(await log('Logged meanwhile'));
  await both(async (_as, { story }) => story.later(30));
  await both(async (as) => {
    const sam = await as('sam');
    await sam.post(`/incidents/${numbers[2]}/comment`, { text: 'We are at it.' });
    await sam.post(`/incidents/${numbers[2]}/hold`, { hold_reason: 'supplier' });
  });
  await both(async (_as, { story }) => story.later(300));
  await both(async (as) => {
    const sam = await as('sam');
    await sam.post(`/incidents/${numbers[2]}/resume`, {});
    await sam.post(`/incidents/${numbers[0]}/resolve`, { resolution_code: 'fixed', resolution_note: 'Restarted.' });
  });
  // A warning that was overtaken by what it warned of is told no more.
  const names = async (at: Door, number: string) =>
    (await (await at.as('sam')).get(`/incidents/${number}/history?limit=100`)).body.items
      .filter(({ name }) => name !== 'incident.warned')
      .map((line) => `${line.name} ${line.at}`)
      .sort();
  expect((await names(doors[0], numbers[1]!)).join()).not.toMatch(/breached|warned/);
  expect((await flip('switch_on')).status).toBe(200);
  await rest();
  await rest(doors[1]);
  for (const number of numbers) {
    const seen = await both(async (as) => {
      const sam = await as('sam');
      const { due_at, queue_at } = (await sam.get(`/incidents/${number}`)).body;
      const clocks = (await sam.get(`/incidents/${number}/clocks`)).text;
      // Each organisation has ids of its own.
      return { due_at, queue_at, clocks: clocks.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, 'id') };
    });
    expect([number, seen[0]]).toEqual([number, seen[1]]);
    expect([number, await names(doors[0], number)]).toEqual([number, await names(doors[1], number)]);
  }
  const figures = await both(async (as) => (await as('carla')).get('/measures/promises?by=target'));
  expect(figures[0].body.items.length).toBeGreaterThan(0);
  expect(figures[0].body).toEqual(figures[1].body);
}, 60_000);

test('taken back within seconds, everything is due again', async () => {
  const done = await flip('switch_off');
  await rest();
  const { undo } = done.body as unknown as { undo: { line: string } };
  const ada = await doors[0].as('ada');
  expect((await ada.post('/practices/service_levels/undo', { line: undo.line })).status).toBe(200);
  await rest();
  const open = await both(async (as) => (await (await as('sam')).get(`/incidents/${numbers[1]}`)).body);
  expect([open[0].due_at, open[0].queue_at]).toEqual([open[1].due_at, open[1].queue_at]);
});
