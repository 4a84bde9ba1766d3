import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { actorOf } from '../../commons/people';
import { everySeat, toldOf } from '../../commons/presence';

let opened: Door;
let sam: Caller;
let cho: Caller;
let ada: Caller;
let rita: Caller;
let hana: Caller;
let lea: Caller;
const log = async (input: object = {}) => {
  const made = await sam.post('/incidents', { title: 'Till is dead', requester_id: 'rita@x.test', ...input });
  expect(made.status).toBe(201);
  return { at: `/incidents/${made.body.number}`, number: made.body.number };
};

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  await ada.post('/people', {
    name: 'Lea Test',
    email: 'lea@x.test',
    roles: ['team_lead'],
    departments: ['it'],
    team_ids: ['Service desk'],
  });
  [sam, cho, rita, hana, lea] = (await Promise.all(
    ['sam', 'cho', 'rita', 'hana', 'lea'].map((who) => opened.as(who)),
  )) as [Caller, Caller, Caller, Caller, Caller];
});
afterAll(() => opened.end());

describe('a view', () => {
  const view = {
    name: 'Late tills',
    record_type: 'incident',
    filter: 'state:open team:"Service desk"',
    sort: 'due_at',
  };
  test('of one’s own is there for its owner alone', async () => {
    const made = await sam.post('/views', { ...view, columns: ['title', 'state'] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ audience: 'own', owner_id: { name: 'Sam Test' }, columns: ['title', 'state'] });
    for (const who of [cho, ada, rita, lea]) {
      expect((await who.get(`/views/${made.body.number}`)).status).toBe(404);
      expect((await who.get('/views')).body.items).toEqual([]);
    }
    expect((await sam.get('/views?record_type=incident')).body.items).toHaveLength(1);
    expect((await rita.post('/views', view)).status).toBe(403);
  });
  test('is shared by a team lead with a team of theirs, by an administrator with anybody, by nobody else', async () => {
    const team = { ...view, audience: 'team', team_id: 'Service desk' };
    expect((await sam.post('/views', team)).status).toBe(403);
    expect((await lea.post('/views', { ...team, team_id: 'Network' })).status).toBe(403);
    expect((await lea.post('/views', { ...view, audience: 'team' })).status).toBe(422);
    const shared = await lea.post('/views', team);
    expect(shared.status).toBe(201);
    const at = `/views/${shared.body.number}`;
    expect((await sam.get(at)).body.offers).not.toContain('edit');
    expect((await sam.patch(at, { name: 'Mine now' })).status).toBe(403);
    expect((await cho.get(at)).status).toBe(404);
    expect((await ada.get(at)).status).toBe(404);
    const all = await ada.post('/views', { ...view, audience: 'all', rank: 1 });
    for (const who of [cho, hana, lea]) expect((await who.get(`/views/${all.body.number}`)).status).toBe(200);
    expect((await rita.get(`/views/${all.body.number}`)).status).toBe(404);
    // Taken back, it is its owner's again; a change of the name alone leaves whose it is.
    await lea.patch(at, { name: 'Desk, late' });
    expect((await sam.get(at)).body).toMatchObject({ name: 'Desk, late', team_id: { name: 'Service desk' } });
    await lea.patch(at, { audience: 'own' });
    expect((await sam.get(at)).status).toBe(404);
    expect((await lea.get(at)).body.team_id).toBeNull();
  });
  test('for a department is read within its wall', async () => {
    expect((await ada.post('/views', { ...view, audience: 'department', department: 'hr' })).status).toBe(422);
    await ada.patch(`/people/${(await hana.get('/me')).body.id}`, { roles: ['agent', 'team_lead'] });
    const hr = await hana.post('/views', { ...view, audience: 'department', department: 'hr' });
    expect((await hana.get(`/views/${hr.body.number}`)).status).toBe(200);
    expect((await sam.get(`/views/${hr.body.number}`)).status).toBe(404);
    const it = await ada.post('/views', { ...view, audience: 'department', department: 'it' });
    expect(it.status).toBe(201);
    expect((await sam.get(`/views/${it.body.number}`)).status).toBe(200);
    expect((await hana.get(`/views/${it.body.number}`)).status).toBe(404);
  });
  test('names fields and orders the list has', async () => {
    for (const [input, field] of [
      [{ columns: ['colour'] }, 'columns'],
      [{ sort: 'colour' }, 'sort'],
      [{ record_type: 'dragon' }, 'record_type'],
    ] as const) {
      const refused = await sam.post('/views', { ...view, ...input });
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0]!.field).toBe(field);
    }
  });
});

