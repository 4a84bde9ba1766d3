import { answer } from '../../commons/reading';
import { undoOf } from '../../commons/taking-back';
import type { Context, Verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { inHand } from '../../kernel/in-hand';
import { load } from '../../kernel/load';
import { type Item, perform, type Result } from '../../kernel/perform';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import type { Refusal } from '../../kernel/refusal';
import type { Answer } from './idempotency';

/** Records after a verb, as its performer sees them; of one that left their sight, only its address. By id. */
async function answersAfter(
  context: Context,
  type: RecordType,
  records: readonly Row[],
): Promise<ReadonlyMap<string, Row>> {
  const known = records.map((record) => inHand(context.db, String(record.id)) ?? record);
  const seen = known.filter((row) => holdsAny(type.sees, row, context.actor));
  const unsure = known.filter((row) => !seen.includes(row)).map((row) => String(row.id));
  if (unsure.length > 0) seen.push(...(await load(context, type, unsure)));
  const shown = await answer(context, type, seen, { single: true });
  const answers = new Map(
    records.map((record): [string, Row] => [
      String(record.id),
      { id: record.id, number: record.number, type: type.type, version: record.version, offers: [] },
    ]),
  );
  for (const row of shown) answers.set(String(row.id), row);
  return answers;
}

/** The record after a verb, as its performer sees it; when it left their sight, only its address. */
export async function answerAfter(context: Context, type: RecordType, record: Row): Promise<Row> {
  return (await answersAfter(context, type, [record])).get(String(record.id))!;
}

/** Performs a verb on a list, and answers each item with its record or its refusal, in the order given. */
export async function actOnAll(context: Context, verb: Verb, items: readonly Item[]): Promise<(Answer | Refusal)[]> {
  const results = await perform(context, verb, items);
  const done = results.filter((result): result is Result & { ok: true } => result.ok);
  const bodies = await answersAfter(
    context,
    verb.on,
    done.map((result) => result.record),
  );
  return results.map((result) => {
    if (!result.ok) return result.refusal;
    const body = bodies.get(String(result.record.id))!;
    // What left the caller's sight they cannot take back.
    const undo = body.state === undefined ? undefined : undoOf(context, result.line);
    return {
      status: verb.creates ? 201 : 200,
      body: undo ? { ...body, undo } : body,
      version: Number(body.version),
      touched: verb.on.type,
      ...(verb.creates ? { location: `/api/v1/${verb.on.plural}/${result.record.number}` } : {}),
    };
  });
}

/** Performs a verb of a request and answers the record; throws the refusal. */
export async function act(context: Context, verb: Verb, item: Item): Promise<Answer> {
  const [done] = await actOnAll(context, verb, [item]);
  if (done instanceof Error) throw done;
  return done!;
}
