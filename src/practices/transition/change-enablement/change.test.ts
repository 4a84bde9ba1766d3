import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../../test/door';

let opened: Door;
let [sam, cho, ines, rita]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  await opened.story.act('person.create', null, {
    name: 'Mia Test',
    email: 'mia@x.test',
    roles: ['agent', 'change_manager'],
    departments: ['it'],
  });
  [sam, cho, ines, rita] = await Promise.all(['sam', 'cho', 'ines', 'rita'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

const hours = (from: number) => new Date(opened.story.now().getTime() + from * 3_600_000).toISOString();
const whole = () => ({
  title: 'New certificate for pay-gw-2',
  description: 'The old one ends on Sunday.',
  reason: 'It ends.',
  service_id: 'Card payments',
  configuration_item_ids: ['pay-gw-2'],
  implementation_plan: 'Put it in.',
  test_plan: 'One payment.',
  backout_plan: 'Put the old one back.',
  planned_start: hours(-1),
  planned_end: hours(3),
});
let number = '';
const at = (verb = '') => `/changes/${number}${verb && `/${verb}`}`;
const lead = async (to: 'awaiting_authorization' | 'scheduled', more: object = {}) => {
  const made = await cho!.post('/changes', { ...whole(), ...more });
  expect(made.status, made.text).toBe(201);
  number = made.body.number;
  for (const [who, verb, input] of [
    [cho!, 'submit', {}],
    [sam!, 'assess', {}],
    [sam!, 'refer', { risk_level: 'low', impact: 2, assessment: 'Fine.' }],
    ...(to === 'scheduled' ? ([[ines!, 'approve', {}]] as const) : []),
  ] as const) {
    const done = await who.post(at(verb), input);
    expect(done.status, `${verb} ${done.text}`).toBe(200);
  }
};

describe('a normal change', () => {
  test('goes from draft to closed; what the model requires is asked for, field by field', async () => {
    const made = await cho!.post('/changes', { title: 'Half a thought' });
    expect(made.body).toMatchObject({ state: 'draft', kind: 'normal', requester_id: { name: 'Cho Test' } });
    const early = await cho!.post(`/changes/${made.body.number}/submit`);
    expect(early.status).toBe(422);
    expect(early.body.errors.map(({ field }) => field).sort()).toEqual([
      'backout_plan',
      'configuration_item_ids',
      'description',
      'implementation_plan',
      'planned_end',
      'planned_start',
      'reason',
      'service_id',
      'test_plan',
    ]);
    await lead('scheduled');
    expect((await cho!.get(at())).body).toMatchObject({
      state: 'scheduled',
      approved_by_id: { name: 'Ines Test' },
      approved_at: opened.story.now().toISOString(),
    });
    expect((await cho!.post(at('implement'))).body).toMatchObject({ state: 'implementing' });
    expect((await cho!.post(at('review'), { outcome: 'failed' })).body).toMatchObject({ state: 'review' });
    const silent = await cho!.post(at('close'));
    expect([silent.status, silent.body.errors[0]!.field]).toEqual([422, 'review_note']);
    expect((await cho!.post(at('close'), { review_note: 'The chain was not whole.' })).body).toMatchObject({
      state: 'closed',
      outcome: 'failed',
    });
  });

  test('is not approved by its requester, nor by whoever submitted it', async () => {
    await lead('awaiting_authorization');
    const own = await cho!.post(at('approve'));
    expect(own.status).toBe(403);
    expect((await cho!.get(at())).body.offers).not.toContain('approve');
    expect((await sam!.post(at('approve'))).status).toBe(403);
    expect((await rita!.get(at())).status).toBe(404);

    const lent = await cho!.post('/changes', { ...whole(), requester_id: 'sam@x.test' });
    number = lent.body.number;
    await cho!.post(at('submit'));
    await sam!.post(at('assess'));
    await sam!.post(at('refer'), { risk_level: 'low', impact: 2, assessment: 'Fine.' });
    expect((await cho!.post(at('approve'))).status).toBe(403);
    expect((await (await opened.as('mia')).post(at('approve'))).status).toBe(200);
  });

  test('is approved by an owner of a service it touches, not by whoever owns others', async () => {
    await opened.story.act('person.create', null, {
      name: 'Oona Test',
      email: 'oona@x.test',
      roles: ['service_owner'],
      departments: ['it'],
    });
    const oona = await opened.as('oona');
    await lead('awaiting_authorization');
    expect((await oona.get(at())).body.offers).not.toContain('approve');
    const refused = await oona.post(at('approve'));
    expect([refused.status, (await oona.post(at('reject'), { reason: 'x' })).status]).toEqual([403, 403]);
    // A component of it serves a service of hers.
    await opened.story.act('service.create', null, { name: 'Ledger', department: 'it', owner_id: 'oona@x.test' });
    await opened.story.act('configuration_item.create', null, {
      name: 'ledger-db',
      department: 'it',
      service_ids: ['Ledger'],
    });
    await lead('awaiting_authorization', { configuration_item_ids: ['ledger-db'] });
    expect((await oona.get(at())).body).toMatchObject({ approver_ids: [{ name: 'Ines Test' }, { name: 'Oona Test' }] });
    expect((await oona.post(at('approve'))).body.state).toBe('scheduled');
  });

  test('does not start without approval, nor outside of its window', async () => {
    await lead('awaiting_authorization');
    expect((await cho!.post(at('implement'))).status).toBe(409);
    await lead('scheduled', { planned_start: hours(5), planned_end: hours(6) });
    const early = await cho!.post(at('implement'));
    expect(early.status).toBe(409);
    expect(early.body.detail).toMatch(/^Its window is from/);
  });

  test.each([
    ['implementation_plan', () => ({ implementation_plan: 'Another way.' }), 'the plan'],
    ['window', () => ({ planned_end: hours(9) }), 'the window'],
    ['components', () => ({ configuration_item_ids: [] }), 'the components'],
    ['way back', () => ({ backout_plan: 'There is none.' }), 'the way back'],
    ['description', () => ({ description: 'Something else is altered.' }), 'what is altered'],
    ['reason', () => ({ reason: 'For another reason.' }), 'the reason'],
    ['risk', () => ({ risk_level: 'high' }), 'the risk'],
  ])('an edit of the %s voids the approval, and a line says so', async (_what, input, said) => {
    await lead('scheduled');
    const edited = await cho!.patch(at(), input());
    expect(edited.body, edited.text).toMatchObject({ state: 'draft', approved_by_id: null, approved_at: null });
    expect((await cho!.post(at('implement'))).status).toBe(409);
    const [line] = (await cho!.get(at('history'))).body.items;
    expect(line).toMatchObject({
      name: 'change.edited',
      why: { sentence: expect.stringContaining(`Altered: ${said}. The approval is void.`) },
    });
    expect(line!.changes).toContainEqual({ field: 'approval', before: null, after: 'void' });
    expect(line!.changes.map(({ field }) => field)).toContain('approved_by_id');
  });

  test('keeps its approval when something else, or nothing of it, is edited', async () => {
    await lead('scheduled');
    const { planned_start } = (await cho!.get(at())).body;
    const kept = await cho!.patch(at(), {
      title: 'New certificate',
      planned_start,
      configuration_item_ids: ['pay-gw-2'],
    });
    expect(kept.body).toMatchObject({ state: 'scheduled', approved_by_id: { name: 'Ines Test' } });
  });

  test('cannot be altered behind the approval while the work goes on', async () => {
    await lead('scheduled');
    await cho!.post(at('implement'));
    const late = await cho!.patch(at(), { implementation_plan: 'Something else.' });
    expect([late.status, late.body.detail]).toEqual([
      409,
      'The work has begun as it was approved: the plan cannot be altered any more.',
    ]);
    expect((await cho!.patch(at(), { description: 'More words.' })).status).toBe(409);
    expect((await cho!.patch(at(), { title: 'More words' })).status).toBe(200);
  });

  test('has a window that ends after it begins', async () => {
    const wrong = await cho!.post('/changes', { title: 'x', planned_start: hours(2), planned_end: hours(1) });
    expect([wrong.status, wrong.body.errors[0]!.field]).toEqual([422, 'planned_end']);
  });
});

test('in an emergency the approval begins the work, and what was left out is written down before the review', async () => {
  const incident = await sam!.post('/incidents', { title: 'Cards declined' });
  const made = await cho!.post('/changes', {
    title: 'Old certificate back',
    kind: 'emergency',
    reason: 'Cards are declined.',
    configuration_item_ids: ['pay-gw-2'],
    backout_plan: 'Put the new one in again.',
  });
  number = made.body.number;
  const bare = await cho!.post(at('submit'));
  expect(bare.body.errors.map(({ field }) => field)).toEqual(['incident_id', 'risk_level']);
  await cho!.patch(at(), { incident_id: incident.body.number, risk_level: 'medium' });
  expect((await cho!.post(at('submit'))).body.state).toBe('awaiting_authorization');
  expect((await ines!.post(at('approve'))).body.state).toBe('implementing');
  expect((await cho!.post(at('review'), { outcome: 'successful' })).body.state).toBe('documentation');
  expect((await cho!.post(at('document'), { implementation_plan: 'As before.' })).status).toBe(422);
  expect(
    (await cho!.post(at('document'), { implementation_plan: 'As before.', test_plan: 'Two payments.' })).body.state,
  ).toBe('review');
  expect((await cho!.post(at('close'))).status).toBe(422);
  expect((await cho!.post(at('close'), { review_note: 'Justified.' })).body.state).toBe('closed');
});

test('a standard change repeats one that was approved and went well, and nothing else', async () => {
  await lead('scheduled');
  const first = number;
  const again = await sam!.post('/changes', {
    title: 'The same again',
    kind: 'standard',
    reason: 'A year is over.',
    description: 'As before.',
    service_id: 'Card payments',
    configuration_item_ids: ['pay-gw-2'],
    planned_start: hours(-1),
    planned_end: hours(2),
  });
  const schedule = (input: object) => sam!.post(`/changes/${again.body.number}/schedule`, input);
  expect((await schedule({})).body.errors[0]!.field).toBe('template_id');
  expect((await schedule({ template_id: first })).body.detail).toMatch(/^Only a change that was closed/);
  await cho!.post(`/changes/${first}/implement`);
  await cho!.post(`/changes/${first}/review`, { outcome: 'successful' });
  await cho!.post(`/changes/${first}/close`);
  // What was approved for one service is no approval for another.
  await opened.story.act('service.create', null, { name: 'Ovens', department: 'it' });
  await sam!.patch(`/changes/${again.body.number}`, { service_id: 'Ovens' });
  expect((await schedule({ template_id: first })).body.detail).toMatch(/another service/);
  await sam!.patch(`/changes/${again.body.number}`, { service_id: 'Card payments' });
  const done = await schedule({ template_id: first });
  expect(done.body, done.text).toMatchObject({
    state: 'scheduled',
    implementation_plan: 'Put it in.',
    approved_by_id: { name: 'Ines Test' },
  });
  expect((await sam!.patch(`/changes/${again.body.number}`, { backout_plan: 'None.' })).body).toMatchObject({
    state: 'draft',
    approved_at: null,
  });
});

test('whoever decides is told that their approval is asked for, and its requester what they said', async () => {
  await opened.story.act('service.edit', String((await ines!.get('/services/SVC-1001')).body.id), {
    owner_id: 'ines@x.test',
  });
  await lead('awaiting_authorization');
  await opened.settle();
  const told = async (who: Caller) =>
    (await who.get('/me/notifications')).body.items
      .filter((one) => (one.record as { number: string }).number === number)
      .map(({ kind, reason }) => `${kind} ${reason}`);
  expect(await told(ines!)).toEqual(['referred approval']);
  expect(await told(cho!)).toEqual([]);
  await ines!.post(at('approve'));
  await opened.settle();
  expect(await told(cho!)).toEqual(['approved requester']);
});

describe('who', () => {
  beforeEach(() => lead('awaiting_authorization'));
  test('an auditor reads and changes nothing; the owner of services decides', async () => {
    const otto = await opened.as('otto');
    expect((await otto.get(at())).body.offers).toEqual([]);
    expect((await otto.post(at('reject'), { reason: 'x' })).status).toBe(403);
    expect((await ines!.post(at('reject'), { reason: 'Not before the holidays.' })).body.state).toBe('rejected');
  });
  test('only the requester and the change manager cancel', async () => {
    expect((await sam!.post(at('cancel'), { reason: 'x' })).status).toBe(403);
    expect((await cho!.post(at('cancel'), { reason: 'Not needed.' })).body.state).toBe('cancelled');
  });
});
