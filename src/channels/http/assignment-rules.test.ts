import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let ada: Caller;
let sam: Caller;

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  sam = await opened.as('sam');
});
afterAll(() => opened.end());

interface Trial {
  readonly [name: string]: unknown;
  readonly items: { number: string; by: string; changes: boolean; inputs: Record<string, unknown> }[];
  readonly went: { by: string; team: { name: string } | null; rule: { number: string } | null; count: number }[];
  readonly behind: { rule: { number: string }; count: number }[];
}

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const make = async (more: object) =>
  ok(await ada.post('/assignment-rules', { name: 'Rule', team_id: 'Network', ...more }));
const retire = async (number: string) => ok(await ada.post(`/assignment-rules/${number}/retire`, {}));
const log = async (input: object, who = sam) => ok(await who.post('/incidents', { title: 'It fails', ...input }));
const teamOf = async (input: object) => (await log(input)).team_id as { name: string } | null;
const tried = async (body: object, at = '') =>
  ok(await ada.post(`/assignment-rules${at}/try`, body)) as unknown as Trial;
const whyOf = async (number: string) =>
  (await ada.get(`/incidents/${number}/history`)).body.items.find(({ name }) => name === 'incident.logged')!
    .why as Record<string, unknown>;

describe('a rule with a condition', () => {
  test('takes what it holds for, and the line names rule, version and what it looked at', async () => {
    const { number, version } = await make({ condition: 'impact == 1 && service.name.startsWith("Card")' });
    const incident = await log({ impact: 1, service_id: 'Card payments' });
    expect(incident.team_id).toMatchObject({ name: 'Network' });
    expect(await whyOf(incident.number)).toMatchObject({
      rule: expect.stringContaining(`${number} (version ${version})`),
      rule_version: version,
      inputs: { impact: 1 },
    });
    expect(await teamOf({ impact: 3, service_id: 'Card payments' })).toMatchObject({ name: 'Service desk' });
    const edited = ok(
      await ada.patch(`/assignment-rules/${number}`, { condition: 'impact == 3 && channel == "phone"' }),
    );
    expect(edited.version).toBe(version + 1);
    const later = await log({ impact: 3, channel: 'phone' });
    expect(await whyOf(later.number)).toMatchObject({ rule_version: version + 1 });
    const [line] = (await ada.get(`/assignment-rules/${number}/history`)).body.items;
    expect(line!.changes).toContainEqual({
      field: 'condition',
      before: 'impact == 1 && service.name.startsWith("Card")',
      after: 'impact == 3 && channel == "phone"',
    });
    await retire(number);
  });

  test('asks fields of the organisation and the requester; what is empty fits nothing', async () => {
    ok(await ada.post('/custom-fields', { record_type: 'incident', key: 'x_seats', label: 'Seats', kind: 'number' }));
    const { number } = await make({ condition: 'x_seats >= 3 && requester.email.endsWith("@x.test")' });
    expect(await teamOf({ x_seats: 4 })).toMatchObject({ name: 'Network' });
    expect(await teamOf({ x_seats: 2 })).toBeNull();
    expect(await teamOf({})).toBeNull();
    await retire(number);
  });

  test('and equal fields fits when both fit', async () => {
    const { number } = await make({ match: { category: 'Line' }, condition: '"vip" in tags' });
    expect(await teamOf({ category: 'line', tags: ['vip'] })).toMatchObject({ name: 'Network' });
    expect(await teamOf({ category: 'line' })).toBeNull();
    expect(await teamOf({ tags: ['vip'] })).toBeNull();
    await retire(number);
  });

  test.each([
    ['catgory == "Network"', 'Character 1: There is no field catgory'],
    ['impact == "high"', 'do not go together: int == string'],
    ['impact', 'true or false'],
    ['title.matches("x")', 'There is no matches() here'],
    ['team_id == "TEAM-1001"', 'There is no field team_id'],
    ['impact ==', 'Character'],
  ])('is not kept as %s', async (condition, sentence) => {
    for (const answer of [
      await ada.post('/assignment-rules', { name: 'Rule', team_id: 'Network', condition }),
      await ada.post('/assignment-rules/try', { team_id: 'Network', condition }),
    ]) {
      expect(answer.status, answer.text).toBe(422);
      expect(answer.body.errors).toEqual([{ field: 'condition', message: expect.stringContaining(sentence) }]);
    }
  });

  test('assigns nothing as a draft; its makers switch it on', async () => {
    const rule = await make({ condition: 'category == "Drafted"', draft: true });
    expect(rule.state).toBe('draft');
    expect(await teamOf({ category: 'Drafted' })).toBeNull();
    expect((await sam.post(`/assignment-rules/${rule.number}/activate`, {})).status).toBe(403);
    expect(ok(await ada.post(`/assignment-rules/${rule.number}/activate`, {})).state).toBe('active');
    expect(await teamOf({ category: 'Drafted' })).toMatchObject({ name: 'Network' });
    await retire(rule.number);
  });
});

