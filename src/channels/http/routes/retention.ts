import type { FastifyInstance } from 'fastify';
import { previewRetention } from '../../../commons/retention';
import { runRetention } from '../../../value-streams/protect-privacy';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { few } from '../few';
import { once } from '../idempotency';
import { find, typeOf } from './records';

/** What a retention rule would take away, and taking it away. The rule itself is a record. */
export function retentionRoutes(server: FastifyInstance, app: App): void {
  const rule = async (request: Parameters<typeof contextOf>[1] & { params: { number: string } }) => {
    const context = contextOf(app, request);
    return { context, row: await find(context, typeOf(app, 'retention-rules'), request.params.number) };
  };
  server.get<{ Params: { number: string } }>('/api/v1/retention-rules/:number/preview', async (request) => {
    const { context, row } = await rule(request);
    return previewRetention(context, row);
  });
  server.post<{ Params: { number: string } }>('/api/v1/retention-rules/:number/run', (request, reply) =>
    few(() =>
      once(app, request, reply, async () => {
        // A run goes in transactions of its own, so that one that is stopped half-way goes on where it was.
        const { context, row } = await rule(request);
        mayChange(request);
        return { status: 200, body: { records: await runRetention(context, row) } };
      }),
    ),
  );
}
