import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
const callers: Record<string, Caller> = {};

beforeAll(async () => {
  opened = await door();
  for (const who of ['ada', 'sam', 'cho', 'rita', 'otto', 'hana']) callers[who] = await opened.as(who);
  const lead = { name: 'Lea', email: 'lea@x.test', roles: ['agent', 'team_lead'], departments: ['it'] };
  await callers.ada!.post('/people', lead);
  callers.lea = await opened.as('lea');
});
afterAll(() => opened.end());

/** An incident on which Sam has booked twelve minutes, and where that stands. */
async function booked() {
  const sam = callers.sam!;
  const { number } = (await sam.post('/incidents', { title: 'Till is dark', requester_id: 'rita@x.test' })).body;
  const entry = await sam.post(`/incidents/${number}/time-entries`, { minutes: 12, what: 'Looked at the cable' });
  expect(entry.status, entry.text).toBe(201);
  const { undo: _undo, ...was } = entry.body as Answer['body'] & { undo?: unknown };
  return { on: `/incidents/${number}`, at: `/incidents/${number}/time-entries/${entry.body.id}`, was };
}
const list = async (on: string) => (await callers.sam!.get(`${on}/time-entries`)).body;

test('booked time is changed by whose it is, part by part, and says in history what it was', async () => {
  const { on, at, was } = await booked();
  const sam = callers.sam!;
  await opened.story.later(60);
  const longer = await sam.patch(at, { minutes: 25 });
  expect([longer.status, longer.body]).toMatchObject([200, { ...was, minutes: 25 }]);
  const day = '2026-03-01T15:00:00.000Z';
  const moved = await sam.patch(at, { what: null, at: day });
  expect(moved.body).toMatchObject({ id: was.id, minutes: 25, what: null, at: day });
  expect(await list(on)).toMatchObject({ minutes: 25, items: [{ id: was.id, minutes: 25, what: null, at: day }] });
  expect((await sam.get(on)).body.version).toBe(1);
  const lines = async () => (await sam.get(`${on}/history?limit=200`)).body.items;
  const [last, first] = await lines();
  expect([first, last]).toMatchObject([
    {
      name: 'incident.rebooked',
      internal: true,
      changes: [
        { field: 'time_was', after: { id: was.id, minutes: 12, what: 'Looked at the cable' } },
        { field: 'time', after: { id: was.id, minutes: 25, what: 'Looked at the cable' } },
      ],
    },
    {
      name: 'incident.rebooked',
      changes: [{ field: 'time_was' }, { field: 'time', after: { minutes: 25, what: null, at: day } }],
    },
  ]);
  // What is so already leaves no line.
  const same = await sam.patch(at, { minutes: 25 });
  expect([same.status, same.body.undo]).toEqual([200, undefined]);
  expect((await lines())[0]!.id).toBe(last!.id);
});

test('the time of others is changed by a lead; nobody else, and never to what cannot be', async () => {
  const { on, at } = await booked();
  const { sam, cho, lea, rita, otto, hana } = callers as Record<string, Caller>;
  expect((await cho!.patch(at, { minutes: 1 })).status).toBe(403);
  expect((await otto!.patch(at, { minutes: 1 })).status).toBe(403);
  expect((await rita!.patch(at, { minutes: 1 })).status).toBe(403);
  expect((await hana!.patch(at, { minutes: 1 })).status).toBe(404);
  expect((await opened.as('sam', { scope: 'read' }).then((reader) => reader.patch(at, { minutes: 1 }))).status).toBe(
    403,
  );
  expect((await lea!.patch(at, { minutes: 13 })).status).toBe(200);
  for (const [body, field] of [
    [{ minutes: 0 }, 'minutes'],
    [{ minutes: null }, 'minutes'],
    [{ minutes: 1_441 }, 'minutes'],
    [{ at: '2027-01-01T00:00:00Z' }, 'at'],
    [{ at: null }, 'at'],
    [{ at: 'yesterday' }, 'at'],
    [{ person_id: 'cho@x.test' }, 'person_id'],
    [{ entry_id: 'x' }, 'entry_id'],
  ] as const) {
    const refused = await sam!.patch(at, body);
    expect([body, refused.status, refused.body.errors?.[0]?.field]).toEqual([body, 422, field]);
  }
  expect((await sam!.patch(at, [])).status).toBe(422);
  expect((await sam!.patch(`${on}/time-entries/none`, { minutes: 1 })).status).toBe(404);
  const other = await booked();
  expect((await sam!.patch(`${other.on}${at.slice(on.length)}`, { minutes: 1 })).status).toBe(404);
  expect(await list(on)).toMatchObject({ minutes: 13 });
});

test('a change is taken back within ten seconds, unless the entry was touched again', async () => {
  const { on, at, was } = await booked();
  const sam = callers.sam!;
  const undo = (answer: Answer) => sam.post(`${on}/undo`, { line: (answer.body.undo as { line: string }).line });
  const one = await sam.patch(at, { minutes: 20, what: 'Changed the cable', at: '2026-03-01T09:00:00Z' });
  expect((await undo(one)).status).toBe(200);
  expect((await list(on)).items).toEqual([was]);
  const two = await sam.patch(at, { minutes: 30 });
  const three = await sam.patch(at, { minutes: 40 });
  expect((await undo(two)).status).toBe(409);
  expect((await undo(three)).status).toBe(200);
  expect((await list(on)).minutes).toBe(30);
  expect((await undo(two)).status).toBe(200);
  const four = await sam.patch(at, { minutes: 50 });
  const gone = await sam.delete(at);
  expect((await undo(four)).status).toBe(409);
  expect((await sam.post(`${on}/undo`, { line: gone.headers['undo-line'] })).status).toBe(200);
  expect((await list(on)).minutes).toBe(50);
  await opened.story.later(0.2);
  expect((await undo(four)).status).toBe(409);
});
