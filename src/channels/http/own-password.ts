import type { FastifyRequest } from 'fastify';
import { inTurn, personBy, refuseTooMany, rememberFailure } from '../../commons/identity';
import { one, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { App } from './app';
import { callerOf } from './caller';

/** Throws where this is not the caller's password; wrong ones are counted as those of signing in are. */
export async function confirmPassword(
  app: App,
  request: FastifyRequest,
  password: string,
  field = 'current',
): Promise<void> {
  const { actor } = callerOf(request);
  const now = app.clock.now();
  const known = await one<{ email: string }>(app.db, sql`select email from person where id = ${actor.id}`);
  const account = known?.email ?? '';
  // Counted outside the caller's transaction, which a refusal takes back.
  await inTurn(account, request.ip, async () => {
    await refuseTooMany(app.db, account, request.ip, now);
    if ((await personBy(app.db, account, password)) === actor.id) return;
    await rememberFailure(app.db, account, request.ip, now);
    throw invalid(field, say`This is not your password.`);
  });
}
