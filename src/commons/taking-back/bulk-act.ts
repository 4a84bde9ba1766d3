import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import { isId } from '../../kernel/id';
import { undoMs } from './until';

/** Remembers which lines one verb on many left, under the name its answer bears; `until`: where it is a part of more. */
export async function keepBulk(
  context: Context,
  id: string,
  type: string,
  lineIds: readonly string[],
  until: Date | null = null,
): Promise<void> {
  await sql`insert into bulk_act (id, actor_id, type, line_ids, at, until)
    values (${id}, ${context.actor.id}, ${type}, ${[...lineIds]}::uuid[], ${context.now}, ${until})`.execute(
    context.db,
  );
}

export interface BulkAct {
  readonly type: string;
  readonly at: Date;
  /** Until when it can be taken back. */
  readonly until: Date;
  readonly items: readonly { id: string; input: { line: string } }[];
}

/** One verb on many that this caller did, with the lines it left; undefined when there is none. */
export async function bulkNamed(context: Context, id: string): Promise<BulkAct | undefined> {
  if (!isId(id)) return undefined;
  const [found] = await rows<{ type: string; at: Date; until: Date | null; line_ids: string[] }>(
    context.db,
    sql`select type, at, until, line_ids from bulk_act where id = ${id}::uuid and actor_id = ${context.actor.id}::uuid`,
  );
  if (!found) return undefined;
  const items = await rows<{ id: string; line: string }>(
    context.db,
    sql`select record_id as id, id as line from history where id = any(${found.line_ids}::uuid[]) order by id`,
  );
  return {
    type: found.type,
    at: found.at,
    until: found.until ?? new Date(found.at.getTime() + undoMs),
    items: items.map(({ id, line }) => ({ id, input: { line } })),
  };
}
