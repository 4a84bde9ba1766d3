import { type TakenLine, wholeHistories } from '../../commons/taking-back';
import { fieldValue } from '../../kernel/apply';
import { calledMany } from '../../kernel/called';
import type { Context, Verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { type Field, isReference } from '../../kernel/field';
import { type Change, same } from '../../kernel/history';
import { inputFields } from '../../kernel/input';
import type { RecordType } from '../../kernel/record';
import { absent, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

interface Going {
  readonly verb: Verb;
  readonly input: Row;
  /** The id of the line that was gone back to. */
  readonly line: string;
}

/**
 * The edit that makes a record what it was after one of its lines: those of its fields that an edit sets and that are
 * different now. It is an edit like any other, so what no longer fits is refused with the sentence an edit is refused
 * with. Throws 404 for a line it has not, 409 where nothing would change or what it was is no longer kept.
 */
export async function backInput(context: Context, type: RecordType, row: Row, to: string): Promise<Going> {
  const verb = context.house.verbs.get(`${type.type}.edit`);
  if (!verb) throw new Refusal('absent', say`${calledMany(type)} have no verb back.`);
  const lines = (await wholeHistories(context, [String(row.id)])).get(String(row.id)) ?? [];
  const at = lines.findIndex(({ id }) => id === to.toLowerCase());
  if (at < 0) throw absent(say`line`);
  const fields = context.house.fieldsOf(type);
  const input: Row = {};
  for (const [name, field] of Object.entries(inputFields(context.house, verb))) {
    if (fields[name] === undefined || field.secret) continue;
    const then = valueThen(lines, at, name);
    if (then === undefined) continue;
    const now = fieldValue(row, name, field);
    if (!same(plain(field, now), plain(field, then))) input[name] = then;
  }
  if (Object.keys(input).length === 0)
    throw new Refusal('conflict', say`${String(row.number)} is now what it was then.`);
  return { verb, input, line: lines[at]!.id };
}

/** What a field was after a line: by the last line up to it that set it, else by what the next one found. */
function valueThen(lines: readonly TakenLine[], at: number, name: string): unknown {
  const changed = (line: TakenLine) => line.changes.find(({ field }) => field === name);
  const told = lines.slice(0, at + 1).findLast((line) => changed(line) !== undefined);
  const next = told ? undefined : lines.slice(at + 1).find((line) => changed(line) !== undefined);
  const change = changed(told ?? next ?? lines[at]!);
  if (!change) return undefined;
  if ('erased' in change) throw new Refusal('conflict', say`What it was then is no longer kept.`);
  return (change as Change)[told ? 'after' : 'before'];
}

/** An empty list and none are the same. */
function plain(field: Field, value: unknown): unknown {
  const list = isReference(field) || field.kind === 'texts';
  if (value instanceof Date) return value.toISOString();
  return list && Array.isArray(value) && value.length === 0 ? null : value;
}
