import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../../test/door';

let opened: Door;
let [sam, pam, ines, rita]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  await opened.story.act('person.create', null, {
    name: 'Pam Test',
    email: 'pam@x.test',
    roles: ['agent', 'problem_manager'],
    departments: ['it'],
  });
  [sam, pam, ines, rita] = await Promise.all(['sam', 'pam', 'ines', 'rita'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

let number = '';
const at = (verb = '') => `/problems/${number}${verb && `/${verb}`}`;
const investigated = async (more: object = {}) => {
  number = (await sam!.post('/problems', { title: 'Readers lose their charge', ...more })).body.number;
  await pam!.post(at('assess'), {
    priority: 2,
    assignee_id: 'sam@x.test',
    service_id: 'Card payments',
    origin: 'incidents',
  });
  const done = await sam!.post(at('investigate'), { analysis_method: 'Five whys' });
  expect(done.status, done.text).toBe(200);
};

test('it is assessed with what the model requires, by a problem manager', async () => {
  const made = await sam!.post('/problems', { title: 'Readers lose their charge' });
  expect(made.body).toMatchObject({ state: 'new', known_error: false, reopen_count: 0, department: { number: 'it' } });
  number = made.body.number;
  expect((await sam!.post(at('assess'))).status).toBe(403);
  for (const [input, field] of [
    [{}, 'priority'],
    [{ priority: 2 }, 'assignee_id'],
    [{ priority: 2, assignee_id: 'sam@x.test' }, 'service_id'],
    [{ priority: 2, assignee_id: 'sam@x.test', configuration_item_ids: ['pay-gw-2'] }, 'origin'],
  ] as const) {
    const refused = await pam!.post(at('assess'), input);
    expect([refused.status, refused.body.errors[0]!.field]).toEqual([422, field]);
  }
  expect((await rita!.get(at())).status).toBe(404);
  expect((await rita!.post('/problems', { title: 'x' })).status).toBe(403);
});

test('cause or workaround make it a known error, with its date; it stays one until it is over', async () => {
  await investigated();
  expect((await sam!.post(at('document'))).status).toBe(422);
  const known = await sam!.post(at('document'), { workaround: 'Charge at noon.' });
  expect(known.body).toMatchObject({
    state: 'known_error',
    known_error: true,
    known_error_at: opened.story.now().toISOString(),
    root_cause_at: null,
  });
  expect((await sam!.patch(at(), { workaround: null })).status).toBe(422);
  const causeless = await sam!.post(at('fix'), { supplier_reference: 'S-1' });
  expect([causeless.status, causeless.body.errors[0]!.field]).toEqual([422, 'root_cause']);
  await sam!.post(at('fix'), { supplier_reference: 'S-1', root_cause: 'A bad batch.' });
  expect((await sam!.post(at('drop'), { reason: 'They send the same batch.' })).body.state).toBe('known_error');
  const open = await sam!.get('/problems?known_error=true');
  expect(open.body.items.map((one) => one.number)).toContain(number);
  const bare = await sam!.post(at('resolve'), { resolution_note: 'New batch.' });
  expect([bare.status, bare.body.errors[0]!.field]).toEqual([422, 'no_change_reason']);
  const done = await sam!.post(at('resolve'), { resolution_note: 'New batch.', no_change_reason: 'By the supplier.' });
  expect(done.body).toMatchObject({ state: 'resolved', known_error: true });
  expect((await sam!.post(at('reopen'), { reason: 'Again.' })).body).toMatchObject({
    state: 'investigating',
    reopen_count: 1,
    resolved_at: null,
  });
  await sam!.post(at('resolve'), { resolution_note: 'Really.', no_change_reason: 'By the supplier.' });
  expect((await sam!.post(at('close'))).status).toBe(403);
  expect((await pam!.post(at('close'))).body).toMatchObject({ state: 'closed', known_error: false });
});

test('priority 1 is closed with lessons; the owner of the service may accept the risk', async () => {
  await investigated();
  await sam!.patch(at(), { priority: 1 });
  await sam!.post(at('document'), { root_cause: 'Age.' });
  expect((await ines!.post(at('accept'), { accepted_risk_reason: 'Replaced in spring.' })).body).toMatchObject({
    state: 'closed',
    known_error: true,
  });
  await investigated();
  await sam!.patch(at(), { priority: 1 });
  await sam!.post(at('resolve'), { root_cause: 'Age.', resolution_note: 'x', no_change_reason: 'y' });
  const silent = await pam!.post(at('close'));
  expect([silent.status, silent.body.errors[0]!.field]).toEqual([422, 'lessons']);
  expect((await pam!.post(at('close'), { lessons: 'Buy two makes.' })).status).toBe(200);
});

test('its incidents are found from it, and it from them', async () => {
  await investigated();
  const made = await sam!.post('/incidents', { title: 'Reader empty', problem_id: number });
  const named = (await sam!.get(`/incidents/${made.body.number}`)).body;
  expect(named.problem_id).toMatchObject({ number });
  const found = await sam!.get(`/incidents?problem_id=${number}`);
  expect(found.body.items.map((one) => one.number)).toEqual([made.body.number]);
});
