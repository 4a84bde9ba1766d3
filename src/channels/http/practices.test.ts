import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { switchables } from '../../commons/practice';
import { sql } from '../../kernel/database';
import { foundPractices } from '../../value-streams/keep-practices';

let open: Door;
let ada: Caller;
let sam: Caller;
let incident: string;
let problem: string;

beforeAll(async () => {
  open = await door();
  await foundPractices(await open.story.context());
  [ada, sam] = [await open.as('ada'), await open.as('sam')];
  const cause = await sam.post('/problems', { title: 'The gateway forgets', department: 'it' });
  expect(cause.text).toContain('PRB-');
  problem = cause.body.number;
  const made = await sam.post('/incidents', {
    title: 'Cards are declined',
    department: 'it',
    service_id: 'Card payments',
    configuration_item_id: 'pay-gw-2',
    problem_id: problem,
  });
  incident = made.body.number;
  await sam.post(`/incidents/${incident}/links`, { to: problem, kind: 'relates_to' });
  expect((await sam.post('/views', { name: 'Causes', audience: 'own', record_type: 'problem' })).status).toBe(201);
  await open.settle();
}, 60_000);
afterAll(() => open?.end());

const off = (key: string, by = ada) => by.post(`/practices/${key}/switch_off`, { reason: 'Not yet.' });
const on = (key: string, by = ada) => by.post(`/practices/${key}/switch_on`, {});

/** What the product answers about everything there is, as two people see it. */
async function everything(): Promise<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  for (const [who, caller] of [
    ['ada', ada],
    ['sam', sam],
  ] as const) {
    for (const type of open.story.house.whole.types.values()) {
      if (type.type === 'practice') continue;
      const list = await caller.get(`/${type.plural}?sort=number&limit=500`);
      said[`${who} ${type.plural}`] = list.body;
      for (const { number } of list.body.items ?? [])
        said[`${who} ${number}`] = (
          await caller.get(`/${type.plural}/${number}?with=links,line-of-sight,context`)
        ).body;
    }
    said[`${who} types`] = (await caller.get('/record-types')).body;
    said[`${who} search`] = (await caller.get('/search?q=gateway')).body;
  }
  said.openapi = (await ada.get('/openapi.json')).body;
  return said;
}

test('only administrators switch, and a practice another one needs stays', async () => {
  expect((await off('problems', sam)).status).toBe(403);
  const refused = await off('components');
  expect([refused.status, refused.body.detail]).toEqual([409, 'Changes need Components: switch that off first.']);
  expect((await off('changes')).status).toBe(200);
  expect((await off('components')).status).toBe(200);
  const back = await on('changes');
  expect([back.status, back.body.detail]).toEqual([409, 'Changes need Components: switch that on first.']);
  expect([(await on('components')).status, (await on('changes')).status]).toEqual([200, 200]);
});

test('what is off appears nowhere', async () => {
  const nothing = (await sam.get('/nothing-of-the-kind')).status;
  expect((await off('problems')).status).toBe(200);
  const answers: Answer[] = await Promise.all([
    sam.get('/problems'),
    sam.get(`/problems/${problem}`),
    sam.get(`/problems/${problem}/history`),
    sam.post('/problems', { title: 'x' }),
    sam.post('/problems/bulk', { verb: 'edit', ids: [problem] }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => nothing));
  const one = (await sam.get(`/incidents/${incident}?with=links,history,context`)).body as unknown as Record<
    string,
    Record<string, Record<string, unknown[]>>
  >;
  expect(one).not.toHaveProperty('problem_id');
  expect(one.with!.links!.items).toEqual([]);
  expect(JSON.stringify(one)).not.toContain(problem);
  expect(JSON.stringify(one)).not.toContain('problem_id');
  expect((await sam.get('/incidents?problem_id=me')).status).toBe(400);
  expect((await sam.patch(`/incidents/${incident}`, { problem_id: problem })).status).toBe(422);
  for (const address of ['/search?q=gateway', '/views', '/record-types', '/openapi.json', '/incidents?limit=500']) {
    const { text } = await sam.get(address);
    expect([
      address,
      /.{40}(problem_id|"type":"problem"|"problems"|\/problems|PRB-|"Causes").{40}/.exec(text)?.[0],
    ]).toEqual([address, undefined]);
  }
  expect((await on('problems')).status).toBe(200);
});

test.each(switchables.filter(({ needs }) => needs.length === 0).map(({ key }) => key))(
  'off and on again, %s comes back whole',
  async (key) => {
    const before = await everything();
    const users = switchables.filter((one) => one.needs.includes(key));
    for (const user of users) expect((await off(user.key)).status).toBe(200);
    expect((await off(key)).status).toBe(200);
    const without = await everything();
    expect(without).not.toEqual(before);
    for (const answer of Object.values(without)) expect((answer as { status?: number }).status ?? 404).not.toBe(500);
    expect((await on(key)).status).toBe(200);
    for (const user of users) expect((await on(user.key)).status).toBe(200);
    expect(await everything()).toEqual(before);
  },
  60_000,
);

test('timers of what is off rest, and fire when it is on again', async () => {
  const { db, clock } = open.story;
  const source = await ada.post('/alert-sources', {
    name: 'Probe',
    key: 'probe',
    form: 'mapped',
    department: 'it',
    heartbeat_minutes: 5,
    mapping: { name: 'body.name', state: 'body.state', fingerprint: 'body.id' },
  });
  expect(source.status, source.text).toBe(201);
  const send = (payload: object) =>
    open.server.inject({
      method: 'POST',
      url: '/hooks/probe',
      payload,
      headers: { authorization: `Bearer ${sam.bearer}` },
    });
  expect((await send({ name: 'Watchdog', state: 'firing', id: '1' })).statusCode).toBe(202);
  await open.settle();
  const missed = async () =>
    (await sql`select 1 from record where type = 'alert' and title like 'Probe is silent%'`.execute(db)).rows.length;
  expect(await missed()).toBe(0);
  await off('monitoring');
  expect((await send({ name: 'Disk', state: 'firing', id: '2' })).statusCode).toBe(404);
  clock.advance(3600);
  await open.settle();
  const silent = await sql`select 1 from history where name = 'alert_source.missed'`.execute(db);
  expect(silent.rows).toEqual([]);
  await on('monitoring');
  await open.settle();
  expect(await missed()).toBe(1);
});

test('taking it back within seconds is a switch like any other', async () => {
  const done = await off('goals');
  const { undo } = done.body as unknown as { undo: { line: string } };
  expect((await ada.get('/goals')).status).toBe(404);
  expect((await ada.post('/practices/goals/undo', { line: undo.line })).status).toBe(200);
  expect((await ada.get('/goals')).status).toBe(200);
});