describe('trying a rule', () => {
  test('tells what it would have done with what was logged, and writes nothing', async () => {
    await opened.story.later(91 * 24 * 60, false);
    const first = await make({ match: { category: 'Mine' }, team_id: 'Service desk', rank: 1 });
    const served = await log({ urgency: 1, category: 'Tried', service_id: 'Card payments' });
    const nobody = await log({ urgency: 1, category: 'Tried' });
    await log({ urgency: 1, category: 'Tried', team_id: 'Network' });
    await log({ urgency: 1, category: 'Mine' });
    const other = await log({ urgency: 3, category: 'Tried' });
    // What was changed later does not count: a rule sees what was logged.
    ok(await sam.patch(`/incidents/${other.number}`, { urgency: 1 }));
    ok(await sam.post(`/incidents/${served.number}/assign`, { team_id: 'Network' }));
    // Behind the wall of another department, and out of the sight of who tries it.
    await log({ urgency: 1, category: 'Tried' }, await opened.as('hana'));

    const count = async () => (await opened.story.pool.query('select count(*) from history')).rows[0].count;
    const lines = await count();
    const body = { team_id: 'Network', condition: 'urgency == 1 && category in ["Tried", "Mine"]' };
    const trial = await tried(body);
    expect(trial).toMatchObject({
      read: 5,
      more: false,
      team: { name: 'Network' },
      fits: 4,
      takes: 2,
      by_hand: 1,
      changes: 2,
      came_anyway: 1,
      undecided: 0,
    });
    expect(trial.behind).toMatchObject([{ rule: { number: first.number }, count: 1 }]);
    expect(trial.went).toHaveLength(2);
    expect(trial.went).toContainEqual(
      expect.objectContaining({ by: 'service', team: expect.objectContaining({ name: 'Service desk' }), count: 1 }),
    );
    expect(trial.items.map(({ number, by }) => [number, by])).toEqual(
      expect.arrayContaining([
        [served.number, 'service'],
        [nobody.number, 'nobody'],
      ]),
    );
    expect(trial.items[0]!.inputs).toEqual({ urgency: 1, category: 'Tried' });

    // A rule that stands is tried as it is, and as the body changes it.
    expect(await tried({}, `/${first.number}`)).toMatchObject({ fits: 1, takes: 1, changes: 0 });
    const moved = await tried({ team_id: 'Network', rank: 500 }, `/${first.number}`);
    expect(moved).toMatchObject({ takes: 1, changes: 1, went: [{ by: 'rule', rule: { number: first.number } }] });
    expect(await tried({ team_id: 'Network', condition: 'x_seats > 1.0' })).toMatchObject({ fits: 0, undecided: 5 });
    expect(await count()).toBe(lines);
  });

  test('goes back ninety days and no further', async () => {
    await opened.story.later(91 * 24 * 60, false);
    expect(await tried({ team_id: 'Network', condition: 'true' })).toMatchObject({ read: 0, takes: 0, items: [] });
  });

  test('is for who makes rules, and needs a team', async () => {
    for (const who of ['sam', 'rita', 'otto']) {
      const caller = await opened.as(who);
      expect((await caller.post('/assignment-rules/try', { team_id: 'Network' })).status).toBe(403);
      expect((await caller.get('/assignment-rules/condition-fields')).status).toBe(403);
    }
    const teamless = await ada.post('/assignment-rules/try', { condition: 'true' });
    expect([teamless.status, teamless.body.errors[0]!.field]).toEqual([422, 'team_id']);
    expect((await ada.post('/assignment-rules/try', { nonsense: 1 })).status).toBe(422);
    expect((await ada.post('/assignment-rules/RULE-9999/try', {})).status).toBe(404);
    const names = (await ada.get('/assignment-rules/condition-fields')).body.items.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['impact', 'opened_at', 'x_seats', 'service.name', 'requester.email']),
    );
    expect(names).not.toContain('team_id');
  });
});
