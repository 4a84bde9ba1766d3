import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { keepSessions } from '../../../commons/identity';
import { one, sql } from '../../../kernel/database';
import { Refusal } from '../../../kernel/refusal';
import { sealLag } from '../../../kernel/seal';
import type { App } from '../app';
import { callerOf, mayChange } from '../caller';
import { few } from '../few';
import { once } from '../idempotency';
import { read } from './identity';

const advance = z.strictObject({
  advance_s: z
    .number('advance_s is a number of seconds.')
    .min(0)
    .max(10 * 366 * 86_400),
});

/** Liveness, readiness, figures for Prometheus, and the clock of demonstrations and tests. */
export function systemRoutes(server: FastifyInstance, app: App, ready: () => Promise<boolean>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'throughline_history_unsealed_lines',
    help: 'History lines that wait for their seal',
    registers: [registry],
    async collect() {
      this.set((await sealLag(app.db)).waiting);
    },
  });
  new Gauge({
    name: 'throughline_reactions_waiting',
    help: 'Reactions not done yet, by whether they are parked',
    labelNames: ['parked'],
    registers: [registry],
    async collect() {
      const found = await one<{ waiting: number; parked: number }>(
        app.db,
        sql`select count(*) filter (where not parked)::int as waiting, count(*) filter (where parked)::int as parked from reaction`,
      );
      this.set({ parked: 'false' }, found!.waiting);
      this.set({ parked: 'true' }, found!.parked);
    },
  });

  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const up = await ready().catch(() => false);
    return reply.status(up ? 200 : 503).send({ status: up ? 'ready' : 'not ready' });
  });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));

  if (app.clock.advance)
    // What is due by then is done on connections of its own.
    server.post('/api/v1/clock', (request, reply) =>
      few(() =>
        once(app, request, reply, async () => {
          if (!callerOf(request).actor.roles.includes('administrator'))
            throw new Refusal('forbidden', 'Only an administrator moves the clock.');
          mayChange(request);
          const { advance_s } = read(advance, request.body);
          // Nobody is signed out by a clock that others move.
          await keepSessions(app.db, advance_s, app.clock.now());
          const target = app.clock.advance!(advance_s);
          await app.catchUp();
          return { status: 200, body: { now: target } };
        }),
      ),
    );
}
