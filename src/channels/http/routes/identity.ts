import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  closeSession,
  closeSessions,
  dropToken,
  makeToken,
  sessionsOf,
  setPassword,
  tokensOf,
} from '../../../commons/identity';
import { actorOf } from '../../../commons/people';
import { asShown, show } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import { one, type Row, sql } from '../../../kernel/database';
import { isId } from '../../../kernel/id';
import { performOne } from '../../../kernel/perform';
import { absent, invalid } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, contextOf, cookieName, forgetCallers, mayChange } from '../caller';
import { few } from '../few';
import { once } from '../idempotency';
import { confirmPassword } from '../own-password';
import { asksNothing } from '../query';
import { read } from '../read-body';
import { lastSeq } from '../stream-hub';

export { read };

const newToken = z.strictObject({
  name: z.string(wrong`A name is needed.`).min(1, wrong`A name is needed.`).max(200),
  scope: z.enum(['all', 'read', 'hooks']).default('all'),
  ends_at: z.iso.datetime({ offset: true }).nullish(),
});
const newPassword = z.strictObject({
  current: z.string(wrong`The current password is needed.`),
  password: z.string(wrong`The new password is needed.`).max(1000),
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

export function identityRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/me', async (request) => {
    asksNothing(request);
    return me(contextOf(app, request), callerOf(request).known.must_enrol);
  });

  server.patch('/api/v1/me', async (request) => {
    const changes = read(profile, request.body);
    const context = contextOf(app, request);
    await performOne(context, app.house.verbs.get('person.adjust')!, { id: context.actor.id!, input: changes });
    forgetCallers();
    return me({ ...context, actor: (await actorOf(app.db, context.actor.id!))! }, callerOf(request).known.must_enrol);
  });

  server.post('/api/v1/me/password', (request, reply) =>
    few(() =>
      once(app, request, reply, async (db) => {
        mayChange(request);
        const { current, password } = read(newPassword, request.body);
        const { actor, now } = contextOf(app, request, db);
        await confirmPassword(app, request, current);
        await setPassword(db, actor.id!, password, now);
        await closeSessions(db, actor.id!, callerOf(request).known.session_id ?? undefined);
        return { status: 204, body: null, touched: 'person' };
      }),
    ),
  );

  server.get('/api/v1/me/sessions', async (request) => {
    asksNothing(request);
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
      throw absent(say`session`);
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
      if (ends && ends <= now) throw invalid('ends_at', say`A token ends in the future.`);
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
      throw absent(say`token`);
    forgetCallers();
    return reply.status(204).send();
  });
}

/** Who somebody is, as the interface answers it. */
export async function me(context: Context, mustEnrol = false): Promise<Row> {
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
    // Whoever reads on from here and listens to the stream after it misses nothing between the two.
    seq: await lastSeq(context.db),
    absent_from: person?.absent_from ?? null,
    absent_until: person?.absent_until ?? null,
    must_enrol: mustEnrol,
  };
}
