import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import { allMergedInto } from '../merge';
import type { Reason } from './words';

/** What is answered on the record that stands for others: their askers and watchers are told of it on their own record. */
const answered = new Set(['commented', 'resolved', 'reopened', 'cancelled']);

/** Who is told of a line on a record of theirs that was merged into the line's: by person, the reason and their record. */
export type MergedReaders = ReadonlyMap<string, ReadonlyMap<string, { reason: Reason; row: Row }>>;

/** Is this something the team says to who asked? A comment of another asker is not for them. */
function isAnswer(line: Line): boolean {
  if (line.internal || !answered.has(line.name.slice(line.name.indexOf('.') + 1))) return false;
  const said = line.changes.find(({ field }) => field === 'comment')?.after as { from?: unknown } | undefined;
  return said?.from !== 'requester';
}

export async function mergedReaders(context: Context, lines: readonly Line[]): Promise<MergedReaders> {
  const answers = lines.filter(isAnswer);
  if (answers.length === 0) return new Map();
  const merged = await allMergedInto(
    context,
    answers.map((line) => line.record_id),
  );
  if (merged.length === 0) return new Map();
  const watching = await rows<{ record_id: string; person_id: string }>(
    context.db,
    sql`select record_id, person_id from watcher
        where record_id = any(${merged.map(({ row }) => String(row.id))}::uuid[])`,
  );
  return new Map(
    answers.map((line) => {
      const told = new Map<string, { reason: Reason; row: Row }>();
      const add = (id: unknown, reason: Reason, row: Row) => {
        if (typeof id === 'string' && id !== line.actor_id && !told.has(id)) told.set(id, { reason, row });
      };
      for (const { into_id, row } of merged) {
        if (into_id !== line.record_id) continue;
        add(row.requester_id, 'requester', row);
        add(row.beneficiary_id, 'beneficiary', row);
        for (const one of watching) if (one.record_id === row.id) add(one.person_id, 'watcher', row);
      }
      return [line.id, told];
    }),
  );
}
