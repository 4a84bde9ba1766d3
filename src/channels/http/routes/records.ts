import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answer, asOf, list, readInstant } from '../../../commons/reading';
import { calledMany, calledOne } from '../../../kernel/called';
import type { Context, Verb } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import { fieldNamed } from '../../../kernel/field';
import { creatingVerb } from '../../../kernel/house';
import { load } from '../../../kernel/load';
import type { Item } from '../../../kernel/perform';
import type { RecordType } from '../../../kernel/record';
import { absent, malformed, Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { exported, type Format } from '../../export/export';
import { abreast } from '../abreast';
import { act } from '../act';
import type { App } from '../app';
import { callerOf, contextOf } from '../caller';
import { once, plainly } from '../idempotency';
import { readIfMatch } from '../if-match';
import { jsonFor } from '../language';
import { partsOf, readParts } from '../parts';
import { knows, readQuery } from '../query';

export interface Address {
  plural: string;
  number: string;
}

export function typeOf(app: App, plural: string): RecordType {
  const type = app.house.plurals.get(plural);
  if (!type) throw new Refusal('absent', say`There is nothing called ${plural} here.`);
  return type;
}

/** The row a caller addressed; 404 when it is absent or hidden. */
export async function find(context: Context, type: RecordType, address: string): Promise<Row> {
  const [row] = await load(context, type, [address]);
  if (!row) throw absent(calledOne(type));
  return row;
}

function readOnly(type: RecordType, context: Context, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const fields = context.house.fieldsOf(type);
  const names = text.split(',').filter(Boolean);
  for (const name of names)
    if (!fieldNamed(fields, name) && name !== 'offers') throw malformed('fields', say`There is no field ${name}.`);
  return names;
}

export function recordRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: { plural: string } }>('/api/v1/:plural', async (request, reply) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const query = readQuery(request);
    if (query.format === 'csv' || query.format === 'jsonl')
      return sendExport(app, reply, context, type, query, query.format);
    if (query.format !== undefined) throw malformed('format', say`format is csv or jsonl.`);
    const only = readOnly(type, context, query.fields);
    const page = await list(context, type, query, app.narrow);
    const items = await answer(context, type, page.items, { only, offers: only?.includes('offers') });
    return reply.type('application/json; charset=utf-8').send(jsonFor(request, { ...page, items }));
  });

  server.post<{ Params: { plural: string } }>('/api/v1/:plural', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    const verb = creatingVerb(app.house, type);
    if (!verb) throw new Refusal('absent', say`${calledMany(type)} are not made this way.`);
    return performed(app, request, reply, verb, { input: request.body });
  });

  server.get<{ Params: Address }>('/api/v1/:plural/:number', async (request, reply) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'fields', 'as_of', 'with');
    const parts = readParts(query.with);
    const only = readOnly(type, context, query.fields);
    const at = query.as_of === undefined ? undefined : readInstant(query.as_of);
    if (query.as_of !== undefined && !at)
      throw malformed('as_of', say`as_of is an instant such as 2026-11-21T17:50:00Z.`);
    if (at && parts.length > 0) throw malformed('with', say`The parts of a record are read as they stand now.`);
    let row = await find(context, type, request.params.number);
    if (at) {
      const then = await asOf(context, type, row, at);
      if (!then) throw absent(calledOne(type));
      row = then;
    }
    const [[item], beside] = await Promise.all([
      answer(context, type, [row], { single: true, only, offers: only?.includes('offers') }),
      parts.length > 0 ? partsOf(context, type, row, parts) : undefined,
    ]);
    if (beside) item!.with = beside;
    // What was is looked at, not worked on.
    if (at && item!.offers) Object.assign(item!, { offers: [], refused: [] });
    return sendRecord(reply, row, item!);
  });

  server.patch<{ Params: Address }>('/api/v1/:plural/:number', async (request, reply) => {
    const type = typeOf(app, request.params.plural);
    return verbOn(app, request, reply, type, 'edit');
  });

  server.post<{ Params: Address & { verb: string } }>('/api/v1/:plural/:number/:verb', async (request, reply) => {
    const type = typeOf(app, request.params.plural);
    return verbOn(app, request, reply, type, request.params.verb);
  });
}

function verbOn(
  app: App,
  request: FastifyRequest<{ Params: Address }>,
  reply: FastifyReply,
  type: RecordType,
  name: string,
) {
  const verb = app.house.verbs.get(`${type.type}.${name}`);
  if (!verb || verb.creates || verb.hidden || verb.ownRoute === 'form')
    throw new Refusal('absent', say`${calledMany(type)} have no verb ${name}.`);
  const item = { id: request.params.number, input: request.body, version: readIfMatch(request) };
  return performed(app, request, reply, verb, item);
}

/** A verb of a request. Where a key keeps its answer it needs a transaction of its own; else it may share one. */
function performed(app: App, request: FastifyRequest, reply: FastifyReply, verb: Verb, item: Item) {
  const { actor } = callerOf(request);
  // What is not there is said before what may not be done.
  const there = async (context: Context) => {
    if (actor.scope === 'read' && item.id !== undefined) await find(context, verb.on, item.id);
  };
  if (request.headers['idempotency-key'] === undefined)
    return plainly(app, reply, async () => {
      await there(contextOf(app, request));
      return abreast(app, actor, verb, item);
    });
  return once(app, request, reply, async (db) => {
    const context = contextOf(app, request, db);
    await there(context);
    return act(context, verb, item);
  });
}

function sendRecord(reply: FastifyReply, row: Row, item: Row): FastifyReply {
  return reply
    .header('ETag', `"${row.version}"`)
    .type('application/json; charset=utf-8')
    .send(jsonFor(reply.request, item));
}

/** The whole list as a file. The first piece is made before the head is sent, so that a wrong query is still refused. */
async function sendExport(
  app: App,
  reply: FastifyReply,
  context: Context,
  type: RecordType,
  query: Record<string, string>,
  format: Format,
): Promise<FastifyReply> {
  const pieces = exported(context, type, query, format, app.narrow);
  const head = [await pieces.next(), await pieces.next()].map((piece) => String(piece.value ?? '')).join('');
  const rest = (async function* () {
    yield head;
    yield* pieces;
  })();
  return reply
    .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${type.plural}.${format}"`)
    .send(Readable.from(rest));
}
