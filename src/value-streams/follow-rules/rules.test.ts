import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actingRules, ok } from '../../../test/acting-rules';
import { type Caller, type Door, door } from '../../../test/door';
import type { Row } from '../../kernel/database';

let opened: Door;
let [ada, sam, cho, rita]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  [ada, sam, cho, rita] = await Promise.all(['ada', 'sam', 'cho', 'rita'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

const { make, retireAll, log } = actingRules(() => opened);
const read = async (number: string) => ok(await sam!.get(`/incidents/${number}`));
const linesOf = async (number: string, plural = 'incidents') =>
  [...ok(await ada!.get(`/${plural}/${number}/history?limit=200`)).items].reverse();
const byRule = async (number: string) => (await linesOf(number)).filter((line) => (line.actor as Row).kind === 'rule');
const toldOf = async (who: Caller) =>
  ok(await who.get('/me/notifications')).items.map((one) => `${one.kind} ${one.reason} ${(one.record as Row).number}`);

describe('a rule', () => {
  test('sets fields, gives to a team, adds tags and watchers, writes a note, proposes; each line says why', async () => {
    ok(await ada!.post('/custom-fields', { record_type: 'incident', key: 'x_floor', label: 'Floor', kind: 'number' }));
    const rule = await make({
      condition: 'service.name == "Card payments" && impact > 1',
      set_impact: 1,
      set_category: 'Payments',
      set_fields: { x_floor: 3 },
      add_tags: ['cards'],
      to_team_id: 'Network',
      watcher_ids: ['cho@x.test'],
      note: 'Look at the gateway first.',
      propose_major: true,
    });
    const number = await log({ service_id: 'Card payments', tags: ['till'], urgency: 1 });
    expect(await read(number)).toMatchObject({
      impact: 1,
      priority: 1,
      category: 'Payments',
      x_floor: 3,
      tags: ['till', 'cards'],
      team_id: { name: 'Network' },
    });
    const lines = await byRule(number);
    expect(lines.map(({ name }) => name)).toEqual([
      'incident.edited',
      'incident.assigned',
      'incident.watched',
      'incident.noted',
      'incident.proposed',
    ]);
    for (const line of lines)
      expect(line.why).toMatchObject({
        rule: `${rule.number} (version 2), Rule`,
        rule_version: 2,
        inputs: { impact: 3 },
        alternatives: [],
      });
    expect(await read(await log({}))).toMatchObject({ impact: 3, tags: [] });
    await retireAll();
  });

  test('is switched off when it is made, and does nothing then', async () => {
    await make({ set_impact: 1 }, false);
    expect(await read(await log())).toMatchObject({ impact: 3 });
    await retireAll();
  });

  test('goes by rank, each seeing what those before it did; one may be the last', async () => {
    const last = await make({ name: 'Last', rank: 30, condition: 'impact == 1', set_category: 'Never' });
    await make({ name: 'First', rank: 10, set_impact: 1 });
    await make({ name: 'Second', rank: 20, condition: 'impact == 1', add_tags: ['seen'], stop: true });
    const number = await log();
    expect(await read(number)).toMatchObject({ impact: 1, tags: ['seen'], category: null });
    const [, second] = await byRule(number);
    expect(second!.why).toMatchObject({
      alternatives: [
        { rule: expect.any(String), because: 'fits too' },
        { rule: last.number, because: 'comes after it' },
      ],
    });
    await retireAll();
  });

  test('listens to edits, states and answers, in the states it is for', async () => {
    await make({ occasion: 'edited', condition: '"urgency" in changed && urgency == 1', add_tags: ['urgent'] });
    await make({ occasion: 'moved', states: ['on_hold'], condition: 'hold_reason == "supplier"', add_tags: ['waits'] });
    await make({ occasion: 'commented', condition: 'comment.lowerAscii().contains("lawyer")', add_tags: ['legal'] });
    const number = await log();
    const tags = async () => {
      await opened.story.catchUp();
      return (await read(number)).tags;
    };
    ok(await sam!.patch(`/incidents/${number}`, { impact: 2 }));
    expect(await tags()).toEqual([]);
    ok(await sam!.patch(`/incidents/${number}`, { urgency: 1 }));
    expect(await tags()).toEqual(['urgent']);
    ok(await sam!.post(`/incidents/${number}/hold`, { hold_reason: 'requester' }));
    expect(await tags()).toEqual(['urgent']);
    ok(await rita!.post(`/incidents/${number}/comment`, { text: 'My Lawyer will write.' }));
    expect(await tags()).toEqual(['urgent', 'legal']);
    ok(await sam!.post(`/incidents/${number}/hold`, { hold_reason: 'supplier' }));
    expect(await tags()).toEqual(['urgent', 'legal', 'waits']);
    await retireAll();
  });

  test('tells teams, the lead and roles, and nobody of what they may not see', async () => {
    ok(await ada!.patch('/teams/TEAM-1001', { lead_id: 'cho@x.test' }));
    await make({
      condition: 'title == "Call"',
      tell_lead: true,
      tell_team_ids: ['Network'],
      tell_roles: ['agent'],
      tell_text: 'Please look.',
    });
    const number = await log({ title: 'Call', team_id: 'Service desk' });
    expect(await toldOf(cho!)).toContain(`called called ${number}`);
    expect(await toldOf(await opened.as('hana'))).toEqual([]);
    expect((await byRule(number))[0]).toMatchObject({ name: 'incident.called', why: { to: expect.any(Array) } });
    expect(ok(await rita!.get(`/incidents/${number}/history`)).items.map(({ name }) => name)).not.toContain(
      'incident.called',
    );
    await retireAll();
  });
});

describe('a quiet rule', () => {
  test('speaks when nothing happened for so long, once, and again after somebody did something', async () => {
    await make({
      occasion: 'quiet',
      minutes: 60,
      since: 'change',
      condition: 'priority <= 5',
      note: 'Nothing happens.',
    });
    const number = await log();
    const notes = async () => (await byRule(number)).filter(({ name }) => name === 'incident.noted').length;
    await opened.story.later(59);
    expect(await notes()).toBe(0);
    await opened.story.later(2);
    expect(await notes()).toBe(1);
    await opened.story.later(600);
    expect(await notes()).toBe(1);
    ok(await sam!.post(`/incidents/${number}/note`, { text: 'I am on it.' }));
    await opened.story.catchUp();
    await opened.story.later(50);
    ok(await sam!.post(`/incidents/${number}/start`));
    await opened.story.catchUp();
    await opened.story.later(50);
    expect(await notes()).toBe(1);
    await opened.story.later(15);
    expect(await notes()).toBe(2);
    ok(await sam!.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'x' }));
    await opened.story.catchUp();
    await opened.story.later(600);
    expect(await notes()).toBe(2);
    await retireAll();
  });

  test('counts from the state or the team, in the states it is for, and not once it is switched off', async () => {
    await make({ occasion: 'quiet', minutes: 30, since: 'state', states: ['on_hold'], add_tags: ['long hold'] });
    const off = await make({ occasion: 'quiet', minutes: 30, since: 'team', add_tags: ['off'] });
    const number = await log();
    ok(await ada!.post(`/action-rules/${off.number}/deactivate`, {}));
    ok(await sam!.post(`/incidents/${number}/hold`, { hold_reason: 'supplier' }));
    await opened.story.catchUp();
    await opened.story.later(20);
    ok(await sam!.post(`/incidents/${number}/note`, { text: 'They said soon.' }));
    await opened.story.catchUp();
    await opened.story.later(11);
    expect(await read(number)).toMatchObject({ tags: ['long hold'] });
    await retireAll();
  });

  test('counts in the working time of the agreement, and for what is open from when it was switched on', async () => {
    await opened.story.act('calendar.create', null, {
      name: 'Office',
      timezone: 'UTC',
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['08:00', '18:00']]])),
    });
    const agreement = await opened.story.act('agreement.create', null, {
      name: 'Standard',
      calendar_id: 'Office',
      targets: [{ target: 'resolution', seconds: 864_000 }],
      effective_on: '2026-01-01',
    });
    await opened.story.act('agreement.publish', String(agreement.id));
    await opened.story.until('2026-03-06T17:30:00Z');
    const number = await log();
    await make({ occasion: 'quiet', minutes: 60, working_time: true, add_tags: ['quiet'] });
    await opened.story.catchUp();
    await opened.story.until('2026-03-09T08:20:00Z');
    expect(await read(number)).toMatchObject({ tags: [] });
    await opened.story.until('2026-03-09T08:31:00Z');
    expect(await read(number)).toMatchObject({ tags: ['quiet'] });
    await retireAll();
  });
});

