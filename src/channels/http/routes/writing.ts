import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { draftsOf, dropDraft, keepDraft } from '../../../commons/draft';
import { keepKeys, keysOf } from '../../../commons/preference';
import { checkVariables, filled, valuesOf, variables } from '../../../commons/template';
import { absent, invalid } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { knows, readQuery } from '../query';
import { read } from './identity';
import { find, typeOf } from './records';

const clean = (text: string) => !text.includes('\u0000') && text.isWellFormed();
const place = z
  .string(wrong`A place is needed.`)
  .min(1, wrong`A place is needed.`)
  .max(200, wrong`A place has at most 200 characters.`)
  .refine(clean, wrong`This contains a character that cannot be stored.`);
const draft = z.strictObject({
  place,
  content: z.json(wrong`The content is any JSON.`),
  at: z.iso.datetime({ offset: true, ...wrong`This must be an instant such as 2026-11-21T17:50:00Z.` }).optional(),
});
const keys = z.strictObject({
  keys: z
    .record(
      z.string().min(1).max(80).refine(clean, wrong`This contains a character that cannot be stored.`),
      z.string(wrong`A key is a text.`).max(20, wrong`A key is short.`).refine(clean, wrong`This is no key.`),
      wrong`Keys are an object: the action and its key.`,
    )
    .refine((value) => Object.keys(value).length <= 200, wrong`At most 200 keys are possible.`),
});
const preview = z.strictObject({
  text: z.string(wrong`A text is needed.`).max(20_000, wrong`This may have at most 20,000 characters.`),
  record: z
    .string(wrong`Name a record.`)
    .min(1, wrong`Name a record.`)
    .max(300)
    .refine(clean, wrong`Name a record.`)
    .optional(),
});

/** What a person writes before they send it, the keys they chose, and texts with variables. */
export function writingRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/drafts', async (request) => {
    knows(readQuery(request));
    return { items: await draftsOf(contextOf(app, request)), next: null };
  });

  server.post('/api/v1/drafts', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const wanted = read(draft, request.body);
      const context = contextOf(app, request, db);
      const at = wanted.at ? new Date(wanted.at) : context.now;
      return { status: 201, body: await keepDraft(context, wanted.place, wanted.content, at) };
    }),
  );

  server.delete<{ Params: { place: string } }>('/api/v1/drafts/:place', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const { place: wanted } = request.params;
      if (!clean(wanted) || !(await dropDraft(contextOf(app, request, db), wanted))) throw absent(say`draft`);
      return { status: 204, body: null };
    }),
  );

  server.get('/api/v1/me/keys', async (request) => {
    knows(readQuery(request));
    return { keys: await keysOf(contextOf(app, request)) };
  });

  server.patch('/api/v1/me/keys', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const wanted = read(keys, request.body);
      return { status: 200, body: { keys: await keepKeys(contextOf(app, request, db), wanted.keys) } };
    }),
  );

  server.get('/api/v1/text-templates/variables', async (request) => {
    knows(readQuery(request));
    return { items: Object.entries(variables).map(([name, says]) => ({ name, says })), next: null };
  });

  // How a text reads on a record, whether or not it is kept as a template.
  server.post('/api/v1/text-templates/preview', (request, reply) =>
    once(app, request, reply, async (db) => {
      const wanted = read(preview, request.body);
      const context = contextOf(app, request, db);
      checkVariables(app.house, 'text', wanted.text);
      if (wanted.record === undefined) return { status: 200, body: { text: wanted.text, missing: [] } };
      const type = [...app.house.types.values()].find(({ prefix }) => wanted.record!.startsWith(`${prefix}-`));
      if (!type) throw invalid('record', say`Name the record by its number, such as INC-1042.`);
      const row = await find(context, typeOf(app, type.plural), wanted.record);
      return { status: 200, body: filled(wanted.text, await valuesOf(context, type, row, app.links)) };
    }),
  );
}
