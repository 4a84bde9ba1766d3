import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountsOf } from '../../../test/accounts';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { hashPassword, keepHash, setPassword, unreadableTotp } from '../../commons/identity';
import { vaultOf } from '../../commons/vault';

const password = 'the right words';
let opened: Door;
let nobody: Caller;
let accounts: ReturnType<typeof accountsOf>;

beforeAll(async () => {
  opened = await door();
  accounts = accountsOf(opened, password);
  nobody = accounts.nobody;
  const hashed = await hashPassword(password);
  for (const person of (await opened.story.pool.query('select id from person')).rows)
    await keepHash(opened.story.db, person.id, hashed, opened.story.now());
});
afterAll(() => opened.end());

const { firstStep, cookieOf, codeOf, enrolled, secondStep } = {
  firstStep: (email: string) => accounts.firstStep(email),
  cookieOf: (answer: Answer) => accounts.cookieOf(answer),
  codeOf: (secret: string, offMs = 0) => accounts.codeOf(secret, offMs),
  enrolled: (who: string) => accounts.enrolled(who),
  secondStep: (email: string, body: Record<string, string>) => accounts.secondStep(email, body),
};

describe('one-time codes', () => {
  test('count once the first was confirmed; then the password alone opens nothing', async () => {
    const caller = cookieOf(await firstStep('sam@x.test'));
    const begun = await caller.post('/me/second-factor/totp', {});
    expect(begun.status).toBe(201);
    expect(begun.body).toMatchObject({ uri: expect.stringMatching(/^otpauth:\/\/totp\/Throughline:sam%40x\.test\?/) });
    const { secret } = begun.body as unknown as { secret: string };
    expect((await firstStep('sam@x.test')).status).toBe(200);
    expect((await caller.post('/me/second-factor/totp/confirm', { code: '12x' })).status).toBe(422);
    const confirmed = await caller.post('/me/second-factor/totp/confirm', { code: codeOf(secret) });
    expect(new Set(confirmed.body.recovery_codes as string[]).size).toBe(10);
    expect((await caller.post('/me/second-factor/totp', {})).status).toBe(409);
    const asked = await firstStep('sam@x.test');
    expect([asked.status, asked.body.code, asked.body.factors]).toEqual([
      401,
      'second_factor_required',
      ['totp', 'recovery'],
    ]);
    expect(asked.headers['set-cookie']).toBeUndefined();
    await opened.story.later(1, false);
    const entered = await nobody.post('/sign-in/second-factor', {
      challenge: asked.body.challenge,
      code: codeOf(secret),
    });
    expect([entered.status, entered.body.name]).toEqual([200, 'Sam Test']);
    expect((await cookieOf(entered).get('/me')).status).toBe(200);
  });

  test('are not kept readable, and none serves twice; a clock may be half a minute off, not more', async () => {
    const { secret } = await enrolled('cho');
    const kept = await opened.story.pool.query('select secret from totp');
    expect(kept.rows.every((row) => row.secret.startsWith('sealed1.') && !row.secret.includes(secret))).toBe(true);
    await opened.story.later(2, false);
    const code = codeOf(secret, 30_000);
    expect((await secondStep('cho@x.test', { code })).status).toBe(200);
    const again = await secondStep('cho@x.test', { code });
    expect([again.status, again.body.detail]).toEqual([
      401,
      'This code does not fit, or served already: wait for the next one.',
    ]);
    expect((await secondStep('cho@x.test', { code: codeOf(secret) })).status).toBe(401);
    await opened.story.later(3, false);
    expect((await secondStep('cho@x.test', { code: codeOf(secret, -61_000) })).status).toBe(401);
    expect((await secondStep('cho@x.test', { code: codeOf(secret, -30_000) })).status).toBe(200);
  });

  test('wrong ten times within a quarter of an hour are 429 for the account, wherever they come from', async () => {
    const { secret } = await enrolled('ines');
    await opened.story.later(1, false);
    const challenge = (await firstStep('ines@x.test')).body.challenge;
    const tries = (n: number) =>
      opened.server.inject({
        method: 'POST',
        url: '/api/v1/sign-in/second-factor',
        remoteAddress: `10.0.0.${n}`,
        payload: { challenge, code: '000000' },
      });
    for (let n = 1; n <= 10; n++) expect((await tries(n)).statusCode).toBe(401);
    const shut = await secondStep('ines@x.test', { code: codeOf(secret) });
    expect([shut.status, Number(shut.headers['retry-after']) > 0]).toEqual([429, true]);
    await opened.story.later(16, false);
    expect((await secondStep('ines@x.test', { code: codeOf(secret) })).status).toBe(200);
  });

  test('need the first step, and that within five minutes', async () => {
    const { secret } = await enrolled('fred');
    await opened.story.later(1, false);
    const challenge = (await firstStep('fred@x.test')).body.challenge;
    expect((await nobody.post('/sign-in/second-factor', { challenge: 'x', code: codeOf(secret) })).status).toBe(401);
    expect((await nobody.post('/sign-in/second-factor', { challenge })).status).toBe(422);
    await opened.story.later(6, false);
    const late = await nobody.post('/sign-in/second-factor', { challenge, code: codeOf(secret) });
    expect([late.status, late.body.errors[0]?.field]).toEqual([401, 'challenge']);
  });

  test('are asked for anew once another password was chosen', async () => {
    await (await opened.as('ada')).post('/people', { name: 'Lars Test', email: 'lars@x.test', roles: ['requester'] });
    const { rows } = await opened.story.pool.query("select id from person where email = 'lars@x.test'");
    await keepHash(opened.story.db, rows[0].id, await hashPassword(password), opened.story.now());
    const { secret } = await enrolled('lars');
    await opened.story.later(1, false);
    const challenge = (await firstStep('lars@x.test')).body.challenge;
    await setPassword(opened.story.db, rows[0].id, 'other right words', opened.story.now());
    const late = await nobody.post('/sign-in/second-factor', { challenge, code: codeOf(secret) });
    expect([late.status, late.body.errors[0]?.field]).toEqual([401, 'challenge']);
  });

  test('are removed once their owner has shown again who they are, and are told so', async () => {
    const { caller } = await enrolled('hana');
    const mine = async () => (await caller.get('/me/second-factor')).body;
    expect(await mine()).toMatchObject({ recovery_codes: 10, passkeys: 0, required: false });
    expect((await caller.post('/me/second-factor/totp/remove', { password: 'wrong' })).status).toBe(422);
    await opened.story.later(11, false);
    expect((await caller.post('/me/second-factor/totp/remove', {})).body.code).toBe('proof_needed');
    expect((await caller.post('/me/second-factor/totp/remove', { password })).status).toBe(204);
    expect(await mine()).toMatchObject({ totp_since: null, recovery_codes: 0 });
    expect((await firstStep('hana@x.test')).status).toBe(200);
    await opened.settle();
    const mails = await opened.story.pool.query("select subject from mail where address = 'hana@x.test' order by id");
    expect(mails.rows.map((row) => row.subject)).toEqual([
      'One-time codes protect your account now',
      'One-time codes no longer protect your account',
    ]);
  });

  test('are no matter of a token', async () => {
    const robot = await opened.as('hana');
    for (const path of ['totp', 'totp/confirm', 'totp/remove', 'recovery-codes'])
      expect((await robot.post(`/me/second-factor/${path}`, { code: '1', password })).status, path).toBe(403);
    expect((await robot.post('/me/passkeys/options', {})).status).toBe(403);
  });
});

