import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, callerWith, type Door, door } from '../../../test/door';
import { makeLink } from '../../commons/identity';
import { switchables } from '../../commons/practice';
import { sql } from '../../kernel/database';
import { knownRows } from '../../known';
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

test('what is off and what never was are told in the same sentences', async () => {
  const nobody = callerWith(open.server, {});
  const said = async (plural: string, kind: string) => {
    const told: unknown[] = [];
    for (const who of [ada, sam, nobody]) {
      for (const path of ['', '/PRB-1001', '/PRB-1001/history', '/PRB-1001/who-can-see', '/x/comments/y'])
        told.push(await who.get(`/${plural}${path}`));
      for (const path of ['', '/bulk', '/PRB-1001/resolve', '/PRB-1001/links', '/PRB-1001/undo', '/PRB-1001/no_verb'])
        told.push(await who.post(`/${plural}${path}`, { verb: 'edit', ids: ['PRB-1001'] }));
      told.push(
        await who.patch(`/${plural}/PRB-1001`, { title: 'x' }),
        await who.delete(`/${plural}/PRB-1001/links/x`),
      );
      for (const url of [`/history?type=${kind}`, `/search?q=x&type=${kind}`]) told.push(await who.get(url));
      told.push(await who.post('/views', { name: 'x', record_type: kind }));
      told.push(await who.post('/custom-fields', { record_type: kind, key: 'x_y', label: 'Y', kind: 'text' }));
      told.push(await who.post('/webhooks', { name: 'x', address: 'https://x.example', events: [`${kind}.logged`] }));
    }
    return (told as Answer[]).map(({ status, text }) =>
      `${status} ${text}`
        .replaceAll(plural, 'plural')
        .replaceAll(kind, 'kind')
        .replaceAll(/"(id|at|created_at|updated_at|state_since|number|instance)":"[^"]*"/g, ''),
    );
  };
  expect((await off('problems')).status).toBe(200);
  const there = await said('problems', 'problem');
  expect(there).toEqual(await said('dragons', 'dragon'));
  expect(there.filter((one) => one.startsWith('404')).length).toBeGreaterThan(20);
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

test('with everything off what is left works, and keeps what it does not show', async () => {
  const before = (await sam.get(`/incidents/${incident}`)).body as unknown as Record<string, { number: string } | null>;
  expect(before.problem_id?.number).toBe(problem);
  const off = [...switchables].sort((a, b) => b.needs.length - a.needs.length);
  for (const { key } of off) expect((await ada.post(`/practices/${key}/switch_off`, {})).status).toBe(200);
  const found = await everything();
  for (const [address, answer] of Object.entries(found))
    expect([address, (answer as { status?: number } | null)?.status ?? 0]).not.toEqual([address, 500]);
  const asked = [
    '/measures/intake',
    '/measures/backlog?by=team',
    `/incidents/${incident}/line-of-sight`,
    `/incidents/${incident}/major`,
    `/incidents/${incident}/proposals`,
    '/me/notifications',
    '/mails',
    '/drafts',
  ];
  for (const address of asked) expect([address, (await ada.get(address)).status < 400]).toEqual([address, true]);
  const major = await sam.post('/incidents', {
    title: 'Nobody can pay',
    department: 'it',
    impact: 1,
    urgency: 1,
  });
  expect(major.status, major.text).toBe(201);
  const { number } = major.body;
  const lead = await open.as('cho');
  await lead.post(`/incidents/${number}/declare`, {
    major_message: 'We are on it.',
    next_update_at: '2030-01-01T00:00:00Z',
  });
  expect(
    (await sam.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Restarted.' }))
      .status,
  ).toBeLessThan(500);
  const edited = await sam.patch(`/incidents/${incident}`, { title: 'Cards are declined again' });
  const { undo } = edited.body as unknown as { undo: { line: string } };
  expect((await sam.post(`/incidents/${incident}/undo`, { line: undo.line })).status).toBe(200);
  await open.settle();
  for (const { key } of off.reverse()) expect((await ada.post(`/practices/${key}/switch_on`, {})).status).toBe(200);
  const after = (await sam.get(`/incidents/${incident}`)).body as unknown as typeof before;
  expect([after.title, after.problem_id, after.configuration_item_id]).toEqual([
    before.title,
    before.problem_id,
    before.configuration_item_id,
  ]);
}, 60_000);

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

test.each([
  ['small', switchables.flatMap(({ key, small }) => (small ? [] : [key]))],
  ['everything', []],
])('an organisation that begins %s', async (size, expected) => {
  const fresh = await door({ empty: true });
  try {
    const ends = new Date(fresh.story.now().getTime() + 3_600_000);
    const token = await makeLink(fresh.story.db, 'set-up', null, ends);
    const nobody = callerWith(fresh.server, {});
    const wrong = await nobody.post('/set-up', {
      token,
      organization: 'Five',
      name: 'Eva',
      email: 'eva@x.test',
      password: 'a long sentence',
      size: 'huge',
    });
    expect([wrong.status, wrong.body.errors[0]?.field]).toEqual([422, 'size']);
    const made = await nobody.post('/set-up', {
      token,
      organization: 'Five',
      name: 'Eva',
      email: 'eva@x.test',
      password: 'a long sentence',
      size,
    });
    expect(made.status, made.text).toBe(201);
    const eva = await fresh.as('eva');
    const off = (await eva.get('/practices?state=off&sort=created_at')).body.items.map(({ number }) => number);
    expect(off.sort()).toEqual([...expected].sort());
    expect((await eva.get('/services')).status).toBe(size === 'small' ? 404 : 200);
    expect((await eva.get('/problems')).status).toBe(200);
    expect((await eva.post('/incidents', { title: 'The first one' })).status).toBe(201);
  } finally {
    await fresh.end();
  }
});

test('another server knows of a switch by its next look', async () => {
  const other = knownRows();
  await other.refresh(open.story.db);
  await off('availability');
  expect(other.practices.off().has('outage')).toBe(false);
  expect(await other.refresh(open.story.db)).toBe(true);
  expect(other.practices.off().has('outage')).toBe(true);
  await on('availability');
});
