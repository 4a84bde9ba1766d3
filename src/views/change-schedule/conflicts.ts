import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { sightOf } from '../../kernel/references';

const most = 50;

interface Found {
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  readonly planned_start: Date;
  readonly planned_end: Date;
  readonly components: { id: string; number: string; name: string }[];
}

/** Other changes that are not over, whose window overlaps this one on the same component; the earliest first. */
export async function conflictsOf(context: Context, change: Row): Promise<Found[]> {
  const parts = (change.configuration_item_ids as string[] | null) ?? [];
  if (!change.planned_start || !change.planned_end || parts.length === 0) return [];
  const seen = (type: string) =>
    sightOf(
      context,
      [context.house.types.get(type)].filter((one) => one !== undefined),
    );
  return rows<Found>(
    context.db,
    sql`select o.type, o.id, o.number, o.title as name, o.state, c.planned_start, c.planned_end, p.components
        from change c join record o on o.id = c.id
          cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'name', r.title)
              order by r.title), '[]') as components
            from record r where r.id = any(c.configuration_item_ids) and r.id = any(${parts}::uuid[])
              and ${seen('configuration_item')}) p
        where c.configuration_item_ids && ${parts}::uuid[] and c.id <> ${change.id}::uuid
          and c.planned_start < ${change.planned_end} and c.planned_end > ${change.planned_start}
          and o.state_category in ('open', 'paused')
          and exists (select 1 from record r where r.id = c.id and ${seen('change')})
        order by c.planned_start, o.id limit ${most}`,
  );
}
