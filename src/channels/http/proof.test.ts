import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsOf } from '../../../test/accounts';
import { type Caller, type Door, door } from '../../../test/door';
import { mostOpen } from '../../commons/identity';
import { sql } from '../../kernel/database';

const password = 'the right words';
let opened: Door;
let accounts: ReturnType<typeof accountsOf>;

beforeAll(async () => {
  opened = await door();
  accounts = accountsOf(opened, password);
});
afterAll(() => opened.end());

const firstStep = (email: string) => accounts.firstStep(email);
const secondStep: (typeof accounts)['secondStep'] = (email, body) => accounts.secondStep(email, body);
const cookieOf: (typeof accounts)['cookieOf'] = (answer) => accounts.cookieOf(answer);
const codeOf = (secret: string) => accounts.codeOf(secret);
const enrolled = (who: string) => accounts.enrolled(who);
const hired = (name: string, roles: string[]) => accounts.hired(name, roles);

describe('a session', () => {
  test('that showed no second factor is asked for it when a rule comes, and the password is not enough', async () => {
    await hired('paul', ['problem_manager']);
    const old = cookieOf(await firstStep('paul@x.test'));
    const { secret, recovery } = await enrolled('paul');
    expect((await old.get('/incidents')).status).toBe(200);
    const ada = await opened.as('ada');
    const rule = await ada.post('/sign-in-rules', { name: 'Causes', roles: ['problem_manager'] });
    expect((await old.get('/incidents')).body.code).toBe('second_factor_needed');
    expect((await old.post('/me/proof', { password })).status).toBe(204);
    expect((await old.get('/incidents')).body.code).toBe('second_factor_needed');
    // Nor does it say to whom the work of its owner goes.
    expect((await old.get('/me')).body.must_enrol).toBe(true);
    const away = await old.patch('/me', { absent_from: '2026-03-02', delegate_id: 'sam@x.test' });
    expect(away.body.code).toBe('second_factor_needed');
    // Nor does it change what protects the account.
    for (const path of ['totp/remove', 'recovery-codes'])
      expect((await old.post(`/me/second-factor/${path}`, { password })).body.code).toBe('second_factor_needed');
    expect((await old.post('/me/passkeys/options', { password })).body.code).toBe('second_factor_needed');
    await opened.story.later(1, false);
    expect((await old.post('/me/proof', { code: '000000' })).body.errors[0]?.field).toBe('code');
    expect((await old.post('/me/proof', { code: codeOf(secret) })).status).toBe(204);
    expect((await old.get('/incidents')).status).toBe(200);
    // What was shown counts for this session alone.
    await ada.post(`/sign-in-rules/${rule.body.number}/retire`, {});
    const other = await secondStep('paul@x.test', { recovery_code: recovery[0]! });
    expect(other.status).toBe(200);
    await ada.post(`/sign-in-rules/${rule.body.number}/restore`, {});
    expect((await cookieOf(other).get('/incidents')).status).toBe(200);
    // Who takes the last one away waits again.
    expect((await old.post('/me/second-factor/totp/remove', { password })).status).toBe(204);
    expect((await old.get('/incidents')).body.code).toBe('second_factor_needed');
    await ada.post(`/sign-in-rules/${rule.body.number}/retire`, {});
    expect((await old.get('/incidents')).status).toBe(200);
  });

  test('is shown once for one Idempotency-Key, and what was refused stays refused', async () => {
    await hired('kira', ['requester']);
    const { caller, secret } = await enrolled('kira');
    await opened.story.later(1, false);
    const body = { code: codeOf(secret) };
    const key = { 'idempotency-key': 'shown' };
    const first = await caller.post('/me/proof', body, key);
    const again = await caller.post('/me/proof', body, key);
    expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([204, 204, 'true']);
    expect((await caller.post('/me/proof', { password }, key)).body.errors[0]?.field).toBe('Idempotency-Key');
    const wrong = { 'idempotency-key': 'wrong' };
    for (const replayed of [undefined, 'true']) {
      const refused = await caller.post('/me/proof', { password: 'no' }, wrong);
      expect([refused.status, refused.headers['idempotency-replayed']]).toEqual([422, replayed]);
    }
  });

  test('asks for a password many times at once without anybody waiting for ever', async () => {
    await hired('jan', ['requester']);
    const { caller } = await enrolled('jan');
    const asked = await Promise.all(
      Array.from({ length: 24 }, () => caller.post('/me/second-factor/recovery-codes', { password })),
    );
    expect(asked.map(({ status }) => status)).toEqual(Array(24).fill(201));
  });

  test('shows again who sits at it before what protects the account is changed, ten minutes later', async () => {
    await hired('nils', ['requester']);
    const { caller, secret } = await enrolled('nils');
    const asked = [
      ['/me/second-factor/totp', 409],
      ['/me/passkeys/options', 200],
      ['/me/second-factor/recovery-codes', 201],
    ] as const;
    for (const [path, status] of asked) expect([path, (await caller.post(path, {})).status]).toEqual([path, status]);
    await opened.story.later(11, false);
    const changes = [...asked.map(([path]) => path), '/me/second-factor/totp/remove'];
    for (const path of changes) {
      const refused = await caller.post(path, {});
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'proof_needed']);
    }
    expect((await caller.post('/me/passkeys/options', { password: 'wrong' })).body.errors[0]?.field).toBe('password');
    expect((await caller.post('/me/passkeys/options', {})).body.code).toBe('proof_needed');
    expect((await caller.post('/me/passkeys/options', { password })).status).toBe(200);
    expect((await caller.post('/me/second-factor/recovery-codes', {})).status).toBe(201);
    await opened.story.later(11, false);
    expect((await caller.post('/me/second-factor/recovery-codes', {})).body.code).toBe('proof_needed');
    expect((await caller.post('/me/proof', { code: codeOf(secret) })).status).toBe(204);
    expect((await caller.post('/me/second-factor/recovery-codes', {})).status).toBe(201);
  });

  test('is shown by one thing at a time, not by a token, and wrong codes are counted', async () => {
    await hired('olga', ['requester']);
    const { caller, secret } = await enrolled('olga');
    expect((await caller.post('/me/proof', {})).status).toBe(422);
    expect((await caller.post('/me/proof', { password, code: '1' })).status).toBe(422);
    expect((await caller.post('/me/proof', { password: 'wrong' })).status).toBe(422);
    expect((await caller.post('/me/proof', { recovery_code: 'wrong' })).status).toBe(422);
    expect((await caller.post('/me/proof', { response: { id: 'x' } })).status).toBe(422);
    expect((await (await opened.as('sam')).post('/me/proof', { password })).status).toBe(403);
    await opened.story.later(1, false);
    for (let n = 1; n <= 9; n++) expect((await caller.post('/me/proof', { code: '000000' })).status).toBe(422);
    const shut = await caller.post('/me/proof', { code: codeOf(secret) });
    expect([shut.status, Number(shut.headers['retry-after']) > 0]).toEqual([429, true]);
  });
});

