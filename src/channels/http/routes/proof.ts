import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  inTurn,
  personByPasskey,
  proved,
  refuseTooMany,
  rememberFailure,
  takeRecoveryCode,
  takeTotp,
} from '../../../commons/identity';
import { transact } from '../../../kernel/database';
import { invalid, Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, forgetCallers, mayChange } from '../caller';
import { few } from '../few';
import { once } from '../idempotency';
import { askProof } from '../proof';
import { read } from '../read-body';
import { siteOf } from '../site';
import { tellRecovered } from './sign-in';

const proof = z
  .strictObject({
    password: z.string().max(1000).optional(),
    code: z.string().max(40).optional(),
    recovery_code: z.string().max(80).optional(),
    response: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(
    (given) => Object.values(given).filter((one) => one !== undefined).length === 1,
    wrong`Give the password, a code, a recovery code or the answer of a passkey, one of them.`,
  );

/**
 * Showing again who one is, in an open session: before what protects the account is changed, and where a rule has come to
 * ask for the second factor one has. A code that is wrong counts as it does when signing in.
 */
export function proofRoutes(server: FastifyInstance, app: App): void {
  server.post('/api/v1/me/proof', (request, reply) =>
    few(() =>
      once(app, request, reply, async () => {
        mayChange(request);
        const { known } = callerOf(request);
        if (!known.session_id) throw new Refusal('forbidden', say`A token shows nothing but itself.`);
        const { password, code, recovery_code, response } = read(proof, request.body);
        const person = known.person_id;
        const now = app.clock.now();
        if (password !== undefined) await askProof(app, request, password);
        else {
          if (response) {
            const owner = await transact(app.db, (db) => personByPasskey(db, siteOf(app, request), response, now));
            if (owner !== person) throw invalid('response', say`This is not a passkey of yours.`);
          } else await takeFactor(app, person, { code, recovery_code }, now);
          await proved(app.db, known.session_id, true, now);
          forgetCallers();
        }
        return { status: 204, body: null };
      }),
    ),
  );
}

async function takeFactor(
  app: App,
  person: string,
  { code, recovery_code }: { code: string | undefined; recovery_code: string | undefined },
  now: Date,
): Promise<void> {
  const account = `second factor ${person}`;
  await inTurn(account, '', async () => {
    await refuseTooMany(app.db, account, '', now);
    const right = await transact(app.db, async (db) => {
      if (code !== undefined) return takeTotp(db, app.vault, person, code, now);
      const used = await takeRecoveryCode(db, person, recovery_code!, now);
      if (used) await tellRecovered(app, db, person);
      return used;
    });
    if (right) return;
    await rememberFailure(app.db, account, '', now);
    throw code !== undefined
      ? invalid('code', say`This code does not fit, or served already: wait for the next one.`)
      : invalid('recovery_code', say`This recovery code does not fit, or served already.`);
  });
}
