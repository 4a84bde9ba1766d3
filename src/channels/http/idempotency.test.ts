import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let cho: Caller;
let used = 0;
const key = () => ({ 'idempotency-key': `key ${++used}` });
const count = async (title: string) => (await sam.get(`/incidents?title=${title}`)).body.items.length;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  cho = await opened.as('cho');
});
afterAll(() => opened.end());

describe('an Idempotency-Key', () => {
  test('replays status, body and address of the first answer, and does nothing again', async () => {
    const once = key();
    const first = await sam.post('/incidents', { title: 'Twice' }, once);
    const again = await sam.post('/incidents', { title: 'Twice' }, once);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await count('Twice')).toBe(1);
  });

  test('with another body or at another address is 422', async () => {
    const once = key();
    const { number } = (await sam.post('/incidents', { title: 'One' }, once)).body;
    const other = await sam.post('/incidents', { title: 'Other' }, once);
    expect([other.status, other.body.errors[0]!.field]).toEqual([422, 'Idempotency-Key']);
    expect((await sam.post(`/incidents/${number}/start`, { title: 'One' }, once)).status).toBe(422);
    expect(await count('Other')).toBe(0);
  });

  test("is the caller's own: another one's same key is another message", async () => {
    const once = key();
    await sam.post('/incidents', { title: 'Shared' }, once);
    const cho2 = await cho.post('/incidents', { title: 'Shared' }, once);
    expect([cho2.status, cho2.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect(await count('Shared')).toBe(2);
  });

  test('is kept by what is said for a minute and by what is only tried, too', async () => {
    const { number } = (await sam.post('/incidents', { title: 'Looked at' })).body;
    const ada = await opened.as('ada');
    for (const [caller, url, body, other] of [
      [sam, `/incidents/${number}/presence`, { seat: 'one' }, { seat: 'two' }],
      [ada, '/alert-sources/try', { form: 'alertmanager', body: {} }, { form: 'alertmanager', body: { a: 1 } }],
      [ada, '/assignment-rules/try', { match: { category: 'Till' } }, { match: { category: 'Oven' } }],
    ] as const) {
      const once = key();
      const first = await caller.post(url, body, once);
      const again = await caller.post(url, body, once);
      expect([again.status, again.text, again.headers['idempotency-replayed']], url).toEqual([
        first.status,
        first.text,
        'true',
      ]);
      expect((await caller.post(url, other, once)).status, url).toBe(422);
    }
  });

  test('replays what was refused, too', async () => {
    for (const [url, body, status] of [
      ['/incidents', { title: '' }, 422],
      ['/incidents/INC-9999/start', {}, 404],
      ['/services', { name: 'Mine' }, 403],
      ['/incidents/bulk', { verb: 'start', ids: ['INC-1001'], filter: 'state=new' }, 422],
      ['/me/tokens', { name: '' }, 422],
    ] as const) {
      const once = key();
      const sender = url === '/services' ? sam : cho;
      const first = await sender.post(url, body, once);
      const again = await sender.post(url, body, once);
      expect([first.status, again.status, again.headers['idempotency-replayed']], url).toEqual([
        status,
        status,
        'true',
      ]);
      expect(again.text).toBe(first.text);
      expect(again.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  test('of one still running is 409; the record is made once', async () => {
    const once = key();
    const answers = await Promise.all(Array.from({ length: 8 }, () => sam.post('/incidents', { title: 'Race' }, once)));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses).toContain(201);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await count('Race')).toBe(1);
    const ids = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id);
    expect(new Set(ids).size).toBe(1);
  });

  test('is forgotten after a day', async () => {
    const once = key();
    await sam.post('/incidents', { title: 'Daily' }, once);
    await opened.story.later(24 * 60 - 1, false);
    expect((await sam.post('/incidents', { title: 'Daily' }, once)).headers['idempotency-replayed']).toBe('true');
    await opened.story.later(2, false);
    expect((await sam.post('/incidents', { title: 'Daily' }, once)).headers['idempotency-replayed']).toBeUndefined();
    expect(await count('Daily')).toBe(2);
  });

  test('of a file stands for its bytes: another file is 422, a refused one leaves nothing behind', async () => {
    const at = `/incidents/${(await sam.post('/incidents', { title: 'Files' })).body.number}/attachments`;
    const once = key();
    const first = await sam.attach(at, 'a.txt', 'one', { headers: once });
    const again = await sam.attach(at, 'a.txt', 'one', { headers: once });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect((await sam.attach(at, 'a.txt', 'two', { headers: once })).status).toBe(422);
    expect((await sam.get(at)).body.items).toHaveLength(1);
    const fred = await opened.as('otto');
    const { number } = (await sam.post('/incidents', { title: 'Not his' })).body;
    expect((await fred.attach(`/incidents/${number}/attachments`, 'a.txt', 'x', { headers: key() })).status).toBe(403);
    const { rows } = await opened.story.pool.query(
      'select count(*)::int as n from attachment_content c where not exists (select 1 from attachment a where a.id = c.id)',
    );
    expect(rows[0].n).toBe(0);
  });

  test('of verbs, bulk and other messages counts as well; an empty or endless one is 400', async () => {
    const { number } = (await sam.post('/incidents', { title: 'Verb' })).body;
    const once = key();
    await sam.post(`/incidents/${number}/comment`, { text: 'only once' }, once);
    await sam.post(`/incidents/${number}/comment`, { text: 'only once' }, once);
    expect((await sam.get(`/incidents/${number}/comments`)).body.items).toHaveLength(1);
    const token = key();
    const made = await sam.post('/me/tokens', { name: 'robot' }, token);
    expect((await sam.post('/me/tokens', { name: 'robot' }, token)).text).toBe(made.text);
    expect((await sam.post('/incidents', { title: 'x' }, { 'idempotency-key': '' })).status).toBe(400);
    expect((await sam.post('/incidents', { title: 'x' }, { 'idempotency-key': 'k'.repeat(256) })).status).toBe(400);
  });
});
