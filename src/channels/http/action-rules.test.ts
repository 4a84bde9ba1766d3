import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actingRules, ok } from '../../../test/acting-rules';
import { type Caller, type Door, door } from '../../../test/door';
import type { Row } from '../../kernel/database';

let opened: Door;
let [ada, sam]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  [ada, sam] = await Promise.all(['ada', 'sam'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

const { make, made, retireAll, log } = actingRules(() => opened);

describe('a rule cannot be kept that', () => {
  test.each([
    [{ set_impact: 1, condition: 'catgory == "x"' }, 'condition', /^Character 1: There is no field catgory/],
    [{}, 'note', /what the rule does/],
    [{ occasion: 'quiet', note: 'x' }, 'minutes', /how many minutes/],
    [{ states: ['sleeping'], note: 'x' }, 'states', /no state sleeping/],
    [{ tell_lead: true }, 'tell_text', /what they are told/],
    [{ tell_roles: ['king'], tell_text: 'x' }, 'tell_roles', /no role king/],
    [{ set_fields: { x_nothing: 1 } }, 'set_fields', /no field x_nothing/],
    [{ set_impact: 4 }, 'set_impact', /at most 3/],
  ])('%o', async (input, field, sentence) => {
    const answer = await ada!.post('/action-rules', { name: 'x', ...input });
    expect([answer.status, answer.body.errors[0]?.field]).toEqual([422, field]);
    expect(answer.body.errors[0]!.message).toMatch(sentence);
  });

  test('is made by anybody but administrators and incident managers', async () => {
    expect((await sam!.post('/action-rules', { name: 'x', note: 'x' })).status).toBe(403);
    expect((await sam!.post('/action-rules/try', { note: 'x' })).status).toBe(403);
  });
});

test('a trial says what a rule would have done, moment by moment, and writes nothing', async () => {
  await make({ rank: 1, condition: 'title == "Tried" && urgency == 2', set_category: 'x', stop: true });
  const first = await log({ title: 'Tried' });
  await log({ title: 'Tried', urgency: 2 });
  ok(await sam!.patch(`/incidents/${first}`, { urgency: 1 }));
  const tried = async (body: object) => ok(await ada!.post('/action-rules/try', body)) as unknown as Row;
  expect(await tried({ condition: 'title == "Tried"', set_impact: 1, note: 'x' })).toMatchObject({
    fits: 1,
    acts: 1,
    does: expect.arrayContaining([
      { act: 'impact', count: 1 },
      { act: 'note', count: 1 },
    ]),
    behind: [{ rule: { number: made[0] }, count: 1 }],
    items: [
      { number: first, line: 'incident.logged', changes: [{ field: 'impact', before: 3, after: 1 }], note: true },
    ],
  });
  expect(
    await tried({ occasion: 'edited', condition: 'title == "Tried" && urgency == 1', to_team_id: 'Network' }),
  ).toMatchObject({
    acts: 1,
    items: [{ line: 'incident.edited', changes: [{ field: 'team_id', before: null, after: 'TEAM-1002' }] }],
  });
  await opened.story.later(300);
  expect(await tried({ occasion: 'quiet', minutes: 120, condition: 'title == "Tried"', note: 'x' })).toMatchObject({
    acts: 2,
    incidents: 2,
    items: [{ line: null }, { line: null }],
  });
  const wrong = await ada!.post('/action-rules/try', { condition: 'impact == ', note: 'x' });
  expect([wrong.status, wrong.body.errors[0]!.field]).toEqual([422, 'condition']);
  await retireAll();
});