describe('a passkey that is none', () => {
  test('is refused with a sentence, signing in and adding one', async () => {
    const odd = [{}, { id: 'x', response: {} }, { id: 'x', response: { clientDataJSON: 'e30' } }];
    for (const response of odd) {
      const answer = await nobody.post('/sign-in/passkey', { response });
      expect([answer.status, answer.body.detail]).toEqual([
        422,
        'This was asked for too long ago, or elsewhere. Begin anew.',
      ]);
    }
    const { challenge } = (await nobody.post('/sign-in/passkey/options', {})).body as unknown as { challenge: string };
    const clientDataJSON = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge })).toString('base64url');
    const unknown = await nobody.post('/sign-in/passkey', { response: { id: 'nobody', response: { clientDataJSON } } });
    expect([unknown.status, unknown.body.detail]).toEqual([401, 'This passkey is not known here.']);
    const caller = cookieOf(await firstStep('ada@x.test'));
    const options = (await caller.post('/me/passkeys/options', {})).body as unknown as { challenge: string };
    const made = Buffer.from(JSON.stringify({ type: 'webauthn.create', ...options })).toString('base64url');
    const response = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: made } };
    const refused = await caller.post('/me/passkeys', { name: 'Mine', response });
    expect([refused.status, refused.body.detail]).toEqual([422, 'This passkey does not fit this place.']);
    // The question of one person is no other's.
    const theirs = (await caller.post('/me/passkeys/options', {})).body as unknown as { challenge: string };
    const stolen = Buffer.from(JSON.stringify({ type: 'webauthn.create', ...theirs })).toString('base64url');
    const otto = cookieOf(await firstStep('otto@x.test'));
    const body = { name: 'x', response: { ...response, response: { clientDataJSON: stolen } } };
    expect((await otto.post('/me/passkeys', body)).body.detail).toMatch(/asked for too long ago/);
  });
});

