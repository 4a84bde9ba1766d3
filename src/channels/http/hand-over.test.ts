import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { rows, sql } from '../../kernel/database';

let opened: Door;
let ada: Caller;
let lea: Caller;
const id: Record<string, string> = {};

/** Ben and Cy work in Tills under Lea; Ben also has work behind the wall of hr. */
beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  const make = async (who: string, roles: string[], departments: string[]) => {
    const made = await ada.post('/people', { name: `${who} Till`, email: `${who}@x.test`, roles, departments });
    expect(made.status, made.text).toBe(201);
    id[who] = made.body.id;
  };
  await make('lea', ['agent', 'team_lead'], ['it']);
  await make('ben', ['agent'], ['it', 'hr']);
  await make('cy', ['agent'], ['it']);
  await make('dee', ['agent'], ['it']);
  const member_ids = ['lea@x.test', 'ben@x.test', 'cy@x.test', 'dee@x.test'];
  expect((await ada.post('/teams', { name: 'Tills', department: 'it', member_ids })).status).toBe(201);
  await ada.patch(`/people/${id.dee}`, { absent_from: '2026-03-01', absent_until: '2026-03-30' });
  lea = await opened.as('lea');
});
afterAll(() => opened.end());

const logged = async (input: object = {}, by = 'lea') =>
  String(
    (
      await (
        await opened.as(by)
      ).post('/incidents', {
        title: 'Till is dark',
        team_id: 'Tills',
        assignee_id: 'ben@x.test',
        ...input,
      })
    ).body.number,
  );
const holder = async (number: string, who = lea) =>
  ((await who.get(`/incidents/${number}`)).body.assignee_id as { name: string } | null)?.name ?? null;
const person = (who: string) => `/people/${id[who]}`;
const undoOf = (answer: Answer) => answer.body.undo as { line: string; until: string } | undefined;
const toldOf = async (who: string) =>
  (await (await opened.as(who)).get('/me/notifications')).body.items.map((one) => ({
    kind: one.kind,
    reason: one.reason,
  }));

describe('who is away today', () => {
  const work: string[] = [];
  beforeAll(async () => {
    for (const title of ['One', 'Two', 'Three', 'Four']) work.push(await logged({ title }));
    await opened.settle();
  });

  test('is relieved by the lead of a team of theirs or an administrator, with a reason, until a day to come', async () => {
    const cy = await opened.as('cy');
    expect((await cy.post(`${person('ben')}/relieve`, { reason: 'Ill' })).status).toBe(403);
    expect((await lea.post('/people/sam@x.test/relieve', { reason: 'Ill' })).status).toBe(404);
    const sam = (await (await opened.as('sam')).get('/me')).body.id;
    expect((await lea.post(`/people/${sam}/relieve`, { reason: 'Ill' })).status).toBe(403);
    expect((await lea.post(`${person('ben')}/relieve`, {})).status).toBe(422);
    expect((await lea.post(`${person('ben')}/relieve`, { reason: 'Ill', until: '2026-03-01' })).status).toBe(422);
  });

  test('a preview tells what would go to whom and why, and leaves nothing behind', async () => {
    const { body } = await lea.post('/people/bulk', {
      verb: 'relieve',
      ids: [id.ben],
      input: { reason: 'Ill' },
      dry_run: true,
    });
    const effects = (
      body.effects as { name: string; record: { number: string }; why: { rule: string } | null }[]
    ).filter(({ name }) => name === 'incident.passed');
    expect(effects.map(({ record }) => record.number).sort()).toEqual([...work].sort());
    expect(effects[0]?.why?.rule).toBe('Its assignee is away. Tills shares it out among those who are there.');
    expect(await Promise.all(work.map((number) => holder(number)))).toEqual(work.map(() => 'ben Till'));
    expect((await lea.get(person('ben'))).body.absent_from).toBeNull();
  });

  test('the open work goes evenly to those who are there; each line says why; each is told once', async () => {
    const done = await lea.post(`${person('ben')}/relieve`, { reason: 'Ill', until: '2026-03-04' });
    expect(done.status, done.text).toBe(200);
    expect(done.body).toMatchObject({ absent_from: '2026-03-02', absent_until: '2026-03-04' });
    const holders = await Promise.all(work.map((number) => holder(number)));
    expect([...holders].sort()).toEqual(['cy Till', 'cy Till', 'lea Till', 'lea Till']);
    const [line] = (await lea.get(`/incidents/${work[0]}/history`)).body.items;
    expect(line).toMatchObject({ name: 'incident.passed', actor: { name: 'lea Till' } });
    const why = line!.why as { alternatives: { name: string; because: string }[] };
    expect(why.alternatives).toContainEqual(expect.objectContaining({ name: 'dee Till', because: 'is absent' }));
    await opened.story.later(1);
    const mine = { kind: 'relieved', reason: 'work' };
    expect((await toldOf('cy')).filter(({ kind }) => kind === 'relieved' || kind === 'passed')).toEqual([mine]);
    expect((await toldOf('ben')).filter(({ kind }) => kind === 'relieved')).toEqual([mine]);
  });

  test('what nobody touched comes back with them; what was begun stays', async () => {
    const mine = [];
    for (const number of work) if ((await holder(number)) === 'cy Till') mine.push(number);
    await (await opened.as('cy')).post(`/incidents/${mine[0]}/start`);
    const back = await (await opened.as('ben')).post(`${person('ben')}/return`);
    expect(back.status, back.text).toBe(200);
    expect(back.body).toMatchObject({ absent_from: null, absent_until: null });
    for (const number of work) expect(await holder(number), number).toBe(number === mine[0] ? 'cy Till' : 'ben Till');
    const again = await lea.post(`${person('ben')}/return`);
    expect([again.status, again.body.detail]).toEqual([409, 'ben Till is not away.']);
  });

  test('the whole can be taken back for ten seconds, and nobody is told', async () => {
    const before = await Promise.all(work.map((number) => holder(number)));
    const relieved = await lea.post(`${person('ben')}/relieve`, { reason: 'Ill' });
    const { line } = undoOf(relieved)!;
    expect(await Promise.all(work.map((number) => holder(number)))).not.toContain('ben Till');
    const undone = await lea.post(`${person('ben')}/undo`, { line });
    expect(undone.status, undone.text).toBe(200);
    expect(undone.body.absent_from).toBeNull();
    expect(await Promise.all(work.map((number) => holder(number)))).toEqual(before);
    await opened.story.later(1);
    const [mails] = await rows<{ n: number }>(
      opened.story.db,
      sql`select count(*)::int as n from mail where line_id = ${line}::uuid and state <> 'dropped'`,
    );
    expect(mails!.n).toBe(0);
  });

  test('work without a team goes where its rule says; where there is none it waits for the desk', async () => {
    const rule = { name: 'Scanners', match: { category: 'Scanner' }, team_id: 'Tills' };
    expect((await ada.post('/assignment-rules', rule)).status).toBe(201);
    // Whose team is not clear: they are in two.
    const spare = { name: 'Spare tills', department: 'it', member_ids: ['ben@x.test'] };
    expect((await ada.post('/teams', spare)).status).toBe(201);
    const ruled = await logged({ category: 'Scanner', team_id: undefined });
    const lost = await logged({ team_id: undefined });
    expect((await lea.get(`/incidents/${lost}`)).body).toMatchObject({ team_id: null, state: 'assigned' });
    await lea.post(`${person('ben')}/relieve`, { reason: 'Ill' });
    expect((await lea.get(`/incidents/${ruled}`)).body).toMatchObject({
      team_id: { name: 'Tills' },
      state: 'assigned',
    });
    expect((await lea.get(`/incidents/${lost}`)).body).toMatchObject({
      team_id: null,
      assignee_id: null,
      state: 'new',
    });
    await lea.post(`${person('ben')}/return`);
  });
});

