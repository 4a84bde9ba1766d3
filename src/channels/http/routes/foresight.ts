import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mailsOfThisTransaction } from '../../../commons/notification';
import { linesOfThisTransaction } from '../../../commons/reading';
import { rehearseReactions } from '../../../kernel/afterwards';
import { calledMany } from '../../../kernel/called';
import type { Context, Verb } from '../../../kernel/command';
import { type Row, sql } from '../../../kernel/database';
import { creatingVerb } from '../../../kernel/house';
import { type Done, performOne } from '../../../kernel/perform';
import type { RecordType } from '../../../kernel/record';
import { invalid, Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import { rehearseReview } from '../../../value-streams/keep-service-promises';
import { foretelling } from '../../../views/effects';
import { act } from '../act';
import type { App } from '../app';
import { backInput } from '../back';
import { contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { readIfMatch } from '../if-match';
import { read } from './identity';
import { type Address, find, typeOf } from './records';

const making = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}) });
const changing = making.extend({
  verb: z.string(wrong`A verb is needed.`).min(1, wrong`A verb is needed.`).max(60),
});
const back = z.strictObject({
  line: z.string(wrong`Name the line to go back to.`).min(1, wrong`Name the line to go back to.`).max(100),
  reason: z.string().max(4_000).optional(),
});

/** What an act would change and lead to before it is done, and the way back to an earlier version. */
export function foresightRoutes(server: FastifyInstance, app: App): void {
  server.post<{ Params: { plural: string } }>('/api/v1/:plural/preview', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    const verb = creatingVerb(app.house, type);
    if (!verb) throw new Refusal('absent', say`${calledMany(type)} are not made this way.`);
    return once(app, request, reply, async (db) => {
      mayChange(request);
      const { input } = read(making, request.body ?? {});
      const body = await foreseen(contextOf(app, request, db), verb, null, input);
      return { status: 200, body };
    });
  });

  server.post<{ Params: Address }>('/api/v1/:plural/:number/preview', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    return once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const row = await find(context, type, request.params.number);
      mayChange(request);
      const wanted = read(changing, request.body ?? {});
      if (wanted.verb === 'back') {
        const { line } = read(back, wanted.input);
        const going = await backInput(context, type, row, line);
        return { status: 200, body: await foreseen(context, going.verb, row, going.input) };
      }
      const verb = app.house.verbs.get(`${type.type}.${wanted.verb}`);
      if (!verb || verb.creates || verb.hidden || verb.ownRoute)
        throw invalid('verb', say`${calledMany(type)} have no verb ${wanted.verb}.`);
      return { status: 200, body: await foreseen(context, verb, row, wanted.input) };
    });
  });

  server.post<{ Params: Address }>('/api/v1/:plural/:number/back', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    if (!app.house.verbs.has(`${type.type}.edit`))
      throw new Refusal('absent', say`${calledMany(type)} have no verb back.`);
    const version = readIfMatch(request);
    return once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const row = await find(context, type, request.params.number);
      mayChange(request);
      const { line, reason } = read(back, request.body ?? {});
      const going = await backInput(context, type, row, line);
      const why = { rule: String(say`Back to an earlier version`), ...(reason ? { reason } : {}), line: going.line };
      return act({ ...context, why }, going.verb, { id: String(row.id), input: going.input, version });
    });
  });
}

/** Does it, answers what changed and what follows, and leaves nothing behind. */
async function foreseen(context: Context, verb: Verb, row: Row | null, input: unknown): Promise<Row> {
  const foretell = await foretelling(context, verb.on, row);
  await sql`savepoint foresight`.execute(context.db);
  const done = await performOne(context, verb, { ...(row ? { id: String(row.id) } : {}), input });
  const lines = await linesOfThisTransaction(context);
  if (row && verb.on.type === 'calendar') await rehearseReview(context, String(row.id));
  const effects = await foretell({ verb: verb.verb, before: row, after: done.record });
  await rehearseReactions(context.db, context.house, context.now);
  const mails = await mailsOfThisTransaction(context);
  await sql`rollback to savepoint foresight`.execute(context.db);
  return {
    number: row ? row.number : null,
    verb: verb.verb,
    changes: changesOf(context, verb.on, done, lines),
    effects,
    led_to: ledTo(lines, done),
    mails: mails.length,
  };
}

function changesOf(context: Context, type: RecordType, done: Done, lines: readonly Row[]): unknown[] {
  const fields = context.house.fieldsOf(type);
  const line = lines.find(({ id }) => id === done.line?.id);
  const changes = (line?.changes ?? []) as { field: string; before: unknown; after: unknown }[];
  return changes
    .filter(({ field }) => fields[field])
    .map(({ field, before, after }) => ({ field, before, after, secret: fields[field]!.secret === true }));
}

/** What else would be written, as far as the caller may read it: the names of the lines, and how many of each. */
function ledTo(lines: readonly Row[], done: Done): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const line of lines)
    if (line.id !== done.line?.id) counts.set(String(line.name), (counts.get(String(line.name)) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
