import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, callerWith, type Door, door } from '../../../test/door';
import { languageOf } from './language';

const german = { 'accept-language': 'de' };
let opened: Door;
let sam: Caller;
let rita: Caller;
let number: string;

beforeAll(async () => {
  opened = await door();
  [sam, rita] = (await Promise.all(['sam', 'rita'].map((who) => opened.as(who)))) as [Caller, Caller];
  number = String((await rita.post('/incidents', { title: 'Till' })).body.number);
});
afterAll(() => opened.end());

describe('whoever asks in German reads in German', () => {
  test('what is missing, with the field', async () => {
    const { status, body, headers } = await sam.post('/incidents', {}, german);
    expect([status, body.detail]).toEqual([422, 'Titel fehlt.']);
    expect(body.errors).toEqual([{ field: 'title', message: 'Titel fehlt.' }]);
    expect(headers['content-language']).toBe('de');
  });

  test('what does not go in this state', async () => {
    const { status, body } = await sam.post(`/incidents/${number}/reopen`, { reason: 'again' }, german);
    expect([status, body.detail]).toEqual([409, 'Störung: „Wieder öffnen“ geht im Stand „Neu“ nicht.']);
  });

  test('what is not there', async () => {
    const { status, body } = await sam.get('/incidents/INC-999999', german);
    expect([status, body.detail]).toEqual([404, 'Störung nicht gefunden: nicht da, oder für Sie nicht zu sehen.']);
  });

  test('what they may not do, said when asked and shown before', async () => {
    const resolved = { resolution_code: 'fixed', resolution_note: 'Restarted' };
    const { status, body } = await rita.post(`/incidents/${number}/resolve`, resolved, german);
    expect([status, body.detail]).toEqual([403, 'Störung: „Lösen“ dürfen Sie nicht.']);
    const { refused } = (await rita.get(`/incidents/${number}`, german)).body;
    expect(refused).toContainEqual({ verb: 'resolve', sentence: 'Störung: „Lösen“ dürfen Sie nicht.' });
  });

  test('what somebody else changed meanwhile', async () => {
    const { status, body } = await sam.patch(
      `/incidents/${number}`,
      { title: 'The till' },
      { ...german, 'if-match': '"7"' },
    );
    expect([status, body.detail]).toEqual([
      412,
      `${number} wurde geändert, seit Sie es gelesen haben: Es steht jetzt bei Version 1, Sie haben 7.`,
    ]);
  });

  test('who is nobody, and who cannot sign in', async () => {
    const nobody = callerWith(opened.server, german);
    expect((await nobody.get('/incidents')).body.detail).toBe('Melden Sie sich zuerst an.');
    const { status, body } = await nobody.post('/sign-in', { email: 'nobody@example.test', password: 'wrong' });
    expect([status, body.detail]).toEqual([401, 'E-Mail und Passwort passen nicht zusammen.']);
    expect((await nobody.post('/sign-in', {})).body.errors).toEqual([
      { field: 'email', message: 'E-Mail fehlt.' },
      { field: 'password', message: 'Das Passwort fehlt.' },
    ]);
  });

  test('what has the wrong shape, wherever the check stands', async () => {
    const wrong = await sam.post('/incidents', { title: 7, impact: 9, colour: 'red', service_id: 'Cards' }, german);
    expect(wrong.body.errors).toEqual(
      expect.arrayContaining([
        { field: 'title', message: 'Hier gehört ein Text hin.' },
        { field: 'impact', message: 'Möglich ist höchstens 3.' },
        { field: 'colour', message: 'Ein Feld colour gibt es hier nicht.' },
      ]),
    );
    const named = await sam.post('/incidents', { title: 'x', service_id: 'Nothing of ours' }, german);
    expect(named.body.errors).toEqual([{ field: 'service_id', message: 'Service „Nothing of ours“ gibt es nicht.' }]);
    expect((await sam.get('/incidents?limit=0', german)).body.detail).toBe('limit ist eine ganze Zahl von 1 bis 500.');
    expect((await sam.get('/nothing-like-this', german)).body.detail).toBe('„nothing-like-this“ gibt es hier nicht.');
  });

  test('each of many, in the language of who asks for them all', async () => {
    const many = { verb: 'resume', ids: [number, 'INC-999999'], input: {} };
    const { body } = await sam.post('/incidents/bulk', many, german);
    const details = (body.items as unknown as { problem: { detail: string } }[]).map(({ problem }) => problem.detail);
    expect(details).toEqual([
      'Störung: „Weitermachen“ geht im Stand „Neu“ nicht.',
      'Störung nicht gefunden: nicht da, oder für Sie nicht zu sehen.',
    ]);
  });
});

