import type { FastifyInstance } from 'fastify';
import { readInstant } from '../../../commons/reading';
import { malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { availabilityOf, ongoingOutages } from '../../../views/availability';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';
import { find, typeOf } from './records';

const monthMs = 30 * 86_400_000;

/** What is out of order now, and how much of a period a service was there. Outages themselves are records. */
export function outageRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/me/outages', async (request) => {
    knows(readQuery(request));
    return { items: await ongoingOutages(contextOf(app, request)), next: null };
  });

  server.get<{ Params: { number: string } }>('/api/v1/services/:number/availability', async (request) => {
    const query = readQuery(request);
    knows(query, 'from', 'to');
    const read = (name: 'from' | 'to', standard: Date) => {
      if (query[name] === undefined) return standard;
      const at = readInstant(query[name]);
      if (!at) throw malformed(name, say`${name} must be a day or an instant.`);
      return at;
    };
    const context = contextOf(app, request);
    const to = read('to', context.now);
    const from = read('from', new Date(to.getTime() - monthMs));
    if (from > to) throw malformed('from', say`from lies before to.`);
    const service = await find(context, typeOf(app, 'services'), request.params.number);
    return availabilityOf(context, service, from, to);
  });
}
