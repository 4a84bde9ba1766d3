import { type Db, rows, sql } from '../../kernel/database';

export interface OutageOver {
  readonly id: string;
  /** One of the alerts that recovered. */
  readonly alert_id: string;
  /** The alerts that held it: what else holds it does so on. */
  readonly causes: string[];
}

/**
 * Outages that alerts hold and that are over with these alerts: those of their services on which nothing fires any
 * more that would be an outage by itself.
 */
export async function outagesOver(db: Db, alertIds: readonly string[]): Promise<OutageOver[]> {
  const rank = (column: string) =>
    sql`array_position(array['info', 'warning', 'major', 'critical'], ${sql.ref(column)})`;
  return rows<OutageOver>(
    db,
    sql`with held as (select o.id, o.service_id, r.department, coalesce((select array_agg(h.cause_id) from outage_hold h
            where h.record_id = o.id and h.until is null), array_remove(array[o.cause_id], null)) as causes
          from outage o join record r on r.id = o.id where r.state = 'ongoing')
        select distinct on (o.id) o.id, a.id as alert_id,
          array(select c.id from alert c where c.id = any(o.causes)) as causes
        from alert a join held o on o.service_id = a.service_id or a.id = any(o.causes)
        where a.id = any(${[...alertIds]}::uuid[]) and exists (select 1 from alert c where c.id = any(o.causes))
          and not exists (select 1 from alert f join record s on s.id = f.id join alert_source m on m.id = f.source_id
            where f.service_id = o.service_id and s.state = 'firing' and s.department is not distinct from o.department
              and ${rank('f.severity')} >= ${rank('m.outage_from')})
        order by o.id, a.id`,
  );
}
