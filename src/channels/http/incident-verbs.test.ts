import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let rita: Caller;
let ada: Caller;
let otto: Caller;
const solved = { resolution_code: 'fixed', resolution_note: 'Paper in.' };

beforeAll(async () => {
  opened = await door();
  [sam, rita, ada, otto] = (await Promise.all(['sam', 'rita', 'ada', 'otto'].map((who) => opened.as(who)))) as [
    Caller,
    Caller,
    Caller,
    Caller,
  ];
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const logged = async (input: object = {}, who = rita) =>
  `/incidents/${ok(await who.post('/incidents', { title: 'Till', ...input })).number}`;
const now = () => opened.story.now().toISOString();
const later = async (days: number) => ok(await ada.post('/clock', { advance_s: days * 86_400 }));

describe('log', () => {
  test('takes the caller, the lowest scores and channel api where nothing is given', async () => {
    const answer = await rita.post('/incidents', { title: 'Card reader' });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/api/v1/incidents/${answer.body.number}`);
    expect(answer.body).toMatchObject({
      number: expect.stringMatching(/^INC-\d+$/),
      type: 'incident',
      state: 'new',
      version: 1,
      impact: 3,
      urgency: 3,
      priority: 5,
      channel: 'api',
      requester_id: { name: 'Rita Test' },
      department: { number: 'it' },
      opened_at: now(),
      reopen_count: 0,
      reassignment_count: 0,
      major: false,
    });
  });
  test('with a team it is assigned; references by id, number, e-mail and unique name', async () => {
    const team = ok(await sam.get('/teams?name=Network')).items[0]!;
    for (const team_id of [team.id, team.number, 'Network', 'network'])
      expect(ok(await sam.post('/incidents', { title: 'x', team_id }))).toMatchObject({
        state: 'assigned',
        team_id: { id: team.id, number: team.number, name: 'Network' },
        acknowledged_at: null,
      });
    const whole = {
      title: 'Whole',
      description: 'd',
      impact: 2,
      urgency: 1,
      category: 'c',
      subcategory: 's',
      service_id: 'Paying by card',
      configuration_item_id: 'SN-77-A',
      requester_id: 'rita@x.test',
      beneficiary_id: 'fred@x.test',
      channel: 'carrier pigeon',
      deadline_at: '2026-04-01T10:00:00+02:00',
      tags: ['one'],
      source: 'old desk',
      source_number: 'OLD-7',
    };
    expect(ok(await sam.post('/incidents', whole))).toMatchObject({
      priority: 2,
      service_id: { name: 'Card payments' },
      configuration_item_id: { name: 'pay-gw-2' },
      beneficiary_id: { name: 'Fred Test' },
      channel: 'carrier pigeon',
      deadline_at: '2026-04-01T08:00:00.000Z',
      tags: ['one'],
      source_number: 'OLD-7',
    });
  });
  test.each([
    [1, 1, 1],
    [1, 2, 2],
    [1, 3, 3],
    [2, 1, 2],
    [2, 2, 3],
    [2, 3, 4],
    [3, 1, 3],
    [3, 2, 4],
    [3, 3, 5],
  ])('impact %i and urgency %i make priority %i, also when edited', async (impact, urgency, priority) => {
    const at = await logged({ impact, urgency }, sam);
    expect(ok(await sam.get(at)).priority).toBe(priority);
    const other = await logged({}, sam);
    expect(ok(await sam.patch(other, { impact, urgency })).priority).toBe(priority);
  });
  test('state, stamps, counters and priority are not given', async () => {
    for (const field of [
      'state',
      'priority',
      'opened_at',
      'resolved_at',
      'reopen_count',
      'due_at',
      'number',
      'id',
      'version',
    ])
      expect((await sam.post('/incidents', { title: 'x', [field]: 1 })).status, field).toBe(422);
  });
});

describe('assign, start', () => {
  test('assign needs a team or a person, counts moves between teams, and keeps on hold on hold', async () => {
    const at = await logged();
    expect((await sam.post(`${at}/assign`, {})).status).toBe(422);
    expect((await sam.post(`${at}/assign`, { reason: 'no' })).status).toBe(422);
    const first = ok(await sam.post(`${at}/assign`, { team_id: 'Service desk', reason: 'first' }));
    expect(first).toMatchObject({ state: 'assigned', reassignment_count: 0, acknowledged_at: now() });
    const acknowledged = first.acknowledged_at;
    await opened.story.later(5);
    expect(ok(await sam.post(`${at}/assign`, { team_id: 'Network' }))).toMatchObject({
      reassignment_count: 1,
      acknowledged_at: acknowledged,
    });
    expect(ok(await sam.post(`${at}/assign`, { assignee_id: 'cho@x.test' }))).toMatchObject({
      reassignment_count: 1,
      assignee_id: { name: 'Cho Test' },
    });
    ok(await sam.post(`${at}/start`));
    expect(ok(await sam.post(`${at}/assign`, { team_id: 'Service desk' }))).toMatchObject({
      state: 'assigned',
      assignee_id: null,
      reassignment_count: 2,
    });
    ok(await sam.post(`${at}/hold`, { hold_reason: 'supplier' }));
    expect(ok(await sam.post(`${at}/assign`, { assignee_id: 'me' }))).toMatchObject({
      state: 'on_hold',
      assignee_id: { name: 'Sam Test' },
    });
  });
  test('start takes the caller when nobody has it, and is not possible twice', async () => {
    const at = await logged();
    expect(ok(await sam.post(`${at}/start`))).toMatchObject({
      state: 'in_progress',
      assignee_id: { name: 'Sam Test' },
      acknowledged_at: now(),
    });
    expect((await sam.post(`${at}/start`)).status).toBe(409);
    const other = await logged();
    expect(ok(await sam.post(`${other}/start`, { assignee_id: 'cho@x.test' })).assignee_id).toMatchObject({
      name: 'Cho Test',
    });
  });
});

describe('hold, resume', () => {
  test('hold needs one of its reasons and a time to come', async () => {
    const at = await logged();
    for (const input of [{}, { hold_reason: 'weather' }, { hold_reason: 'other', hold_until: '2020-01-01T00:00:00Z' }])
      expect((await sam.post(`${at}/hold`, input)).status).toBe(422);
    for (const hold_reason of ['requester', 'supplier', 'change', 'problem', 'evidence', 'other']) {
      expect(ok(await sam.post(`${at}/hold`, { hold_reason }))).toMatchObject({ state: 'on_hold', hold_reason });
      expect(ok(await sam.post(`${at}/resume`))).toMatchObject({
        state: 'assigned',
        hold_reason: null,
        hold_until: null,
      });
    }
  });
  test('resume goes to whoever has it; a hold with a time ends by itself then', async () => {
    const at = await logged();
    ok(await sam.post(`${at}/start`));
    const hold_until = new Date(opened.story.now().getTime() + 2 * 86_400_000).toISOString();
    ok(await sam.post(`${at}/hold`, { hold_reason: 'supplier', hold_until }));
    await later(1);
    expect(ok(await sam.get(at)).state).toBe('on_hold');
    await later(1.5);
    expect(ok(await sam.get(at))).toMatchObject({ state: 'in_progress', hold_reason: null, hold_until: null });
    const [line] = ok(await sam.get(`${at}/history?limit=1`)).items;
    expect(line).toMatchObject({
      name: 'incident.resumed',
      at: hold_until,
      actor: { kind: 'timer', id: null },
      cause: { timer: expect.any(String) },
    });
  });
  test("a requester's comment ends a hold that waits for them, another's does not", async () => {
    const at = await logged();
    ok(await sam.post(`${at}/start`));
    ok(await sam.post(`${at}/hold`, { hold_reason: 'requester' }));
    expect(ok(await sam.post(`${at}/comment`, { text: 'Please answer.' })).state).toBe('on_hold');
    expect(ok(await rita.post(`${at}/comment`, { text: 'It is the left one.' })).state).toBe('in_progress');
    ok(await sam.post(`${at}/hold`, { hold_reason: 'supplier' }));
    expect(ok(await rita.post(`${at}/comment`, { text: 'And now?' })).state).toBe('on_hold');
    const resumed = ok(await sam.get(`${at}/history`)).items.find((line) => line.name === 'incident.resumed')!;
    expect(resumed).toMatchObject({
      actor: { kind: 'rule' },
      why: expect.anything(),
      cause: { line: expect.any(String) },
    });
  });
});

describe('resolve, reopen, close, cancel', () => {
  test.each(['new', 'assigned', 'in_progress', 'on_hold'])('resolves what is %s', async (state) => {
    const at = await logged();
    if (state === 'assigned') ok(await sam.post(`${at}/assign`, { team_id: 'Network' }));
    if (state === 'in_progress') ok(await sam.post(`${at}/start`));
    if (state === 'on_hold') ok(await sam.post(`${at}/hold`, { hold_reason: 'other' }));
    for (const input of [{}, { resolution_code: 'x' }, { resolution_note: 'x' }, { ...solved, resolution_note: ' ' }])
      expect((await sam.post(`${at}/resolve`, input)).status).toBe(422);
    expect(ok(await sam.post(`${at}/resolve`, solved))).toMatchObject({
      ...solved,
      state: 'resolved',
      resolved_at: now(),
      hold_reason: null,
    });
  });
  test('reopening needs a reason, counts, empties the stamps and goes to whoever had it', async () => {
    const at = await logged();
    ok(await sam.post(`${at}/resolve`, solved));
    expect((await rita.post(`${at}/reopen`, {})).status).toBe(422);
    expect(ok(await rita.post(`${at}/reopen`, { reason: 'Still broken' }))).toMatchObject({
      state: 'assigned',
      resolved_at: null,
      closed_at: null,
      reopen_count: 1,
    });
    ok(await sam.post(`${at}/start`));
    ok(await sam.post(`${at}/resolve`, solved));
    expect(ok(await rita.post(`${at}/close`))).toMatchObject({ state: 'closed', closed_at: now() });
    expect(ok(await sam.post(`${at}/reopen`, { reason: 'Again' }))).toMatchObject({
      state: 'in_progress',
      closed_at: null,
      reopen_count: 2,
    });
  });
  test('a resolved one closes itself after five days, dated then; the window of 14 days counts from the resolution', async () => {
    const at = await logged();
    ok(await sam.post(`${at}/resolve`, solved));
    const resolved = opened.story.now().getTime();
    await later(4.9);
    expect(ok(await sam.get(at)).state).toBe('resolved');
    await later(0.2);
    expect(ok(await sam.get(at))).toMatchObject({
      state: 'closed',
      closed_at: new Date(resolved + 5 * 86_400_000).toISOString(),
    });
    await later(8.8);
    expect(ok(await sam.get(at)).offers).toContain('reopen');
    await later(0.2);
    expect((await rita.post(`${at}/reopen`, { reason: 'Too late' })).status).toBe(409);
    const other = await logged();
    ok(await sam.post(`${other}/resolve`, solved));
    await later(4);
    ok(await sam.post(`${other}/reopen`, { reason: 'No' }));
    await later(7);
    expect(ok(await sam.get(other)).state).toBe('assigned');
  });
  test('cancel needs a reason and an open state; nothing else is possible then but words', async () => {
    const at = await logged();
    expect((await rita.post(`${at}/cancel`, {})).status).toBe(422);
    expect(ok(await rita.post(`${at}/cancel`, { reason: 'Mistake' })).state).toBe('cancelled');
    for (const verb of ['assign', 'start', 'hold', 'resume', 'resolve', 'reopen', 'close', 'cancel', 'edit'])
      expect((await sam.post(`${at}/${verb}`, { reason: 'x' })).status, verb).toBe(409);
    expect((await sam.patch(at, { title: 'x' })).status).toBe(409);
    ok(await rita.post(`${at}/comment`, { text: 'Thank you' }));
    ok(await sam.post(`${at}/note`, { text: 'Odd' }));
  });
});

describe('edit', () => {
  test('sets plain fields, null empties one, and refuses what verbs set', async () => {
    const at = await logged({ category: 'c', service_id: 'Card payments' }, sam);
    expect(ok(await sam.patch(at, { category: null, service_id: null, subcategory: 's' }))).toMatchObject({
      category: null,
      service_id: null,
      subcategory: 's',
      version: 2,
    });
    for (const [field, value] of Object.entries({
      state: 'closed',
      priority: 1,
      team_id: 'Network',
      assignee_id: 'me',
      opened_at: now(),
      acknowledged_at: now(),
      resolved_at: now(),
      closed_at: now(),
      due_at: now(),
      reopen_count: 1,
      reassignment_count: 1,
      resolution_code: 'x',
      hold_reason: 'other',
      version: 7,
    })) {
      const answer = await sam.patch(at, { [field]: value });
      expect([answer.status, answer.body.errors?.[0]?.field], field).toEqual([422, field]);
    }
    for (const input of [{ title: null }, { title: '' }, { impact: null }, { department: null }])
      expect((await sam.patch(at, input)).status, JSON.stringify(input)).toBe(422);
    ok(await sam.post(`${at}/resolve`, solved));
    expect(ok(await sam.patch(at, { title: 'Still possible' })).title).toBe('Still possible');
    ok(await sam.post(`${at}/close`));
    expect((await sam.patch(at, { title: 'No more' })).status).toBe(409);
  });
});

describe('who may', () => {
  test('a requester may comment, attach, reopen, close when resolved and cancel while new; offers say the same', async () => {
    const at = await logged();
    expect(ok(await rita.get(at)).offers.sort()).toEqual(['attach', 'cancel', 'comment', 'unwatch', 'watch']);
    expect(ok(await rita.get(at)).refused).toContainEqual({ verb: 'resolve', sentence: expect.stringMatching(/\.$/) });
    ok(await sam.post(`${at}/start`));
    expect((await rita.post(`${at}/cancel`, { reason: 'x' })).status).toBe(403);
    ok(await sam.post(`${at}/resolve`, solved));
    expect(ok(await rita.get(at)).offers).toEqual(expect.arrayContaining(['close', 'reopen', 'comment', 'attach']));
    for (const verb of ['assign', 'start', 'hold', 'resume', 'resolve', 'note', 'edit'])
      expect([403, 409], verb).toContain((await rita.post(`${at}/${verb}`, {})).status);
  });
  test('a beneficiary sees and may the same; a stranger sees nothing; an auditor reads and changes nothing', async () => {
    const at = await logged({ requester_id: 'carla@x.test', beneficiary_id: 'rita@x.test' }, sam);
    ok(await rita.post(`${at}/comment`, { text: 'For me' }));
    const other = await logged({}, sam);
    expect((await rita.get(other)).status).toBe(404);
    expect(ok(await otto.get(other)).offers).toEqual([]);
    for (const verb of ['comment', 'note', 'start'])
      expect((await otto.post(`${other}/${verb}`, { text: 'x' })).status).toBe(403);
  });
  test('an offered verb is never a 403 or a 409, and one that is not offered always is', async () => {
    const states = [await logged(), await logged({ team_id: 'Network' }, sam), await logged(), await logged()];
    ok(await sam.post(`${states[2]}/resolve`, solved));
    ok(await sam.post(`${states[3]}/cancel`, { reason: 'x' }));
    const verbs = ['assign', 'start', 'hold', 'resume', 'resolve', 'reopen', 'close', 'cancel', 'comment', 'note'];
    for (const at of states)
      for (const who of [sam, rita, otto]) {
        const { offers } = (await who.get(at)).body;
        if (!offers) continue;
        for (const verb of verbs) {
          const probe = await who.post(`${at}/${verb}`, { nothing_like_this: 1 });
          expect([probe.status === 403 || probe.status === 409, verb], probe.text).toEqual([
            !offers.includes(verb),
            verb,
          ]);
        }
      }
  });
});
