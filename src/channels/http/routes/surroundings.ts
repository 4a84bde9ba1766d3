import type { FastifyInstance } from 'fastify';
import { conflictsOf } from '../../../views/change-schedule';
import { incidentContext } from '../../../views/incident-context';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';
import { find, typeOf } from './records';

/** What stands around an incident, and what stands in the way of a change. */
export function surroundingRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: { number: string } }>('/api/v1/incidents/:number/context', async (request) => {
    knows(readQuery(request));
    const type = typeOf(app, 'incidents');
    const context = contextOf(app, request);
    return incidentContext(context, type, await find(context, type, request.params.number));
  });

  server.get<{ Params: { number: string } }>('/api/v1/changes/:number/conflicts', async (request) => {
    knows(readQuery(request));
    const type = typeOf(app, 'changes');
    const context = contextOf(app, request);
    return { items: await conflictsOf(context, await find(context, type, request.params.number)), next: null };
  });
}
