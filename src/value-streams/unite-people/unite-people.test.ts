import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, callerWith, type Door, door } from '../../../test/door';
import { hashPassword, keepHash } from '../../commons/identity';

let opened: Door;
let ada: Caller;
let sam: Caller;
let made = 0;
const password = 'the right words';
const id = async (address: string) =>
  (await opened.story.pool.query('select id from person where email = $1', [address])).rows[0].id as string;

beforeAll(async () => {
  opened = await door();
  [ada, sam] = [await opened.as('ada'), await opened.as('sam')];
});
afterAll(() => opened.end());

/** The same human twice. Answers both numbers, who stays first. */
async function twice(more: object = {}, stays: object = {}): Promise<{ a: string; b: string; mail: string[] }> {
  made += 1;
  const mail = [`lea.${made}@x.test`, `l.meyer.${made}@x.test`];
  const make = async (email: string, rest: object) =>
    (await ada.post('/people', { name: `Lea Meyer ${made}`, email, roles: ['requester'], ...rest })).body.number;
  return { a: await make(mail[0]!, stays), b: await make(mail[1]!, more), mail };
}
const log = async (input: object, by = sam) =>
  String((await by.post('/incidents', { title: 'Till is dark', ...input })).body.number);
const field = async (number: string, name: string, by = sam) =>
  (
    (await by.get(number.startsWith('INC') ? `/incidents/${number}` : `/people/${number}`)).body[name] as {
      number: string;
    } | null
  )?.number;

