import type { FastifyInstance } from 'fastify';
import { commentOf, commentsOf } from '../../../commons/conversation';
import { malformed } from '../../../kernel/filter';
import { isId } from '../../../kernel/id';
import { absent } from '../../../kernel/refusal';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readPage } from './history';
import { type Address, find, readQuery, typeOf } from './records';

export function conversationRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/comments', async (request) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !isId(query.cursor))
      throw malformed('cursor', 'This cursor belongs to another list.');
    const row = await find(context, type, request.params.number);
    return commentsOf(context, type, row, readPage(query), query.cursor);
  });

  server.get<{ Params: Address & { id: string } }>('/api/v1/:plural/:number/comments/:id', async (request) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const row = await find(context, type, request.params.number);
    if (!isId(request.params.id)) throw absent('comment');
    return commentOf(context, type, row, request.params.id.toLowerCase());
  });
}
