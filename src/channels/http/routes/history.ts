import type { FastifyInstance } from 'fastify';
import { historyLine, historyOf, historyOfAll, readInstant } from '../../../commons/reading';
import { isId } from '../../../kernel/id';
import { absent, malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readPage, readQuery } from '../query';
import { type Address, find, typeOf } from './records';

function instantOf(query: Record<string, string>, key: string): Date | undefined {
  if (query[key] === undefined) return undefined;
  const at = readInstant(query[key]);
  if (!at) throw malformed(key, say`${key} is an instant or a date.`);
  return at;
}

const readSeq = (text: string | undefined) => (text === undefined ? undefined : Number(text));

export function historyRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/history', async (request) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !isId(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    const limit = readPage(query);
    const row = await find(context, type, request.params.number);
    return historyOf(context, type, String(row.id), limit, query.cursor);
  });

  server.get('/api/v1/history', async (request) => {
    const query = readQuery(request);
    knows(query, 'limit', 'cursor', 'type', 'name', 'at.gte', 'at.lt', 'after_seq', 'order');
    if (query.order !== undefined && query.order !== 'newest')
      throw malformed('order', say`order is newest, or left out.`);
    const newest = query.order === 'newest';
    const after = query.cursor ?? query.after_seq;
    if (after !== undefined && !/^\d{1,15}$/.test(after))
      throw malformed(query.cursor ? 'cursor' : 'after_seq', say`This is a seq.`);
    for (const type of query.type?.split(',') ?? [])
      if (!app.house.types.has(type)) throw malformed('type', say`There is no record type ${type}.`);
    return historyOfAll(contextOf(app, request), {
      types: query.type?.split(','),
      names: query.name?.split(','),
      from: instantOf(query, 'at.gte'),
      to: instantOf(query, 'at.lt'),
      newest,
      ...(newest && query.cursor !== undefined
        ? { beforeSeq: Number(query.cursor), afterSeq: readSeq(query.after_seq) }
        : { afterSeq: readSeq(after) }),
      limit: readPage(query),
    });
  });

  server.get<{ Params: { id: string } }>('/api/v1/history/:id', async (request) => {
    const line = isId(request.params.id) ? await historyLine(contextOf(app, request), request.params.id) : undefined;
    if (!line) throw absent(say`line`);
    return line;
  });
}