describe('a draft', () => {
  test('is kept per person and place, replaced by later words alone, and gone when sent', async () => {
    const place = 'INC-1.comment';
    await sam.post('/drafts', { place, content: 'Good mor', at: '2026-03-02T08:00:00Z' });
    await sam.post('/drafts', { place, content: 'Good morning', at: '2026-03-02T08:00:05Z' });
    const late = await sam.post('/drafts', { place, content: 'Good m', at: '2026-03-02T08:00:01Z' });
    expect(late.body.content).toBe('Good morning');
    expect((await sam.get('/drafts')).body.items).toMatchObject([{ place, content: 'Good morning' }]);
    for (const who of [cho, ada, rita]) expect((await who.get('/drafts')).body.items).toEqual([]);
    expect((await cho.delete(`/drafts/${place}`)).status).toBe(404);
    const export_ = await ada.get(`/people/${(await sam.get('/me')).body.id}/personal-data`);
    expect(export_.text).not.toContain('Good morning');
    expect((await sam.get(`/people/${(await sam.get('/me')).body.id}/personal-data`)).text).toContain('Good morning');
    expect((await sam.delete(`/drafts/${encodeURIComponent(place)}`)).status).toBe(204);
    expect((await sam.get('/drafts')).body.items).toEqual([]);
  });
  test('goes with its person', async () => {
    const gone = await ada.post('/people', { name: 'Gone Test', email: 'gone@x.test', roles: ['agent'] });
    const caller = await opened.as('gone');
    await caller.post('/drafts', { place: 'x', content: { title: 'secret' } });
    await caller.patch('/me/keys', { keys: { 'verb.hold': 'w' } });
    const view = await caller.post('/views', {
      name: 'Quarrels of Anna',
      record_type: 'incident',
      filter: 'requester:anna',
    });
    await ada.post(`/people/${gone.body.number}/erase`, { reason: 'asked for it' });
    const { rows } = await opened.story.pool.query(
      'select person_id from draft where person_id = $1 union all select person_id from preference where person_id = $1',
      [gone.body.id],
    );
    expect(rows).toEqual([]);
    const kept = await opened.story.pool.query(
      `select r.title || coalesce(v.filter, '') || (select string_agg(h.changes::text, '') from history h where h.record_id = r.id) as all
       from record r join view v on v.id = r.id where r.id = $1`,
      [view.body.id],
    );
    expect(kept.rows[0].all).toContain('Forgotten view');
    expect(kept.rows[0].all).not.toMatch(/anna/i);
  });
  test('is one of so many that all of them can be read at once', async () => {
    const content = 'x'.repeat(190_000);
    const answers: number[] = [];
    for (let at = 0; at < 23; at++) answers.push((await cho.post('/drafts', { place: `big-${at}`, content })).status);
    expect(new Set(answers)).toEqual(new Set([201, 422]));
    expect((await cho.get('/drafts')).text.length).toBeLessThan(5_000_000);
    // One that is there may still be made shorter.
    expect((await cho.post('/drafts', { place: 'big-0', content: 'x' })).status).toBe(201);
    await opened.story.pool.query("delete from draft where place like 'big-%'");
  });
  test('with characters nobody can store is answered, not a fault', async () => {
    expect((await sam.post('/drafts', { place: 'odd', content: 'a\u0000b', at: '0000-01-01T00:00:00Z' })).status).toBe(
      201,
    );
    expect((await sam.post('/drafts', { place: 'a\u0000', content: 'x' })).status).toBe(422);
    expect((await sam.post('/drafts', { place: 'long', content: 'x'.repeat(200_001) })).status).toBe(422);
    await sam.delete('/drafts/odd');
  });
});

