import { type Db, type Row, rows, sql } from '../../../kernel/database';

export interface Ongoing extends Row {
  readonly id: string;
  readonly service_id: string;
  readonly cause_id: string | null;
  /** The causes that hold it now. */
  readonly held_by: readonly string[];
}

/** The causes of an outage `o`; one that came in with its past is held by the cause it names. */
const heldBy = sql`coalesce((select array_agg(h.cause_id order by h.id) from outage_hold h
    where h.record_id = o.id and h.until is null), array_remove(array[o.cause_id], null))`;

/** Outages that go on: of these services, or from these causes. */
export function ongoing(db: Db, by: 'service_id' | 'cause_id', ids: readonly string[]): Promise<Ongoing[]> {
  return rows<Ongoing>(
    db,
    sql`select o.id, o.service_id, o.cause_id, r.department, ${heldBy} as held_by
        from outage o join record r on r.id = o.id
        where r.state = 'ongoing' and ${
          by === 'service_id' ? sql`o.service_id = any(${[...ids]}::uuid[])` : sql`${heldBy} && ${[...ids]}::uuid[]`
        } order by r.serial`,
  );
}

/** Names and departments of services: behind their walls goes what is told of them. */
export async function servicesBy(db: Db, ids: readonly string[]) {
  const found = await rows<{ id: string; name: string; department: string | null }>(
    db,
    sql`select r.id, coalesce(s.customer_name, r.title) as name, r.department from service s join record r on r.id = s.id
        where s.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(found.map((one) => [one.id, one]));
}