describe('rules do not go in circles', () => {
  test('a rule does not act on what it has led to itself', async () => {
    await make({ occasion: 'edited', note: 'Edited.', set_category: 'A' });
    await make({ occasion: 'edited', condition: 'category == "A"', set_subcategory: 'B' });
    const number = await log();
    ok(await sam!.patch(`/incidents/${number}`, { description: 'x' }));
    await opened.story.catchUp();
    const lines = await byRule(number);
    expect(lines.filter(({ name }) => name === 'incident.noted')).toHaveLength(1);
    expect(await read(number)).toMatchObject({ category: 'A', subcategory: 'B' });
    await retireAll();
  });

  test('of two that undo each other the second is stopped; both owners learn it', async () => {
    const one = await make({ name: 'Up', occasion: 'edited', condition: 'urgency == 3', set_urgency: 1 });
    const two = await make({
      name: 'Down',
      occasion: 'edited',
      condition: 'urgency == 1',
      set_urgency: 3,
      owner_id: 'ines@x.test',
    });
    const number = await log();
    ok(await sam!.patch(`/incidents/${number}`, { description: 'x' }));
    await opened.story.catchUp();
    expect(await read(number)).toMatchObject({ urgency: 1 });
    const halted = (await linesOf(number)).filter(({ name }) => name === 'incident.halted');
    expect(halted).toHaveLength(1);
    expect(halted[0]!.changes[0]!.after).toMatch(/^It was stopped: it would take back the urgency that ACT-\d+/);
    expect(await toldOf(await opened.as('ines'))).toContain(`faulted fault ${two.number}`);
    expect(await toldOf(cho!)).toContain(`faulted fault ${one.number}`);
    const steps = ok(await ada!.get(`/action-rules/${two.number}/tasks`)).items;
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ title: expect.stringMatching(/take back the urgency/), done: false });
    // The same again asks nobody twice.
    ok(await sam!.patch(`/incidents/${number}`, { urgency: 3 }));
    await opened.story.catchUp();
    expect(ok(await ada!.get(`/action-rules/${two.number}/tasks`)).items).toHaveLength(1);
    const trial = ok(await ada!.post(`/action-rules/${one.number}/try`, {}));
    expect(trial.clashes).toMatchObject([{ rule: { number: two.number }, fields: ['urgency'] }]);
    await retireAll();
  });

  test('a chain of different rules ends after five, with a line and a step for the owner', async () => {
    const words = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    const rules = [];
    for (const [at, word] of words.entries())
      rules.push(
        await make({
          occasion: 'edited',
          rank: 100 - at,
          condition: `category == "${word}"`,
          set_category: words[at + 1] ?? 'end',
        }),
      );
    const number = await log();
    ok(await sam!.patch(`/incidents/${number}`, { category: 'A' }));
    await opened.story.catchUp();
    expect(await read(number)).toMatchObject({ category: 'F' });
    const stopped = rules[5]!;
    expect(ok(await ada!.get(`/action-rules/${stopped.number}/tasks`)).items[0]!.title).toMatch(/5 times in a row/);
    expect((await linesOf(number)).at(-1)).toMatchObject({ name: 'incident.halted' });
    await retireAll();
  });

  test('two that wait for each other over time end as well', async () => {
    await make({
      occasion: 'quiet',
      since: 'team',
      minutes: 10,
      condition: 'team_id == "TEAM-1001"',
      to_team_id: 'Network',
    });
    await make({
      occasion: 'quiet',
      since: 'team',
      minutes: 10,
      condition: 'team_id == "TEAM-1002"',
      to_team_id: 'Service desk',
    });
    const number = await log({ team_id: 'Service desk' });
    for (let round = 0; round < 10; round++) await opened.story.later(11);
    const lines = (await byRule(number)).filter(({ name }) => name === 'incident.assigned');
    expect(lines).toHaveLength(1);
    await retireAll();
  });
});

