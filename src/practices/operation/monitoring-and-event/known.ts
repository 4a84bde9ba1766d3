import { createHash } from 'node:crypto';
import { type Db, rows, sql } from '../../../kernel/database';
import type { Severity } from './monitoring.contract';

/** A digest that stands for several texts: none of them is shown by it, and it has one length. */
export function digestOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export interface KnownAlert {
  readonly id: string;
  readonly key: string;
  readonly state: 'firing' | 'recovered';
  readonly severity: Severity;
  readonly incident_id: string | null;
}

/** Alerts by their keys. */
export async function alertsByKey(db: Db, keys: readonly string[]): Promise<Map<string, KnownAlert>> {
  const found = await rows<KnownAlert>(
    db,
    sql`select a.id, a.key, r.state, a.severity, a.incident_id from alert a join record r on r.id = a.id
        where a.key = any(${[...keys]}::text[])`,
  );
  return new Map(found.map((one) => [one.key, one]));
}

export interface GroupIncident {
  readonly group_digest: string;
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly state_category: string;
  readonly resolved_at: Date | null;
  readonly major: boolean;
  /** Whether any alert of the incident, of whatever group, still fires. */
  readonly firing: boolean;
}

/** The youngest incident of each group that has one. */
export async function incidentsOfGroups(db: Db, digests: readonly string[]): Promise<Map<string, GroupIncident>> {
  const found = await rows<GroupIncident>(
    db,
    sql`with recursive led as (
          select a.group_digest, r.id, r.merged_into_id, r.serial, 0 as n from alert a join record r on r.id = a.incident_id
          where a.group_digest = any(${[...digests]}::text[])
          union
          select l.group_digest, r.id, r.merged_into_id, r.serial, l.n + 1
          from led l join record r on r.id = l.merged_into_id where l.n < 20)
        select distinct on (l.group_digest) l.group_digest, r.id, r.number, r.state, r.state_category, i.resolved_at,
          i.major, exists (select 1 from alert b join record s on s.id = b.id
            where (b.incident_id = r.id or b.group_digest = l.group_digest) and s.state = 'firing') as firing
        from led l join record r on r.id = l.id join incident i on i.id = r.id
        where l.merged_into_id is null order by l.group_digest, l.serial desc`,
  );
  return new Map(found.map((one) => [one.group_digest, one]));
}

/** Sources by the word in their address, with what their alerts lead to. */
export interface Source {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  readonly key: string;
  readonly form: string;
  readonly mapping: unknown;
  readonly department: string | null;
  readonly on_recovery: 'resolve' | 'propose';
  readonly opens_from: Severity;
  readonly outage_from: Severity | null;
  readonly reopen_minutes: number;
  readonly heartbeats: readonly string[];
  readonly heartbeat_minutes: number | null;
  readonly silent_since: Date | null;
}

/** Sources by key or by id; those not there are missing in the answer. */
export async function sourcesBy(db: Db, by: 'key' | 'id', values: readonly string[]): Promise<Source[]> {
  const which = by === 'key' ? sql`s.key = any(${[...values]}::text[])` : sql`s.id = any(${[...values]}::uuid[])`;
  return rows<Source>(
    db,
    sql`select r.id, r.number, r.title as name, r.state, r.department, s.key, s.form, s.mapping, s.on_recovery, s.opens_from,
          s.outage_from, s.reopen_minutes, s.heartbeats, s.heartbeat_minutes, s.silent_since
        from alert_source s join record r on r.id = s.id where ${which}`,
  );
}

/** The department that takes what nobody else takes. */
export async function deskDepartment(db: Db): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    db,
    sql`select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1`,
  );
  return found?.id ?? null;
}
