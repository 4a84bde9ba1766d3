import { momentsOf } from '../../../commons/taking-back/moments.rules';
import { type Db, type Row, rows, sql, transact } from '../../../kernel/database';
import type { StoredChange } from '../../../kernel/history';
import type { House } from '../../../kernel/house';
import { endedPromisesOf } from '../../design/service-level';
import { deltasSql, foldMeasures } from './keep';
import { byRecord, type Delta, deltasOf, summed } from './measure.rules';

interface LineRow {
  id: string;
  record_id: string;
  name: string;
  at: Date;
  cause: unknown;
  changes: StoredChange[];
}

const batch = 2_000;

/**
 * Makes all figures over time anew from history and clocks, by the same rules that keep them. Holds off writers of figures while it
 * runs. Answers how many lines it read.
 */
export async function rebuildMeasures(db: Db, house: House, progress?: (lines: number) => void): Promise<number> {
  return transact(db, async (trx) => {
    await sql`lock table measure_delta, measure_day, measure_total, measure_month in exclusive mode`.execute(trx);
    await sql`delete from measure_delta`.execute(trx);
    await sql`delete from measure_day`.execute(trx);
    await sql`delete from measure_total`.execute(trx);
    await sql`delete from measure_month`.execute(trx);
    const type = house.types.get('incident')!;
    await sql`insert into measure_delta (day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount)
      select day, type, 'promise', key, department, organization_id, team_id, service_id, priority, count(*), sum(met)
      from (${endedPromisesOf(type)}) promise group by 1, 2, 4, 5, 6, 7, 8, 9`.execute(trx);
    let read = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const records = await rows<Row>(
        trx,
        sql`select r.id, r.opened_at from record r where r.type = ${type.type} and r.id > ${after}::uuid order by r.id limit ${batch}`,
      );
      if (records.length === 0) break;
      const lines = await rows<LineRow>(
        trx,
        sql`select id, record_id, name, at, cause, changes from history where record_id = any(${records.map((row) => String(row.id))}::uuid[]) order by id`,
      );
      const told = byRecord(lines);
      const deltas = records.flatMap((row) => replay(type.type, row, told.get(String(row.id)) ?? []));
      for (const part of deltasSql(summed(deltas))) await part.execute(trx);
      while ((await foldMeasures(trx)) > 0);
      read += lines.length;
      progress?.(read);
      after = String(records[records.length - 1]!.id);
    }
    return read;
  });
}

/** The deltas of one life: its lines laid on each other. */
function replay(type: string, row: Row, lines: readonly LineRow[]): Delta[] {
  const moments = momentsOf(lines, { type, opened_at: row.opened_at });
  return moments.length > 0 ? deltasOf(moments) : [];
}
