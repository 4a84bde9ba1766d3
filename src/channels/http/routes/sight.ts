import type { FastifyInstance } from 'fastify';
import { malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { mergingPeople } from '../../../views/merging-people';
import { personalData } from '../../../views/personal-data';
import { withoutSecondFactor } from '../../../views/second-factors';
import { whoCanSee } from '../../../views/sight';
import type { App } from '../app';
import { contextOf } from '../caller';
import { asksNothing, knows, readPage, readQuery } from '../query';
import { type Address, find, typeOf } from './records';

export function sightRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/who-can-see', async (request) => {
    const query = readQuery(request);
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !/^\d{1,9}$/.test(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    const limit = readPage(query);
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const row = await find(context, type, request.params.number);
    return whoCanSee(context, type, row, limit, Number(query.cursor ?? 0));
  });

  server.get<{ Params: { number: string } }>('/api/v1/sign-in-rules/:number/without-second-factor', async (request) => {
    const query = readQuery(request);
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !/^\d{1,9}$/.test(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    const limit = readPage(query);
    const context = contextOf(app, request);
    const rule = await find(context, typeOf(app, 'sign-in-rules'), request.params.number);
    return withoutSecondFactor(context, rule, limit, Number(query.cursor ?? 0));
  });

  server.get<{ Params: { number: string } }>('/api/v1/people/:number/personal-data', async (request) => {
    asksNothing(request);
    const type = typeOf(app, 'people');
    const context = contextOf(app, request);
    return personalData(context, type, await find(context, type, request.params.number));
  });

  server.get<{ Params: { number: string } }>('/api/v1/people/:number/merging', async (request) => {
    const query = readQuery(request);
    knows(query, 'into');
    if (!query.into) throw malformed('into', say`Name the person who stays: into=PER-1001.`);
    const type = typeOf(app, 'people');
    const context = contextOf(app, request);
    const person = await find(context, type, request.params.number);
    return mergingPeople(context, person, await find(context, type, query.into));
  });
}
