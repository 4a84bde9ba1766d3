import type { FastifyInstance } from 'fastify';
import { malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { queueOrder, readPlaces, triedOrder, tryOrder } from '../../../practices/operation/incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';
import { trialRoutes } from '../trials';
import { read } from './identity';

const most = 100;

/** Why incidents stand where they stand in the queue, and how it would look under another order. */
export function queueRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/queue-places', async (request) => {
    const query = readQuery(request);
    knows(query, 'incident', 'language');
    const numbers = (query.incident ?? '').split(',').filter(Boolean);
    if (numbers.length === 0) throw malformed('incident', say`Name the incidents: incident=INC-1001,INC-1002.`);
    if (numbers.length > most) throw malformed('incident', say`At most ${most} incidents are answered at once.`);
    if (query.language !== undefined && query.language !== 'en' && query.language !== 'de')
      throw malformed('language', say`language is en or de.`);
    return readPlaces(contextOf(app, request), numbers, query.language);
  });

  trialRoutes(server, app, queueOrder, (context, body, saved) => tryOrder(context, read(triedOrder, body), saved));
}