describe('presence', () => {
  test('shows the team who reads and who writes, for a minute, and requesters nothing', async () => {
    const { at, number } = await log();
    expect((await sam.post(`${at}/presence`, { seat: 'a', writing: 'comment' })).body.items).toEqual([]);
    expect((await cho.post(`${at}/presence`, { seat: 'b' })).body.items).toMatchObject([
      { person: { name: 'Sam Test' }, writing: 'comment' },
    ]);
    expect((await rita.get(`${at}/presence`)).status).toBe(403);
    expect((await rita.post(`${at}/presence`, { seat: 'r' })).status).toBe(403);
    for (const body of [{ seat: 'r', gone: true }, { colour: 'red' }])
      expect((await rita.post(`${at}/presence`, body)).status).toBe(403);
    expect((await sam.get(`${at}/presence?colour=red`)).status).toBe(400);
    expect((await hana.get(`${at}/presence`)).status).toBe(404);
    const told = async (who: string) => {
      const { rows } = await opened.story.pool.query('select id from person where email = $1', [`${who}@x.test`]);
      const seats = await everySeat(opened.story.db, opened.story.now());
      return toldOf(opened.story.house, (await actorOf(opened.story.db, rows[0].id))!, seats);
    };
    expect(await told('cho')).toMatchObject([{ number, items: [{ person: { name: 'Sam Test' } }] }]);
    expect(await told('lea')).toEqual([]);
    await opened.story.later(2);
    expect((await sam.get(`${at}/presence`)).body.items).toEqual([]);
    await sam.post(`${at}/presence`, { seat: 'a' });
    expect((await opened.story.pool.query('select 1 from presence')).rows).toHaveLength(1);
    await sam.post(`${at}/presence`, { seat: 'a', gone: true });
    expect((await opened.story.pool.query('select 1 from presence')).rows).toHaveLength(0);
    expect((await sam.get(at)).body.version).toBe(1);
  });
});

describe('a text template', () => {
  test('is filled with the words of a record, and says what is missing', async () => {
    const { number } = await log({ service_id: 'Card payments' });
    const read = await sam.post('/text-templates/preview', {
      text: 'Hello {{requester.first_name}}, {{ number }} about {{service}} is with {{beneficiary}}.\n{{me.first_name}}',
      record: number,
    });
    expect(read.body).toMatchObject({
      text: `Hello Rita, ${number} about Card payments is with .\nSam`,
      missing: ['beneficiary'],
    });
    expect((await hana.post('/text-templates/preview', { text: 'x', record: number })).status).toBe(404);
    // Only what a record says fills a text, not what every object has.
    const said = await sam.post(`/incidents/${number}/at-once`, {
      fill: true,
      steps: [{ verb: 'comment', input: { text: '[{{constructor}}{{__proto__}}] {{number}}' } }],
    });
    expect(said.status).toBe(200);
    expect((await sam.get(`/incidents/${number}/comments`)).body.items).toMatchObject([{ text: `[] ${number}` }]);
  });
  test('with an unknown variable is refused when it is saved, with the known ones', async () => {
    const refused = await sam.post('/text-templates', { name: 'Hello', text: 'Hello {{requestr}}' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]).toMatchObject({ field: 'text' });
    expect(refused.body.detail).toContain('requester.first_name');
    expect((await sam.post('/text-templates', { name: 'Hello', text: 'Hello {{requester}}' })).status).toBe(201);
  });
});

