import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, callerWith, type Door, door } from '../../../test/door';
import { hashPassword, keepHash } from '../../commons/identity';

let opened: Door;
let nobody: Caller;
const password = 'a long secret';

beforeAll(async () => {
  opened = await door();
  nobody = callerWith(opened.server, {});
  const hashed = await hashPassword(password);
  const { rows } = await opened.story.pool.query('select id from person');
  for (const { id } of rows) await keepHash(opened.story.db, id, hashed, opened.story.now());
});
afterAll(() => opened.end());

const signIn = (email: string, given = password, headers = {}) =>
  nobody.post('/sign-in', { email, password: given }, headers);
const cookieOf = (answer: Answer) => String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!;
const signedIn = async (email: string) => callerWith(opened.server, { cookie: cookieOf(await signIn(email)) });

describe('signing in', () => {
  test('sets an HttpOnly, SameSite cookie and answers who it is; signing out ends it', async () => {
    const answer = await signIn('Sam@X.test ');
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/^tl_session=[\w-]+;.*HttpOnly.*SameSite=/);
    expect(answer.body).toMatchObject({ email: 'sam@x.test', roles: ['agent'] });
    const sam = callerWith(opened.server, { cookie: cookieOf(answer) });
    const me = (await sam.get('/me')).body;
    expect(me).toMatchObject({
      email: 'sam@x.test',
      name: 'Sam Test',
      departments: [{ number: 'it', name: 'Information technology' }],
      teams: [{ name: 'Service desk' }],
      language: 'en',
      time_zone: expect.any(String),
    });
    expect((await sam.post('/sign-out')).status).toBe(204);
    expect((await sam.get('/me')).status).toBe(401);
  });

  test('ten failures for one account and address are 429 with Retry-After; others and successes are not counted', async () => {
    for (let at = 0; at < 12; at++) expect((await signIn('cho@x.test')).status).toBe(200);
    for (let at = 0; at < 10; at++) expect((await signIn('cho@x.test', 'wrong')).status).toBe(401);
    const shut = await signIn('cho@x.test');
    expect(shut.status).toBe(429);
    expect(Number(shut.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(shut.headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
    expect((await signIn('sam@x.test')).status).toBe(200);
    await opened.story.later(16, false);
    expect((await signIn('cho@x.test')).status).toBe(200);
  });

  test('a wrong password and an unknown account are the same answer', async () => {
    expect((await signIn('sam@x.test', 'wrong')).text).toBe((await signIn('nobody@x.test', 'wrong')).text);
    expect((await signIn('sam@x.test', '')).status).toBe(422);
  });
});

describe('a session by cookie', () => {
  test('changes something only for our own pages: Origin and Sec-Fetch-Site must be ours', async () => {
    const sam = await signedIn('sam@x.test');
    const log = async (headers: Record<string, string>) =>
      (await sam.post('/incidents', { title: 'x' }, headers)).status;
    expect(await log({})).toBe(201);
    expect(await log({ origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await log({ origin: 'http://localhost' })).toBe(201);
    expect(await log({ origin: 'https://evil.example' })).toBe(403);
    expect(await log({ origin: 'null' })).toBe(403);
    expect(await log({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await log({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect((await sam.get('/me', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).status).toBe(200);
    expect((await sam.delete('/me/sessions', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn('sam@x.test', password, { origin: 'https://evil.example' })).status).toBe(403);
  });
  test('is not ended by moving the clock of a demonstration, nor kept longer by it', async () => {
    const [sam, ada] = [await signedIn('sam@x.test'), await signedIn('ada@x.test')];
    const ends = async () => (await sam.get('/me/sessions')).body.items.find(({ current }) => current)!.ends_at;
    const left = async () => Date.parse(String(await ends())) - opened.story.now().getTime();
    const before = await left();
    expect((await ada.post('/clock', { advance_s: 40 * 86_400 })).status).toBe(200);
    expect(await left()).toBe(before);
    await opened.story.later(31 * 24 * 60);
    expect((await sam.get('/me')).status).toBe(401);
  });
  test('must send JSON or a form with a file', async () => {
    const sam = await signedIn('sam@x.test');
    expect((await sam.post('/incidents', { title: 'x' }, { 'content-type': 'text/plain' })).status).toBe(415);
    const { number } = (await sam.post('/incidents', { title: 'x' })).body;
    expect((await sam.attach(`/incidents/${number}/attachments`, 'a.txt', 'x')).status).toBe(201);
  });
  test('is listed by device and ended alone or everywhere', async () => {
    const [one, two] = [await signedIn('ines@x.test'), await signedIn('ines@x.test')];
    const sessions = (await one.get('/me/sessions')).body.items;
    expect(sessions.filter((session) => session.current)).toHaveLength(1);
    const other = sessions.find((session) => !session.current)!;
    expect((await one.delete(`/me/sessions/${other.id}`)).status).toBe(204);
    expect((await two.get('/me')).status).toBe(401);
    expect((await one.delete('/me/sessions')).status).toBe(204);
    expect((await one.get('/me')).status).toBe(401);
  });
  test("nobody ends another one's session", async () => {
    const [sam, ines] = [await signedIn('sam@x.test'), await signedIn('ines@x.test')];
    const [session] = (await ines.get('/me/sessions')).body.items;
    expect((await sam.delete(`/me/sessions/${session!.id}`)).status).toBe(404);
    expect((await ines.get('/me')).status).toBe(200);
  });
});

describe('a token', () => {
  const withToken = (token: unknown) => callerWith(opened.server, { authorization: `Bearer ${token}` });

  test('is answered once, works for programs whatever their origin, and ends when it is taken back', async () => {
    const sam = await signedIn('sam@x.test');
    const made = await sam.post('/me/tokens', { name: 'robot' });
    expect(made.body).toMatchObject({ token: expect.stringMatching(/^tl_/), scope: 'all', ends_at: null });
    const robot = withToken(made.body.token);
    expect((await robot.post('/incidents', { title: 'x' }, { origin: 'https://other.example' })).status).toBe(201);
    expect((await sam.get('/me/tokens')).text).not.toContain(String(made.body.token));
    expect((await sam.delete(`/me/tokens/${made.body.id}`)).status).toBe(204);
    expect((await robot.get('/me')).status).toBe(401);
  });
  test('to read only changes nothing, by any address, and is offered nothing', async () => {
    const reader = await opened.as('ada', { scope: 'read' });
    const { number } = (await (await opened.as('sam')).post('/incidents', { title: 'x' })).body;
    expect((await reader.get(`/incidents/${number}`)).body.offers).toEqual([]);
    const refused = [
      await reader.post('/incidents', { title: 'x' }),
      await reader.patch(`/incidents/${number}`, { title: 'y' }),
      await reader.post(`/incidents/${number}/start`),
      await reader.post(`/incidents/${number}/watchers`, { person_id: 'me' }),
      await reader.attach(`/incidents/${number}/attachments`, 'a.txt', 'x'),
      await reader.patch('/me', { language: 'de' }),
      await reader.post('/me/tokens', { name: 'wider' }),
      await reader.post('/me/password', { current: password, password: 'another secret' }),
      await reader.post('/me/notifications/read', {}),
      await reader.delete('/me/sessions'),
      await reader.delete(`/me/tokens/${(await reader.get('/me/tokens')).body.items[0]!.id}`),
      await reader.post('/clock', { advance_s: 1 }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual(refused.map(() => 403));
    const bulk = (await reader.post('/incidents/bulk', { verb: 'start', ids: [number] })).body;
    expect(bulk.items[0]).toMatchObject({ status: 403 });
    expect((await reader.post('/incidents/INC-9999/start')).status).toBe(404);
  });
  test('ends when it says', async () => {
    const sam = await opened.as('sam');
    const soon = new Date(opened.story.now().getTime() + 60_000).toISOString();
    const robot = withToken((await sam.post('/me/tokens', { name: 'brief', ends_at: soon })).body.token);
    expect((await robot.get('/me')).status).toBe(200);
    await opened.story.later(2, false);
    expect((await robot.get('/me')).status).toBe(401);
    expect((await sam.post('/me/tokens', { name: 'past', ends_at: soon })).status).toBe(422);
  });
  test('of somebody who left does not work', async () => {
    const [ada, fred] = [await opened.as('ada'), await opened.as('fred')];
    expect((await ada.post('/people/fred@x.test/retire')).status).toBe(404);
    const id = (await fred.get('/me')).body.id;
    expect((await ada.post(`/people/${id}/retire`)).status).toBe(200);
    expect((await fred.get('/me')).status).toBe(401);
    expect((await signIn('fred@x.test')).status).toBe(401);
  });
});

describe('a password', () => {
  test('is changed with the current one and signs out everywhere else', async () => {
    const [here, there] = [await signedIn('otto@x.test'), await signedIn('otto@x.test')];
    expect((await here.post('/me/password', { current: 'wrong', password: 'another secret' })).status).toBe(422);
    expect((await here.post('/me/password', { current: password, password: 'short' })).status).toBe(422);
    expect((await here.post('/me/password', { current: password, password: 'another secret' })).status).toBe(204);
    expect([(await here.get('/me')).status, (await there.get('/me')).status]).toEqual([200, 401]);
    expect((await signIn('otto@x.test')).status).toBe(401);
    expect((await signIn('otto@x.test', 'another secret')).status).toBe(200);
  });
  test('forgotten: the answer never says whether the address is known', async () => {
    const [known, unknown] = [
      await nobody.post('/password-reset', { email: 'rita@x.test' }),
      await nobody.post('/password-reset', { email: 'nobody@x.test' }),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect((await nobody.post('/password-reset', { token: 'x', password: 'another secret' })).status).toBe(422);
  });
});

describe('without signing in', () => {
  test('only health and the description of the interface are told', async () => {
    const plain = async (url: string) => (await opened.server.inject(url)).statusCode;
    expect(await plain('/healthz')).toBe(200);
    expect(await plain('/readyz')).toBe(200);
    const metrics = await opened.server.inject('/metrics');
    expect([metrics.statusCode, metrics.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(metrics.payload).toMatch(/^throughline_history_unsealed_lines \d+$/m);
    expect(await plain('/api/v1/openapi.json')).toBe(200);
    expect(await plain('/api/v1/record-types')).toBe(401);
  });
});
