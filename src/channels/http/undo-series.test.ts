import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { rows, sql } from '../../kernel/database';

let opened: Door;
let [sam, rita, ada]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  [sam, rita, ada] = await Promise.all(['sam', 'rita', 'ada'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const log = async () =>
  ok(await sam!.post('/incidents', { title: 'The oven is cold', requester_id: 'rita@x.test' })).number;
const at = (number: string) => `/incidents/${number}`;
const undoOf = (body: unknown) => (body as { undo?: { line?: string; bulk_id?: string; until: string } }).undo;
const essence = async (number: string) => {
  const { version, updated_at, offers, refused, ...rest } = ok(await sam!.get(at(number)));
  const said = ok(await sam!.get(`${at(number)}/comments`)).items.map(({ text }) => text);
  return { ...rest, said };
};

test('a macro is taken back whole by one act: what was said, set and put on hold', async () => {
  const macro = ok(
    await ada!.post('/macros', {
      name: 'Ask for the serial',
      record_type: 'incident',
      audience: 'all',
      steps: [
        { verb: 'comment', input: { text: 'Dear {{requester.first_name}}, which zebrano serial number?' } },
        { verb: 'edit', input: { category: 'Oven', urgency: 1 } },
        { verb: 'hold', input: { hold_reason: 'requester' } },
      ],
    }),
  );
  const number = await log();
  await opened.story.catchUp();
  const before = await essence(number);
  const done = ok(await sam!.post(`${at(number)}/at-once`, { macro: macro.number }));
  expect(done.state).toBe('on_hold');
  const offered = undoOf(done)!;
  expect(offered).toEqual({ bulk_id: expect.any(String), until: expect.any(String) });
  await opened.story.catchUp();
  expect((await sam!.get('/search?q=zebrano')).body.items).toHaveLength(1);
  await opened.story.later(0.15, false);
  const back = ok(await sam!.post(`/bulk/${offered.bulk_id}/undo`, {}));
  expect(back.items).toMatchObject([{ number, status: 200 }]);
  expect(await essence(number)).toEqual(before);
  expect((await sam!.get('/search?q=zebrano')).body.items).toHaveLength(0);
  const mails = await rows<{ state: string }>(
    opened.story.db,
    sql`select state from mail where text like '%zebrano%' and state <> 'dropped'`,
  );
  expect(mails).toEqual([]);
  expect((await sam!.post(`/bulk/${offered.bulk_id}/undo`, {})).status).toBe(409);
});

test('several verbs at once go back as one or not at all', async () => {
  const number = await log();
  const steps = [
    { verb: 'start', input: {} },
    { verb: 'edit', input: { impact: 1 } },
  ];
  const done = ok(await sam!.post(`${at(number)}/at-once`, { steps }));
  const { bulk_id } = undoOf(done)!;
  expect((await ada!.post(`/bulk/${bulk_id}/undo`, {})).status).toBe(404);
  const cho = await opened.as('cho');
  ok(await cho.post(`${at(number)}/assign`, { team_id: 'Network' }));
  const refused = await sam!.post(`/bulk/${bulk_id}/undo`, {});
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringMatching(/was changed since/)]);
  // Nothing of it went back.
  expect(ok(await sam!.get(at(number)))).toMatchObject({ impact: 1, state: 'assigned' });
});

test('a series with an act that cannot be taken back offers nothing, a single act its line', async () => {
  const number = await log();
  const mixed = await sam!.post(`${at(number)}/at-once`, {
    steps: [
      { verb: 'start', input: {} },
      { verb: 'doubt', input: { subject: 'priority', text: 'It is worse.' } },
    ],
  });
  expect(undoOf(ok(mixed))).toBeUndefined();
  const one = ok(await sam!.post(`${at(number)}/at-once`, { steps: [{ verb: 'edit', input: { impact: 1 } }] }));
  expect(undoOf(one)).toEqual({ line: expect.any(String), until: expect.any(String) });
});

test('an answer of the team can be taken back, one of whoever asked stands', async () => {
  const number = await log();
  const said = ok(await sam!.post(`${at(number)}/comment`, { text: 'Too early.' }));
  const { line } = undoOf(said)!;
  ok(await sam!.post(`${at(number)}/undo`, { line }));
  expect((await essence(number)).said).toEqual([]);
  const asked = ok(await rita!.post(`${at(number)}/comment`, { text: 'Please hurry.' }));
  const refused = await rita!.post(`${at(number)}/undo`, { line: undoOf(asked)?.line ?? (await lastLine(number)) });
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    'The desk works with what you wrote already: write another answer.',
  ]);
});

const lastLine = async (number: string) => ok(await sam!.get(`${at(number)}/history?limit=1`)).items[0]!.id;
