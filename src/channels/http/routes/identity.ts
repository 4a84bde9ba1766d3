import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  closeSession,
  closeSessions,
  dropToken,
  inTurn,
  makeToken,
  openSession,
  personBy,
  refuseTooMany,
  rememberFailure,
  sessionsOf,
  setPassword,
  tokensOf,
} from '../../../commons/identity';
import { actorOf } from '../../../commons/people';
import { asShown } from '../../../kernel/answer';
import { one, type Row, sql } from '../../../kernel/database';
import { isId } from '../../../kernel/id';
import { show } from '../../../kernel/load';
import { performOne } from '../../../kernel/perform';
import { absent, invalid, invalidFields, Refusal } from '../../../kernel/refusal';
import type { App } from '../app';
import { callerOf, contextOf, cookieName, forgetCallers, mayChange } from '../caller';
import { once } from '../idempotency';

/** Checks a body by its schema; 422 names the wrong fields. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof (body ?? {}) !== 'object' || Array.isArray(body))
    throw new Refusal('invalid', 'The body must be a JSON object.', [
      { field: '', message: 'This must be an object.' },
    ]);
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalidFields(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            field: [...issue.path, key].join('.'),
            message: `There is no field ${key} here.`,
          }))
        : [{ field: issue.path.join('.'), message: issue.message }],
    ),
  );
}

const signIn = z.strictObject({
  email: z.string('E-mail is needed.').min(1, 'E-mail is needed.').max(254),
  password: z.string('Password is needed.').min(1, 'Password is needed.').max(1000),
});
const newToken = z.strictObject({
  name: z.string('A name is needed.').min(1, 'A name is needed.').max(200),
  scope: z.enum(['all', 'read', 'hooks']).default('all'),
  ends_at: z.iso.datetime({ offset: true }).nullish(),
});
const newPassword = z.strictObject({
  current: z.string('The current password is needed.'),
  password: z.string('The new password is needed.').max(1000),
});
const profile = z.strictObject({
  language: z.enum(['en', 'de']).optional(),
  time_zone: z.string().max(60).optional(),
  phone: z.string().max(60).nullish(),
  location: z.string().max(200).nullish(),
  absent_from: z.iso.date().nullish(),
  absent_until: z.iso.date().nullish(),
  delegate_id: z.string().max(300).nullish(),
});

export function setSessionCookie(app: App, reply: FastifyReply, secret: string): void {
  reply.setCookie(cookieName, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.publicUrl?.startsWith('https:') ?? false,
    maxAge: 30 * 86_400,
  });
}

export function identityRoutes(server: FastifyInstance, app: App): void {
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
    if (!person) throw new Refusal('unauthenticated', 'E-mail and password do not fit.');
    setSessionCookie(
      app,
      reply,
      await openSession(app.db, person, request.headers['user-agent'] ?? 'unknown', request.ip, now),
    );
    const actor = await actorOf(app.db, person);
    return me(app, { db: app.db, house: app.house, actor: actor!, now });
  });

  server.post('/api/v1/sign-out', (request, reply) =>
    once(app, request, reply, async (db) => {
      const { known } = callerOf(request);
      if (known.session_id) await closeSession(db, known.session_id, known.person_id);
      reply.clearCookie(cookieName, { path: '/' });
      return { status: 204, body: null, touched: 'person' };
    }),
  );

  server.get('/api/v1/me', (request) => me(app, contextOf(app, request)));

  server.patch('/api/v1/me', async (request) => {
    const changes = read(profile, request.body);
    const context = contextOf(app, request);
    await performOne(context, app.house.verbs.get('person.adjust')!, { id: context.actor.id!, input: changes });
    forgetCallers();
    return me(app, { ...context, actor: (await actorOf(app.db, context.actor.id!))! });
  });

  server.post('/api/v1/me/password', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const { current, password } = read(newPassword, request.body);
      const { actor, now } = contextOf(app, request, db);
      const email = await one<{ email: string }>(db, sql`select email from person where id = ${actor.id}`);
      const account = email?.email ?? '';
      // Counted outside this transaction, which a refusal takes back.
      await inTurn(account, request.ip, async () => {
        await refuseTooMany(app.db, account, request.ip, now);
        if ((await personBy(app.db, account, current)) === actor.id) return;
        await rememberFailure(app.db, account, request.ip, now);
        throw invalid('current', 'This is not your password.');
      });
      await setPassword(db, actor.id!, password, now);
      await closeSessions(db, actor.id!, callerOf(request).known.session_id ?? undefined);
      return { status: 204, body: null, touched: 'person' };
    }),
  );

  server.get('/api/v1/me/sessions', async (request) => {
    const { known } = callerOf(request);
    const items = await sessionsOf(app.db, known.person_id, app.clock.now());
    return { items: items.map((item) => ({ ...item, current: item.id === known.session_id })), next: null };
  });

  server.delete('/api/v1/me/sessions', async (request, reply) => {
    mayChange(request);
    await closeSessions(app.db, callerOf(request).known.person_id);
    forgetCallers();
    return reply.clearCookie(cookieName, { path: '/' }).status(204).send();
  });

  server.delete<{ Params: { id: string } }>('/api/v1/me/sessions/:id', async (request, reply) => {
    mayChange(request);
    if (!isId(request.params.id) || !(await closeSession(app.db, request.params.id, callerOf(request).known.person_id)))
      throw absent('session');
    forgetCallers();
    return reply.status(204).send();
  });

  server.get('/api/v1/me/tokens', async (request) => ({
    items: await tokensOf(app.db, callerOf(request).known.person_id),
    next: null,
  }));

  server.post('/api/v1/me/tokens', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const { name, scope, ends_at } = read(newToken, request.body);
      const now = app.clock.now();
      const ends = ends_at ? new Date(ends_at) : null;
      if (ends && ends <= now) throw invalid('ends_at', 'A token ends in the future.');
      return {
        status: 201,
        secret: true,
        body: await makeToken(db, callerOf(request).known.person_id, { name, scope, ends_at: ends }, now),
      };
    }),
  );

  server.delete<{ Params: { id: string } }>('/api/v1/me/tokens/:id', async (request, reply) => {
    mayChange(request);
    if (!isId(request.params.id) || !(await dropToken(app.db, callerOf(request).known.person_id, request.params.id)))
      throw absent('token');
    forgetCallers();
    return reply.status(204).send();
  });
}

async function me(_app: App, context: ReturnType<typeof contextOf>): Promise<Row> {
  const { actor } = context;
  const person = await one<{
    email: string | null;
    departments: string[];
    absent_from: string | null;
    absent_until: string | null;
  }>(context.db, sql`select email, departments, absent_from, absent_until from person where id = ${actor.id}`);
  const shown = await show(context, [...(person?.departments ?? []), ...actor.teams]);
  return {
    id: actor.id,
    email: person?.email ?? null,
    name: actor.name,
    roles: actor.roles,
    departments: asShown(person?.departments ?? [], shown),
    teams: asShown([...actor.teams], shown),
    language: actor.language,
    time_zone: actor.time_zone,
    // Screens follow the product's clock, which demonstrations and tests may move.
    now: context.now,
    absent_from: person?.absent_from ?? null,
    absent_until: person?.absent_until ?? null,
  };
}
