import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import type { incidentContext } from '.';

let opened: Door;
let [sam, cho, ines, rita, ada, hana]: Caller[] = [];
let mine = '';
let change = '';
let known = '';

const hours = (from: number) => new Date(opened.story.now().getTime() + from * 3_600_000).toISOString();

beforeAll(async () => {
  opened = await door();
  await opened.story.act('person.create', null, {
    name: 'Pam Test',
    email: 'pam@x.test',
    roles: ['agent', 'problem_manager'],
    departments: ['it'],
  });
  [sam, cho, ines, rita, ada, hana] = await Promise.all(
    ['sam', 'cho', 'ines', 'rita', 'ada', 'hana'].map((who) => opened.as(who)),
  );
  await opened.story.act('configuration_item.create', null, {
    name: 'Reader of Rita',
    department: 'it',
    owner_id: 'rita@x.test',
  });
  await opened.story.act('configuration_item.edit', await idOf('configuration-items', 'CI-1001'), {
    depends_on_ids: ['Reader of Rita'],
  });
  const whole = {
    title: 'New certificate',
    description: 'x',
    reason: 'x',
    service_id: 'Card payments',
    configuration_item_ids: ['pay-gw-2'],
    implementation_plan: 'x',
    test_plan: 'x',
    backout_plan: 'x',
  };
  const make = async (more: object, approve: boolean) => {
    const { number } = (await cho!.post('/changes', { ...whole, ...more })).body;
    await cho!.post(`/changes/${number}/submit`);
    await sam!.post(`/changes/${number}/assess`);
    await sam!.post(`/changes/${number}/refer`, { risk_level: 'low', impact: 2, assessment: 'x' });
    if (approve) await ines!.post(`/changes/${number}/approve`);
    return number;
  };
  change = await make({ planned_start: hours(-2), planned_end: hours(4) }, true);
  await cho!.post(`/changes/${change}/implement`);
  await make({ title: 'Next one', planned_start: hours(20), planned_end: hours(22) }, false);
  known = (
    await sam!.post('/problems', {
      title: 'Certificates renewed by hand',
      configuration_item_ids: ['Reader of Rita'],
      origin: 'risk',
      priority: 2,
      assignee_id: 'sam@x.test',
    })
  ).body.number;
  const pam = await opened.as('pam');
  await pam.post(`/problems/${known}/assess`);
  await sam!.post(`/problems/${known}/investigate`, { analysis_method: 'x' });
  await sam!.post(`/problems/${known}/document`, { workaround: 'Put the old one back.' });

  const log = async (input: object) => (await sam!.post('/incidents', { requester_id: 'rita@x.test', ...input })).body;
  const solved = await log({ title: 'Cards declined at the door with code 91', service_id: 'Card payments' });
  await sam!.post(`/incidents/${solved.number}/resolve`, {
    resolution_code: 'fixed',
    resolution_note: 'Old one back.',
  });
  await log({ title: 'Window does not close' });
  mine = (
    await log({
      title: 'Cards declined at the door, DP 12',
      configuration_item_id: 'pay-gw-2',
      service_id: 'Card payments',
    })
  ).number;
  await log({ title: 'All cards declined at the counter', configuration_item_id: 'pay-gw-2' });
  await log({ title: 'Part of it', parent_id: mine });
}, 120_000);
afterAll(() => opened?.end());

