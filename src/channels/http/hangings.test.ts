import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let rita: Caller;
let at: string;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  rita = await opened.as('rita');
  at = `/incidents/${(await rita.post('/incidents', { title: 'Till' })).body.number}`;
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
/** Every page of a list, one item at a time. */
async function paged(who: Caller, url: string) {
  const found = [];
  let cursor = '';
  for (;;) {
    const page = ok(await who.get(`${url}?limit=1${cursor && `&cursor=${cursor}`}`));
    expect(Object.keys(page).sort()).toEqual(['items', 'next']);
    found.push(...page.items);
    if (!page.next) return found;
    cursor = page.next;
  }
}

describe('conversation', () => {
  test('comments are for the requester too, notes for the team alone; oldest first, paged', async () => {
    ok(await sam.post(`${at}/comment`, { text: '**Which** till?' }));
    ok(await sam.post(`${at}/note`, { text: 'She always asks.' }));
    ok(await rita.post(`${at}/comment`, { text: 'The left one.' }));
    const whole = await paged(sam, `${at}/comments`);
    expect(whole.map(({ kind, text }) => [kind, text])).toEqual([
      ['comment', '**Which** till?'],
      ['note', 'She always asks.'],
      ['comment', 'The left one.'],
    ]);
    expect(whole[0]).toEqual({
      id: expect.any(String),
      kind: 'comment',
      text: '**Which** till?',
      author: { id: expect.any(String), number: expect.any(String), name: 'Sam Test' },
      at: opened.story.now().toISOString(),
    });
    expect((await paged(rita, `${at}/comments`)).map(({ kind }) => kind)).toEqual(['comment', 'comment']);
    const note = whole[1]!;
    expect((await sam.get(`${at}/comments/${note.id}`)).status).toBe(200);
    expect((await rita.get(`${at}/comments/${note.id}`)).status).toBe(404);
    expect((await rita.get(`${at}/history`)).text).not.toContain('She always asks');
    expect((await rita.post(`${at}/note`, { text: 'x' })).status).toBe(403);
  });
  test('is written by its verbs alone, and never without words', async () => {
    expect((await sam.post(`${at}/comments`, { text: 'x' })).status).toBe(404);
    const [first] = ok(await sam.get(`${at}/comments`)).items;
    expect((await sam.delete(`${at}/comments/${first!.id}`)).status).toBe(404);
    for (const input of [{}, { text: '' }, { text: '  ' }, { text: 7 }])
      expect((await sam.post(`${at}/comment`, input)).status).toBe(422);
  });
});

describe('files', () => {
  test('are kept with type and size, read byte by byte, and those for the team hidden from the requester', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
    const made = await rita.attach(`${at}/attachments`, 'röntgen (1).png', bytes);
    expect(made.status, made.text).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'röntgen (1).png',
      media_type: 'image/png',
      size: 11,
      href: `/api/v1${at}/attachments/${made.body.id}`,
      author: expect.objectContaining({ name: 'Rita Test' }),
      at: expect.any(String),
      internal: false,
      undo: { line: expect.any(String), until: expect.any(String) },
    });
    expect(made.headers.location).toBe(made.body.href);
    const read = await opened.server.inject({
      url: String(made.body.href),
      headers: { authorization: `Bearer ${sam.bearer}` },
    });
    expect(read.rawPayload.equals(bytes)).toBe(true);
    expect(read.headers['content-type']).toBe('image/png');
    expect(read.headers['content-disposition']).toMatch(/^attachment/);
    const inner = ok(await sam.attach(`${at}/attachments`, 'log.txt', 'secret', { internal: true }));
    expect(inner.internal).toBe(true);
    expect(ok(await sam.get(`${at}/attachments`)).items).toHaveLength(2);
    expect(ok(await rita.get(`${at}/attachments`)).items).toHaveLength(1);
    expect((await rita.get(String(inner.href))).status).toBe(404);
    expect((await rita.get(`${at}/history`)).text).not.toContain('log.txt');
    expect((await rita.attach(`${at}/attachments`, 'a.txt', 'x', { internal: true })).status).toBe(422);
    expect(await paged(sam, `${at}/attachments`)).toHaveLength(2);
  });
  test.each([
    ['tool.exe', 'MZ'],
    ['run.sh', '#!/bin/sh'],
    ['picture.png', 'not a picture'],
    ['nothing', 'x'],
    ['page.html', '<script>'],
    ['drawing.svg', '<svg/>'],
  ])('%s is refused as a media type', async (name, content) => {
    const answer = await sam.attach(`${at}/attachments`, name, content);
    expect([answer.status, answer.body.detail]).toEqual([415, expect.stringMatching(/\.$/)]);
  });
  test('above 25 MB a file is too large; a form that ends too soon or bears no file is refused', async () => {
    expect((await sam.attach(`${at}/attachments`, 'big.txt', Buffer.alloc(26 * 1024 * 1024, 'a'))).status).toBe(413);
    const form = (payload: string, type = 'multipart/form-data; boundary=x') =>
      opened.server.inject({
        method: 'POST',
        url: `/api/v1${at}/attachments`,
        payload,
        headers: { authorization: `Bearer ${sam.bearer}`, 'content-type': type },
      });
    expect(
      (await form('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf')).statusCode,
    ).toBe(400);
    expect((await form('--x--', 'multipart/form-data')).statusCode).toBe(400);
    expect(
      (await form('--x\r\nContent-Disposition: form-data; name="internal"\r\n\r\ntrue\r\n--x--\r\n')).statusCode,
    ).toBe(422);
  });
  test('are taken away by the team, with a 204, and then gone', async () => {
    const file = ok(await rita.attach(`${at}/attachments`, 'a.txt', 'x'));
    expect((await rita.delete(String(file.href))).status).toBe(403);
    expect((await sam.delete(String(file.href))).status).toBe(204);
    for (const again of [await sam.get(String(file.href)), await sam.delete(String(file.href))])
      expect(again.status).toBe(404);
    expect((await sam.delete(`${at}/attachments/nonsense`)).status).toBe(404);
  });
});

