import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { type Known, sessionBy, tokenBy } from '../../commons/identity';
import { actorOf } from '../../commons/people';
import type { Actor } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import type { Db } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { App } from './app';

export const cookieName = 'tl_session';

interface Caller {
  readonly actor: Actor;
  readonly known: Known;
}

/** Callers are remembered for a second, so that a burst of requests asks once; every change of people forgets all. */
const remembered = new Map<string, { caller: Caller; until: number }>();
const rememberMs = 1_000;

export function forgetCallers(): void {
  remembered.clear();
  senders.clear();
}

/** Who calls: by bearer token or by session cookie. Throws 401. */
export async function authenticate(app: App, request: FastifyRequest): Promise<Caller> {
  const header = request.headers.authorization;
  const secret = header ? /^Bearer (\S+)$/i.exec(header)?.[1] : request.cookies[cookieName];
  if (!secret) throw notSignedIn();
  const now = app.clock.now();
  const key = header ? secret : `session ${secret}`;
  const known = remembered.get(key);
  if (known && known.until > now.getTime() && known.until - rememberMs <= now.getTime()) return known.caller;
  const found = header ? await tokenBy(app.db, secret, now) : await sessionBy(app.db, secret, now);
  if (found?.scope === 'hooks') throw new Refusal('forbidden', say`This token may only send alerts.`);
  const actor = found && (await actorOf(app.db, found.person_id, found.scope));
  if (!found || !actor) throw notSignedIn();
  const caller = { actor, known: found };
  if (remembered.size > 5_000) remembered.clear();
  remembered.set(key, { caller, until: now.getTime() + rememberMs });
  return caller;
}

const senders = new Map<string, { sender: Sender; until: number }>();

interface Sender {
  readonly person_id: string;
  readonly refusal?: Refusal;
}

/**
 * Who sends alerts: by bearer token, or by `?token=` for programs that can set no header. A token for alerts alone is
 * enough, whoever made it; one for everything must be of somebody who works here. Throws 401 and 403. Remembered for a
 * second: a storm of alerts asks once.
 */
export async function authenticateSender(app: App, request: FastifyRequest): Promise<string> {
  const header = request.headers.authorization;
  const given = (request.query as Record<string, unknown>).token;
  const secret = header ? /^Bearer (\S+)$/i.exec(header)?.[1] : typeof given === 'string' ? given : undefined;
  if (!secret) throw notSignedIn();
  const now = app.clock.now();
  const known = senders.get(secret);
  const fresh = known && known.until > now.getTime() && known.until - rememberMs <= now.getTime();
  const sender = fresh ? known.sender : await senderBy(app, secret, now);
  if (senders.size > 5_000) senders.clear();
  if (!fresh) senders.set(secret, { sender, until: now.getTime() + rememberMs });
  if (sender.refusal) throw sender.refusal;
  return sender.person_id;
}

async function senderBy(app: App, secret: string, now: Date): Promise<Sender> {
  const found = await tokenBy(app.db, secret, now);
  const actor = found && (await actorOf(app.db, found.person_id));
  if (!found || !actor) throw notSignedIn();
  if (found.must_enrol) return { person_id: found.person_id, refusal: secondFactorNeeded() };
  const works = actor.handles.length > 0 || actor.roles.includes('administrator');
  const sends = found.scope === 'hooks' || (found.scope === 'all' && works);
  return sends
    ? { person_id: found.person_id }
    : { person_id: found.person_id, refusal: new Refusal('forbidden', say`This token may not send alerts.`) };
}

export const secondFactorNeeded = () =>
  new Refusal('second_factor_needed', say`Your role needs a second factor: set one up, or show yours.`);

function notSignedIn(): Refusal {
  return new Refusal('unauthenticated', say`Sign in first.`);
}

/** As browsers write it: without the port that goes without saying. */
const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : address);

/** A cookie travels by itself, so a request that changes something must show that our own pages made it. */
export function checkOrigin(app: App, request: FastifyRequest): void {
  if (request.headers.authorization || request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const ours = new Set([
    originOf(`${request.protocol}://${request.headers.host}`),
    ...(app.publicUrl ? [new URL(app.publicUrl).origin] : []),
  ]);
  if ((site && site !== 'same-origin' && site !== 'none') || (origin && !ours.has(originOf(origin))))
    throw new Refusal('forbidden', say`This request came from another site.`);
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (!caller) throw notSignedIn();
  return caller;
}

/** Refuses a token that may only read, where no verb of a record would. */
export function mayChange(request: FastifyRequest): void {
  if (callerOf(request).actor.scope === 'read') throw new Refusal('forbidden', say`This token may only read.`);
}

/** What a verb or a question of this request is performed in. */
export function contextOf(app: App, request: FastifyRequest, db: Db = app.db): Context {
  return { db, house: app.house, actor: callerOf(request).actor, now: app.clock.now() };
}
