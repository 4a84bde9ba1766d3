import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isId } from '../../../kernel/id';
import { absent, invalid, malformed, Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import {
  bodiesOf,
  checkMapping,
  forms,
  mapping,
  replayBody,
  understand,
} from '../../../practices/operation/monitoring-and-event';
import type { App } from '../app';
import { callerOf, contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { knows, readPage, readQuery } from '../query';
import { read } from './identity';
import { find, typeOf } from './records';

const trial = z.strictObject({
  form: z.enum(forms, wrong`form is alertmanager or mapped.`),
  mapping: mapping.nullish(),
  body: z.union([z.record(z.string(), z.json()), z.array(z.json())], wrong`The body must be an object or a list.`),
});

/** Trying a mapping before it is kept, and the bodies that came to a source. The source itself is a record. */
export function alertSourceRoutes(server: FastifyInstance, app: App): void {
  const administers = (request: Parameters<typeof callerOf>[0]) => {
    if (!callerOf(request).actor.roles.includes('administrator'))
      throw new Refusal('forbidden', say`Only an administrator reads what monitoring sent.`);
  };

  // Nothing is kept of it: it answers what the body would become.
  server.post('/api/v1/alert-sources/try', (request, reply) =>
    once(app, request, reply, async () => {
      administers(request);
      const { form, mapping: expressions, body } = read(trial, request.body);
      if (form === 'mapped') {
        if (!expressions) throw invalid('mapping', say`A mapped source needs a mapping.`);
        checkMapping(expressions);
      }
      const understood = understand({ form, mapping: expressions }, body);
      const told =
        'problem' in understood
          ? { items: [], problem: understood.problem }
          : { items: understood.notices, problem: null };
      return { status: 200, body: told };
    }),
  );

  server.get<{ Params: { number: string } }>('/api/v1/alert-sources/:number/bodies', async (request) => {
    const query = readQuery(request);
    knows(query, 'limit', 'cursor', 'state');
    if (query.cursor !== undefined && !isId(query.cursor))
      throw malformed('cursor', say`This cursor belongs to another list.`);
    if (query.state !== undefined && !['waiting', 'done', 'failed'].includes(query.state))
      throw malformed('state', say`state is waiting, done or failed.`);
    const limit = readPage(query);
    const row = await find(contextOf(app, request), typeOf(app, 'alert-sources'), request.params.number);
    administers(request);
    return bodiesOf(app.db, String(row.key), limit, query.cursor, query.state);
  });

  // What could not be understood is gone through again, as the source reads it now.
  server.post<{ Params: { number: string; id: string } }>(
    '/api/v1/alert-sources/:number/bodies/:id/replay',
    (request, reply) =>
      once(app, request, reply, async (db) => {
        const row = await find(contextOf(app, request, db), typeOf(app, 'alert-sources'), request.params.number);
        mayChange(request);
        administers(request);
        const { id } = request.params;
        if (!isId(id) || !(await replayBody(db, String(row.key), id))) throw absent(say`body that failed`);
        return { status: 200, body: { id } };
      }),
  );
}
