import type { FastifyRequest } from 'fastify';
import { proved } from '../../commons/identity';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { App } from './app';
import { callerOf, forgetCallers } from './caller';
import { confirmPassword } from './own-password';

/** So long after somebody showed who they are nothing is asked again, in milliseconds. */
export const proofMs = 10 * 60_000;

/**
 * Before what protects an account is changed: whoever sits at an open session is not yet its owner. Throws 403
 * `proof_needed` where nothing was shown in the last ten minutes, and 422 for a password that is wrong.
 */
export async function askProof(app: App, request: FastifyRequest, password?: string): Promise<void> {
  const { known } = callerOf(request);
  const now = app.clock.now();
  if (password !== undefined) {
    await confirmPassword(app, request, password, 'password');
    await proved(app.db, known.session_id!, false, now);
    forgetCallers();
    return;
  }
  const last = known.proved_at?.getTime() ?? 0;
  if (now.getTime() - last > proofMs)
    throw new Refusal('proof_needed', say`Show again who you are: by your password or your second factor.`);
}
