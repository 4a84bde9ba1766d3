import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let cho: Caller;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  cho = await opened.as('cho');
});
afterAll(() => opened.end());

type Undo = { line: string; until: string };
const undoOf = (answer: Answer) => answer.body.undo as Undo;
const logged = async (input: object = {}) =>
  String((await sam.post('/incidents', { title: 'Till is dark', requester_id: 'rita@x.test', ...input })).body.number);
const seconds = async (count: number) => opened.story.later(count / 60, false);

describe('an act can be taken back', () => {
  test('within ten seconds, by who did it; both lines stay and the inverse names what it took back', async () => {
    const number = await logged();
    const before = (await sam.get(`/incidents/${number}`)).body;
    const started = await sam.post(`/incidents/${number}/start`);
    const { line, until } = undoOf(started);
    expect(Date.parse(until)).toBe(opened.story.now().getTime() + 10_000);
    await seconds(9);
    const back = await sam.post(`/incidents/${number}/undo`, { line });
    expect(back.status, back.text).toBe(200);
    expect(back.body).toMatchObject({
      state: 'new',
      assignee_id: null,
      acknowledged_at: null,
      version: 3,
      state_since: before.state_since,
    });
    expect(back.body.undo).toBeUndefined();
    expect(back.headers.etag).toBe('"3"');
    const { items } = (await sam.get(`/incidents/${number}/history`)).body;
    expect(items.map(({ name }) => name)).toEqual(['incident.undone', 'incident.started', 'incident.logged']);
    expect(items[0]).toMatchObject({ cause: { line }, actor: { name: 'Sam Test' } });
    expect(items[0]!.changes).toContainEqual({ field: 'state', before: 'in_progress', after: 'new' });
  });

  test('not later, not twice, not by another, not once the same field changed: the record stays', async () => {
    const number = await logged();
    const { line } = undoOf(await sam.post(`/incidents/${number}/start`));
    const at = `/incidents/${number}/undo`;
    const other = await cho.post(at, { line });
    expect([other.status, other.body.detail]).toEqual([403, 'Only whoever did it may take it back.']);
    const second = undoOf(await sam.post(`/incidents/${number}/hold`, { hold_reason: 'supplier' }));
    const changed = await sam.post(at, { line });
    expect([changed.status, changed.body.detail]).toEqual([
      409,
      'State was changed since: it cannot be taken back any more.',
    ]);
    // What was done after it and taken back is as if it had not been.
    expect((await sam.post(at, { line: second.line })).status).toBe(200);
    expect((await sam.post(at, { line })).body.state).toBe('new');
    const twice = await sam.post(at, { line });
    expect([twice.status, twice.body.detail]).toEqual([409, 'This was taken back already.']);
    const late = undoOf(await sam.post(`/incidents/${number}/start`));
    await seconds(10);
    expect((await sam.post(at, { line: late.line })).status).toBe(409);
    expect((await sam.get(`/incidents/${number}`)).body.state).toBe('in_progress');
  });

  test('though another field was changed meanwhile, which stays', async () => {
    const number = await logged();
    const { line } = undoOf(await sam.post(`/incidents/${number}/assign`, { team_id: 'Network' }));
    await cho.patch(`/incidents/${number}`, { category: 'power' });
    const back = await sam.post(`/incidents/${number}/undo`, { line });
    expect(back.body).toMatchObject({ state: 'new', team_id: null, category: 'power' });
  });

  test('but not where a field that belongs to it was changed, or another record made it impossible', async () => {
    const number = await logged({ impact: 3, urgency: 3 });
    const { line } = undoOf(await sam.patch(`/incidents/${number}`, { impact: 2 }));
    await cho.patch(`/incidents/${number}`, { urgency: 2, category: 'power' });
    expect((await sam.post(`/incidents/${number}/undo`, { line })).status).toBe(409);
    const [one, two] = [await logged(), await logged()];
    await sam.patch(`/incidents/${one}`, { parent_id: two });
    const freed = undoOf(await sam.patch(`/incidents/${one}`, { parent_id: null }));
    await cho.patch(`/incidents/${two}`, { parent_id: one });
    const round = await sam.post(`/incidents/${one}/undo`, { line: freed.line });
    expect([round.status, round.body.detail]).toEqual([409, 'It would be an ancestor of itself by now.']);
  });

  test('but not what changed nothing, nor what changed a secret', async () => {
    const number = await logged({ team_id: 'Service desk' });
    const again = { team_id: 'Service desk', reason: 'As it was.' };
    await sam.post(`/incidents/${number}/assign`, again);
    const told = await sam.post(`/incidents/${number}/assign`, again);
    expect([told.body.version, told.body.undo]).toEqual([2, undefined]);
    const [line] = (await sam.get(`/incidents/${number}/history?limit=1`)).body.items;
    const nothing = await sam.post(`/incidents/${number}/undo`, { line: line!.id });
    expect([nothing.status, nothing.body.detail]).toEqual([409, 'It changed nothing.']);
    const ada = await opened.as('ada');
    const hook = (await ada.post('/webhooks', { name: 'secret', owner_id: 'me', address: 'https://x.example/' })).body;
    const changed = await ada.patch(`/webhooks/${hook.number}`, {
      secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    expect([changed.status, changed.body.undo]).toEqual([200, undefined]);
    const [kept] = (await ada.get(`/webhooks/${hook.number}/history?limit=1`)).body.items;
    expect((await ada.post(`/webhooks/${hook.number}/undo`, { line: kept!.id })).status).toBe(409);
  });

  test('wrong lines are refused with a sentence: none, another record, what cannot be taken back, no text', async () => {
    const [one, two] = [await logged(), await logged()];
    const { line } = undoOf(await sam.post(`/incidents/${one}/start`));
    for (const body of [{ line: 'x' }, {}, { line: 5 }, { line, more: 1 }, { line: null }])
      expect((await sam.post(`/incidents/${one}/undo`, body)).status, JSON.stringify(body)).toBe(422);
    expect((await sam.post(`/incidents/${two}/undo`, { line })).body.errors[0]!.field).toBe('line');
    await sam.post(`/incidents/${one}/doubt`, { subject: 'priority', text: 'It is worse.' });
    const [comment] = (await sam.get(`/incidents/${one}/history?limit=1`)).body.items;
    const refused = await sam.post(`/incidents/${one}/undo`, { line: comment!.id });
    expect([refused.status, refused.body.detail]).toEqual([409, 'This cannot be taken back.']);
    expect((await sam.post('/calendars/CAL-1/undo', { line })).status).toBe(404);
    expect((await sam.post('/incidents/INC-9/undo', { line })).status).toBe(404);
    expect((await (await opened.as('fred')).post(`/incidents/${one}/undo`, { line })).status).toBe(404);
    const stale = await sam.post(`/incidents/${one}/undo`, { line }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    const reader = await opened.as('sam', { scope: 'read' });
    expect((await reader.post(`/incidents/${one}/undo`, { line })).status).toBe(403);
  });

  test('puts timers back: a hold that was resolved by mistake ends by itself as it would have', async () => {
    const number = await logged();
    const hold_until = new Date(opened.story.now().getTime() + 3_600_000).toISOString();
    await sam.post(`/incidents/${number}/hold`, { hold_reason: 'supplier', hold_until });
    const { id } = (await sam.get(`/incidents/${number}`)).body;
    const timers = async () =>
      (await opened.story.pool.query('select key, verb, due_at from timer where record_id = $1 order by key', [id]))
        .rows;
    const before = await timers();
    const { line } = undoOf(
      await sam.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Done.' }),
    );
    expect(await timers()).not.toEqual(before);
    // An id is the same in capitals.
    await sam.post(`/incidents/${number}/undo`, { line: line.toUpperCase() });
    expect(await timers()).toEqual(before);
    await opened.story.later(61);
    expect((await sam.get(`/incidents/${number}`)).body.state).toBe('assigned');
  });

  test('a link and a watcher too; and a kept record, with what its name is known by', async () => {
    const number = await logged();
    const linked = await sam.post(`/incidents/${number}/links`, { kind: 'relates', to: 'Card payments' });
    const watched = await sam.post(`/incidents/${number}/watchers`, { person_id: 'cho@x.test' });
    for (const made of [linked, watched])
      expect((await sam.post(`/incidents/${number}/undo`, { line: undoOf(made).line })).status).toBe(200);
    for (const what of ['links', 'watchers'])
      expect((await sam.get(`/incidents/${number}/${what}`)).body.items).toEqual([]);
    const ada = await opened.as('ada');
    const [service] = (await ada.get('/services?name=Card payments')).body.items;
    const renamed = await ada.patch(`/services/${service!.number}`, { name: 'Cards' });
    expect((await sam.get('/incidents?service_id=Cards&count=true')).status).toBe(200);
    await ada.post(`/services/${service!.number}/undo`, { line: undoOf(renamed).line });
    expect((await sam.post('/incidents', { title: 'x', service_id: 'Card payments' })).status).toBe(201);
    expect((await sam.post('/incidents', { title: 'x', service_id: 'Cards' })).status).toBe(422);
  });

  test('mails wait for it and are dropped with it; so are what the bell says and what webhooks are told', async () => {
    const ada = await opened.as('ada');
    const hook = (await ada.post('/webhooks', { name: 'ears', owner_id: 'me', address: 'http://127.0.0.1:9/' })).body;
    await opened.settle();
    const { followHistory, deliverOne } = await import('../../commons/webhook');
    const follow = () => followHistory(opened.story.db, opened.story.house, opened.story.now());
    while ((await follow()) > 0);
    const number = await logged();
    await opened.settle();
    const resolve = () =>
      sam.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Plugged in.' });
    const mails = async () =>
      (await ada.get('/mails?limit=10')).body.items.filter(({ subject }) =>
        String(subject).includes(`[${number}] Solved`),
      );
    const { line, until } = undoOf(await resolve());
    await opened.settle();
    expect((await mails()).map(({ state, due_at }) => [state, due_at])).toEqual([['waiting', until]]);
    const bell = async () =>
      (await (await opened.as('rita')).get('/me/notifications')).body.items.filter((one) => one.line_id === line);
    expect(await bell()).toHaveLength(1);
    while ((await follow()) > 0);
    await sam.post(`/incidents/${number}/undo`, { line });
    expect((await mails()).map(({ state }) => state)).toEqual(['dropped']);
    expect(await bell()).toEqual([]);
    // Taken back before anybody was told: the outbox says so all the same.
    const quick = undoOf(await resolve());
    await sam.post(`/incidents/${number}/undo`, { line: quick.line });
    await opened.settle();
    expect((await mails()).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
    await resolve();
    await opened.settle();
    while ((await follow()) > 0);
    await seconds(11);
    while ((await deliverOne(opened.story.db, opened.story.now())) > 0 && (await waiting(hook.number)) > 0);
    const told = (await ada.get(`/webhooks/${hook.number}/deliveries?limit=50`)).body.items;
    const states = told
      .filter(({ name }) => name === 'incident.resolved')
      .map(({ state, attempts }) => [state, attempts]);
    expect(states.map(([state]) => state)).toEqual(['waiting', 'dropped', 'dropped']);
    expect(states.map(([, attempts]) => attempts)).toEqual([1, 0, 0]);
    expect((await mails())[0]!.state).toBe('waiting');
  });
});

async function waiting(hook: string): Promise<number> {
  const { items } = (await (await opened.as('ada')).get(`/webhooks/${hook}/deliveries?limit=50`)).body;
  return items.filter(({ state, attempts }) => state === 'waiting' && attempts === 0).length;
}

describe('one verb on many can be taken back', () => {
  test('with one message, by who did it; what changed since stays, each with its answer', async () => {
    const numbers = [await logged(), await logged(), await logged()];
    const done = await sam.post('/incidents/bulk', { verb: 'start', ids: [...numbers, 'INC-9'] });
    const { bulk_id, undo } = done.body as unknown as { bulk_id: string; undo: { until: string } };
    expect(Date.parse(undo.until)).toBe(opened.story.now().getTime() + 10_000);
    await sam.post(`/incidents/${numbers[1]}/hold`, { hold_reason: 'supplier' });
    expect((await cho.post(`/bulk/${bulk_id}/undo`)).status).toBe(404);
    const back = await sam.post(`/bulk/${bulk_id}/undo`);
    expect(back.status, back.text).toBe(200);
    expect(back.body.bulk_id).toBe(bulk_id);
    expect(back.body.items.map(({ number, status, version }) => [number, status, version])).toEqual([
      [numbers[0], 200, 3],
      [numbers[1], 409, undefined],
      [numbers[2], 200, 3],
    ]);
    const states = [];
    for (const number of numbers) states.push((await sam.get(`/incidents/${number}`)).body.state);
    expect(states).toEqual(['new', 'on_hold', 'new']);
    expect((await sam.post(`/bulk/${bulk_id}/undo`)).body.items.map(({ status }) => status)).toEqual([409, 409, 409]);
    await seconds(10);
    expect((await sam.post(`/bulk/${bulk_id}/undo`)).status).toBe(409);
    for (const id of ['x', '019cadc6-9a80-7000-8000-00000000dead'])
      expect((await sam.post(`/bulk/${id}/undo`)).status).toBe(404);
  });

  test('a part of an act on more for a minute; parts resolved with it and what it would send wait as long', async () => {
    const ada = await opened.as('ada');
    const part = { verb: 'resolve', in_parts: true };
    const parent = await logged();
    const child = String((await sam.post('/incidents', { title: 'Its drawer', parent_id: parent })).body.number);
    const input = { resolution_code: 'fixed', resolution_note: 'Plugged in.', children: true };
    const states = async () =>
      Promise.all([parent, child].map(async (number) => (await sam.get(`/incidents/${number}`)).body.state));
    const done = await sam.post('/incidents/bulk', { ...part, input, ids: [parent] });
    const { bulk_id, undo } = done.body as unknown as { bulk_id: string; undo: { until: string } };
    expect(Date.parse(undo.until)).toBe(opened.story.now().getTime() + 60_000);
    await opened.settle();
    const mails = async () =>
      (await ada.get('/mails?limit=20')).body.items
        .filter(({ subject }) => String(subject).includes(`[${parent}] Solved`))
        .map(({ state, due_at }) => [state, due_at]);
    expect(await mails()).toEqual([['waiting', undo.until]]);
    expect(await states()).toEqual(['resolved', 'resolved']);
    await seconds(59);
    const back = await sam.post(`/bulk/${bulk_id}/undo`);
    expect(back.body.items.map(({ status }) => status)).toEqual([200]);
    expect(await states()).toEqual(['new', 'new']);
    expect((await mails()).map(([state]) => state)).toEqual(['dropped']);
    const again = await sam.post('/incidents/bulk', { ...part, input, ids: [parent] });
    await seconds(60);
    const late = await sam.post(`/bulk/${again.body.bulk_id}/undo`);
    expect([late.status, late.body.detail]).toEqual([409, 'It could be taken back for 60 seconds; they are over.']);
    expect(await states()).toEqual(['resolved', 'resolved']);
  });

  test('the dry run says what would change and who would get a mail, and writes nothing', async () => {
    const number = await logged();
    await opened.settle();
    const mailsBefore = (await (await opened.as('ada')).get('/mails?limit=500')).body.items.length;
    const dry = await sam.post('/incidents/bulk', {
      verb: 'resolve',
      input: { resolution_code: 'fixed', resolution_note: 'Plugged in.' },
      ids: [number],
      dry_run: true,
    });
    expect(dry.body).toMatchObject({ bulk_id: null, items: [{ number, status: 200, version: 2 }] });
    const { effects, mails } = dry.body as unknown as { effects: unknown[]; mails: unknown[] };
    expect(effects).toEqual([
      {
        name: 'incident.resolved',
        record: expect.objectContaining({ number }),
        changes: expect.arrayContaining([{ field: 'state', before: 'new', after: 'resolved' }]),
      },
    ]);
    expect(mails).toEqual([
      {
        to: expect.objectContaining({ name: 'Rita Test' }),
        number,
        subject: expect.stringContaining('Solved'),
        reason: 'requester',
      },
    ]);
    await opened.settle();
    expect((await (await opened.as('ada')).get('/mails?limit=500')).body.items).toHaveLength(mailsBefore);
    expect((await sam.get(`/incidents/${number}`)).body.version).toBe(1);
  });
});