test('codes cannot be checked under another secret; the sentence says what still serves, and it does', async () => {
  await opened
    .as('ada')
    .then((ada) => ada.post('/people', { name: 'Nora Test', email: 'nora@x.test', roles: ['requester'] }));
  const { rows } = await opened.story.pool.query("select id from person where email = 'nora@x.test'");
  await keepHash(opened.story.db, rows[0].id, await hashPassword(password), opened.story.now());
  const { secret, recovery } = await enrolled('nora');
  expect(await unreadableTotp(opened.story.db, vaultOf('the secret of the tests'))).toBe(0);
  const other = vaultOf('another secret').seal(secret, `totp ${rows[0].id}`);
  await opened.story.pool.query('update totp set secret = $1 where person_id = $2', [other, rows[0].id]);
  expect(await unreadableTotp(opened.story.db, vaultOf('the secret of the tests'))).toBe(1);
  await opened.story.later(1, false);
  const refused = await secondStep('nora@x.test', { code: codeOf(secret) });
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('Use a recovery code')]);
  expect((await secondStep('nora@x.test', { recovery_code: recovery[0]! })).status).toBe(200);
});

describe('a recovery code', () => {
  test('serves once, however it is typed, and its owner is told', async () => {
    const { recovery } = await enrolled('carla');
    const typed = ` ${recovery[3]!.toUpperCase().replaceAll('-', ' ')} `;
    expect((await secondStep('carla@x.test', { recovery_code: typed })).status).toBe(200);
    expect((await secondStep('carla@x.test', { recovery_code: recovery[3]! })).status).toBe(401);
    const again = cookieOf(await secondStep('carla@x.test', { recovery_code: recovery[4]! }));
    expect((await again.get('/me/second-factor')).body.recovery_codes).toBe(8);
    expect((await again.post('/me/second-factor/recovery-codes', { password: 'wrong' })).status).toBe(422);
    expect((await again.post('/me/second-factor/recovery-codes', { password })).status).toBe(201);
    expect((await secondStep('carla@x.test', { recovery_code: recovery[5]! })).status).toBe(401);
    await opened.settle();
    const told = await opened.story.pool.query(
      "select count(*)::int as n from mail where address = 'carla@x.test' and subject like 'A recovery code was used%'",
    );
    expect(told.rows[0].n).toBe(2);
  });
});

describe('who lost everything', () => {
  test('is let in by an administrator: factors and sessions go, the line stays, the person is told', async () => {
    const { caller } = await enrolled('rita');
    const { id } = (await caller.get('/me')).body;
    expect((await (await opened.as('sam')).post(`/people/${id}/unlock`, { reason: 'x' })).status).toBe(403);
    const ada = await opened.as('ada');
    expect((await ada.post(`/people/${id}/unlock`, {})).status).toBe(422);
    const me = (await ada.get('/me')).body.id;
    expect((await ada.post(`/people/${me}/unlock`, { reason: 'x' })).status).toBe(409);
    expect((await ada.post(`/people/${id}/unlock`, { reason: 'Telephone stolen' })).status).toBe(200);
    expect((await caller.get('/me')).status).toBe(401);
    expect((await firstStep('rita@x.test')).status).toBe(200);
    const [line] = (await ada.get(`/people/${id}/history`)).body.items;
    expect(line).toMatchObject({ name: 'person.unlocked', actor: { name: 'Ada Test' } });
    await opened.settle();
    const mails = await opened.story.pool.query(
      "select subject, text from mail where address = 'rita@x.test' order by id",
    );
    expect(mails.rows.at(-1).subject).toBe('The second factor of your account was taken away');
    expect(mails.rows.at(-1).text).toContain('Telephone stolen');
  });
});

