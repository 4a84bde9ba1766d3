import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let [sam, cho, ada, rita, hana]: Caller[] = [];
let at: string;

beforeAll(async () => {
  opened = await door();
  [sam, cho, ada, rita, hana] = await Promise.all(['sam', 'cho', 'ada', 'rita', 'hana'].map((who) => opened.as(who)));
  at = `/incidents/${(await sam!.post('/incidents', { title: 'Till is dead' })).body.number}`;
});
afterAll(() => opened.end());

test('what somebody keeps for themselves is in the export of their data, and in nobody else’s hands', async () => {
  await cho!.post('/views', { name: 'Cho alone', record_type: 'incident', filter: 'text:"pay rise"' });
  const { id } = (await cho!.get('/me')).body;
  const own = await cho!.get(`/people/${id}/personal-data`);
  expect(own.body.views).toMatchObject([{ name: 'Cho alone', filter: 'text:"pay rise"' }]);
  expect((await ada!.get(`/people/${id}/personal-data`)).text).not.toContain('pay rise');
});

test('questions know no words but their own', async () => {
  for (const path of ['/drafts', '/me/keys', '/text-templates/variables', `${at}/context`])
    expect((await sam!.get(`${path}?colour=red`)).status, path).toBe(400);
});

test('a token that may only read is told so, whatever it sends; what it cannot see is absent', async () => {
  const reader = await opened.as('sam', { scope: 'read' });
  const hidden = `/incidents/${(await hana!.post('/incidents', { title: 'Payroll', department: 'hr' })).body.number}`;
  for (const path of ['/incidents/at-once', `${at}/at-once`])
    expect((await reader.post(path, { colour: 'red' })).status).toBe(403);
  expect((await reader.post(`${hidden}/at-once`, { colour: 'red' })).status).toBe(404);
});

test('a call for somewhere its author does not see is logged all the same', async () => {
  const made = await sam!.post('/incidents/at-once', {
    steps: [{ verb: 'log', input: { title: 'About my pay', department: 'hr', requester_id: 'rita@x.test' } }],
  });
  expect(made.status).toBe(201);
  expect(made.body.title).toBeUndefined();
  expect((await rita!.get(`/incidents/${made.body.number}`)).body.title).toBe('About my pay');
});
