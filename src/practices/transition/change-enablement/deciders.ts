import type { Context, FactItem } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';

/** Who may say yes to each change: the owner of its service, else the change managers of its department; never who asked. */
export async function decidersOf(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string; who: string }>(
    context.db,
    sql`select c.id, p.id as who from change c join record r on r.id = c.id left join service s on s.id = c.service_id
          join person p on case when s.owner_id is distinct from r.requester_id and s.owner_id is not null
              then p.id = s.owner_id
              else 'change_manager' = any(p.roles) and r.department = any(p.departments) end
        where c.id ${among(items.map(({ key }) => key))} and p.id is distinct from r.requester_id
          and p.id is distinct from c.submitted_by_id`,
  );
  const map = new Map<string, string[]>();
  for (const { id, who } of found) map.set(id, [...(map.get(id) ?? []), who]);
  return map;
}

/** Those who are asked, for the line that asks them. */
export const asking = (to: readonly string[] | undefined) => ({
  sentence: 'The owner of its service is asked, else the change managers.',
  to: (to ?? []).map((id) => ({ id })),
});
