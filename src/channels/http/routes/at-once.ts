import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { keepBulk, undoOfAll } from '../../../commons/taking-back';
import { filled, inStep, type Step, seriesVerb, stepList, valuesOf } from '../../../commons/template';
import { calledMany, calledOne } from '../../../kernel/called';
import type { Context } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import type { Line } from '../../../kernel/history';
import { newId } from '../../../kernel/id';
import { idsOf } from '../../../kernel/load';
import { performOne } from '../../../kernel/perform';
import type { RecordType } from '../../../kernel/record';
import { absent, invalid, Refusal } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import { answerAfter } from '../act';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { type Answer, once } from '../idempotency';
import { readIfMatch } from '../if-match';
import { read } from './identity';
import { type Address, find, typeOf } from './records';

const name = z
  .string()
  .min(1, wrong`Name a macro.`)
  .max(300)
  .refine((text) => !text.includes('\u0000'), wrong`Name a macro.`);
/** `fill`: variables in texts say what they stand for; in a macro they always do. */
const fill = z.boolean(wrong`fill is true or false.`).optional();
const onOne = z.strictObject({ steps: stepList.optional(), macro: name.optional(), fill });
const fresh = z.strictObject({ steps: stepList, fill });

/** Several verbs in one go, together or not at all: a macro, an answer with what follows, a call that is already solved. */
export function atOnceRoutes(server: FastifyInstance, app: App): void {
  server.post<{ Params: { plural: string } }>('/api/v1/:plural/at-once', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    return once(app, request, reply, async (db) => {
      mayChange(request);
      const { steps, fill: filling = false } = read(fresh, request.body);
      const context = contextOf(app, request, db);
      const [first, ...rest] = steps as [Step, ...Step[]];
      const verb = seriesVerb(app.house, type, first.verb, 'steps.0.verb', true);
      const made = await performOne(context, verb, { input: first.input }).catch((error: unknown) => {
        throw error instanceof Refusal ? inStep(error, 0, verb) : error;
      });
      // What is made where its maker does not see is made all the same, as by the creating verb alone.
      const after =
        rest.length === 0
          ? made.record
          : (await inTurn(app, context, type, String(made.record.id), rest, { from: 1, filling })).row;
      return {
        ...(await answerOf(context, type, after)),
        status: 201,
        location: `/api/v1/${type.plural}/${made.record.number}`,
      };
    });
  });

  server.post<{ Params: Address }>('/api/v1/:plural/:number/at-once', (request, reply) => {
    const type = typeOf(app, request.params.plural);
    const version = readIfMatch(request);
    return once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const id = (await idsOf(context, type, [request.params.number])).get(request.params.number);
      if (!id) throw absent(calledOne(type));
      mayChange(request);
      const wanted = read(onOne, request.body);
      if ((wanted.steps === undefined) === (wanted.macro === undefined))
        throw invalid('steps', say`Give either steps or a macro.`);
      const series = wanted.macro ? await macroNamed(app, context, type, wanted.macro) : undefined;
      const acting = series ? { ...context, why: series.why } : context;
      const steps = series?.steps ?? wanted.steps ?? [];
      const filling = wanted.fill ?? series !== undefined;
      const { row, lines } = await inTurn(app, acting, type, id, steps, { from: 0, version, filling });
      return answerOf(context, type, row, lines);
    });
  });
}

async function macroNamed(app: App, context: Context, type: RecordType, address: string) {
  const row = await find(context, typeOf(app, 'macros'), address).catch((error: unknown) => {
    throw error instanceof Refusal ? invalid('macro', say`There is no macro “${address}”.`) : error;
  });
  if (row.state !== 'active') throw invalid('macro', say`${String(row.title)} is retired.`);
  if (row.record_type !== type.type) throw invalid('macro', say`${String(row.title)} is not for ${calledMany(type)}.`);
  return { steps: row.steps as Step[], why: { macro: row.number, macro_id: row.id } };
}

/** The steps on a record, one after the other. Variables say what they said before the first. */
async function inTurn(
  app: App,
  context: Context,
  type: RecordType,
  id: string,
  steps: readonly Step[],
  { from, version, filling }: { from: number; version?: readonly number[] | undefined; filling: boolean },
): Promise<{ row: Row; lines: Line[] }> {
  let row = await find(context, type, id);
  const lines: Line[] = [];
  const values =
    filling && steps.some((step) => JSON.stringify(step.input).includes('{{'))
      ? await valuesOf(context, type, row, app.links)
      : {};
  const put = (input: Row): Row =>
    Object.fromEntries(
      Object.entries(input).map(([key, value]) => [
        key,
        typeof value === 'string' ? filled(value, values).text : value,
      ]),
    );
  for (const [at, step] of steps.entries()) {
    const verb = seriesVerb(app.house, type, step.verb, `steps.${from + at}.verb`);
    try {
      const input = filling ? put(step.input) : step.input;
      const done = await performOne(context, verb, { id, input, version: at === 0 ? version : undefined });
      row = done.record;
      if (done.line) lines.push(done.line);
    } catch (error) {
      throw error instanceof Refusal ? inStep(error, from + at, verb) : error;
    }
  }
  return { row, lines };
}

async function answerOf(
  context: Context,
  type: RecordType,
  row: Row,
  lines: readonly Line[] = [],
): Promise<Answer & { body: Row }> {
  const body = await answerAfter(context, type, row);
  // What left the caller's sight they cannot take back.
  const undo = body.state === undefined ? undefined : await undoOfSeries(context, type, lines);
  return {
    status: 200,
    body: undo ? { ...body, undo } : body,
    version: Number(body.version),
    touched: type.type,
  };
}

/** How the whole series is taken back as one, where each of its acts can be. */
async function undoOfSeries(context: Context, type: RecordType, lines: readonly Line[]): Promise<Row | undefined> {
  const until = undoOfAll(context, lines);
  if (!until) return undefined;
  if (lines.length === 1) return { line: lines[0]!.id, until };
  const bulk_id = newId(context.now);
  await keepBulk(
    context,
    bulk_id,
    type.type,
    lines.map(({ id }) => id),
  );
  return { bulk_id, until };
}