describe('links', () => {
  test('are seen from both ends with their direction, once each, and taken away from either', async () => {
    const other = ok(await sam.post('/incidents', { title: 'Other' }));
    const made = await sam.post(`${at}/links`, { kind: 'caused_by', to: other.number });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.any(String),
      kind: 'caused_by',
      direction: 'out',
      record: { type: 'incident', number: other.number, id: other.id },
    });
    expect(ok(await sam.get(`/incidents/${other.number}/links`)).items).toMatchObject([
      { id: made.body.id, direction: 'in', record: { number: at.split('/')[2] } },
    ]);
    expect((await sam.post(`${at}/links`, { kind: 'caused_by', to: other.id })).status).toBe(422);
    for (const input of [
      {},
      { kind: 'likes', to: other.id },
      { kind: 'relates', to: 'INC-9999' },
      { kind: 'relates', to: at.split('/')[2] },
    ])
      expect((await sam.post(`${at}/links`, input)).status).toBe(422);
    for (const kind of ['blocks', 'relates', 'duplicates', 'parent'])
      ok(await sam.post(`${at}/links`, { kind, to: other.id }));
    ok(await sam.post(`${at}/links`, { kind: 'relates', to: 'Card payments' }));
    expect(await paged(sam, `${at}/links`)).toHaveLength(6);
    // The requester sees the one to the service, whose other end is in their sight.
    expect(ok(await rita.get(`${at}/links`)).items.map(({ record }) => (record as { name: string }).name)).toEqual([
      'Card payments',
    ]);
    expect((await rita.post(`${at}/links`, { kind: 'relates', to: 'Card payments' })).status).toBe(403);
    expect((await sam.delete(`/incidents/${other.number}/links/${made.body.id}`)).status).toBe(204);
    expect((await sam.delete(`${at}/links/${made.body.id}`)).status).toBe(404);
  });
  test('a child is only reached on its own record', async () => {
    const [link] = ok(await sam.get(`${at}/links`)).items;
    const third = ok(await sam.post('/incidents', { title: 'Third' }));
    expect((await sam.delete(`/incidents/${third.number}/links/${link!.id}`)).status).toBe(404);
  });
});

describe('watchers', () => {
  test('are added by the person, once, listed and taken away', async () => {
    const made = await rita.post(`${at}/watchers`, { person_id: 'cho@x.test' });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(String),
        at: expect.any(String),
        person: expect.objectContaining({ name: 'Cho Test' }),
        undo: { line: expect.any(String), until: expect.any(String) },
      },
    ]);
    expect((await sam.post(`${at}/watchers`, { person_id: 'cho@x.test' })).status).toBe(422);
    expect((await sam.post(`${at}/watchers`, {})).status).toBe(422);
    ok(await sam.post(`${at}/watchers`, { person_id: 'me' }));
    expect((await paged(rita, `${at}/watchers`)).map(({ person }) => (person as { name: string }).name)).toEqual([
      'Cho Test',
      'Sam Test',
    ]);
    expect((await sam.delete(`${at}/watchers/${made.body.id}`)).status).toBe(204);
    expect((await sam.delete(`${at}/watchers/${made.body.id}`)).status).toBe(404);
  });
  test('watching opens nothing: who may not see the record is told nothing of it', async () => {
    ok(await sam.post(`${at}/watchers`, { person_id: 'fred@x.test' }));
    ok(await sam.post(`${at}/comment`, { text: 'for those who see it' }));
    await opened.settle();
    const fred = await opened.as('fred');
    expect((await fred.get(at)).status).toBe(404);
    expect(ok(await fred.get('/me/notifications'))).toMatchObject({ items: [], unread: 0 });
    const told = ok(await rita.get('/me/notifications')).items;
    expect(told[0]).toMatchObject({
      kind: 'commented',
      reason: expect.any(String),
      record: { number: at.split('/')[2] },
    });
  });
});
