import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { dropContents } from '../../commons/attachment';
import { forgetPutAside } from '../../commons/taking-back';

let opened: Door;
let sam: Caller;
let cho: Caller;

beforeAll(async () => {
  opened = await door();
  [sam, cho] = [await opened.as('sam'), await opened.as('cho')];
});
afterAll(() => opened.end());

const logged = async () =>
  String((await sam.post('/incidents', { title: 'Till is dark', requester_id: 'rita@x.test' })).body.number);
/** The line to be taken back, from the body or, where there is none, from the head. */
const lineOf = (answer: Answer): string =>
  answer.status === 204
    ? String(answer.headers['undo-line'])
    : String((answer.body.undo as { line?: string } | undefined)?.line);
const back = (number: string, answer: Answer, who = sam) =>
  who.post(`/incidents/${number}/undo`, { line: lineOf(answer) });
const items = async (number: string, what: string) => (await sam.get(`/incidents/${number}/${what}`)).body.items;
const ok = (answer: Answer) => {
  expect([200, 201, 204], answer.text).toContain(answer.status);
  return answer;
};

describe('what hangs on a record comes back as it was', () => {
  test('a file that was added goes, one that was taken away is there again with its bytes', async () => {
    const number = await logged();
    const added = ok(await sam.attach(`/incidents/${number}/attachments`, 'a.txt', 'the log'));
    const kept = await items(number, 'attachments');
    const gone = ok(await sam.delete(`/incidents/${number}/attachments/${added.body.id}`));
    expect(Date.parse(String(gone.headers['undo-until']))).toBe(opened.story.now().getTime() + 10_000);
    expect(await items(number, 'attachments')).toEqual([]);
    ok(await back(number, gone));
    expect(await items(number, 'attachments')).toEqual(kept);
    expect((await sam.get(String(added.body.href))).text).toBe('the log');
    ok(await back(number, added));
    expect(await items(number, 'attachments')).toEqual([]);
    expect((await sam.get(String(added.body.href))).status).toBe(404);
  });

  test('the bytes of a file go once nobody can take it back any more, and no others', async () => {
    const number = await logged();
    const left = async () =>
      (await opened.story.pool.query('select count(*)::int as n from attachment_content')).rows[0].n;
    const before = await left();
    const [stays, goes] = [
      ok(await sam.attach(`/incidents/${number}/attachments`, 'stays.txt', 'one')),
      ok(await sam.attach(`/incidents/${number}/attachments`, 'goes.txt', 'two')),
    ];
    ok(await sam.delete(`/incidents/${number}/attachments/${goes.body.id}`));
    const forget = () => forgetPutAside(opened.story.db, opened.story.now(), dropContents);
    await forget();
    expect(await left()).toBe(before + 2);
    await opened.story.later(11);
    await forget();
    expect((await items(number, 'attachments')).map(({ name }) => name)).toEqual(['stays.txt']);
    expect((await sam.get(String(stays.body.href))).text).toBe('one');
    const contents = await opened.story.pool.query('select id from attachment_content where id = any($1::uuid[])', [
      [stays.body.id, goes.body.id],
    ]);
    expect(contents.rows.map(({ id }) => id)).toEqual([stays.body.id]);
  });

  test('a file that was taken away later keeps its bytes as long as that can be taken back', async () => {
    const number = await logged();
    const added = ok(await sam.attach(`/incidents/${number}/attachments`, 'late.txt', 'the log'));
    await opened.story.later(9.95);
    const gone = ok(await sam.delete(`/incidents/${number}/attachments/${added.body.id}`));
    await opened.story.later(0.1);
    await forgetPutAside(opened.story.db, opened.story.now(), dropContents);
    ok(await back(number, gone));
    expect((await sam.get(String(added.body.href))).text).toBe('the log');
    ok(await sam.delete(`/incidents/${number}/attachments/${added.body.id}`));
    await opened.story.later(11);
    await forgetPutAside(opened.story.db, opened.story.now(), dropContents);
    const left = await opened.story.pool.query('select 1 from attachment_content where id = $1', [added.body.id]);
    expect(left.rows).toEqual([]);
  });

  test('steps: added, ticked, the tick taken back, taken away with their tick', async () => {
    const number = await logged();
    const at = `/incidents/${number}/tasks`;
    const added = ok(await sam.post(at, { title: 'Look at the cable', mandatory: true }));
    const step = `${at}/${added.body.id}`;
    const ticked = ok(await sam.patch(step, { done: true }));
    const [done] = await items(number, 'tasks');
    const unticked = ok(await sam.patch(step, { done: false }));
    ok(await back(number, unticked));
    expect(await items(number, 'tasks')).toEqual([done]);
    const gone = ok(await sam.delete(step));
    expect(await items(number, 'tasks')).toEqual([]);
    ok(await back(number, gone));
    expect(await items(number, 'tasks')).toEqual([done]);
    ok(await back(number, ticked));
    expect(await items(number, 'tasks')).toMatchObject([{ done: false, done_by: null }]);
    ok(await back(number, added));
    expect(await items(number, 'tasks')).toEqual([]);
  });

  test('a step somebody ticked since stays, and so does its tick', async () => {
    const number = await logged();
    const added = ok(await sam.post(`/incidents/${number}/tasks`, { title: 'Look at the cable' }));
    ok(await cho.patch(`/incidents/${number}/tasks/${added.body.id}`, { done: true }));
    const refused = await back(number, added);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'What it was about was changed since: it cannot be taken back any more.',
    ]);
    expect(await items(number, 'tasks')).toMatchObject([{ done: true }]);
  });

  test('booked time, and time that was taken away', async () => {
    const number = await logged();
    const booked = ok(await sam.post(`/incidents/${number}/time-entries`, { minutes: 25, what: 'Tried cables' }));
    const [entry] = await items(number, 'time-entries');
    const gone = ok(await sam.delete(`/incidents/${number}/time-entries/${entry!.id}`));
    ok(await back(number, gone));
    expect(await items(number, 'time-entries')).toEqual([entry]);
    ok(await back(number, booked));
    expect(await items(number, 'time-entries')).toEqual([]);
  });

  test('links and watchers that were taken away, unless they are there again', async () => {
    const [number, other] = [await logged(), await logged()];
    const linked = ok(await sam.post(`/incidents/${number}/links`, { kind: 'relates', to: other }));
    const watched = ok(await sam.post(`/incidents/${number}/watchers`, { person_id: 'cho@x.test' }));
    const [link] = await items(number, 'links');
    const [watcher] = await items(number, 'watchers');
    // A link is taken away at either end.
    const unlinked = ok(await sam.delete(`/incidents/${other}/links/${linked.body.id}`));
    const unwatched = ok(await sam.delete(`/incidents/${number}/watchers/${watched.body.id}`));
    ok(await back(other, unlinked));
    ok(await back(number, unwatched));
    expect(await items(number, 'links')).toEqual([link]);
    expect(await items(number, 'watchers')).toEqual([watcher]);
    const again = ok(await sam.delete(`/incidents/${number}/links/${link!.id}`));
    ok(await cho.post(`/incidents/${number}/links`, { kind: 'relates', to: other }));
    const twice = await back(number, again);
    expect([twice.status, twice.body.detail]).toEqual([409, 'This link is there again.']);
    const away = ok(await sam.delete(`/incidents/${number}/watchers/${watcher!.id}`));
    ok(await cho.post(`/incidents/${number}/watchers`, { person_id: 'cho@x.test' }));
    const there = await back(number, away);
    expect([there.status, there.body.detail]).toEqual([409, 'They watch it again.']);
  });

  test('not later, not by another; a repeated answer says the same', async () => {
    const number = await logged();
    const added = ok(await sam.post(`/incidents/${number}/tasks`, { title: 'Look' }));
    const key = { 'idempotency-key': 'gone once' };
    const [gone, replayed] = [
      ok(await sam.delete(`/incidents/${number}/tasks/${added.body.id}`, key)),
      ok(await sam.delete(`/incidents/${number}/tasks/${added.body.id}`, key)),
    ];
    expect(lineOf(replayed)).toBe(lineOf(gone));
    expect(replayed.headers['undo-until']).toBe(gone.headers['undo-until']);
    expect((await back(number, gone, cho)).status).toBe(403);
    await opened.story.later(10 / 60, false);
    expect((await back(number, gone)).status).toBe(409);
    expect(await items(number, 'tasks')).toEqual([]);
  });

  test('the history keeps both lines, says what was taken back, and tells those outside no more than before', async () => {
    const number = await logged();
    const added = ok(await sam.post(`/incidents/${number}/tasks`, { title: 'Ask the dentist' }));
    ok(await back(number, added));
    const lines = (await sam.get(`/incidents/${number}/history`)).body.items;
    expect(lines.map(({ name }) => name)).toEqual(['incident.undone', 'incident.tasked', 'incident.logged']);
    expect(lines[0]).toMatchObject({
      cause: { line: lineOf(added) },
      changes: [{ field: 'taken_back', before: null, after: 'incident.tasked' }],
    });
    const rita = await opened.as('rita');
    const seen = (await rita.get(`/incidents/${number}/history`)).body.items;
    expect(seen.map(({ name }) => name)).toEqual(['incident.logged']);
  });

  test('several in one go, and a macro, go back whole', async () => {
    const number = await logged();
    ok(await sam.post(`/incidents/${number}/watchers`, { person_id: 'cho@x.test' }));
    const [watcher] = await items(number, 'watchers');
    const done = ok(
      await sam.post(`/incidents/${number}/at-once`, {
        steps: [
          { verb: 'task', input: { title: 'Look' } },
          { verb: 'book', input: { minutes: 5 } },
          { verb: 'unwatch', input: { watcher_id: watcher!.id } },
          { verb: 'hold', input: { hold_reason: 'supplier' } },
        ],
      }),
    );
    const { bulk_id } = done.body.undo as { bulk_id: string };
    ok(await sam.post(`/bulk/${bulk_id}/undo`));
    expect(await items(number, 'tasks')).toEqual([]);
    expect(await items(number, 'time-entries')).toEqual([]);
    expect(await items(number, 'watchers')).toEqual([watcher]);
    expect((await sam.get(`/incidents/${number}`)).body.state).toBe('new');
  });
});