describe('several verbs at once', () => {
  const steps = [
    { verb: 'comment', input: { text: 'Hello {{requester.first_name}}, did it help?' } },
    { verb: 'hold', input: { hold_reason: 'requester' } },
  ];
  test('as a macro answer and hold with the macro as the reason, filled with the record', async () => {
    const macro = await sam.post('/macros', { name: 'Ask', record_type: 'incident', steps, next: true });
    expect(macro.status).toBe(201);
    const { at } = await log();
    const done = await sam.post(`${at}/at-once`, { macro: macro.body.number });
    expect(done.status).toBe(200);
    expect(done.body.state).toBe('on_hold');
    expect((await sam.get(`${at}/comments`)).body.items).toMatchObject([{ text: 'Hello Rita, did it help?' }]);
    const [held] = (await sam.get(`${at}/history`)).body.items;
    expect(held).toMatchObject({ name: 'incident.held', why: { macro: macro.body.number } });
    expect((await cho.post(`${at}/at-once`, { macro: macro.body.number })).status).toBe(422);
  });
  test('are done together or not at all, and the refusal names the step', async () => {
    const { at } = await log();
    const refused = await sam.post(`${at}/at-once`, {
      steps: [
        { verb: 'comment', input: { text: 'Done' } },
        { verb: 'resolve', input: { resolution_code: 'fixed' } },
      ],
    });
    expect(refused.status).toBe(422);
    expect(refused.body.detail).toMatch(/^Step 2, resolve: /);
    expect(refused.body.errors[0]!.field).toBe('steps.1.input.resolution_note');
    expect((await sam.get(`${at}/comments`)).body.items).toEqual([]);
    expect((await rita.post(`${at}/at-once`, { steps })).status).toBe(403);
    expect((await hana.post(`${at}/at-once`, { steps })).status).toBe(404);
    expect((await sam.post(`${at}/at-once`, { steps }, { 'If-Match': '"7"' })).status).toBe(412);
  });
  test('log a call that is solved already', async () => {
    const call = {
      steps: [
        { verb: 'log', input: { title: 'Forgot the password', requester_id: 'rita@x.test', channel: 'phone' } },
        { verb: 'resolve', input: { resolution_code: 'advice', resolution_note: 'Sent a new one.' } },
        { verb: 'book', input: { minutes: 2 } },
      ],
    };
    const key = { 'Idempotency-Key': 'call-1' };
    const made = await sam.post('/incidents/at-once', call, key);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'resolved', channel: 'phone' });
    expect((await sam.post('/incidents/at-once', call, key)).body.number).toBe(made.body.number);
    const before = (await sam.get('/incidents?count=true&limit=1')).body.total;
    const refused = await sam.post('/incidents/at-once', {
      steps: [call.steps[0], { verb: 'resolve', input: {} }],
    });
    expect(refused.status).toBe(422);
    expect((await sam.get('/incidents?count=true&limit=1')).body.total).toBe(before);
  });
  test('in a macro are checked when it is saved', async () => {
    for (const [wrong, field] of [
      [[{ verb: 'fly', input: {} }], 'steps.0.verb'],
      [[{ verb: 'hold', input: { hold_reason: 'weather' } }], 'steps.0.input.hold_reason'],
      [[{ verb: 'comment', input: { text: '{{nobody}}' } }], 'steps.0.input.text'],
      [[{ verb: 'log', input: { title: 'x' } }], 'steps.0.verb'],
    ] as const) {
      const refused = await sam.post('/macros', { name: 'Wrong', record_type: 'incident', steps: wrong });
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0]!.field).toBe(field);
    }
  });
});

