import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  confirmTotp,
  dropTotp,
  endTokens,
  freeSession,
  isProtected,
  makeRecoveryCodes,
  protectionOf,
  startTotp,
  tidyRecoveryCodes,
  waitingTokens,
} from '../../../commons/identity';
import type { Context } from '../../../kernel/command';
import { type Db, one, sql } from '../../../kernel/database';
import { performOne } from '../../../kernel/perform';
import { Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, contextOf, mayChange } from '../caller';
import { few } from '../few';
import { type Answer, once } from '../idempotency';
import { askProof } from '../proof';
import { read } from '../read-body';

const confirmation = z.strictObject({ code: z.string(wrong`The code is needed.`).max(40) });
export const withPassword = z.strictObject({
  password: z.string(wrong`Your password is a text.`).max(1000).optional(),
});

type Request = Parameters<typeof contextOf>[1];

/** Tells the account's history, and so its owner, what became of a second factor. */
export async function tellFactor(
  app: App,
  request: Request,
  db: Db,
  verb: 'secure' | 'unsecure',
  factor: string,
): Promise<void> {
  const context = contextOf(app, request, db);
  await performOne(context, app.house.verbs.get(`person.${verb}`)!, { id: context.actor.id!, input: { factor } });
}

/** The codes that come with the first second factor; none when there are some already. */
export async function firstRecoveryCodes(db: Db, personId: string, now: Date): Promise<string[] | null> {
  const { recovery_codes } = await protectionOf(db, personId);
  return recovery_codes > 0 ? null : makeRecoveryCodes(db, personId, now);
}

/**
 * A token is a program's: what protects the account is for its owner at a screen. Whoever has a second factor shows it
 * before anything is changed in a session that waits for it: the password alone changes nothing then.
 */
export async function mayProtect(request: Request, db: Db): Promise<void> {
  mayChange(request);
  const { known } = callerOf(request);
  if (!known.session_id)
    throw new Refusal('forbidden', say`What protects an account is changed by its owner, signed in, not by a token.`);
  if (known.must_enrol && isProtected(await protectionOf(db, known.person_id)))
    throw new Refusal('second_factor_needed', say`Show your second factor first.`);
}

/**
 * Changes what protects one's own account, once its owner has shown who they are. What is shown is kept on a connection of
 * its own, so a few go at a time.
 */
export function protecting(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  change: (context: Context) => Promise<Answer>,
): Promise<FastifyReply> {
  return few(() =>
    once(app, request, reply, async (db) => {
      await mayProtect(request, db);
      await askProof(app, request, read(withPassword, request.body ?? {}).password);
      return change(contextOf(app, request, db));
    }),
  );
}

/** Whose account it is, in the words a phone or a key shows for it. */
export async function ownerOf({ db, actor }: Context): Promise<{ id: string; email: string; name: string }> {
  const person = await one<{ email: string | null }>(db, sql`select email from person where id = ${actor.id}`);
  return { id: actor.id!, email: person?.email ?? actor.name, name: actor.name };
}

/** One-time codes of one's own account, and the codes for the day they are lost. */
export function secondFactorRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/me/second-factor', (request) => protectionOf(app.db, callerOf(request).known.person_id));

  server.post('/api/v1/me/second-factor/totp', (request, reply) =>
    protecting(app, request, reply, async (context) => {
      const made = await startTotp(context.db, app.vault, await ownerOf(context), context.now);
      return { status: 201, body: made, secret: true };
    }),
  );

  server.post('/api/v1/me/second-factor/totp/confirm', (request, reply) =>
    once(app, request, reply, async (db) => {
      await mayProtect(request, db);
      const { code } = read(confirmation, request.body);
      const { actor, now } = contextOf(app, request, db);
      const waiting = await waitingTokens(db, now, actor.id!);
      await confirmTotp(db, app.vault, actor.id!, code, now);
      const codes = await firstRecoveryCodes(db, actor.id!, now);
      await freeSession(db, actor.id!, callerOf(request).known.session_id!, now);
      await endTokens(
        db,
        waiting.map(({ id }) => id),
      );
      await tellFactor(app, request, db, 'secure', 'totp');
      return { status: 200, body: { recovery_codes: codes }, secret: true, touched: 'person' };
    }),
  );

  server.post('/api/v1/me/second-factor/totp/remove', (request, reply) =>
    protecting(app, request, reply, async ({ db, actor }) => {
      if (!(await dropTotp(db, actor.id!))) throw new Refusal('conflict', say`You have no one-time codes.`);
      await tidyRecoveryCodes(db, actor.id!);
      await tellFactor(app, request, db, 'unsecure', 'totp');
      return { status: 204, body: null, touched: 'person' };
    }),
  );

  server.post('/api/v1/me/second-factor/recovery-codes', (request, reply) =>
    protecting(app, request, reply, async ({ db, actor, now }) => {
      const { totp_since, passkeys } = await protectionOf(db, actor.id!);
      if (!totp_since && passkeys === 0) throw new Refusal('conflict', say`Set up a second factor first.`);
      const codes = await makeRecoveryCodes(db, actor.id!, now);
      await tellFactor(app, request, db, 'secure', 'recovery_codes');
      return { status: 201, body: { recovery_codes: codes }, secret: true };
    }),
  );
}