describe('a rule that asks for a second factor', () => {
  test('leads its people there at the next sign-in and opens nothing else before; tokens go on', async () => {
    const ada = await opened.as('ada');
    const otto = await opened.as('otto');
    const before = cookieOf(await firstStep('otto@x.test'));
    expect((await (await opened.as('sam')).post('/sign-in-rules', { name: 'x', roles: ['auditor'] })).status).toBe(403);
    expect((await ada.post('/sign-in-rules', { name: 'x', roles: ['cook'] })).status).toBe(422);
    const rule = await ada.post('/sign-in-rules', { name: 'Auditors', roles: ['auditor'] });
    expect(rule.status).toBe(201);
    // A session that is older than the rule waits from its next request on.
    expect((await before.get('/incidents')).body.code).toBe('second_factor_needed');
    expect((await before.get('/me')).body.must_enrol).toBe(true);
    const led = await firstStep('otto@x.test');
    expect([led.status, led.body.must_enrol]).toEqual([200, true]);
    const caller = cookieOf(led);
    for (const path of ['/incidents', '/me/tokens', '/record-types', '/stream', '/history'])
      expect((await caller.get(path)).body.code, path).toBe('second_factor_needed');
    expect((await caller.post('/me/tokens', { name: 'robot' })).status).toBe(403);
    expect((await caller.get('/me')).body.must_enrol).toBe(true);
    expect((await otto.get('/incidents')).status).toBe(200);
    const { secret } = (await caller.post('/me/second-factor/totp', {})).body as unknown as { secret: string };
    expect((await caller.post('/me/second-factor/totp/confirm', { code: codeOf(secret) })).status).toBe(200);
    expect((await caller.get('/incidents')).status).toBe(200);
    expect((await caller.get('/me')).body.must_enrol).toBe(false);
    await ada.post(`/sign-in-rules/${rule.body.number}/retire`, {});
    expect((await caller.get('/me/second-factor')).body.required).toBe(false);
  });

  test('frees the session it was set up in; who else came in by the password alone begins anew', async () => {
    const ada = await opened.as('ada');
    const made = { name: 'Mona Test', email: 'mona@x.test', roles: ['finance_manager'] };
    expect((await ada.post('/people', made)).status).toBe(201);
    const { rows } = await opened.story.pool.query("select id from person where email = 'mona@x.test'");
    await keepHash(opened.story.db, rows[0].id, await hashPassword(password), opened.story.now());
    const rule = await ada.post('/sign-in-rules', { name: 'Money', roles: ['finance_manager'] });
    const waiting = cookieOf(await firstStep('mona@x.test'));
    expect((await waiting.get('/incidents')).body.code).toBe('second_factor_needed');
    const { caller } = await enrolled('mona');
    expect((await caller.get('/incidents')).status).toBe(200);
    expect((await waiting.get('/incidents')).status).toBe(401);
    await ada.post(`/sign-in-rules/${rule.body.number}/retire`, {});
  });
});

describe('an answer that bears a secret', () => {
  test('leaves no quick fingerprint of the password it was asked with', async () => {
    await (await opened.as('ada')).post('/people', { name: 'Pia Test', email: 'pia@x.test', roles: ['requester'] });
    const { rows } = await opened.story.pool.query("select id from person where email = 'pia@x.test'");
    await keepHash(opened.story.db, rows[0].id, await hashPassword(password), opened.story.now());
    const { caller } = await enrolled('pia');
    const url = '/me/second-factor/recovery-codes';
    const asked = { password };
    const first = await caller.post(url, asked, { 'idempotency-key': 'codes' });
    expect(first.status).toBe(201);
    expect((await caller.post(url, asked, { 'idempotency-key': 'codes' })).text).toBe(first.text);
    expect((await caller.post(url, { password: 'x' }, { 'idempotency-key': 'codes' })).status).toBe(422);
    const guess = createHash('sha256').update(`POST /api/v1${url}\n`).update(JSON.stringify(asked)).digest();
    const kept = await opened.story.pool.query('select request from idempotency_key where caller = $1', [rows[0].id]);
    expect(kept.rows.map((row) => row.request.equals(guess))).toEqual([false]);
  });

  test('is replayed, and lies in the database sealed', async () => {
    const sam = await opened.as('sam');
    const key = { 'idempotency-key': 'robot' };
    const first = await sam.post('/me/tokens', { name: 'robot' }, key);
    const again = await sam.post('/me/tokens', { name: 'robot' }, key);
    expect([again.status, again.headers['idempotency-replayed'], again.text]).toEqual([201, 'true', first.text]);
    const ada = await opened.as('ada');
    const hook = await ada.post('/webhooks', { name: 'x', owner_id: 'me', address: 'https://x.test' }, key);
    expect(String(hook.body.secret)).toMatch(/^whsec_/);
    await ada.post(`/webhooks/${hook.body.number}/retire`, {}, { 'idempotency-key': 'retired' });
    const kept = await opened.story.pool.query('select body from idempotency_key where caller = any($1)', [
      (await Promise.all([sam, ada].map((caller) => caller.get('/me')))).map(({ body }) => body.id),
    ]);
    const all = kept.rows.map((row) => String(row.body)).join('\n');
    expect(kept.rows.length).toBe(3);
    expect(all).not.toMatch(/tl_|whsec_/);
  });
});
