import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, callerWith, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let rita: Caller;
let hana: Caller;
let mine: string;
let hidden: string;

beforeAll(async () => {
  opened = await door();
  [sam, rita, hana] = (await Promise.all(['sam', 'rita', 'hana'].map((who) => opened.as(who)))) as [
    Caller,
    Caller,
    Caller,
  ];
  mine = String((await sam.post('/incidents', { title: 'Till' })).body.number);
  hidden = String((await hana.post('/incidents', { title: 'Payroll', department: 'hr' })).body.number);
});
afterAll(() => opened.end());

/** Every refusal has the same shape. */
const problem = (answer: Answer, status: number, field?: string) => {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.stringMatching(/[.?]$/),
    code: expect.any(String),
    errors: expect.any(Array),
  });
  if (field !== undefined) expect(answer.body.errors.map((error) => error.field)).toContain(field);
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
};

describe('each refusal', () => {
  test('400: no JSON, nested too deep, an address that cannot be read', async () => {
    const json = { 'content-type': 'application/json' };
    const raw = (body: string | Buffer) =>
      opened.server.inject({
        method: 'POST',
        url: '/api/v1/incidents',
        payload: body,
        headers: { ...json, authorization: `Bearer ${sam.bearer}` },
      });
    expect((await raw('{"title":')).statusCode).toBe(400);
    expect((await raw(`{"title":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).statusCode).toBe(400);
    const bytes = Buffer.from([...Buffer.from('{"title":"a'), 0xff, ...Buffer.from('b"}')]);
    expect((await raw(bytes)).statusCode).toBe(400);
    problem(await sam.get('/incidents/%E0%A4%A'), 400);
    problem(await sam.get(`/incidents/${mine}?colour=red`), 400, 'colour');
    for (const plain of [`/incidents/${mine}/clocks`, `/incidents/${mine}/line-of-sight`, '/me', '/record-types'])
      problem(await sam.get(`${plain}?colour=red`), 400, 'colour');
    problem(await sam.get(`/incidents/${mine}?fields=colour`), 400, 'fields');
    problem(await sam.get(`/incidents/${mine}?as_of=soon`), 400, 'as_of');
    problem(await sam.patch(`/incidents/${mine}`, { title: 'x' }, { 'if-match': 'abc' }), 400, 'If-Match');
    problem(await sam.get(`/incidents/${mine}/history?limit=0`), 400, 'limit');
    problem(await sam.get(`/incidents/${mine}/comments?cursor=1`), 400, 'cursor');
    problem(await sam.get('/history?after_seq=x'), 400, 'after_seq');
    problem(await sam.get('/history?type=nothing'), 400, 'type');
  });
  test('431: a longer address than is read, as a problem like any other', async () => {
    const place = await opened.server.listen({ port: 0, host: '127.0.0.1' });
    const long = await fetch(`${place}/api/v1/incidents?title=${'x'.repeat(20_000)}`);
    expect([long.status, long.headers.get('content-type')]).toEqual([431, 'application/problem+json']);
    expect(await long.json()).toMatchObject({ status: 431, detail: expect.stringMatching(/\.$/), errors: [] });
  });
  test('401: nobody, a wrong token, another scheme', async () => {
    for (const authorization of ['', 'Bearer tl_wrong', 'Basic c2FtOng=', 'Bearer'])
      problem(await callerWith(opened.server, authorization ? { authorization } : {}).get('/incidents'), 401);
    const nobody = await callerWith(opened.server, {}).get('/nothing-like-this');
    problem(nobody, 401);
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    // The address as the router reads it counts, not how it is spelled.
    expect((await opened.server.inject('/%61pi/v1/me')).statusCode).toBe(401);
  });
  test('a number may be written small, in an address and where it is referred to', async () => {
    const small = mine.toLowerCase();
    expect((await sam.get(`/incidents/${small}`)).body.number).toBe(mine);
    const part = await sam.post('/incidents', { title: 'Part', parent_id: small });
    expect(part.body.parent_id).toMatchObject({ number: mine });
    const bulk = await sam.post('/incidents/bulk', { verb: 'note', input: { text: 'x' }, ids: [small] });
    expect(bulk.body.items).toMatchObject([{ number: mine, status: 200 }]);
    problem(await sam.get(`/incidents/${hidden.toLowerCase()}`), 404);
  });
  test('403: seen but not allowed', async () => {
    const { number } = (await rita.post('/incidents', { title: 'Mine' })).body;
    problem(await rita.post(`/incidents/${number}/resolve`, { resolution_code: 'x', resolution_note: 'y' }), 403);
    problem(await rita.post(`/incidents/${number}/note`, { text: 'y' }), 403);
    problem(await rita.patch(`/incidents/${number}`, { title: 'y' }), 403);
    problem(await sam.post('/services', { name: 'Mine' }), 403);
  });
  test('404: absent and hidden are the same answer, wherever it is asked', async () => {
    for (const path of [
      '',
      '/history',
      '/comments',
      '/attachments',
      '/links',
      '/watchers',
      '/clocks',
      '/line-of-sight',
      '/who-can-see',
      '/tasks',
      '/time-entries',
      '/presence',
    ]) {
      const [absent, walled] = [
        await sam.get(`/incidents/INC-9999${path}`),
        await sam.get(`/incidents/${hidden}${path}`),
      ];
      problem(walled, 404);
      expect(walled.text.replaceAll(hidden, ''), path).toBe(absent.text.replaceAll('INC-9999', ''));
    }
    for (const verb of ['start', 'comment', 'resolve']) {
      const [absent, walled] = [
        await sam.post(`/incidents/INC-9999/${verb}`, {}),
        await sam.post(`/incidents/${hidden}/${verb}`, {}),
      ];
      problem(walled, 404);
      expect(walled.text).toBe(absent.text);
    }
    for (const path of ['/service-requests', '/releases', '/a/b/c/d/e']) problem(await sam.get(path), 404);
    problem(await sam.post(`/incidents/${mine}/fly`, {}), 404);
    problem(await sam.post(`/incidents/${mine}/log`, {}), 404);
    problem(await sam.post(`/incidents/${mine}/breach`, {}), 404);
    problem(await sam.get(`/problems/${mine}`), 404);
    problem(await sam.get('/incidents/%00'), 404);
    problem(await sam.get('/incidents/00000000-0000-7000-8000-000000000000'), 404);
    problem(await sam.delete(`/incidents/${mine}`), 404);
  });
  test('409: not in this state, with a sentence', async () => {
    const answer = await sam.post(`/incidents/${mine}/resume`);
    problem(answer, 409);
    expect(answer.body.detail).toBe('A new incident cannot be resumed.');
  });
  test('413 and 415: too large, another media type', async () => {
    problem(await sam.post('/incidents', { title: 'x', description: 'y'.repeat(1_100_000) }), 413);
    const text = (type: string) =>
      callerWith(opened.server, { authorization: `Bearer ${sam.bearer}` }).post(
        '/incidents',
        { title: 'x' },
        { 'content-type': type },
      );
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])
      problem(await text(type), 415);
    problem(await sam.attach(`/incidents/${mine}/start`, 'a.txt', 'x'), 415);
    problem(await sam.attach('/incidents', 'a.txt', 'x'), 415);
    problem(await sam.post(`/incidents/${mine}/attachments`, {}), 415);
    problem(await sam.attach(`/incidents/${mine}/attachments`, 'virus.exe', 'MZ'), 415);
    expect((await sam.get(`/incidents/${mine}`)).body.state).toBe('new');
  });
  test('422: the field is named, dotted where it lies inside', async () => {
    problem(await sam.post('/incidents', {}), 422, 'title');
    problem(await sam.post('/incidents', { title: ' ' }), 422, 'title');
    problem(await sam.post('/incidents', { title: 'x', colour: 'red' }), 422, 'colour');
    problem(await sam.post('/incidents', JSON.parse('{"title":"x","__proto__":1}')), 422, '__proto__');
    problem(await sam.post('/incidents', { title: 'x', constructor: 1 }), 422, 'constructor');
    problem(await sam.post('/incidents', { title: 17 }), 422, 'title');
    problem(await sam.post('/incidents', { title: 'x', impact: 4 }), 422, 'impact');
    problem(await sam.post('/incidents', { title: 'a\u0000b' }), 422, 'title');
    problem(await sam.post('/incidents', { title: 'x', service_id: 'Nothing' }), 422, 'service_id');
    problem(await sam.post('/incidents', { title: 'x', service_id: 'me' }), 422, 'service_id');
    problem(await sam.post('/incidents', ['title']), 422);
    problem(await sam.post('/sign-in', 'text'), 422);
    const ada = await opened.as('ada');
    problem(
      await ada.post('/services', { name: 'x', goals: [{ goal_id: 'None', weight: 1 }] }),
      422,
      'goals.0.goal_id',
    );
    problem(
      await ada.post('/services', { name: 'x', goals: [{ goal_id: 'GOAL-1001', weight: 'y' }] }),
      422,
      'goals.0.weight',
    );
  });
  test('422: what is hidden and what is not there is the same', async () => {
    const say = (text: string) =>
      text
        .replaceAll(hidden, '…')
        .replaceAll('INC-9999', '…')
        .replaceAll('HR services', '…')
        .replaceAll('No team', '…');
    for (const [field, there, not] of [
      ['parent_id', hidden, 'INC-9999'],
      ['team_id', 'HR services', 'No team'],
    ] as const) {
      const [walled, absent] = [
        await sam.post('/incidents', { title: 'x', [field]: there }),
        await sam.post('/incidents', { title: 'x', [field]: not }),
      ];
      problem(walled, 422, field);
      expect(say(walled.text)).toBe(say(absent.text));
    }
    const link = (to: string) => sam.post(`/incidents/${mine}/links`, { kind: 'relates', to });
    expect(say((await link(hidden)).text)).toBe(say((await link('INC-9999')).text));
  });
});

describe('when several fit', () => {
  test('401 comes before everything', async () => {
    const nobody = callerWith(opened.server, {});
    problem(await nobody.post('/incidents', { title: 'y'.repeat(1_100_000) }), 401);
    problem(await nobody.attach(`/incidents/${hidden}/start`, 'a', 'b'), 401);
  });
  test('415 before 404, 400 before 404, 404 before 412 and 422', async () => {
    problem(await sam.attach(`/incidents/INC-9999/attachments`, 'virus.exe', 'MZ'), 415);
    problem(await sam.get('/incidents/INC-9999?as_of=soon'), 400);
    problem(await sam.get('/incidents/INC-9999/history?limit=x'), 400);
    problem(await sam.patch(`/incidents/${hidden}`, { colour: 1 }, { 'if-match': '"99"' }), 404);
    problem(await sam.post('/incidents/INC-9999/resolve', {}, { 'if-match': 'x' }), 400);
  });
  test('403 before 412, 412 before 409, 409 before 422', async () => {
    const { number } = (await rita.post('/incidents', { title: 'Several' })).body;
    problem(await rita.post(`/incidents/${number}/resolve`, {}, { 'if-match': '"99"' }), 403);
    problem(await sam.post(`/incidents/${number}/resume`, { colour: 1 }, { 'if-match': '"99"' }), 412);
    problem(await sam.post(`/incidents/${number}/resume`, { colour: 1 }), 409);
    problem(await rita.post('/services', {}), 403);
  });
});

describe('versions', () => {
  test('the ETag is the version; a stale If-Match is 412 and changes nothing', async () => {
    const made = await sam.post('/incidents', { title: 'Versions' });
    expect(made.headers.etag).toBe('"1"');
    const at = `/incidents/${made.body.number}`;
    const edited = await sam.patch(at, { title: 'Versions 2' }, { 'if-match': '"1"' });
    expect([edited.status, edited.headers.etag, edited.body.version]).toEqual([200, '"2"', 2]);
    problem(await sam.patch(at, { title: 'Versions 3' }, { 'if-match': '"1"' }), 412);
    problem(await sam.patch(at, { title: 'Versions 3' }, { 'if-match': '"abc"' }), 412);
    expect((await sam.patch(at, { title: 'Versions 3' }, { 'if-match': 'W/"2"' })).status).toBe(200);
    expect((await sam.get(at)).headers.etag).toBe('"3"');
  });

  test('If-Match names several, any of which will do, or whatever there is', async () => {
    const at = `/incidents/${(await sam.post('/incidents', { title: 'Tags' })).body.number}`;
    const change = async (tags: string, verb = '') => {
      const title = `Tags ${tags}`;
      const url = verb ? `${at}/${verb}` : at;
      const answer = verb
        ? await sam.post(url, { text: title }, { 'if-match': tags })
        : await sam.patch(url, { title }, { 'if-match': tags });
      return answer.status;
    };
    // Each that is taken makes the next version: 2, 3, 4, …
    const taken = [
      '"1", "7"',
      '"1","2"',
      '"abc" , W/"3"',
      'W/"9",W/"4"',
      ', "5",,',
      '*',
      ' * ',
      '"a,b","8"',
      '"9"\t,"8"',
    ];
    for (const tags of taken) expect([tags, await change(tags)]).toEqual([tags, 200]);
    expect((await sam.get(at)).body.version).toBe(1 + taken.length);
    for (const tags of ['"1", "2"', '"abc", "x,10"', '"*"', 'W/"1"', '""', '"010"', '"10.0"'])
      expect([tags, await change(tags)]).toEqual([tags, 412]);
    for (const tags of ['10', '"10', '10"', '"10" "9"', '*, "10"', '"10";', 'w/"10"', '"1 0"', ',', '"9", 10', 'W/10'])
      expect([tags, await change(tags), await change(tags, 'note')]).toEqual([tags, 400, 400]);
    expect(await change('"1", "10"', 'note')).toBe(200);
    expect(await change('"1", "2"', 'note')).toBe(412);
    const { body } = await sam.patch(at, { title: 'x' }, { 'if-match': '"1", "2"' });
    expect(body.detail).toMatch(/it is now version 10, you have 1, 2\.$/);
  });
  test('comments, notes, files, links and watchers leave the version; an edit that changes nothing does too', async () => {
    const { number } = (await sam.post('/incidents', { title: 'Still' })).body;
    const at = `/incidents/${number}`;
    await sam.post(`${at}/comment`, { text: 'c' });
    await sam.post(`${at}/note`, { text: 'n' });
    await sam.post(`${at}/watchers`, { person_id: 'me' });
    await sam.post(`${at}/links`, { kind: 'relates', to: mine });
    await sam.attach(`${at}/attachments`, 'a.txt', 'x');
    expect((await sam.patch(at, { title: 'Still' })).body.version).toBe(1);
    expect((await sam.get(at)).body.version).toBe(1);
    expect((await sam.post(`${at}/start`)).body.version).toBe(2);
  });
});
