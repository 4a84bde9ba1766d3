import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { mailsOfThisTransaction } from '../../../commons/notification';
import { linesOfThisTransaction, list, type Narrow } from '../../../commons/reading';
import { bulkNamed, keepBulk, over, partUndoMs, undoOf } from '../../../commons/taking-back';
import { type Back, undo, undoSeries } from '../../../commons/taking-back/take-back';
import { rehearseReactions } from '../../../kernel/afterwards';
import { calledMany, calledOne } from '../../../kernel/called';
import type { Context, Verb } from '../../../kernel/command';
import { type Row, rows, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { idsOf } from '../../../kernel/load';
import { perform, type Result } from '../../../kernel/perform';
import type { RecordType } from '../../../kernel/record';
import { absent, invalid, Refusal } from '../../../kernel/refusal';
import { amount, say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { type Answer, once } from '../idempotency';
import { problemOf } from '../problem';
import { read } from './identity';
import { typeOf } from './records';

const most = 1_000;
const bulk = z.strictObject({
  verb: z.string(wrong`A verb is needed.`).min(1, wrong`A verb is needed.`).max(60),
  input: z.record(z.string(), z.unknown()).optional(),
  ids: z.array(z.string().min(1).max(300)).max(most, wrong`At most ${most} at once.`).optional(),
  filter: z.string().max(10_000).optional(),
  dry_run: z.boolean().optional(),
  in_parts: z.boolean().optional(),
});

const nothing = z.strictObject({});

/** One verb on many records: a result per item, one refused item stops no other. */
export function bulkRoutes(server: FastifyInstance, app: App): void {
  server.post<{ Params: { plural: string } }>('/api/v1/:plural/bulk', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    return once(app, request, reply, async (db) => {
      const wanted = read(bulk, request.body);
      const verb = app.house.verbs.get(`${type.type}.${wanted.verb}`);
      if (!verb || verb.creates || verb.hidden || verb.ownRoute)
        throw invalid('verb', say`${calledMany(type)} have no verb ${wanted.verb}.`);
      if ((wanted.ids === undefined) === (wanted.filter === undefined))
        throw invalid('ids', say`Give either ids or a filter.`);
      if (wanted.ids?.length === 0) throw invalid('ids', say`Name at least one record.`);
      const context = contextOf(app, request, db);
      const addresses = wanted.ids ?? (await hits(context, type, wanted.filter!, app.narrow));
      const work = () => performAll(context, verb, addresses, wanted.input, wanted.in_parts);
      return wanted.dry_run ? rehearse(context, work) : work();
    });
  });

  server.post<{ Params: { id: string } }>('/api/v1/bulk/:id/undo', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      read(nothing, request.body ?? {});
      return undoAll(contextOf(app, request, db), request.params.id);
    }),
  );
}

/** Takes back one verb on many: as many as can be, a result for each. */
async function undoAll(context: Context, id: string): Promise<Answer> {
  const act = await bulkNamed(context, id.toLowerCase());
  const type = act && context.house.types.get(act.type);
  if (!act || !type) throw absent(say`act on many records`);
  if (act.items.length > 0 && context.now >= act.until) throw over(act.at, act.until);
  // Several acts on one record are a series: it goes back as one, the last first, or not at all.
  const series = new Set(act.items.map(({ id }) => id)).size < act.items.length;
  const results = series ? await undoSeries(context, type, act.items) : await undo(context, type, act.items);
  const numbers = await numbersOf(
    context,
    results.flatMap((result, at) => (result.ok || result.refusal.status !== 404 ? [act.items[at]!.id] : [])),
  );
  return {
    status: 200,
    touched: type.type,
    body: {
      bulk_id: id.toLowerCase(),
      items: series
        ? [withStays(told('', results.at(-1)!), results)]
        : results.map((result, at) =>
            withStays(told(numbers.get(act.items[at]!.id) ?? act.items[at]!.id, result), [result]),
          ),
    },
  };
}

/** What rules did because of it and could not go back with it. */
function withStays(item: Row, results: readonly Back[]): Row {
  const stays = results.flatMap((result) => result.stays ?? []);
  return stays.length > 0 ? { ...item, stays } : item;
}

