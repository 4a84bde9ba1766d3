import type { FastifyInstance } from 'fastify';
import { calledMany } from '../../../kernel/called';
import { absent, invalid, malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { agreement, contradiction, readPlainWords, trial, tryAgreement } from '../../../practices/design/service-level';
import { promisedTypes } from '../../../value-streams/keep-service-promises';
import type { App } from '../app';
import { contextOf } from '../caller';
import { once } from '../idempotency';
import { clocksOf } from '../parts';
import { asksNothing, readQuery } from '../query';
import { read } from './identity';
import { type Address, find, typeOf } from './records';

/** The clocks of a record, and what an agreement would say: before publishing, and in plain words. */
export function promiseRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: Address }>('/api/v1/:plural/:number/clocks', async (request) => {
    asksNothing(request);
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    if (!promisedTypes.has(type.type)) throw absent(say`clock of ${calledMany(type)}`);
    return clocksOf(context, type, await find(context, type, request.params.number));
  });

  server.post<{ Params: { number: string } }>('/api/v1/agreements/:number/try', (request, reply) =>
    once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const record = await find(context, agreement, request.params.number);
      const { events, at } = read(trial, request.body);
      const wrong = contradiction(events);
      if (wrong) throw invalid('events', wrong);
      return { status: 200, body: { items: await tryAgreement(context, record, events, at), next: null } };
    }),
  );

  server.get<{ Params: { number: string } }>('/api/v1/agreements/:number/plain-words', async (request) => {
    const context = contextOf(app, request);
    const language = readQuery(request).language ?? context.actor.language;
    if (language !== 'en' && language !== 'de') throw malformed('language', say`language is en or de.`);
    const record = await find(context, agreement, request.params.number);
    return readPlainWords(context, record, language);
  });
}
