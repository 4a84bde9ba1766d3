import { show } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';

interface Handed {
  readonly id: string;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly team_id: string;
  readonly reason: string | null;
}

/**
 * How an incident came from another team: by whom, why, and the last notes that were written before. Null when it never
 * changed its team, or is over.
 */
export async function handedOf(context: Context, record: Row) {
  if (!Number(record.reassignment_count) || !['open', 'paused'].includes(String(record.state_category))) return null;
  const [line] = await rows<Handed>(
    context.db,
    sql`select h.id, h.at, h.actor_id, c ->> 'before' as team_id,
          (select x ->> 'after' from jsonb_array_elements(h.changes) x where x ->> 'field' = 'reason' limit 1) as reason
        from history h cross join lateral jsonb_array_elements(h.changes) c
        where h.record_id = ${record.id}::uuid and c ->> 'field' = 'team_id' and c ->> 'before' is not null
          and h.name not like '%.undone' and not exists (select 1 from history u where u.record_id = h.record_id
            and u.name like '%.undone' and u.cause ->> 'line' = h.id::text)
        order by h.id desc limit 1`,
  );
  if (!line) return null;
  const notes = await rows<{ at: Date; author_id: string | null; text: string }>(
    context.db,
    sql`select at, author_id, text from comment where record_id = ${record.id}::uuid and kind = 'note'
        and at <= ${line.at} order by id desc limit 2`,
  );
  const people = [line.actor_id, line.team_id, ...notes.map((note) => note.author_id)].flatMap((id) => id ?? []);
  const names = await show(context, people);
  const nameOf = (id: string | null) => (id ? (names.get(id)?.name ?? null) : null);
  return {
    at: line.at,
    by: nameOf(line.actor_id),
    from: nameOf(line.team_id),
    reason: line.reason,
    notes: notes.map(({ at, author_id, text }) => ({ at, by: nameOf(author_id), text })),
  };
}
