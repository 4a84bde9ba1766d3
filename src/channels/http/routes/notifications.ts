import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { markRead, notificationsOf, outbox } from '../../../commons/notification';
import { deliveriesOf } from '../../../commons/webhook';
import { isId } from '../../../kernel/id';
import { malformed, Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { knows, readPage, readQuery } from '../query';
import { read } from './identity';
import { find, typeOf } from './records';

const reading = z.strictObject({ ids: z.array(z.uuid()).max(500).optional() });

export function notificationRoutes(server: FastifyInstance, app: App): void {
  const page = (query: Record<string, string>) => {
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !isId(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    return [readPage(query), query.cursor] as const;
  };
  server.get('/api/v1/me/notifications', async (request) =>
    notificationsOf(contextOf(app, request), ...page(readQuery(request))),
  );

  // Without ids: all of them.
  server.post('/api/v1/me/notifications/read', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const { ids } = read(reading, request.body);
      return { status: 200, body: { read: await markRead(contextOf(app, request, db), ids ?? 'all') } };
    }),
  );

  server.get<{ Params: { number: string } }>('/api/v1/webhooks/:number/deliveries', async (request) => {
    const context = contextOf(app, request);
    const row = await find(context, typeOf(app, 'webhooks'), request.params.number);
    return deliveriesOf(app.db, String(row.id), ...page(readQuery(request)));
  });

  server.get('/api/v1/mails', async (request) => {
    if (!callerOf(request).actor.roles.includes('administrator'))
      throw new Refusal('forbidden', say`Only an administrator reads the outbox.`);
    return outbox(contextOf(app, request), ...page(readQuery(request)));
  });
}
