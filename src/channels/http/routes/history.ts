import type { FastifyInstance } from 'fastify';
import { malformed } from '../../../kernel/filter';
import { isId } from '../../../kernel/id';
import { historyLine, historyOf, historyOfAll } from '../../../kernel/read-history';
import { absent } from '../../../kernel/refusal';
import type { App } from '../app';
import { contextOf } from '../caller';
import { type Address, find, readQuery, typeOf } from './records';

export function readPage(query: Record<string, string>, most = 500, standard = 50): number {
  if (query.limit === undefined) return standard;
  if (!/^\d{1,4}$/.test(query.limit) || Number(query.limit) < 1 || Number(query.limit) > most)
    throw malformed('limit', `limit must be a whole number from 1 to ${most}.`);
  return Number(query.limit);
}

/** Refuses query words a route does not know. */
export function knows(query: Record<string, string>, ...words: string[]): void {
  for (const key of Object.keys(query))
    if (!words.includes(key)) throw malformed(key, `There is no filter ${key} here.`);
}

function instantOf(query: Record<string, string>, key: string): Date | undefined {
  if (query[key] === undefined) return undefined;
  const at = new Date(query[key]);
  if (Number.isNaN(at.getTime())) throw malformed(key, `${key} is an instant or a date.`);
  return at;
}

export function historyRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/history', async (request) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'limit', 'cursor');
    if (query.cursor !== undefined && !isId(query.cursor))
      throw malformed('cursor', 'This cursor belongs to another list.');
    const row = await find(context, type, request.params.number);
    return historyOf(context, type, String(row.id), readPage(query), query.cursor);
  });

  server.get('/api/v1/history', async (request) => {
    const query = readQuery(request);
    knows(query, 'limit', 'cursor', 'type', 'name', 'at.gte', 'at.lt', 'after_seq');
    const after = query.cursor ?? query.after_seq;
    if (after !== undefined && !/^\d{1,15}$/.test(after))
      throw malformed(query.cursor ? 'cursor' : 'after_seq', 'This is a seq.');
    return historyOfAll(contextOf(app, request), {
      types: query.type?.split(','),
      names: query.name?.split(','),
      from: instantOf(query, 'at.gte'),
      to: instantOf(query, 'at.lt'),
      afterSeq: after === undefined ? undefined : Number(after),
      limit: readPage(query),
    });
  });

  server.get<{ Params: { id: string } }>('/api/v1/history/:id', async (request) => {
    const line = isId(request.params.id) ? await historyLine(contextOf(app, request), request.params.id) : undefined;
    if (!line) throw absent('line');
    return line;
  });
}