/** The ids a filter finds, in the order of the list; the filter is the list's query string. */
async function hits(context: Context, type: RecordType, filter: string, narrow?: Narrow): Promise<string[]> {
  const query: Record<string, string> = Object.create(null);
  for (const [key, value] of new URLSearchParams(filter.replace(/^\?/, '')))
    query[key] = key in query ? `${query[key]},${value}` : value;
  if (Object.entries(query).flat().join('').includes('\u0000'))
    throw invalid('filter', say`The filter contains a character that no record has.`);
  for (const word of ['cursor', 'limit', 'count', 'fields']) delete query[word];
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await list(context, type, { ...query, limit: '500', ...(cursor ? { cursor } : {}) }, narrow);
    ids.push(...page.items.map((row) => String(row.id)));
    cursor = page.next;
  } while (cursor && ids.length <= most);
  if (ids.length > most)
    throw new Refusal('invalid', say`More than ${amount(most)} records match.`, [
      { field: 'filter', message: say`Narrow the filter.` },
    ]);
  return ids;
}

async function performAll(
  context: Context,
  verb: Verb,
  addresses: readonly string[],
  input: unknown,
  inParts = false,
): Promise<Answer> {
  const known = await idsOf(context, verb.on, addresses);
  const items = addresses.map((address) => ({ address, id: known.get(address) }));
  const present = items.filter((item) => item.id !== undefined);
  const numbers = await numbersOf(
    context,
    present.map((item) => item.id!),
  );
  const results = await perform(
    context,
    verb,
    present.map((item) => ({ id: item.id, input })),
  );
  const byItem = new Map(present.map((item, at) => [item, results[at]!]));
  const lines = results.flatMap((result) => (result.ok && result.line ? [result.line] : []));
  const bulk_id = newId(context.now);
  const longer = inParts ? new Date(context.now.getTime() + partUndoMs) : null;
  await keepBulk(
    context,
    bulk_id,
    verb.on.type,
    lines.map(({ id }) => id),
    longer,
  );
  const soon = lines.map((line) => undoOf(context, line)?.until).find((at) => at !== undefined);
  const until = soon && (longer ?? soon);
  return {
    status: 200,
    touched: verb.on.type,
    body: {
      bulk_id,
      ...(until ? { undo: { until } } : {}),
      items: items.map((item) =>
        told(
          numbers.get(item.id ?? '') ?? item.address,
          byItem.get(item) ?? { ok: false, refusal: absent(calledOne(verb.on)) },
        ),
      ),
    },
  };
}

async function numbersOf(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; number: string }>(
    context.db,
    sql`select id, number from record where id = any(${[...ids]}::uuid[])`,
  );
  return new Map(found.map((row) => [row.id, row.number]));
}

function told(address: string, result: Result) {
  if (result.ok) return { number: result.record.number, status: 200, version: result.record.version };
  return { number: address, status: result.refusal.status, problem: problemOf(result.refusal) };
}

/**
 * Does everything, answers what would have happened and which mails would go out, and leaves nothing behind. What the
 * verb leads to in other records is among the effects, as far as the caller may read it.
 */
async function rehearse(context: Context, work: () => Promise<Answer>): Promise<Answer> {
  await sql`savepoint rehearsal`.execute(context.db);
  const answer = await work();
  const effects = await linesOfThisTransaction(context);
  await rehearseReactions(context.db, context.house, context.now);
  const mails = await mailsOfThisTransaction(context);
  await sql`rollback to savepoint rehearsal`.execute(context.db);
  const { items } = answer.body as { items: unknown };
  return {
    ...answer,
    body: {
      bulk_id: null,
      items,
      effects: effects.map(({ name, record, changes, why }) => {
        const type = context.house.types.get(String((record as { type: string }).type));
        const fields = type ? context.house.fieldsOf(type) : {};
        const shown = (changes as { field: string }[]).filter(({ field }) => fields[field]);
        return { name, record, changes: shown, ...(why ? { why } : {}) };
      }),
      mails,
    },
  };
}
