import { type Db, rows, sql } from '../../../kernel/database';
import type { Report } from './similar.rules';

export interface OpenReport extends Report {
  readonly number: string;
  readonly department: string;
  readonly opened_at: Date;
  readonly parent_id: string | null;
  readonly major: boolean;
}

/** Unfinished reports of these departments since an instant, oldest first; at most 200 of each time are looked at. */
export function reportsSince(db: Db, departments: readonly string[], since: Date): Promise<OpenReport[]> {
  return rows<OpenReport>(
    db,
    sql`select r.id, r.number, r.title, r.department, r.opened_at, i.service_id, i.configuration_item_id, i.parent_id, i.major
        from record r join incident i on i.id = r.id
        where r.department = any(${[...departments]}::uuid[]) and r.type = 'incident' and r.opened_at >= ${since}
          and r.state_category in ('open', 'paused')
        order by r.opened_at desc, r.id desc limit 200`,
  ).then((found) => found.reverse());
}

/** The unfinished children of incidents: their ids by parent. */
export async function childrenOf(db: Db, parents: readonly string[]): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string; parent_id: string }>(
    db,
    sql`select i.id, i.parent_id from incident i join record r on r.id = i.id
        where i.parent_id = any(${[...parents]}::uuid[]) and r.state_category in ('open', 'paused') order by r.serial`,
  );
  const out = new Map<string, string[]>();
  for (const one of found) out.set(one.parent_id, [...(out.get(one.parent_id) ?? []), one.id]);
  return out;
}