describe('who leaves', () => {
  test('is not retired while open work is theirs, unless it is handed over in the same act; access ends', async () => {
    const number = await logged({ assignee_id: 'cy@x.test' });
    const cy = await opened.as('cy');
    const refused = await ada.post(`${person('cy')}/retire`);
    expect(refused.status, refused.text).toBe(409);
    expect(refused.body.detail).toMatch(/^cy Till still has /);
    expect(await holder(number)).toBe('cy Till');
    const done = await ada.post(`${person('cy')}/retire`, { reason: 'Moves away', hand_over: true });
    expect(done.status, done.text).toBe(200);
    expect(await holder(number)).toMatch(/lea|ben/);
    expect((await cy.get('/me')).status).toBe(401);
    const [left] = await rows<{ n: number }>(
      opened.story.db,
      sql`select (select count(*) from api_token where person_id = ${id.cy}::uuid)::int
            + (select count(*) from record where assignee_id = ${id.cy}::uuid and state_category in ('open', 'paused'))::int as n`,
    );
    expect(left!.n).toBe(0);
  });

  test('work behind a wall is shared out there, and who retires them learns nothing of it', async () => {
    const hidden = await logged({ title: 'Salary', department: 'hr', team_id: 'HR services' }, 'hana');
    const mine = (await lea.get('/incidents?assignee_id=ben@x.test&state_category=open')).body.items;
    for (const { number } of mine) await lea.post(`/incidents/${number}/assign`, { assignee_id: 'me' });
    await opened.settle();
    const preview = await ada.post('/people/bulk', { verb: 'retire', ids: [id.ben], dry_run: true });
    expect(preview.text).not.toContain(hidden);
    expect(preview.text).not.toContain('Hana');
    const done = await ada.post(`${person('ben')}/retire`, { reason: 'Leaves' });
    expect(done.status, done.text).toBe(200);
    expect(await holder(hidden, await opened.as('hana'))).toBe('Hana Test');
    const [line] = (await (await opened.as('hana')).get(`/incidents/${hidden}/history`)).body.items;
    expect(line).toMatchObject({ name: 'incident.passed', actor: { kind: 'rule' } });
  });
});
