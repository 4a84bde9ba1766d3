import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { lookAround, mayBeHere, sitDown, standUp } from '../../../commons/presence';
import { wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { knows, readQuery } from '../query';
import { read } from './identity';
import { type Address, find, typeOf } from './records';

const seat = z
  .string(wrong`A seat is needed: any word for this window.`)
  .regex(/^[\w-]{1,60}$/, wrong`A seat is a short word of letters, digits and hyphens.`);
const here = z.strictObject({
  seat,
  writing: z.enum(['comment', 'note'], 'writing is comment, note or null.').nullish(),
  gone: z.boolean(wrong`gone is true or false.`).optional(),
});

/** Who looks at a record just now, and who writes. Said again at least every minute; nothing older is kept. */
export function presenceRoutes(server: FastifyInstance, app: App): void {
  const on = async (request: FastifyRequest<{ Params: Address }>, db = app.db) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request, db);
    return { type, context, row: await find(context, type, request.params.number) };
  };

  server.get<{ Params: Address }>('/api/v1/:plural/:number/presence', async (request) => {
    knows(readQuery(request));
    const { type, context, row } = await on(request);
    return { items: await lookAround(context, type, row), next: null };
  });

  server.post<{ Params: Address }>('/api/v1/:plural/:number/presence', (request, reply) =>
    once(app, request, reply, async (db) => {
      const { type, context, row } = await on(request, db);
      mayChange(request);
      mayBeHere(context.actor, type, row);
      const wanted = read(here, request.body);
      if (wanted.gone) await standUp(context, row, wanted.seat);
      const items = wanted.gone ? [] : await sitDown(context, type, row, wanted.seat, wanted.writing ?? null);
      return { status: 200, body: { items, next: null } };
    }),
  );
}