describe('a fault in a rule', () => {
  test('that appears while it runs is a line and a step for its owner, and nobody is refused anything', async () => {
    const rule = await make({ condition: 'int(title) == 7', set_impact: 1 });
    const fine = await log({ title: '7' });
    expect(await read(fine)).toMatchObject({ impact: 1 });
    const number = await log({ title: 'seven' });
    expect(await read(number)).toMatchObject({ impact: 3 });
    const steps = ok(await ada!.get(`/action-rules/${rule.number}/tasks`)).items;
    expect(steps[0]!.title).toMatch(/^Its condition cannot be judged\. /);
    expect((await linesOf(rule.number, 'action-rules')).at(-1)).toMatchObject({ name: 'action_rule.faulted' });
    await retireAll();
  });

  test('whose field has gone is told as well, and so is what is refused', async () => {
    const field = ok(
      await ada!.post('/custom-fields', { record_type: 'incident', key: 'x_gone', label: 'Gone', kind: 'number' }),
    );
    const asks = await make({ condition: 'x_gone > 1.0', set_impact: 1 });
    const sets = await make({ set_fields: { x_gone: 2 } });
    ok(await ada!.post(`/custom-fields/${field.number}/retire`, {}));
    const number = await log();
    expect(await read(number)).toMatchObject({ impact: 3 });
    expect(ok(await ada!.get(`/action-rules/${asks.number}/tasks`)).items[0]!.title).toMatch(/no field x_gone/i);
    expect(ok(await ada!.get(`/action-rules/${sets.number}/tasks`)).items[0]!.title).toMatch(/^It could not edit/);
    await retireAll();
  });
});

test('“this is wrong” on what a rule did reaches the owner of that rule', async () => {
  const rule = await make({ set_impact: 1, owner_id: 'ines@x.test' });
  const number = await log();
  const [line] = await byRule(number);
  ok(await sam!.post(`/incidents/${number}/doubt`, { subject: 'rule', line: line!.id, text: 'It is not that bad.' }));
  ok(await sam!.post(`/incidents/${number}/doubt`, { subject: 'priority', text: 'It is 4.' }));
  await opened.story.catchUp();
  expect((await toldOf(await opened.as('ines'))).filter((one) => one === `doubted rule ${number}`)).toHaveLength(2);
  const note = ok(await sam!.get(`/incidents/${number}/comments`)).items.at(-2);
  expect(note!.text).toContain(rule.number);
  await retireAll();
});
