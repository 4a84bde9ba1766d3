import { type Db, type Sql, sql } from '../../../kernel/database';
import type { Together } from '../../../kernel/house';
import type { CountPromises } from '../../design/service-level';
import { byRecord, type Delta, dayOf, deltasOf, dimensionsOf, movesFigures, summed } from './measure.rules';

/** Types whose lives are measured. */
const measured = new Set(['incident']);

/** The statement that appends deltas, where a condition holds; nothing when there are none. */
export function deltasSql(deltas: readonly Delta[], where: Sql = sql`true`): Sql[] {
  if (deltas.length === 0) return [];
  return [
    sql`insert into measure_delta (day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount)
      select * from jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb) as d (day date, type text, measure text, key text,
        department uuid, organization_id uuid, team_id uuid, service_id uuid, priority smallint, count integer, amount double precision)
      where ${where}`,
  ];
}

/** Promises that ended count on their day, for the record as it stands; those that run again count no longer. */
export const countPromises: CountPromises = (ended, current) =>
  deltasSql(
    summed(
      ended.map(({ record, target, ended_at, met, sign }) => ({
        ...dimensionsOf(record),
        day: dayOf(ended_at),
        measure: 'promise',
        key: target,
        count: sign,
        amount: met ? sign : 0,
      })),
    ),
    current,
  );

/** Figures over time are true together with the record; they are only appended, so nobody waits for a row. */
export const measuresTogether: Together = {
  name: 'figures over time',
  on: (line) => measured.has(line.type) && movesFigures(line),
  beside: async (_context, lines) => deltasSql([...byRecord(lines).values()].flatMap(deltasOf)),
};

/** What goes without team and service, added to the cells of a table called m. */
const coarse = (day: Sql) => sql`(day, type, measure, key, department, organization_id, priority, count, amount)
      select ${day}, type, measure, key, department, organization_id, priority, sum(count), sum(amount)
      from gone group by 1, 2, 3, 4, 5, 6, 7
      on conflict (type, measure, key, day, department, organization_id, priority)
        do update set count = m.count + excluded.count, amount = m.amount + excluded.amount`;

/** Folds appended deltas into days, and into days and months without team and service. Answers how many were folded. */
export async function foldMeasures(db: Db, most = 20_000): Promise<number> {
  const folded = await sql<{ n: number }>`
    with gone as (
      delete from measure_delta where id in (select id from measure_delta order by id limit ${most} for update skip locked)
      returning day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount
    ), kept as (
      insert into measure_day as m (day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount)
      select day, type, measure, key, department, organization_id, team_id, service_id, priority, sum(count), sum(amount)
      from gone group by 1, 2, 3, 4, 5, 6, 7, 8, 9
      on conflict (type, measure, key, day, department, organization_id, team_id, service_id, priority)
        do update set count = m.count + excluded.count, amount = m.amount + excluded.amount
    ), total as (
      insert into measure_total as m ${coarse(sql`day`)}
    ), month as (
      insert into measure_month as m ${coarse(sql`date_trunc('month', day::timestamp)::date`)}
    ) select count(*)::int as n from gone`.execute(db);
  return folded.rows[0]?.n ?? 0;
}