test('an address that asks for passkeys and never answers is told to wait', async () => {
  const ask = (address: string) =>
    opened.server.inject({
      method: 'POST',
      url: '/api/v1/sign-in/passkey/options',
      remoteAddress: address,
      payload: {},
    });
  expect((await ask('10.1.1.1')).statusCode).toBe(200);
  await sql`insert into sign_in_challenge (secret, purpose, ends_at, address)
    select n::text::bytea, 'passkey', c.ends_at, c.address from sign_in_challenge c, generate_series(2, ${mostOpen}::int) n
    where c.address = '10.1.1.1'`.execute(opened.story.db);
  const shut = await ask('10.1.1.1');
  expect([shut.statusCode, Number(shut.headers['retry-after']) > 0]).toEqual([429, true]);
  expect((await ask('10.1.1.2')).statusCode).toBe(200);
  await opened.story.later(6, false);
  expect((await ask('10.1.1.1')).statusCode).toBe(200);
});

test('who has no second factor that a rule asks for is counted for who reads the rule, and named to administrators', async () => {
  const [ada, otto] = [await opened.as('ada'), await opened.as('otto')];
  const rule = (await ada.post('/sign-in-rules', { name: 'Leads', roles: ['team_lead', 'knowledge_editor'] })).body;
  for (const name of ['zoe', 'abel']) await hired(name, ['team_lead']);
  await hired('kai', ['knowledge_editor', 'team_lead']);
  const url = `/sign-in-rules/${rule.number}/without-second-factor`;
  const without = await ada.get(url);
  expect(without.body).toMatchObject({ total: 3, of: 3, next: null });
  expect(without.body.items.map(({ name }) => name)).toEqual(['abel Test', 'kai Test', 'zoe Test']);
  await enrolled('kai');
  expect((await ada.get(url)).body).toMatchObject({ total: 2, of: 3 });
  const first = (await ada.get(`${url}?limit=1`)).body;
  expect(first.items).toHaveLength(1);
  expect((await ada.get(`${url}?limit=1&cursor=${first.next}`)).body).toMatchObject({
    items: [{ name: 'zoe Test' }],
    next: null,
  });
  expect((await otto.get(url)).body).toMatchObject({ total: 2, of: 3, items: [], next: null });
  for (const who of ['sam', 'rita']) expect((await (await opened.as(who)).get(url)).status).toBe(404);
  await ada.post(`/people/${(await ada.get('/people?q=zoe')).body.items[0]!.number}/retire`, {});
  expect((await ada.get(url)).body).toMatchObject({ total: 1 });
  await ada.post(`/sign-in-rules/${rule.number}/retire`, {});
});

