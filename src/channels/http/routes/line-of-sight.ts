import type { FastifyInstance } from 'fastify';
import { lineOfSight } from '../../../views/line-of-sight';
import type { App } from '../app';
import { contextOf } from '../caller';
import { asksNothing } from '../query';
import { type Address, find, typeOf } from './records';

export function lineOfSightRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/line-of-sight', async (request) => {
    asksNothing(request);
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const row = await find(context, type, request.params.number);
    return { paths: await lineOfSight(context, type, row) };
  });
}
