import { theSystemItself } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import { allMergedInto, mastersOf } from '../merge';
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
  const told = new Map<string, Map<string, { reason: Reason; row: Row }>>();
  const add = (line: Line, id: unknown, reason: Reason, row: Row) => {
    if (typeof id !== 'string' || id === line.actor_id) return;
    const mine = told.get(line.id) ?? new Map<string, { reason: Reason; row: Row }>();
    if (!mine.has(id)) mine.set(id, { reason, row });
    told.set(line.id, mine);
  };
  await tellAskers(context, lines.filter(isAnswer), add);
  // What is still said on a record that was merged is for whoever works on the one that stands for it.
  for (const line of lines.filter(({ name, after }) => after.merged_into_id && name.endsWith('.commented')))
    for (const { row } of await mastersOf({ ...context, actor: theSystemItself }, line.after))
      add(line, row.assignee_id, 'assigned', line.after);
  return told;
}

async function tellAskers(
  context: Context,
  answers: readonly Line[],
  add: (line: Line, id: unknown, reason: Reason, row: Row) => void,
): Promise<void> {
  if (answers.length === 0) return;
  const merged = await allMergedInto(
    context,
    answers.map((line) => line.record_id),
  );
  if (merged.length === 0) return;
  const watching = await rows<{ record_id: string; person_id: string }>(
    context.db,
    sql`select record_id, person_id from watcher
        where record_id = any(${merged.map(({ row }) => String(row.id))}::uuid[])`,
  );
  for (const line of answers)
    for (const { into_id, row } of merged) {
      if (into_id !== line.record_id) continue;
      add(line, row.requester_id, 'requester', row);
      add(line, row.beneficiary_id, 'beneficiary', row);
      for (const one of watching) if (one.record_id === row.id) add(line, one.person_id, 'watcher', row);
    }
}
