import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door, type Json } from '../../../test/door';

let opened: Door;
let ada: Caller;
let sam: Caller;
let at: string;

beforeAll(async () => {
  opened = await door();
  [ada, sam] = (await Promise.all(['ada', 'sam'].map((who) => opened.as(who)))) as [Caller, Caller];
  at = `/incidents/${(await sam.post('/incidents', { title: 'Till' })).body.number}`;
});
afterAll(() => opened.end());

const nobody = '019cadc6-9a80-7043-8709-59a6556a4b18';

describe('what a record offers', () => {
  test('is a verb at exactly that address, of every kind of record', async () => {
    const offered = new Set<string>();
    for (const type of opened.story.house.types.values()) {
      for (const who of [ada, sam]) {
        const { items } = (await who.get(`/${type.plural}?limit=1`)).body;
        for (const { number, offers } of (items ?? []) as Json[])
          for (const verb of offers) {
            const { status, text } = await who.post(`/${type.plural}/${number}/${verb}`, { nothing_like_this: 1 });
            // Read and refused by the verb itself: it is there, and is no child's address with another meaning.
            expect([type.type, verb, status], text).toEqual([type.type, verb, verb === 'attach' ? 415 : 422]);
            offered.add(`${type.type}.${verb}`);
          }
      }
    }
    for (const verb of ['link', 'watch', 'task', 'book', 'attach', 'unlink', 'tick', 'edit', 'note'])
      expect(offered).toContain(`incident.${verb}`);
    expect(offered.size).toBeGreaterThan(60);
  });

  test('answers with the record, leaves its version alone, and can be taken back', async () => {
    const before = (await sam.get(at)).body;
    const other = (await sam.post('/incidents', { title: 'Other' })).body.number;
    const act = async (verb: string, input: object) => {
      const { status, body, text } = await sam.post(`${at}/${verb}`, input);
      expect([verb, status], text).toEqual([verb, 200]);
      expect(body).toMatchObject({ number: before.number, version: before.version, offers: before.offers });
      expect(body.undo, verb).toMatchObject({ line: expect.any(String) });
      return body.undo as { line: string };
    };
    const first = async (part: string) => (await sam.get(`${at}/${part}`)).body.items[0]?.id;
    await act('link', { kind: 'relates', to: other });
    await act('unlink', { link_id: await first('links') });
    expect(await first('links')).toBeUndefined();
    await act('watch', { person_id: 'ada@x.test' });
    const watching = (await sam.get(`${at}/watchers`)).body.items as unknown as {
      id: string;
      person: { name: string };
    }[];
    const hers = watching.find(({ person }) => person.name.startsWith('Ada'))!;
    await act('unwatch', { watcher_id: hers.id });
    await act('task', { title: 'Look' });
    const task_id = await first('tasks');
    await act('tick', { task_id });
    await act('untick', { task_id });
    const { line } = await act('untask', { task_id });
    expect((await sam.post(`${at}/undo`, { line })).status).toBe(200);
    expect(await first('tasks')).toBe(task_id);
    await act('book', { minutes: 5 });
    const entry_id = await first('time-entries');
    await act('rebook', { entry_id, minutes: 7 });
    await act('unbook', { entry_id });
    expect((await sam.get(`${at}/time-entries`)).body).toMatchObject({ items: [], minutes: 0 });
  });

  test('takes a file as a form, and answers with the record too', async () => {
    const answer = await sam.attach(`${at}/attach`, 'till.txt', 'dark');
    expect([answer.status, answer.body.title], answer.text).toEqual([200, 'Till']);
    const [file] = (await sam.get(`${at}/attachments`)).body.items;
    expect(file).toMatchObject({ name: 'till.txt', size: 4 });
    // A file is never made of words about one.
    const words = { file: { id: file!.id, name: 'x', media_type: 'text/plain', size: 4, sha256: 'x' } };
    expect((await sam.post(`${at}/attach`, words)).status).toBe(415);
    expect((await sam.post(`${at}/detach`, { attachment_id: file!.id })).status).toBe(200);
  });

  test.each([
    ['unlink', 'link_id'],
    ['unwatch', 'watcher_id'],
    ['tick', 'task_id'],
    ['untask', 'task_id'],
    ['rebook', 'entry_id'],
    ['unbook', 'entry_id'],
    ['detach', 'attachment_id'],
  ])('%s of what is not there is 404, whatever is named', async (verb, field) => {
    for (const id of [nobody, 'not an id', "'", at])
      expect([id, (await sam.post(`${at}/${verb}`, { [field]: id })).status]).toEqual([id, 404]);
  });

  test('opens nothing: what may not be seen is not linked, and what others hung on another record stays', async () => {
    const hidden = await (await opened.as('hana')).post('/incidents', { title: 'Pay', department: 'hr' });
    expect(hidden.status, hidden.text).toBe(201);
    expect((await sam.post(`${at}/link`, { kind: 'relates', to: hidden.body.number })).status).toBe(422);
    expect((await sam.post(`/incidents/${hidden.body.number}/task`, { title: 'x' })).status).toBe(404);
    const rita = await opened.as('rita');
    const hers = `/incidents/${(await rita.post('/incidents', { title: 'Mine' })).body.number}`;
    for (const verb of ['task', 'book', 'link']) expect((await rita.post(`${hers}/${verb}`, {})).status).toBe(403);
    const task = (await sam.post(`${at}/tasks`, { title: 'Of this one' })).body.id;
    expect((await sam.post(`${hers}/tick`, { task_id: task })).status).toBe(404);
  });
});
