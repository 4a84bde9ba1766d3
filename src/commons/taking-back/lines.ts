import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import type { Change, StoredChange } from '../../kernel/history';
import type { Moment } from '../../kernel/moment.contract';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { momentsOf } from './moments.rules';

/** A line of a record's history, as far as taking back looks at it. */
export interface TakenLine {
  readonly id: string;
  readonly record_id: string;
  readonly name: string;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly actor_id: string | null;
  readonly actor_kind: string;
  readonly internal: boolean;
  readonly cause: unknown;
  readonly changes: readonly StoredChange[];
}

/** The whole histories of records, in the order they were written. */
export async function wholeHistories(context: Context, ids: readonly string[]): Promise<Map<string, TakenLine[]>> {
  const found = await rows<TakenLine>(
    context.db,
    sql`select id, record_id, name, at, recorded_at, actor_id, actor_kind, internal, cause, changes from history
        where record_id ${among([...new Set(ids)])} order by id`,
  );
  const lines = new Map<string, TakenLine[]>();
  for (const line of found) {
    const mine = lines.get(line.record_id);
    if (mine) mine.push(line);
    else lines.set(line.record_id, [line]);
  }
  return lines;
}

/**
 * The fields of a record as they were before a line, and the moment that takes back. Throws a refusal where what they
 * were is no longer kept.
 */
export function backBefore(
  fields: Readonly<Record<string, Field>>,
  record: Row,
  lines: readonly TakenLine[],
  line: TakenLine,
): { set: Row; undoes: Moment } {
  if (line.changes.some((change) => 'erased' in change))
    throw new Refusal('conflict', say`What it was before is no longer kept.`);
  const set: Row = {};
  for (const { field, before } of line.changes as readonly Change[]) {
    const known = fields[field];
    if (known) set[field] = known.kind === 'instant' && typeof before === 'string' ? new Date(before) : before;
  }
  const undoes = momentsOf(lines, { type: record.type, opened_at: record.opened_at }).find(
    (one) => one.line === line.id,
  )!;
  return { set, undoes };
}

/** Of these lines, those that were taken back since. */
export async function takenBack(
  context: Context,
  lines: readonly { id: string; record_id: string }[],
): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const found = await rows<{ line: string }>(
    context.db,
    sql`select cause ->> 'line' as line from history
        where record_id ${among([...new Set(lines.map(({ record_id }) => record_id))])} and name like '%.undone'
          and cause ->> 'line' = any(${lines.map(({ id }) => id)}::text[])`,
  );
  return new Set(found.map(({ line }) => line));
}
