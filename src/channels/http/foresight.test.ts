import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { rows, sql } from '../../kernel/database';
import { deliveredMatrix } from '../../practices/operation/incident';
import { foundPractices } from '../../value-streams/keep-practices';

let open: Door;
let ada: Caller;
let sam: Caller;

interface Seen {
  changes: { field: string; before: unknown; after: unknown; secret: boolean }[];
  effects: { code: string; count: number; sentence: string; values: Record<string, string> }[];
  led_to: { name: string; count: number }[];
}
const seen = (answer: Answer) => answer.body as unknown as Seen;
const effect = (answer: Answer, code: string) => seen(answer).effects.find((one) => one.code === code);

beforeAll(async () => {
  open = await door();
  await foundPractices(await open.story.context());
  [ada, sam] = [await open.as('ada'), await open.as('sam')];
  for (const title of ['One', 'Two', 'Three'])
    await sam.post('/incidents', {
      title,
      department: 'it',
      service_id: 'Card payments',
      assignee_id: 'sam@x.test',
      team_id: 'Service desk',
    });
  await open.settle();
}, 60_000);
afterAll(() => open?.end());

const written = async () =>
  (
    await rows<{ n: number; v: number }>(
      open.story.db,
      sql`select (select count(*)::int from history) as n, (select sum(version)::int from record) as v`,
    )
  )[0];

test('looking at the effect keeps nothing', async () => {
  const before = await written();
  const looked = await ada.post('/teams/TEAM-1001/preview', {
    verb: 'edit',
    input: { name: 'First line', member_ids: [] },
  });
  expect(looked.status, looked.text).toBe(200);
  expect(seen(looked).changes.map(({ field, after }) => [field, after])).toEqual([
    ['name', 'First line'],
    ['member_ids', []],
  ]);
  expect(effect(looked, 'work_of_who_goes')).toMatchObject({ count: 3, values: { people: 'Sam Test' } });
  expect(seen(looked).led_to).toEqual([{ name: 'person.regrouped', count: 1 }]);
  expect(await written()).toEqual(before);
});

test('only whoever may do it may look, and what would be refused is refused', async () => {
  expect((await sam.post('/teams/TEAM-1001/preview', { verb: 'edit', input: { name: 'x' } })).status).toBe(403);
  expect((await (await open.as('rita')).post('/teams/TEAM-1001/preview', { verb: 'edit', input: {} })).status).toBe(
    404,
  );
  expect((await ada.post('/teams/TEAM-1001/preview', { verb: 'fly' })).status).toBe(422);
  const long = await ada.post('/departments/preview', { input: { key: 'IT!', name: 'x' } });
  expect([long.status, long.body.errors[0]?.field]).toEqual([422, 'key']);
});

test('a matrix tells how many open incidents would get another priority', async () => {
  const looked = await ada.post('/incident-models/preview', {
    input: {
      name: 'Strict',
      effective_on: '2026-01-01',
      reopen_days: 14,
      close_days: 5,
      matrix: { ...deliveredMatrix, '33': 1 },
    },
  });
  expect(looked.status, looked.text).toBe(200);
  expect(effect(looked, 'another_priority')).toMatchObject({ count: 3, values: { moves: 'P5 → P1: 3' } });
  expect((await ada.get('/incident-models')).body.items).toEqual([]);
});

test('a wall tells who loses sight of how much', async () => {
  const looked = await ada.post('/departments/finance/preview', { verb: 'edit', input: { confidential: true } });
  expect(effect(looked, 'lose_sight')?.values.people).toContain('Otto Test');
  expect(effect(looked, 'lose_sight')?.values.people).not.toContain('Fred Test');
});

test('a role taken away tells what is no longer possible', async () => {
  const [person] = (await ada.get('/people?email=sam@x.test')).body.items;
  const looked = await ada.post(`/people/${person!.number}/preview`, { verb: 'edit', input: { roles: ['requester'] } });
  expect(effect(looked, 'may_no_longer')?.values.verbs).toContain('incident.resolve');
  expect(effect(looked, 'work_stays')?.count).toBe(3);
});

test('an own field that goes tells how many values go with it', async () => {
  const made = await ada.post('/custom-fields', {
    record_type: 'incident',
    key: 'x_floor',
    label: 'Floor',
    kind: 'choice',
    choices: ['1', '2'],
  });
  await sam.patch('/incidents/INC-1001', { x_floor: '2' });
  const { number } = made.body;
  expect(effect(await ada.post(`/custom-fields/${number}/preview`, { verb: 'retire' }), 'values_go')?.count).toBe(1);
  const fewer = await ada.post(`/custom-fields/${number}/preview`, { verb: 'edit', input: { choices: ['1'] } });
  expect(effect(fewer, 'choices_go')).toMatchObject({ count: 1, values: { choices: '2' } });
});

test('what is retired tells what still names it', async () => {
  const looked = await ada.post('/teams/TEAM-1001/preview', { verb: 'retire' });
  const named = seen(looked).effects.filter(({ code }) => code === 'still_named');
  expect(named.map(({ values, count }) => [values.type, count])).toEqual(
    expect.arrayContaining([
      ['incident', 3],
      ['service', 1],
    ]),
  );
});

