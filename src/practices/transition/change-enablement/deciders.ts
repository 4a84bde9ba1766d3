import type { Context, FactItem } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import { say } from '../../../kernel/sentence.contract';

/** Who is asked to decide on a change. */
export interface Deciders {
  /** The owners of the services it touches; they may decide, besides the change managers. */
  readonly owners: readonly string[];
  /** Whom the line tells: the owners, else the change managers of its department. */
  readonly asked: readonly string[];
}

/**
 * Who may say yes to each change: the owners of its service and of those its components serve, else the change managers
 * of its department; never who asked for it or submitted it.
 */
export async function decidersOf(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Deciders>> {
  const found = await rows<{ id: string; who: string; owner: boolean }>(
    context.db,
    sql`with c as (select c.id, c.service_id, c.configuration_item_ids, c.submitted_by_id, r.requester_id, r.department
          from change c join record r on r.id = c.id where c.id ${among(items.map(({ key }) => key))}),
        touched as (select c.id, s.owner_id from c join service s on s.id = c.service_id
          union select c.id, s.owner_id from c join configuration_item i on i.id = any(c.configuration_item_ids)
            join service s on s.id = any(i.service_ids)),
        may as (select t.id, t.owner_id as who, true as owner from touched t where t.owner_id is not null
          union all select c.id, p.id, false from c join person p
            on 'change_manager' = any(p.roles) and c.department = any(p.departments))
        select may.id, may.who, may.owner from may join c on c.id = may.id join record w on w.id = may.who
        where may.who is distinct from c.requester_id and may.who is distinct from c.submitted_by_id
          and w.state = 'active' order by w.serial`,
  );
  return new Map(
    items.map(({ key }) => {
      const mine = found.filter(({ id }) => id === key);
      const owners = [...new Set(mine.filter(({ owner }) => owner).map(({ who }) => who))];
      return [key, { owners, asked: owners.length > 0 ? owners : mine.map(({ who }) => who) }];
    }),
  );
}

/** Those who are asked, for the line that asks them. */
export const asking = (to: readonly string[] | undefined) => ({
  sentence: String(say`The owners of the services it touches are asked, else the change managers.`),
  to: (to ?? []).map((id) => ({ id })),
});