describe('a person who stood here twice', () => {
  test('is one everywhere: requester, beneficiary, watcher, team, lead, manager; each record tells so', async () => {
    const { a, b, mail } = await twice();
    const [one, two, three] = [
      await log({ requester_id: mail[1] }),
      await log({ requester_id: mail[0], beneficiary_id: mail[1] }),
      await log({}),
    ];
    await sam.post(`/incidents/${three}/watchers`, { person_id: mail[1] });
    const team = await ada.post('/teams', { name: `Team of ${b}`, department: 'it', lead_id: b, member_ids: [b] });
    const report = await ada.post('/people', { name: 'Below Her', email: `below.${made}@x.test`, manager_id: b });
    const answer = await ada.post(`/people/${b}/merge`, { into: a });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ state: 'retired', email: null, merged_into_id: { number: a } });
    expect([await field(one, 'requester_id'), await field(two, 'beneficiary_id')]).toEqual([a, a]);
    const watchers = (await sam.get(`/incidents/${three}/watchers`)).body.items;
    expect(watchers.map(({ person }) => (person as { number: string }).number)).toEqual([a]);
    const after = (await ada.get(`/teams/${team.body.number}`)).body;
    expect([after.lead_id, after.member_ids]).toMatchObject([{ number: a }, [{ number: a }]]);
    expect(await field(String(report.body.number), 'manager_id', ada)).toBe(a);
    const stays = (await ada.get(`/people/${a}`)).body;
    expect(stays).toMatchObject({ email: mail[0], further_emails: [mail[1]], roles: ['requester'] });
    const named = async (at: string) => (await ada.get(`${at}/history`)).body.items[0];
    expect([await named(`/people/${b}`), await named(`/people/${a}`), await named(`/incidents/${one}`)]).toMatchObject([
      { name: 'person.merged', actor: { name: 'Ada Test' } },
      { name: 'person.absorbed' },
      { name: 'incident.redirected', changes: [{ field: 'requester_id', after: { number: a } }] },
    ]);
  });

  test('is found, named and let in by both addresses; sessions and tokens of the other end', async () => {
    const { a, b, mail } = await twice();
    const hashed = await hashPassword(password);
    for (const address of mail) await keepHash(opened.story.db, await id(address), hashed, opened.story.now());
    const nobody = callerWith(opened.server, {});
    const signIn = (email: string) => nobody.post('/sign-in', { email, password });
    const session = /^[^;]+/.exec(String((await signIn(mail[1]!)).headers['set-cookie']))![0];
    const other = callerWith(opened.server, { cookie: session });
    const token = (await other.post('/me/tokens', { name: 'robot' })).body.token;
    expect((await ada.post(`/people/${b}/merge`, { into: a })).status).toBe(200);
    expect((await other.get('/me')).status).toBe(401);
    expect((await callerWith(opened.server, { authorization: `Bearer ${token}` }).get('/me')).status).toBe(401);
    for (const address of mail) {
      expect((await signIn(address)).body.name).toBe(`Lea Meyer ${made}`);
      expect((await sam.get(`/search?q=${address}`)).body.items[0]).toMatchObject({ number: a });
      expect(await field(await log({ requester_id: address.toUpperCase() }), 'requester_id')).toBe(a);
    }
    // By its name, too, it is one.
    expect(await field(await log({ requester_id: `Lea Meyer ${made}` }), 'requester_id')).toBe(a);
    const taken = await ada.post('/people', { name: 'Else', email: mail[1] });
    expect([taken.status, taken.body.errors[0]?.field]).toEqual([422, 'email']);
    const reset = await nobody.post('/password-reset', { email: mail[1] });
    expect(reset.status).toBe(202);
    const sent = await opened.story.pool.query("select address from mail where subject = 'Choose a new password'");
    expect(sent.rows.at(-1).address).toBe(mail[0]);
  });

  test('gets no role and no department without being asked, and gets them with the tick', async () => {
    const one = await twice({ roles: ['agent'], departments: ['hr'] });
    await ada.post(`/people/${one.b}/merge`, { into: one.a });
    expect((await ada.get(`/people/${one.a}`)).body).toMatchObject({ roles: ['requester'], departments: [] });
    const two = await twice({ roles: ['agent'], departments: ['it'] });
    await ada.post(`/people/${two.b}/merge`, { into: two.a, take_roles: true });
    const kept = (await ada.get(`/people/${two.a}`)).body;
    expect(kept).toMatchObject({ roles: ['requester', 'agent'], departments: [{ number: 'it' }] });
    await ada.post(`/people/${two.b}/unmerge`, {});
    expect((await ada.get(`/people/${two.a}`)).body).toMatchObject({ roles: ['requester'], departments: [] });
  });

  test('what lies behind a wall moves as well, and is not counted for who may not look there', async () => {
    const { a, b, mail } = await twice();
    const hana = await opened.as('hana');
    const secret = await log({ requester_id: mail[1], department: 'hr' }, hana);
    await log({ requester_id: mail[1] });
    const preview = await ada.get(`/people/${b}/merging?into=${a}`);
    expect(preview.body).toMatchObject({
      into: { number: a },
      moves: [{ type: 'incident', field: 'requester_id', count: 1 }],
      addresses: [mail[1]],
      roles: [],
    });
    expect((await sam.get(`/people/${b}/merging?into=${a}`)).status).toBe(403);
    expect((await ada.get(`/people/${b}/merging`)).status).toBe(400);
    const rehearsed = await ada.post('/people/bulk', { verb: 'merge', input: { into: a }, ids: [b], dry_run: true });
    expect(rehearsed.text).not.toContain(secret);
    await ada.post(`/people/${b}/merge`, { into: a });
    expect(await field(secret, 'requester_id', hana)).toBe(a);
    const told = (await ada.get('/history?limit=500')).text + (await ada.get(`/people/${a}/history`)).text;
    expect(told).not.toContain(secret);
    await ada.post(`/people/${b}/unmerge`, {});
    expect(await field(secret, 'requester_id', hana)).toBe(b);
  });

  test('is not merged by anybody else, into itself, a retired or merged one, nor away from under oneself', async () => {
    const [one, two] = [await twice(), await twice()];
    const sentence = async (who: Caller, from: string, into: string) => {
      const answer = await who.post(`/people/${from}/merge`, { into });
      return [answer.status, answer.body.detail];
    };
    expect((await sentence(sam, one.b, one.a))[0]).toBe(403);
    expect(await sentence(ada, one.a, one.a)).toEqual([422, 'A person is not merged into themselves.']);
    const me = String((await ada.get('/people?email=ada@x.test')).body.items[0]!.number);
    expect(await sentence(ada, me, one.a)).toEqual([
      409,
      'This is you, and you would be signed out: merge the other one into you.',
    ]);
    await ada.post(`/people/${one.b}/merge`, { into: one.a });
    expect((await sentence(ada, two.a, one.b))[1]).toMatch(/was merged into another person: merge into that one/);
    expect((await sentence(ada, one.b, two.a))[1]).toBe(`${one.b} was merged into another person: unmerge it first.`);
    expect((await ada.post(`/people/${one.b}/restore`, {})).status).toBe(409);
    expect((await ada.patch(`/people/${one.b}`, { email: 'new@x.test' })).status).toBe(409);
    await ada.post(`/people/${two.b}/retire`, {});
    expect((await sentence(ada, two.a, two.b))[1]).toMatch(/is retired: restore them first/);
    await ada.post(`/people/${one.a}/merge`, { into: two.a });
    expect((await ada.post(`/people/${one.b}/unmerge`, {})).body.detail).toMatch(/unmerge that first/);
    expect((await ada.post(`/people/${two.a}/unmerge`, {})).status).toBe(409);
  });

  test('what was changed since the merging stays changed when they are parted', async () => {
    const { a, b, mail } = await twice({ roles: ['agent'], departments: ['it'] });
    const [one, two] = [await log({ requester_id: mail[1] }), await log({ requester_id: mail[1] })];
    await ada.post(`/people/${b}/merge`, { into: a });
    await sam.patch(`/incidents/${one}`, { requester_id: 'rita@x.test' });
    const fresh = await log({ requester_id: mail[1] });
    expect((await ada.post(`/people/${b}/unmerge`, {})).status).toBe(200);
    const rita = (await ada.get('/people?email=rita@x.test')).body.items[0]!.number;
    expect([
      await field(one, 'requester_id'),
      await field(two, 'requester_id'),
      await field(fresh, 'requester_id'),
    ]).toEqual([rita, b, a]);
    expect((await ada.get(`/people/${b}`)).body).toMatchObject({ state: 'active', email: mail[1] });
    expect((await ada.get(`/people/${a}`)).body.further_emails).toEqual([]);
  });

  test('erased, takes what was merged into it along, and nothing brings it back', async () => {
    const { a, b, mail } = await twice();
    await ada.post(`/people/${b}/merge`, { into: a });
    expect((await ada.post(`/people/${a}/erase`, { reason: 'Asked for it' })).status).toBe(200);
    const kept = await opened.story.pool.query(
      `select 1 from person where email = any($1) or further_emails && $1
       union all select 1 from history where record_id = any($2) and changes::text like '%meyer%'`,
      [mail, await numbers(a, b)],
    );
    expect(kept.rows).toEqual([]);
    expect((await ada.post(`/people/${b}/unmerge`, {})).status).toBe(409);
  });
});

