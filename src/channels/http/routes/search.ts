import type { FastifyInstance } from 'fastify';
import { search } from '../../../commons/search';
import { malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readPage, readQuery } from '../query';

export function searchRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/search', async (request) => {
    const query = readQuery(request);
    knows(query, 'q', 'type', 'limit', 'cursor');
    if (!query.q || query.q.length > 500) throw malformed('q', say`q is what to search for, at most 500 characters.`);
    if (query.cursor !== undefined && !/^\d{1,3}$/.test(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    const types = query.type?.split(',');
    for (const type of types ?? [])
      if (!app.house.types.has(type)) throw malformed('type', say`There is no record type ${type}.`);
    return search(contextOf(app, request), query.q, {
      types,
      limit: readPage(query, 100, 20),
      offset: Number(query.cursor ?? 0),
    });
  });
}
