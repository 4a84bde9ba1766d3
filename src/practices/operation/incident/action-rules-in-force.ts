import { among, type Db, type Row, rows, type Sql, sql } from '../../../kernel/database';
import { type ActionRule, type Earlier, inOrder } from './action.rules';
import type { Sorted } from './assignment.rules';

/** Is any rule switched on? Asked by the database beside a write. */
export const anyActionRule: Sql = sql`exists (select 1 from action_rule a join record r on r.id = a.id where r.state = 'active')`;

/** Is the department of one of these teams confidential? `teams` is an array. */
export const anyWalled = (teams: Sql): Sql =>
  sql`exists (select 1 from record t join department w on w.id = t.department where w.confidential and t.id = any(${teams}))`;

/** The teams a rule names, over the alias `a`. */
const teamsNamed = sql`(a.tell_team_ids || a.to_team_id)`;

/** The rules that are switched on, in their order; `ids`: only these. */
export async function actionRulesInForce(db: Db, ids?: readonly string[]): Promise<ActionRule[]> {
  const found = await rows<ActionRule>(
    db,
    sql`select a.*, r.id, r.number, r.title as name, r.version, r.department, coalesce(d.confidential, false) or ${anyWalled(teamsNamed)} as walled
        from action_rule a join record r on r.id = a.id left join department d on d.id = r.department
        where r.state = 'active' ${ids ? sql`and r.id ${among(ids)}` : sql``} order by a.rank, r.serial`,
  );
  return inOrder(found);
}

/** A row of an incident as rules and conditions speak of it: its own fields beside the declared ones. */
export const asSorted = (row: Row): Sorted => ({ ...row, ...(row.custom as Row | null | undefined) });

/** What rules did to an incident. */
export interface ByRule extends Earlier {
  readonly record_id: string;
  /** The line it all began with. */
  readonly root: string;
  /** Since anybody but rules and timers last did something. */
  readonly lately: boolean;
}

/** What rules have done to these incidents, oldest first. */
export async function doneByRules(db: Db, ids: readonly string[]): Promise<Map<string, ByRule[]>> {
  const found = await rows<ByRule>(
    db,
    sql`select h.record_id, h.why ->> 'rule_id' as rule_id, h.why ->> 'root' as root, h.changes,
          case when d.confidential or ${anyWalled(teamsNamed)} then 'another rule' else h.why ->> 'rule' end as rule,
          coalesce(h.id > o.id, true) as lately
        from history h left join record u on u.id = (h.why ->> 'rule_id')::uuid left join department d on d.id = u.department
          left join action_rule a on a.id = u.id
          left join lateral (select x.id from history x where x.record_id = h.record_id
            and x.actor_kind not in ('rule', 'timer', 'system') order by x.id desc limit 1) o on true
        where h.record_id ${among(ids)} and h.actor_kind = 'rule' and h.why ? 'root' order by h.id`,
  );
  const map = new Map<string, ByRule[]>();
  for (const one of found) map.set(one.record_id, [...(map.get(one.record_id) ?? []), one]);
  return map;
}

/** The people who watch these incidents. */
export async function watchersNow(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = await rows<{ record_id: string; person_id: string }>(
    db,
    sql`select record_id, person_id from watcher where record_id ${among(ids)}`,
  );
  const map = new Map<string, string[]>();
  for (const one of found) map.set(one.record_id, [...(map.get(one.record_id) ?? []), one.person_id]);
  return map;
}
