import { type Db, rows, sql } from './database';
import { blank, type StoredChange } from './history';

/**
 * Takes the values of these fields out of a record's history; every field when none is named. Digests stay, so the
 * chain of seals holds. The lines that tell of the erasure keep what they say anew and lose what stood before. Answers
 * how many values went.
 */
export async function blankHistory(
  db: Db,
  recordIds: readonly string[],
  fields: readonly string[] | 'all',
  telling: ReadonlySet<string> = new Set(),
): Promise<number> {
  const lines = await rows<{ id: string; recorded_at: Date; changes: StoredChange[] }>(
    db,
    sql`select id, recorded_at, changes from history where record_id = any(${[...recordIds]}::uuid[]) order by id`,
  );
  let count = 0;
  const touched: { id: string; recorded_at: Date; changes: StoredChange[] }[] = [];
  for (const line of lines) {
    const changes = line.changes.map((change) => {
      if ('erased' in change || (fields !== 'all' && !fields.includes(change.field)) || always.has(change.field))
        return change;
      if (telling.has(line.id) && change.before === null) return change;
      count += 1;
      return blank(change);
    });
    if (changes.some((change, at) => change !== line.changes[at])) touched.push({ ...line, changes });
  }
  for (let at = 0; at < touched.length; at += 500)
    await sql`update history h set changes = x.changes
      from jsonb_to_recordset(${JSON.stringify(touched.slice(at, at + 500))}::jsonb) as x (id uuid, recorded_at timestamptz, changes jsonb)
      where h.id = x.id and h.recorded_at = x.recorded_at`.execute(db);
  return count;
}

/** What a life is told by stays: without it neither state nor figures could be read from history. */
const always = new Set(['state']);
