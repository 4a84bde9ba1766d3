import type { FastifyInstance } from 'fastify';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import type { App } from './app';
import { contextOf } from './caller';
import { once } from './idempotency';
import { find } from './routes/records';

/** Both addresses of a trial: of what is not kept yet, and of a record as it is or as the body changes it. */
export function trialRoutes(
  server: FastifyInstance,
  app: App,
  type: RecordType,
  attempt: (context: Context, body: unknown, saved?: Row) => Promise<Row>,
): void {
  const at = `/api/v1/${type.plural}`;
  server.post(`${at}/try`, (request, reply) =>
    once(app, request, reply, async (db) => ({
      status: 200,
      body: await attempt(contextOf(app, request, db), request.body ?? {}),
    })),
  );
  server.post<{ Params: { number: string } }>(`${at}/:number/try`, (request, reply) =>
    once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const saved = await find(context, type, request.params.number);
      return { status: 200, body: await attempt(context, request.body ?? {}, saved) };
    }),
  );
}
