import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import type { Row } from '../../kernel/database';

let opened: Door;
let [ada, sam, cho]: Caller[] = [];

beforeAll(async () => {
  opened = await door();
  [ada, sam, cho] = await Promise.all(['ada', 'sam', 'cho'].map((who) => opened.as(who)));
}, 120_000);
afterAll(() => opened?.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const made: string[] = [];
const make = async (more: object) => {
  const rule = ok(await ada!.post('/action-rules', { name: 'Rule', occasion: 'edited', ...more }));
  ok(await ada!.post(`/action-rules/${rule.number}/activate`));
  made.push(rule.number);
  return rule;
};
const retireAll = async () => {
  for (const number of made.splice(0)) ok(await ada!.post(`/action-rules/${number}/retire`, {}));
};
const logged = async () => String(ok(await sam!.post('/incidents', { title: 'It fails', urgency: 3 })).number);
const read = async (number: string) => ok(await sam!.get(`/incidents/${number}`));
const names = async (number: string) =>
  ok(await sam!.get(`/incidents/${number}/history?limit=200`)).items.map(({ name }) => String(name).split('.')[1]);
const items = async (number: string, what: string) => ok(await sam!.get(`/incidents/${number}/${what}`)).items;
const edit = async (number: string, input: object) => {
  const done = ok(await sam!.patch(`/incidents/${number}`, input));
  await opened.story.catchUp();
  return (done.undo as { line: string }).line;
};
const back = (number: string, line: string) => sam!.post(`/incidents/${number}/undo`, { line });

describe('what a rule did goes back with its cause', () => {
  test('fields, team, watchers, notes and proposals, and what another rule did because of it', async () => {
    await make({
      condition: '"urgency" in changed && urgency == 1',
      set_category: 'Network',
      to_team_id: 'Network',
      add_tags: ['urgent'],
      watcher_ids: ['cho@x.test'],
      note: 'Look at the switch first.',
      propose_major: true,
    });
    await make({ condition: 'category == "Network"', set_subcategory: 'Switch' });
    const number = await logged();
    const { version: _v, updated_at: _u, offers: _o, ...before } = await read(number);
    const line = await edit(number, { urgency: 1 });
    expect(await read(number)).toMatchObject({
      category: 'Network',
      subcategory: 'Switch',
      tags: ['urgent'],
      team_id: { name: 'Network' },
    });
    const undone = ok(await back(number, line));
    expect(undone.stays).toBeUndefined();
    await opened.story.catchUp();
    const { version, updated_at, offers, ...after } = await read(number);
    expect(after).toEqual(before);
    for (const what of ['watchers', 'comments']) expect(await items(number, what)).toEqual([]);
    const lines = await names(number);
    expect(lines.filter((name) => name === 'undone')).toHaveLength(7);
    expect(lines.filter((name) => name !== 'undone')).toHaveLength(8);
    await retireAll();
  });

  test('what somebody else changed since stays, and the answer names it', async () => {
    const rule = await make({ condition: '"urgency" in changed', set_category: 'Network', add_tags: ['urgent'] });
    const watch = await make({ condition: '"urgency" in changed', watcher_ids: ['cho@x.test'] });
    const number = await logged();
    const line = await edit(number, { urgency: 1 });
    ok(await cho!.patch(`/incidents/${number}`, { category: 'Power' }));
    await opened.story.catchUp();
    const undone = ok(await back(number, line));
    expect(undone).toMatchObject({ urgency: 3, category: 'Power', tags: ['urgent'] });
    expect(undone.stays).toEqual([
      {
        line: expect.any(String),
        rule: `${rule.number} (version 2), Rule`,
        sentence: `What ${rule.number} (version 2), Rule did stays: Category was changed since.`,
      },
    ]);
    expect(await items(number, 'watchers')).toEqual([]);
    expect(watch.number).not.toBe(rule.number);
    await retireAll();
  });

  test('a rule behind a wall is not named by what stays, and nothing of the team to who asked', async () => {
    const { act, catchUp } = opened.story;
    const [hana, rita] = await Promise.all(['hana', 'rita'].map((who) => opened.as(who)));
    const rule = await act('action_rule.create', null, {
      name: 'Harassment goes to Petra',
      department: 'hr',
      occasion: 'moved',
      condition: '"reopen_count" in changed',
      set_category: 'Quarrel',
      note: 'Call Petra.',
    });
    await act('action_rule.activate', String(rule.id));
    const asked = { title: 'It hurts', department: 'hr', requester_id: 'rita@x.test' };
    const { number } = ok(await hana!.post('/incidents', asked));
    await catchUp();
    ok(await hana!.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Done.' }));
    const again = ok(await rita!.post(`/incidents/${number}/reopen`, { reason: 'Again.' }));
    await catchUp();
    ok(await hana!.patch(`/incidents/${number}`, { category: 'Other' }));
    const undone = ok(await rita!.post(`/incidents/${number}/undo`, { line: (again.undo as { line: string }).line }));
    expect(undone).toMatchObject({ state: 'resolved', category: 'Other' });
    expect(undone.stays).toEqual([
      { line: expect.any(String), rule: 'A rule', sentence: 'What a rule did stays: Category was changed since.' },
    ]);
    await act('action_rule.retire', String(rule.id));
  });

  test('where the act itself cannot be taken back any more, what rules did stays too', async () => {
    await make({ condition: '"urgency" in changed', add_tags: ['urgent'] });
    const number = await logged();
    const line = await edit(number, { urgency: 1 });
    ok(await cho!.patch(`/incidents/${number}`, { impact: 1 }));
    await opened.story.catchUp();
    expect((await back(number, line)).status).toBe(409);
    expect(await read(number)).toMatchObject({ urgency: 1, tags: ['urgent'] });
    expect(await names(number)).not.toContain('undone');
    const stranger = await cho!.post(`/incidents/${number}/undo`, { line });
    expect(stranger.status).toBe(403);
    expect(await read(number)).toMatchObject({ urgency: 1, tags: ['urgent'] });
    await retireAll();
  });

  test('a rule that has not acted yet does not act on what was taken back', async () => {
    await make({ condition: '"urgency" in changed', add_tags: ['urgent'], note: 'Urgent.' });
    const number = await logged();
    const done = ok(await sam!.patch(`/incidents/${number}`, { urgency: 1 }));
    ok(await back(number, (done.undo as { line: string }).line));
    await opened.story.catchUp();
    expect(await read(number)).toMatchObject({ urgency: 3, tags: [] });
    expect(await items(number, 'comments')).toEqual([]);
    await retireAll();
  });

  test('mails and messages a rule led to wait for the act, and are dropped with it', async () => {
    await make({
      condition: '"urgency" in changed',
      to_team_id: 'Network',
      tell_roles: ['agent'],
      tell_text: 'Please look.',
      note: 'The switch again?',
    });
    const number = await logged();
    ok(await sam!.post(`/incidents/${number}/watchers`, { person_id: 'cho@x.test' }));
    const done = ok(await sam!.patch(`/incidents/${number}`, { urgency: 1 }));
    const { line, until } = done.undo as { line: string; until: string };
    await opened.settle();
    const about = `where record_id = (select id from record where number = '${number}')`;
    const all = async (text: string) => (await opened.story.pool.query(text)).rows as Row[];
    const byRule = (await all(`select id from history ${about} and actor_kind = 'rule'`)).map(({ id }) => String(id));
    const mails = async () =>
      (await all(`select line_id, state, due_at from mail ${about}`)).filter((one) =>
        byRule.includes(String(one.line_id)),
      );
    const told = async () =>
      (await all(`select line_id from notification ${about}`)).filter((one) => byRule.includes(String(one.line_id)));
    expect((await told()).length).toBeGreaterThan(0);
    expect((await mails()).length).toBeGreaterThan(0);
    for (const mail of await mails()) expect([mail.state, mail.due_at]).toEqual(['waiting', new Date(until)]);
    ok(await back(number, line));
    await opened.settle();
    expect(await told()).toEqual([]);
    for (const mail of await mails()) expect(mail.state).toBe('dropped');
    await retireAll();
  });

  test('one verb on many: each goes back with what rules did to it', async () => {
    await make({ occasion: 'moved', states: ['in_progress'], add_tags: ['begun'] });
    const numbers = [await logged(), await logged(), await logged()];
    const done = ok(await sam!.post('/incidents/bulk', { verb: 'start', ids: numbers }));
    await opened.story.catchUp();
    ok(await sam!.post(`/incidents/${numbers[0]}/hold`, { hold_reason: 'supplier' }));
    ok(await cho!.patch(`/incidents/${numbers[1]}`, { tags: ['begun', 'mine'] }));
    const undone = ok(await sam!.post(`/bulk/${done.bulk_id}/undo`));
    expect(undone.items.map(({ status, stays }) => [status, (stays as Row[] | undefined)?.length])).toEqual([
      [409, undefined],
      [200, 1],
      [200, undefined],
    ]);
    const tags = [];
    for (const number of numbers) tags.push((await read(number)).tags);
    expect(tags).toEqual([['begun'], ['begun', 'mine'], []]);
    await retireAll();
  });

  test('a stale version is refused, and nothing goes back', async () => {
    await make({ condition: '"urgency" in changed', add_tags: ['urgent'] });
    const number = await logged();
    const line = await edit(number, { urgency: 1 });
    const stale = await sam!.post(`/incidents/${number}/undo`, { line }, { 'if-match': '"2"' });
    expect(stale.status).toBe(412);
    expect(await read(number)).toMatchObject({ tags: ['urgent'] });
    const fresh = await sam!.post(`/incidents/${number}/undo`, { line }, { 'if-match': '"3"' });
    expect(fresh.body).toMatchObject({ urgency: 3, tags: [] });
    await retireAll();
  });
});
