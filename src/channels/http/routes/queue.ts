import type { FastifyInstance } from 'fastify';
import { malformed } from '../../../kernel/filter';
import { queueOrder, readPlaces, triedOrder, tryOrder } from '../../../practices/operation/incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { once } from '../idempotency';
import { knows, readQuery } from '../query';
import { read } from './identity';
import { find } from './records';

const most = 100;

/** Why incidents stand where they stand in the queue, and how it would look under another order. */
export function queueRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/queue-places', async (request) => {
    const query = readQuery(request);
    knows(query, 'incident', 'language');
    const numbers = (query.incident ?? '').split(',').filter(Boolean);
    if (numbers.length === 0) throw malformed('incident', 'Name the incidents: incident=INC-1001,INC-1002.');
    if (numbers.length > most) throw malformed('incident', `At most ${most} incidents are answered at once.`);
    if (query.language !== undefined && query.language !== 'en' && query.language !== 'de')
      throw malformed('language', 'language is en or de.');
    return readPlaces(contextOf(app, request), numbers, query.language);
  });

  server.post('/api/v1/queue-orders/try', (request, reply) =>
    once(app, request, reply, async () => ({
      status: 200,
      body: await tryOrder(contextOf(app, request), read(triedOrder, request.body)),
    })),
  );

  server.post<{ Params: { number: string } }>('/api/v1/queue-orders/:number/try', (request, reply) =>
    once(app, request, reply, async () => {
      const context = contextOf(app, request);
      const order = await find(context, queueOrder, request.params.number);
      return { status: 200, body: await tryOrder(context, read(triedOrder, request.body), order) };
    }),
  );
}