describe('a rule that ends tokens', () => {
  test('stops those of whom it asks for a second factor they have not; the effect says so before', async () => {
    const ada = await opened.as('ada');
    for (const name of ['piet', 'quinn', 'rolf']) await hired(name, ['problem_manager']);
    const [piet, quinn, rolf] = await Promise.all(['piet', 'quinn', 'rolf'].map((who) => opened.as(who)));
    const hooks = await opened.as('rolf', { scope: 'hooks' });
    await enrolled('quinn');
    await ada.post('/sign-in-rules', { name: 'Others', roles: ['finance_manager'], end_tokens: true });
    const input = { name: 'Causes', roles: ['problem_manager'], end_tokens: true };
    const effects = async (url: string, body: object) => {
      const { body: told } = await ada.post(url, body);
      return (told.effects as { code: string; count: number; values: object }[]).filter(({ code }) =>
        /token/.test(code),
      );
    };
    expect(await effects('/sign-in-rules/preview', { input: { ...input, end_tokens: false } })).toEqual([]);
    expect(await effects('/sign-in-rules/preview', { input })).toMatchObject([
      { code: 'tokens_end', count: 2, values: { people: 'piet Test, rolf Test' } },
    ]);
    expect((await piet!.get('/incidents')).status).toBe(200);

    // Without the choice tokens go on.
    const rule = (await ada.post('/sign-in-rules', { ...input, end_tokens: false })).body;
    const at = `/sign-in-rules/${rule.number}`;
    expect((await piet!.get('/incidents')).status).toBe(200);
    const edit = { verb: 'edit', input: { end_tokens: true } };
    expect(await effects(`${at}/preview`, edit)).toMatchObject([{ code: 'tokens_end', count: 2 }]);
    expect((await ada.patch(at, edit.input)).status).toBe(200);
    for (const who of [piet!, rolf!]) {
      const refused = await who.get('/incidents');
      expect([refused.status, refused.body.code]).toEqual([403, 'second_factor_needed']);
      expect((await who.post('/incidents', { title: 'x' })).status).toBe(403);
      expect((await who.get('/me')).body).toMatchObject({ must_enrol: true });
    }
    for (const who of [quinn!, ada]) expect((await who.get('/incidents')).status).toBe(200);
    // What only sends alerts opens nothing: it gets as far as it ever did, to its body, which is none.
    const sent = (who: Caller) =>
      opened.server.inject({
        method: 'POST',
        url: '/hooks/alertmanager',
        headers: { authorization: `Bearer ${who.bearer}` },
        payload: {},
      });
    const codeOfSent = async (who: Caller) => JSON.parse((await sent(who)).body).code;
    expect(await codeOfSent(rolf!)).toBe('second_factor_needed');
    expect(await codeOfSent(hooks)).not.toBe('second_factor_needed');

    // Retired, it holds nobody up; in force again it does.
    expect(await effects(`${at}/preview`, { verb: 'retire', input: {} })).toMatchObject([
      { code: 'tokens_again', count: 2, values: { people: 'piet Test, rolf Test' } },
    ]);
    await ada.post(`${at}/retire`, {});
    expect((await piet!.get('/incidents')).status).toBe(200);
    await ada.post(`${at}/restore`, {});
    expect((await piet!.get('/incidents')).status).toBe(403);

    // Whoever sets a second factor up has no token of before; a new one serves.
    await enrolled('piet');
    expect((await piet!.get('/incidents')).status).toBe(401);
    expect((await (await opened.as('piet', { scope: 'read' })).get('/incidents')).status).toBe(200);
    await ada.post(`${at}/retire`, {});
    expect((await piet!.get('/incidents')).status).toBe(401);
    expect((await rolf!.get('/incidents')).status).toBe(200);
  });

  test('stops those of whoever comes to hold its role, as the effect of that says', async () => {
    const ada = await opened.as('ada');
    await hired('sven', ['requester']);
    const sven = await opened.as('sven');
    const { number } = (await ada.get('/people?q=sven')).body.items[0]!;
    const rule = (await ada.post('/sign-in-rules', { name: 'Causes', roles: ['problem_manager'], end_tokens: true }))
      .body;
    const input = { roles: ['requester', 'problem_manager'] };
    const { body } = await ada.post(`/people/${number}/preview`, { verb: 'edit', input });
    expect(body.effects).toContainEqual(expect.objectContaining({ code: 'tokens_end', count: 1 }));
    expect((await sven.get('/me')).body).not.toMatchObject({ must_enrol: true });
    expect((await ada.patch(`/people/${number}`, input)).status).toBe(200);
    expect((await sven.get('/incidents')).status).toBe(403);
    await ada.post(`/sign-in-rules/${rule.number}/retire`, {});
  });
});