describe('why something happened', () => {
  const whyOf = async (at: string, past: string, headers: Record<string, string> = german) => {
    const { items } = (await sam.get(`${at}/history`, headers)).body;
    return items.find((line) => line.name.endsWith(`.${past}`))!.why as Record<string, unknown>;
  };

  test('is read in German with its names, and was kept in English', async () => {
    const made = await sam.post('/incidents', { title: 'Paying fails', service_id: 'Card payments' });
    const at = `/incidents/${made.body.number}`;
    const { name } = made.body.team_id as { name: string };
    expect(await whyOf(at, 'logged')).toMatchObject({ rule: `${name} betreibt den Service Card payments.` });
    expect(await whyOf(at, 'logged', {})).toMatchObject({ rule: `${name} operates the service Card payments.` });
    const around = async (headers = {}) =>
      ((await sam.get(`${at}/context`, headers)).body.assignment as { sentence: string }).sentence;
    expect(await around(german)).toBe(`${name} betreibt den Service Card payments.`);
    expect(await around()).toBe(`${name} operates the service Card payments.`);
  });

  test('of a rule with a person chosen, and of what is proposed', async () => {
    const ada = await opened.as('ada');
    const rule = { name: 'Tills: all', team_id: 'Network', match: { category: 'till' }, balance: 'round_robin' };
    const { number: kept, version } = (await ada.post('/assignment-rules', rule)).body;
    const tills = [1, 2, 3].map((till) => ({ title: `Drawer jams at till ${till}`, category: 'till' }));
    const service_id = 'Card payments';
    const made = [];
    for (const till of tills) made.push((await sam.post('/incidents', { ...till, service_id })).body.number);
    await opened.settle();
    const numbers = (await sam.get('/incidents?service_id=Card payments')).body.items.map(({ number }) => number);
    const why = await whyOf(`/incidents/${made[0]}`, 'logged');
    expect(why.rule).toBe(`${kept} (Version ${version}), Tills: all: Network übernimmt.`);
    expect(why.chosen).toMatch(/^(hat von denen, die da sind|niemand vom Team)/);
    const all = await Promise.all(numbers.map((number) => sam.get(`/incidents/${number}/proposals`, german)));
    const said = all.flatMap(({ body }) => body.items.map(({ reason }) => reason as unknown as string));
    expect(said).toEqual([expect.stringMatching(/^\d Meldungen in 15 Minuten betreffen denselben Service\.$/)]);
    const lines = await Promise.all(numbers.map((number) => sam.get(`/incidents/${number}/history`, german)));
    const remembered = lines.flatMap(({ body }) => body.items.flatMap(({ changes }) => changes));
    expect(remembered.filter(({ field }) => field === 'proposal').map(({ after }) => after)).toContain(said[0]);
    await ada.post(`/assignment-rules/${kept}/retire`, {});
  });

  test('stays without its name for whom a wall keeps from it', async () => {
    const ada = await opened.as('ada');
    await ada.post('/teams', { name: 'Ledger', department: 'finance' });
    await ada.post('/assignment-rules', {
      name: 'To the books',
      team_id: 'Ledger',
      match: { category: 'bill' },
      rank: 1,
    });
    const bill = await sam.post('/incidents', { title: 'Bill', category: 'bill' });
    const at = `/incidents/${bill.body.number}`;
    expect((await whyOf(at, 'logged')).rule).toMatch(/To the books: Ledger übernimmt\.$/);
    await ada.patch('/departments/finance', { confidential: true });
    expect((await sam.get(`${at}/history`, german)).text).not.toMatch(/Ledger|To the books/);
    expect((await whyOf(at, 'logged')).rule).toBe('Eine Regel');
    expect((await whyOf(at, 'logged', {})).rule).toBe('A rule');
    await ada.patch('/departments/finance', { confidential: false });
  });
});

describe('whoever says nothing', () => {
  test('reads English, also those whose screens are German', async () => {
    await sam.patch('/me', { language: 'de' });
    expect((await sam.get('/me')).body).toMatchObject({ language: 'de' });
    const { body, headers } = await sam.get('/incidents/INC-999999');
    expect(body.detail).toBe('There is no incident here that you can see.');
    expect(headers['content-language']).toBeUndefined();
    expect(headers.vary).toMatch(/accept-language/i);
  });

  test('an answer that is kept is given again as it was given', async () => {
    const key = { 'idempotency-key': 'said-in-german' };
    const first = await sam.post('/incidents', {}, { ...german, ...key });
    const again = await sam.post('/incidents', {}, key);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect([first.body.detail, again.body.detail]).toEqual(['Titel fehlt.', 'Titel fehlt.']);
  });

  test('history keeps what was done in the words it was done with, whoever reads it', async () => {
    const [one, other] = [
      await sam.post('/incidents', { title: 'Twice' }),
      await sam.post('/incidents', { title: 'x' }),
    ];
    await sam.post(`/incidents/${one.body.number}/merge`, { into: other.body.number }, german);
    const asked = `/incidents/${one.body.number}/history`;
    expect((await sam.get(asked, german)).body).toEqual((await sam.get(asked)).body);
  });
});

test.each([
  [undefined, 'en'],
  ['*', 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['en-GB,en;q=0.9,de;q=0.8', 'en'],
  ['fr, de;q=0.5, en;q=0.4', 'de'],
  ['de;q=0', 'en'],
  ['en;q=0.5, de;q=0.5', 'en'],
  ['de;q=abc;;,,', 'de'],
] as const)('of %j the language is %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
