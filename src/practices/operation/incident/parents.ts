import type { Context, FactItem } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';

/** Held while parents are looked at and set: two who set them at once might close a circle that neither saw. */
const parentLock = 7_310_458_203;

/** The incidents that would become their own ancestors by the parent they are given. */
export async function circlesOf(context: Context, items: readonly FactItem<Row>[]): Promise<Set<string>> {
  const asked = items.filter(({ input }) => typeof input.parent_id === 'string');
  if (asked.length === 0) return new Set();
  await sql`select pg_advisory_xact_lock(${parentLock}::bigint)`.execute(context.db);
  const found = await rows<{ start: string; ids: string[] }>(
    context.db,
    sql`with recursive up (start, id) as (
        select i.id, i.id from incident i
          where i.id ${among([...new Set(asked.map(({ input }) => String(input.parent_id)))])}
        union select up.start, i.parent_id from up join incident i on i.id = up.id where i.parent_id is not null)
      select start, array_agg(id) as ids from up group by start`,
  );
  const ancestors = new Map(found.map(({ start, ids }) => [start, new Set(ids)]));
  return new Set(
    asked.filter(({ key, input }) => ancestors.get(String(input.parent_id))?.has(key)).map(({ key }) => key),
  );
}
