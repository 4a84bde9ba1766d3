import { Secret, TOTP } from 'otpauth';
import { hashPassword, keepHash } from '../src/commons/identity';
import { type Answer, type Caller, callerWith, type Door } from './door';

/** People who sign in by a password, and what they do with a second factor. */
export function accountsOf(opened: Door, password: string) {
  const nobody = callerWith(opened.server, {});
  const firstStep = (email: string) => nobody.post('/sign-in', { email, password });
  /** Whoever has the session of an answer. */
  const cookieOf = (answer: Answer): Caller =>
    callerWith(opened.server, { cookie: /^[^;]+/.exec(String(answer.headers['set-cookie']))![0] });
  const codeOf = (secret: string, offMs = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: opened.story.now().getTime() + offMs });
  return {
    nobody,
    firstStep,
    cookieOf,
    codeOf,
    secondStep: async (email: string, body: Record<string, string>) =>
      nobody.post('/sign-in/second-factor', { challenge: (await firstStep(email)).body.challenge, ...body }),
    /** Signs in by password alone and sets up one-time codes. */
    async enrolled(who: string) {
      const caller = cookieOf(await firstStep(`${who}@x.test`));
      const { secret } = (await caller.post('/me/second-factor/totp', {})).body as unknown as { secret: string };
      const confirmed = await caller.post('/me/second-factor/totp/confirm', { code: codeOf(secret) });
      const { recovery_codes: recovery } = confirmed.body as unknown as { recovery_codes: string[] };
      return { caller, secret, recovery };
    },
    /** Somebody new with the password. */
    async hired(name: string, roles: string[]) {
      const email = `${name}@x.test`;
      const made = await (await opened.as('ada')).post('/people', { name: `${name} Test`, email, roles });
      await keepHash(opened.story.db, made.body.id, await hashPassword(password), opened.story.now());
      return made.body;
    },
  };
}