const numbers = async (...all: string[]) =>
  (await opened.story.pool.query('select id from record where number = any($1)', [all])).rows.map((row) => row.id);

/** Everything that is kept of records and their watchers, without what every verb moves. */
async function snapshot(): Promise<unknown[]> {
  const sets = ['member_ids', 'team_ids', 'roles', 'departments', 'further_emails', 'parties'];
  const found: unknown[] = [];
  const read = async (table: string) =>
    (await opened.story.pool.query(`select to_jsonb(t) as row from ${table} t`)).rows;
  for (const { table } of [{ table: 'record' }, ...opened.story.house.types.values()])
    for (const { row } of await read(table)) {
      for (const gone of ['version', 'updated_at']) delete row[gone];
      for (const name of sets) if (Array.isArray(row[name])) row[name].sort();
      found.push({ table, ...row });
    }
  for (const { row } of await read('watcher')) found.push({ table: 'watcher', ...row });
  for (const { row } of await read('record_name')) found.push({ table: 'record_name', ...row });
  return found.map((one) => JSON.stringify(one)).sort();
}

test('merging and parting leaves everything as it was, whatever they were in', async () => {
  const use = fc.record({
    requests: fc.integer({ min: 0, max: 2 }),
    assigned: fc.boolean(),
    watches: fc.constantFrom('nobody', 'a', 'b', 'both'),
    teams: fc.constantFrom('none', 'a', 'b', 'both'),
    leads: fc.boolean(),
    delegates: fc.boolean(),
    roles: fc.boolean(),
    owns: fc.boolean(),
    named: fc.boolean(),
  });
  await ada.post('/custom-fields', { record_type: 'incident', key: 'x_keeper', label: 'Keeper', kind: 'person' });
  await fc.assert(
    fc.asyncProperty(use, async (used) => {
      const { a, b, mail } = await twice({ roles: ['agent'], departments: ['it'] });
      const number = await log({
        ...(used.requests > 0 ? { requester_id: mail[1] } : {}),
        ...(used.requests > 1 ? { beneficiary_id: mail[0] } : {}),
        ...(used.assigned ? { assignee_id: mail[1] } : {}),
        ...(used.named ? { x_keeper: mail[1] } : {}),
      });
      for (const [who, address] of [
        ['a', mail[0]],
        ['b', mail[1]],
      ] as const)
        if (used.watches === who || used.watches === 'both')
          await sam.post(`/incidents/${number}/watchers`, { person_id: address });
      const members = { none: [], a: [mail[0]], b: [mail[1]], both: mail }[used.teams];
      await ada.post('/teams', {
        name: `Crew ${number}`,
        department: 'it',
        member_ids: members,
        ...(used.leads ? { lead_id: mail[1] } : {}),
        ...(used.named ? { shifts: [{ from: '08:00', until: '12:00', person_ids: [mail[1]] }] } : {}),
      });
      if (used.delegates) await ada.patch(`/people/${a}`, { delegate_id: b, manager_id: b });
      if (used.owns) await ada.post('/goals', { name: `Goal of ${number}`, weight: 1, owner_id: b });
      const before = await snapshot();
      const merged = await ada.post(`/people/${b}/merge`, { into: a, take_roles: used.roles });
      expect(merged.status, merged.text).toBe(200);
      const during = await snapshot();
      expect(during).not.toEqual(before);
      const left = during.filter((row) => String(row).includes(String(merged.body.id)));
      // Nothing but the merged person itself, its own names and the first lines' fields names it any more.
      expect(left.filter((row) => !/"table":"(record|person|record_name)"/.test(String(row)))).toEqual([]);
      const parted = await ada.post(`/people/${b}/unmerge`, {});
      expect(parted.status, parted.text).toBe(200);
      expect(await snapshot()).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 120_000);
