import type { FastifyInstance, FastifyRequest } from 'fastify';
import { holdsAny } from '../../../kernel/policy';
import { Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { majorIncident, proposals } from '../../../views/major-incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';
import { find, typeOf } from './records';

/** What the team reads of an incident beyond its record: what is proposed, and how a major one goes. */
export function majorRoutes(server: FastifyInstance, app: App): void {
  const ofTeam = async (request: FastifyRequest<{ Params: { number: string } }>) => {
    knows(readQuery(request));
    const type = typeOf(app, 'incidents');
    const context = contextOf(app, request);
    const row = await find(context, type, request.params.number);
    if (!holdsAny(type.team, row, context.actor)) throw new Refusal('forbidden', say`This is for the team.`);
    return { context, row };
  };
  server.get<{ Params: { number: string } }>('/api/v1/incidents/:number/proposals', async (request) => {
    const { context, row } = await ofTeam(request);
    return proposals(context, row);
  });
  server.get<{ Params: { number: string } }>('/api/v1/incidents/:number/major', async (request) => {
    const { context, row } = await ofTeam(request);
    return majorIncident(context, row);
  });
}