test('a practice tells what goes out of sight with it', async () => {
  await sam.post('/problems', {
    title: 'The cause',
    department: 'it',
    assignee_id: 'sam@x.test',
    team_id: 'Service desk',
  });
  await sam.post('/views', { name: 'Causes', audience: 'own', record_type: 'problem' });
  const looked = await ada.post('/practices/problems/preview', { verb: 'switch_off' });
  expect(effect(looked, 'out_of_sight')).toMatchObject({
    count: 1,
    sentence: '1 open problem goes out of sight, kept as it is.',
  });
  expect(effect(looked, 'work_of')?.count).toBe(1);
  expect((await sam.get('/problems')).status).toBe(200);
});

test('an earlier version comes back as an edit, long after', async () => {
  const team = async () => (await ada.get('/teams/TEAM-1002')).body as unknown as Record<string, unknown>;
  const first = await team();
  const [made] = (await ada.get('/teams/TEAM-1002/history')).body.items;
  await ada.patch('/teams/TEAM-1002', { name: 'Net', member_ids: [], skills: ['dns'] });
  open.story.clock.advance(86_400);
  const looked = await ada.post('/teams/TEAM-1002/preview', { verb: 'back', input: { line: made!.id } });
  expect(
    seen(looked)
      .changes.map(({ field }) => field)
      .sort(),
  ).toEqual(['member_ids', 'name', 'skills']);
  const back = await ada.post('/teams/TEAM-1002/back', { line: made!.id, reason: 'It was better.' });
  expect(back.status, back.text).toBe(200);
  const now = await team();
  for (const field of ['name', 'member_ids', 'skills']) expect(now[field]).toEqual(first[field]);
  const again = await ada.post('/teams/TEAM-1002/back', { line: made!.id });
  expect([again.status, again.body.detail]).toEqual([409, 'TEAM-1002 is now what it was then.']);
  expect((await sam.post('/teams/TEAM-1002/back', { line: made!.id })).status).toBe(409);
  expect((await ada.post('/teams/TEAM-1002/back', { line: 'nothing' })).status).toBe(404);
});

test('what no longer fits is refused with a sentence', async () => {
  const { id } = (await ada.post('/departments', { key: 'lab', name: 'Laboratory' })).body;
  await ada.post('/departments', { key: 'shop', name: 'Shop' });
  const [made] = (await ada.get('/departments/lab/history')).body.items;
  await ada.patch(`/departments/${id}`, { key: 'old-lab' });
  await ada.patch('/departments/shop', { key: 'lab' });
  const back = await ada.post(`/departments/${id}/back`, { line: made!.id });
  expect([back.status, back.body.detail]).toEqual([422, 'Another department already has this key.']);
});

test('no figure counts what lies behind a wall of whoever looks', async () => {
  const hana = await open.as('hana');
  const told = async () =>
    (await ada.post('/departments/hr/preview', { verb: 'edit', input: { confidential: false } })).text;
  const before = await told();
  expect(before).toContain('sight of its records (0 of them in your sight)');
  const person = (await ada.get('/people?email=hana@x.test')).body.items[0]!.number;
  const leaves = () => ada.post(`/people/${person}/preview`, { verb: 'edit', input: { roles: ['requester'] } });
  const without = (await leaves()).text;
  const made = await hana.post('/incidents', {
    title: 'Between us',
    department: 'hr',
    assignee_id: 'hana@x.test',
    team_id: 'HR services',
  });
  expect(made.status, made.text).toBe(201);
  expect(await told()).toBe(before);
  expect((await leaves()).text).toBe(without);
  expect((await ada.post('/teams/TEAM-1003/preview', { verb: 'retire' })).status).toBe(404);
});

test('a calendar tells how many running clocks get another due time, and webhooks what they would have been told', async () => {
  const days = (from: string, until: string) =>
    Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [[from, until]]]));
  const calendar = await ada.post('/calendars', { name: 'Office', timezone: 'UTC', hours: days('08:00', '18:00') });
  expect(calendar.status, calendar.text).toBe(201);
  const agreement = await ada.post('/agreements', {
    name: 'Standard',
    calendar_id: 'Office',
    targets: [{ target: 'resolution', seconds: 4 * 3600 }],
    effective_on: '2026-01-01',
    parties: ['rita@x.test'],
  });
  expect(agreement.status, agreement.text).toBe(201);
  expect((await ada.post(`/agreements/${agreement.body.number}/publish`, {})).status).toBe(200);
  const one = await sam.post('/incidents', { title: 'Within hours', department: 'it' });
  await open.settle();
  const due = async () => (await sam.get(`/incidents/${one.body.number}`)).body as unknown as { due_at: string };
  const before = await due();
  expect(before.due_at).not.toBeNull();
  const path = `/calendars/${calendar.body.number}`;
  const looked = await ada.post(`${path}/preview`, { verb: 'edit', input: { hours: days('12:00', '13:00') } });
  expect(effect(looked, 'due_anew')?.count).toBeGreaterThan(0);
  const named = await ada.post(`${path}/preview`, { verb: 'edit', input: { name: 'Bureau' } });
  expect(effect(named, 'due_anew')).toBeUndefined();
  expect(await due()).toEqual(before);
  const hook = await ada.post('/webhooks/preview', {
    input: { name: 'Chat', owner_id: 'ada@x.test', address: 'https://chat.x.test/in', events: ['incident.logged'] },
  });
  expect(effect(hook, 'told_week')?.count).toBeGreaterThan(0);
  expect(hook.text).not.toContain('whsec_');
});