describe('the steps of a record', () => {
  test('that are needed keep it from being resolved, with the step’s name; the version stays', async () => {
    const { at } = await log();
    const list = await lea.post('/checklists', {
      name: 'Till exchange',
      points: [{ title: 'Note the serial', mandatory: true }, { title: 'Take a picture' }],
    });
    const added = await sam.post(`${at}/tasks`, { checklist_id: list.body.number });
    expect(added.status).toBe(201);
    expect(added.body.items).toMatchObject([
      { title: 'Note the serial', mandatory: true, done: false, checklist: { name: 'Till exchange' } },
      { title: 'Take a picture', mandatory: false },
    ]);
    const own = await sam.post(`${at}/tasks`, { title: 'Call back' });
    expect(own.headers.location).toBe(`/api/v1${at}/tasks/${own.body.id}`);
    const resolution = { resolution_code: 'fixed', resolution_note: 'New till.' };
    const refused = await sam.post(`${at}/resolve`, resolution);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('“Note the serial”');
    const needed = `${at}/tasks/${added.body.items[0]!.id}`;
    expect((await sam.delete(needed)).status).toBe(403);
    expect((await sam.patch(needed, { done: true })).body).toMatchObject({ done: true, done_by: { name: 'Sam Test' } });
    expect((await sam.patch(needed, { done: true })).status).toBe(409);
    expect((await sam.patch(needed, { done: false })).body.done).toBe(false);
    expect((await sam.patch(needed, { done: true })).status).toBe(200);
    expect((await sam.delete(`${at}/tasks/${own.body.id}`)).status).toBe(204);
    expect((await sam.get(at)).body.version).toBe(1);
    expect((await sam.post(`${at}/resolve`, resolution)).status).toBe(200);
    expect((await rita.get(`${at}/tasks`)).body.items).toEqual([]);
    expect((await rita.get(`${at}/history`)).text).not.toContain('serial');
    expect((await rita.post(`${at}/tasks`, { title: 'x' })).status).toBe(403);
    expect((await rita.patch(needed, { done: 'perhaps' })).status).toBe(403);
    expect((await sam.patch(needed, { done: 'perhaps' })).status).toBe(422);
  });
  test('come with a new incident that fits the checklist', async () => {
    await lea.post('/checklists', {
      name: 'Network trouble',
      match: { category: 'Network' },
      points: [{ title: 'Ping the router', mandatory: true }],
    });
    const { at } = await log({ category: 'network' });
    expect((await sam.get(`${at}/tasks`)).body.items).toMatchObject([{ title: 'Ping the router', author: null }]);
    // The steps of a confidential department stand on nothing outside it.
    await ada.post('/people', {
      name: 'Hugo Test',
      email: 'hugo@x.test',
      roles: ['team_lead', 'agent'],
      departments: ['hr'],
    });
    const hugo = await opened.as('hugo');
    const walled = await hugo.post('/checklists', {
      name: 'Quarrels',
      department: 'hr',
      match: { category: 'Oven' },
      points: [{ title: 'Ask the works council' }],
    });
    expect(walled.status).toBe(201);
    const other = await log({ category: 'Oven' });
    expect((await sam.get(`${other.at}/tasks`)).body.items).toEqual([]);
  });
});

describe('time', () => {
  test('is booked, summed and taken back; one’s own by oneself, others’ by a lead; the version stays', async () => {
    const { at } = await log();
    const mine = await sam.post(`${at}/time-entries`, { minutes: 12, what: 'Looked at the cable' });
    expect(mine.status).toBe(201);
    expect((await cho.post(`${at}/time-entries`, { minutes: 3, person_id: 'sam@x.test' })).status).toBe(403);
    expect((await lea.post(`${at}/time-entries`, { minutes: 3, person_id: 'sam@x.test' })).status).toBe(201);
    expect((await sam.get(`${at}/time-entries`)).body).toMatchObject({ minutes: 15 });
    expect((await cho.delete(`${at}/time-entries/${mine.body.id}`)).status).toBe(403);
    expect((await sam.delete(`${at}/time-entries/${mine.body.id}`)).status).toBe(204);
    expect((await sam.get(`${at}/time-entries`)).body).toMatchObject({ minutes: 3, items: [{ minutes: 3 }] });
    expect((await sam.post(`${at}/time-entries`, { minutes: 0 })).status).toBe(422);
    expect((await sam.post(`${at}/time-entries`, { minutes: 1, at: '2027-01-01T00:00:00Z' })).status).toBe(422);
    expect((await rita.get(`${at}/time-entries`)).body).toMatchObject({ items: [], minutes: 0 });
    expect((await sam.get(at)).body.version).toBe(1);
  });
});

describe('keys of one’s own', () => {
  test('are kept for each person, and two actions never share one', async () => {
    expect((await sam.get('/me/keys')).body).toEqual({ keys: {} });
    await sam.patch('/me/keys', { keys: { 'verb.hold': 'w', 'verb.assign': '' } });
    expect((await sam.get('/me/keys')).body).toEqual({ keys: { 'verb.hold': 'w', 'verb.assign': '' } });
    expect((await cho.get('/me/keys')).body).toEqual({ keys: {} });
    const refused = await sam.patch('/me/keys', { keys: { 'verb.hold': 'w', 'verb.start': 'w' } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0]!.field).toBe('keys.verb.start');
  });
});
