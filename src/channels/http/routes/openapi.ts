import type { FastifyInstance } from 'fastify';
import type { App } from '../app';
import { openApi } from '../openapi/document';
import { describedInUse } from '../openapi/in-use';

/** The description of this interface; made on first use, and again when custom fields change. */
export function openApiRoutes(server: FastifyInstance, app: App): void {
  let made: { version: number; text: string } | undefined;
  server.get('/api/v1/openapi.json', async (_request, reply) => {
    if (made?.version !== app.house.fieldsVersion())
      made = {
        version: app.house.fieldsVersion(),
        text: JSON.stringify(describedInUse(app.house, openApi(app.house))),
      };
    return reply.type('application/json; charset=utf-8').send(made.text);
  });
}
