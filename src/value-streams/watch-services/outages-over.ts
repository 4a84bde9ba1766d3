import { type Db, rows, sql } from '../../kernel/database';

/**
 * Outages that alerts began and that are over with these alerts: those of their services on which nothing fires any
 * more that would be an outage by itself. Each with one of the alerts.
 */
export async function outagesOver(db: Db, alertIds: readonly string[]): Promise<{ id: string; alert_id: string }[]> {
  const rank = (column: string) =>
    sql`array_position(array['info', 'warning', 'major', 'critical'], ${sql.ref(column)})`;
  return rows<{ id: string; alert_id: string }>(
    db,
    sql`select distinct on (o.id) o.id, a.id as alert_id
        from alert a join outage o on o.service_id = a.service_id or o.cause_id = a.id
          join record r on r.id = o.id join alert c on c.id = o.cause_id
        where a.id = any(${[...alertIds]}::uuid[]) and r.state = 'ongoing'
          and not exists (select 1 from alert f join record s on s.id = f.id join alert_source m on m.id = f.source_id
            where f.service_id = o.service_id and s.state = 'firing' and s.department is not distinct from r.department
              and ${rank('f.severity')} >= ${rank('m.outage_from')})
        order by o.id, a.id`,
  );
}
