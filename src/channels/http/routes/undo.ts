import type { FastifyInstance } from 'fastify';
import { takesBack } from '../../../commons/taking-back';
import { undo } from '../../../commons/taking-back/take-back';
import { calledMany, calledOne } from '../../../kernel/called';
import { idsOf } from '../../../kernel/load';
import { absent, Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { answerAfter } from '../act';
import type { App } from '../app';
import { contextOf } from '../caller';
import { once } from '../idempotency';
import { readIfMatch } from '../if-match';
import { type Address, typeOf } from './records';

/** Takes back one line of a record: the inverse of the verb that left it. */
export function undoRoutes(server: FastifyInstance, app: App): void {
  server.post<{ Params: Address }>('/api/v1/:plural/:number/undo', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    if (!takesBack(app.house, type)) throw new Refusal('absent', say`${calledMany(type)} have no verb undo.`);
    const version = readIfMatch(request);
    return once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const id = (await idsOf(context, type, [request.params.number])).get(request.params.number);
      if (!id) throw absent(calledOne(type));
      const [result] = await undo(context, type, [{ id, input: request.body, version }]);
      if (!result!.ok) throw result!.refusal;
      const after = await answerAfter(context, type, result!.record);
      const body = result!.stays ? { ...after, stays: result!.stays } : after;
      return { status: 200, body, version: Number(body.version), touched: type.type };
    });
  });
}
