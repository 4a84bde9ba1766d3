import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { partNames } from './parts';

let opened: Door;
let sam: Caller;
let rita: Caller;
let at: string;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  rita = await opened.as('rita');
  at = `/incidents/${(await rita.post('/incidents', { title: 'Till' })).body.number}`;
  await sam.post(`${at}/comment`, { text: 'Which till?' });
  await sam.post(`${at}/note`, { text: 'She always asks.' });
  await sam.post(`${at}/tasks`, { title: 'Call her' });
  await sam.post(`${at}/time-entries`, { minutes: 5, what: 'Called' });
});
afterAll(() => opened.end());

test('a record comes with its parts, each as its own address answers it', async () => {
  for (const who of [sam, rita]) {
    const whole = await who.get(`${at}?with=${partNames(opened.story.house).join(',')}`);
    expect(whole.status).toBe(200);
    const { with: found, ...record } = whole.body;
    const parts = found as Record<string, unknown>;
    expect(record).toEqual((await who.get(at)).body);
    for (const name of partNames(opened.story.house)) {
      const alone = await who.get(`${at}/${name}`);
      expect(parts[name], name).toEqual(alone.status === 200 ? alone.body : undefined);
    }
  }
});

test('a note is no part of what its requester reads', async () => {
  const { body } = await rita.get(`${at}?with=comments,history,tasks,context`);
  expect(JSON.stringify(body)).not.toContain('always asks');
  expect((body.with as { comments: { items: unknown[] } }).comments.items).toHaveLength(1);
});

test('what there is not is named, and the past has no parts', async () => {
  const wrong = await sam.get(`${at}?with=comments,secrets`);
  expect([wrong.status, wrong.body.errors[0]!.field]).toEqual([400, 'with']);
  // What every object has is no part of a record.
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect((await sam.get(`${at}?with=${name}`)).status, name).toBe(400);
  expect((await sam.get(`${at}?with=comments&as_of=2026-03-02T12:00:00Z`)).status).toBe(400);
});
