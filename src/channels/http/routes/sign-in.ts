import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  challenged,
  closeSession,
  factorsIn,
  inTurn,
  isProtected,
  makeChallenge,
  openSession,
  passkeyQuestion,
  personBy,
  personByPasskey,
  protectionOf,
  refuseTooMany,
  rememberFailure,
  takeChallenge,
  takeRecoveryCode,
  takeTotp,
} from '../../../commons/identity';
import { actorOf } from '../../../commons/people';
import { type Db, type Row, transact } from '../../../kernel/database';
import { performOne } from '../../../kernel/perform';
import { invalid, Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, cookieName } from '../caller';
import { once } from '../idempotency';
import { jsonFor } from '../language';
import { problemOf } from '../problem';
import { read } from '../read-body';
import { setSessionCookie } from '../session-cookie';
import { siteOf } from '../site';
import { me } from './identity';

const signIn = z.strictObject({
  email: z.string(wrong`E-mail is needed.`).min(1, wrong`E-mail is needed.`).max(254),
  password: z.string(wrong`Password is needed.`).min(1, wrong`Password is needed.`).max(1000),
});
const secondStep = z.strictObject({
  challenge: z.string(wrong`The challenge of the first step is needed.`).max(200),
  code: z.string().max(40).optional(),
  recovery_code: z.string().max(80).optional(),
});
const byPasskey = z.strictObject({
  response: z.record(z.string(), z.unknown(), wrong`The answer of the passkey is needed.`),
});

/** Signing in: by password, with a second step where there is a second factor, or by a passkey alone. */
export function signInRoutes(server: FastifyInstance, app: App): void {
  server.post('/api/v1/sign-in', async (request, reply) => {
    const { email, password } = read(signIn, request.body);
    const now = app.clock.now();
    const account = email.trim().toLowerCase();
    const person = await inTurn(account, request.ip, async () => {
      await refuseTooMany(app.db, account, request.ip, now);
      const found = await personBy(app.db, account, password);
      if (!found) await rememberFailure(app.db, account, request.ip, now);
      return found;
    });
    if (!person) throw new Refusal('unauthenticated', say`E-mail and password do not fit.`);
    const protection = await protectionOf(app.db, person);
    if (!isProtected(protection)) return letIn(app, app.db, request, reply, person, false, protection.required);
    const challenge = await makeChallenge(app.db, 'second-factor', person, now);
    const asked = new Refusal('second_factor_required', say`The password is right. Now the second factor.`);
    return reply
      .status(401)
      .type('application/problem+json')
      .send(jsonFor(request, { ...problemOf(asked), challenge, factors: factorsIn(protection) }));
  });

  server.post('/api/v1/sign-in/second-factor', async (request, reply) => {
    const { challenge, code, recovery_code } = read(secondStep, request.body);
    if ((code === undefined) === (recovery_code === undefined))
      throw invalid('code', say`Give a code or a recovery code, one of them.`);
    const now = app.clock.now();
    const asked = await challenged(app.db, 'second-factor', challenge, now);
    if (!asked?.person_id) throw tooLate();
    const person = asked.person_id;
    // Whoever comes here knows the password: failures count for the account, wherever they come from.
    const account = `second factor ${person}`;
    return inTurn(account, '', async () => {
      await refuseTooMany(app.db, account, '', now);
      const entered = await transact(app.db, async (db) => {
        const right =
          code !== undefined
            ? await takeTotp(db, app.vault, person, code, now)
            : await takeRecoveryCode(db, person, recovery_code!, now);
        if (!right) return undefined;
        if (!(await takeChallenge(db, 'second-factor', challenge, now))) throw tooLate();
        if (recovery_code !== undefined) await tellRecovered(app, db, person);
        return letIn(app, db, request, reply, person, true);
      });
      if (entered) return entered;
      await rememberFailure(app.db, account, '', now);
      throw new Refusal(
        'unauthenticated',
        code !== undefined
          ? say`This code does not fit, or served already: wait for the next one.`
          : say`This recovery code does not fit, or served already.`,
      );
    });
  });

  server.post('/api/v1/sign-in/passkey/options', (request) =>
    passkeyQuestion(app.db, siteOf(app, request), request.ip, app.clock.now()),
  );

  server.post('/api/v1/sign-in/passkey', async (request, reply) => {
    const { response } = read(byPasskey, request.body);
    const now = app.clock.now();
    // Nobody guesses a signature, so nothing is counted.
    const person = await transact(app.db, (db) => personByPasskey(db, siteOf(app, request), response, now));
    if (person) return letIn(app, app.db, request, reply, person, true);
    throw new Refusal('unauthenticated', say`This passkey is not known here.`);
  });

  server.post('/api/v1/sign-out', (request, reply) =>
    once(app, request, reply, async (db) => {
      const { known } = callerOf(request);
      if (known.session_id) await closeSession(db, known.session_id, known.person_id);
      reply.clearCookie(cookieName, { path: '/' });
      return { status: 204, body: null, touched: 'person' };
    }),
  );
}

const tooLate = () =>
  new Refusal('unauthenticated', say`Too much time has passed. Sign in anew.`, [
    { field: 'challenge', message: say`It serves once, for five minutes.` },
  ]);

/** Opens the session of somebody who has shown who they are. */
async function letIn(
  app: App,
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
  second: boolean,
  mustEnrol = false,
): Promise<Row> {
  const now = app.clock.now();
  const device = request.headers['user-agent'] ?? 'unknown';
  setSessionCookie(app, reply, await openSession(db, person, device, request.ip, now, second));
  const actor = await actorOf(db, person);
  if (!actor) throw new Refusal('unauthenticated', say`This account is closed.`);
  return me({ db, house: app.house, actor, now }, mustEnrol);
}

/** A recovery code is used when something was lost, or stolen: its owner is told. */
export async function tellRecovered(app: App, db: Db, person: string): Promise<void> {
  const actor = await actorOf(db, person);
  if (!actor) throw new Refusal('unauthenticated', say`This account is closed.`);
  await performOne({ db, house: app.house, actor, now: app.clock.now() }, app.house.verbs.get('person.recover')!, {
    id: person,
    input: { factor: 'recovery_codes' },
  });
}