const idOf = async (plural: string, number: string) => (await ada!.get(`/${plural}/${number}`)).body.id;
const context = async (who: Caller, number = mine) => {
  const answer = await who.get(`/incidents/${number}/context`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as unknown as Awaited<ReturnType<typeof incidentContext>>;
};

describe('the context of an incident', () => {
  test('tells who asked, what they own and what else they wait for', async () => {
    const { requester } = await context(sam!);
    expect(requester).toMatchObject({
      person: { name: 'Rita Test' },
      absent: null,
      devices: [{ name: 'Reader of Rita' }],
      open: { total: 3 },
    });
  });

  test('tells of changes near it: what began before it, what is planned next, and why', async () => {
    const { changes } = await context(sam!);
    expect(changes.recent).toMatchObject([
      { number: change, why: { near: ['component', 'service'], hours_before: 0 } },
    ]);
    expect(changes.planned).toMatchObject([{ name: 'Next one', state: 'awaiting_authorization' }]);
    expect(changes.why).toMatchObject({ rule: 'changes_near', inputs: { hours_before: 72 } });
  });

  test('finds open and solved ones like it by words and component, each with the reason, and nothing else', async () => {
    const { similar } = await context(sam!);
    expect(similar.open).toMatchObject([
      { name: 'All cards declined at the counter', why: { words: ['declined', 'cards'], same: ['component'] } },
    ]);
    expect(similar.solved).toMatchObject([
      { name: 'Cards declined at the door with code 91', resolution_note: 'Old one back.', why: { same: ['service'] } },
    ]);
    expect(similar.why.inputs.words).toContain('declined');
  });

  test('tells known errors of what its component needs, with the workaround', async () => {
    const { known_errors } = await context(sam!);
    expect(known_errors.items).toMatchObject([
      { number: known, workaround: 'Put the old one back.', why: { near: ['needed_component'] } },
    ]);
  });

  test('tells the service with its health, the goals, who else is affected and what is part of it', async () => {
    const { service, goals, affected, assignment } = await context(sam!);
    expect(assignment?.sentence).toBe('Service desk operates the service Card payments.');
    expect(service).toMatchObject({ name: 'Card payments' });
    expect(goals).toMatchObject([{ name: 'Card payment at every door', weight: 3 }]);
    expect(affected).toMatchObject({ total: 1, people: 1, children: { total: 1, items: [{ name: 'Part of it' }] } });
  });

  test('is for the team: its requester is told so, others do not know the incident', async () => {
    expect((await rita!.get(`/incidents/${mine}/context`)).status).toBe(403);
    expect((await hana!.get(`/incidents/${mine}/context`)).status).toBe(404);
  });

  test('of an incident about nothing holds nothing', async () => {
    const bare = (await sam!.post('/incidents', { title: 'The' })).body.number;
    const found = await context(sam!, bare);
    expect(found).toMatchObject({
      service: null,
      goals: [],
      changes: { recent: [], planned: [] },
      known_errors: { items: [] },
      similar: { open: [], solved: [] },
      affected: { total: 0 },
    });
  });
});

test('“this is wrong” leaves a note for the team and reaches whoever answers for the rule', async () => {
  await opened.story.act('service.edit', await idOf('services', 'SVC-1001'), { owner_id: 'ines@x.test' });
  const silent = await sam!.post(`/incidents/${mine}/doubt`, { subject: 'similar', text: ' ' });
  expect([silent.status, silent.body.errors[0]!.field]).toEqual([422, 'text']);
  const said = await sam!.post(`/incidents/${mine}/doubt`, { subject: 'similar', text: 'That was another gateway.' });
  expect(said.status, said.text).toBe(200);
  const notes = (await sam!.get(`/incidents/${mine}/comments`)).body.items;
  expect(notes.at(-1)).toMatchObject({ kind: 'note', text: expect.stringContaining('That was another gateway.') });
  expect((await rita!.get(`/incidents/${mine}/comments`)).body.items).toEqual([]);
  await opened.settle();
  const told = (await ines!.get('/me/notifications')).body.items;
  expect(told).toContainEqual(expect.objectContaining({ kind: 'doubted', reason: 'rule' }));
  // A rule nobody answers for reaches the administrators.
  await sam!.post(`/incidents/${mine}/doubt`, { subject: 'priority', text: 'This is a 1.' });
  await opened.settle();
  expect((await ada!.get('/me/notifications')).body.items).toContainEqual(expect.objectContaining({ kind: 'doubted' }));
  expect((await rita!.post(`/incidents/${mine}/doubt`, { subject: 'similar', text: 'x' })).status).toBe(403);
});

test('changes whose windows overlap on a component are in conflict, and others are not', async () => {
  const make = async (input: object) => (await cho!.post('/changes', { title: 'x', ...input })).body.number;
  const first = await make({
    configuration_item_ids: ['pay-gw-2'],
    planned_start: hours(100),
    planned_end: hours(102),
  });
  const over = await make({ configuration_item_ids: ['pay-gw-2'], planned_start: hours(101), planned_end: hours(103) });
  await make({ configuration_item_ids: ['pay-gw-2'], planned_start: hours(102), planned_end: hours(103) });
  await make({ configuration_item_ids: ['Reader of Rita'], planned_start: hours(100), planned_end: hours(103) });
  const conflicts = await sam!.get(`/changes/${first}/conflicts`);
  expect(conflicts.body.items).toMatchObject([{ number: over, components: [{ name: 'pay-gw-2' }] }]);
  expect((await rita!.get(`/changes/${first}/conflicts`)).status).toBe(404);
});
