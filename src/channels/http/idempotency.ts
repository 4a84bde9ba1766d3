import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSealed } from '../../commons/vault';
import { type Db, one, passes, sql, transact } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { App } from './app';
import { callerOf, forgetCallers } from './caller';
import { jsonFor } from './language';
import { problemOf, refusalOf } from './problem';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly location?: string;
  readonly version?: number;
  /** The type of record that was changed: what is remembered of it is read anew once it is committed. */
  readonly touched?: string;
  /** It bears a secret: what is kept of it for a replay is sealed. */
  readonly secret?: boolean;
}

const keptMs = 86_400_000;

interface Kept {
  request: Buffer;
  status: number;
  body: string;
  location: string | null;
}

/**
 * Does the work of a POST in one transaction. With an `Idempotency-Key` its answer is kept in the same transaction and
 * replayed for the same address and body; another one is 422, one still running 409. Answers from 500 up are not kept.
 */
export async function once(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (db: Db) => Promise<Answer>,
  /** What stands for the body where that is no JSON: the digest of a file. */
  body: unknown = request.body ?? null,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return plainly(app, reply, () => transact(app.db, work));
  if (typeof key !== 'string' || key.length < 1 || key.length > 255)
    throw new Refusal('malformed', say`An Idempotency-Key has 1 to 255 characters.`, [
      { field: 'Idempotency-Key', message: say`It is too long or empty.` },
    ]);
  const caller = callerOf(request).actor.id!;
  // A body may hold a password, which a fingerprint anybody can work out would give away.
  const fingerprint = app.vault.mark(`${request.method} ${request.url}\n${JSON.stringify(body)}`);
  const now = app.clock.now();
  const outcome = await transact(app.db, async (db): Promise<Answer | { replay: Kept }> => {
    const lock = await one<{ free: boolean }>(
      db,
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`${caller} ${key}`}, 7)) as free`,
    );
    if (!lock!.free) throw new Refusal('conflict', say`A request with this Idempotency-Key is still running.`);
    const kept = await one<Kept>(
      db,
      sql`select request, status, body, location from idempotency_key
          where caller = ${caller} and key = ${key} and at > ${new Date(now.getTime() - keptMs)}`,
    );
    if (kept) {
      if (kept.request.equals(fingerprint)) return { replay: kept };
      throw new Refusal('invalid', say`This Idempotency-Key was used for another request.`, [
        { field: 'Idempotency-Key', message: say`Use a new key.` },
      ]);
    }
    const answer = await answered(db, work);
    const said = jsonFor(request, answer.body);
    const keptBody = bearsSecret(app, answer) ? app.vault.seal(said, place(caller, key)) : said;
    await sql`insert into idempotency_key (caller, key, request, status, body, location, at)
      values (${caller}, ${key}, ${fingerprint}, ${answer.status}, ${keptBody}, ${answer.location ?? null}, ${now})
      on conflict (caller, key) do update set request = excluded.request, status = excluded.status, body = excluded.body,
        location = excluded.location, at = excluded.at`.execute(db);
    return answer;
  });
  if (!('replay' in outcome)) {
    await settle(app, outcome);
    return send(reply, outcome);
  }
  const { status, location } = outcome.replay;
  const said = openKept(app, outcome.replay.body, place(caller, key));
  if (location) reply.header('Location', location);
  reply.header('Idempotency-Replayed', 'true').status(status);
  if (status === 204) return sendNothing(reply, JSON.parse(said));
  return reply.type(mediaType(status)).send(said);
}

/** It says so, or answers a kind of record that has a secret. */
const bearsSecret = (app: App, { secret, touched }: Answer): boolean =>
  secret || Object.values(app.house.types.get(touched ?? '')?.fields ?? {}).some((field) => field.secret);

const place = (caller: string, key: string) => `answer ${caller} ${key}`;

/** A kept answer as it was given. One sealed under a secret that was changed since cannot be given again. */
function openKept(app: App, kept: string, about: string): string {
  const said = isSealed(kept) ? app.vault.open(kept, about) : kept;
  if (said === undefined)
    throw new Refusal('conflict', say`This was done, but its answer can no longer be read: look at what it made.`);
  return said;
}
const keptInHand = new Set(['custom_field', 'practice']);

/** Sends the answer of work that is committed when it answers. */
export async function plainly(app: App, reply: FastifyReply, work: () => Promise<Answer>): Promise<FastifyReply> {
  const answer = await work();
  await settle(app, answer);
  return send(reply, answer);
}

/** Once it is committed: what this process remembers is read anew, and the background is woken. */
async function settle(app: App, answer: Answer): Promise<void> {
  if (answer.touched && keptInHand.has(answer.touched)) await app.refreshKnown();
  if (answer.touched && ['person', 'department', 'team', 'sign_in_rule'].includes(answer.touched)) forgetCallers();
  app.nudge();
}

/** Answers are kept for a day. Answers how many were forgotten. */
export async function forgetOldKeys(db: Db, now: Date): Promise<number> {
  const gone =
    await sql`delete from idempotency_key where at < ${new Date(now.getTime() - keptMs)} returning 1`.execute(db);
  return gone.rows.length;
}

/**
 * A refusal is an answer too. What was written before it was refused is taken back. What only the moment refused (a
 * deadlock, two who made the same thing at once) is no answer: it is tried again, here or by the caller.
 */
async function answered(db: Db, work: (db: Db) => Promise<Answer>): Promise<Answer> {
  await sql`savepoint answered`.execute(db);
  try {
    return await work(db);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || passes(error) || (error as { code?: unknown }).code === '23505') throw error;
    await sql`rollback to savepoint answered`.execute(db);
    return { status: refusal.status, body: problemOf(refusal) };
  }
}

const mediaType = (status: number) => (status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8');

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.location) reply.header('Location', answer.location);
  if (answer.version !== undefined) reply.header('ETag', `"${answer.version}"`);
  if (answer.status === 204) return sendNothing(reply, answer.body);
  return reply.status(answer.status).type(mediaType(answer.status)).send(jsonFor(reply.request, answer.body));
}

/** An answer without a body says in its head how what was done is taken back. */
function sendNothing(reply: FastifyReply, body: unknown): FastifyReply {
  const undo = (body as { undo?: { line: string; until: string | Date } } | null)?.undo;
  if (undo) reply.header('Undo-Line', undo.line).header('Undo-Until', new Date(undo.until).toISOString());
  return reply.status(204).send();
}
