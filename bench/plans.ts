import { Kysely, PostgresDialect } from 'kysely';
import { createPool } from '../db/pool';
import { actorOf } from '../src/commons/people';
import { list } from '../src/commons/reading';
import { throughline } from '../src/house';
import { sql, type Tables } from '../src/kernel/database';
import { Refusal } from '../src/kernel/refusal';
import { knownRows } from '../src/known';

export interface PlanRead {
  readonly query: string;
  /** Rows the plan read from tables and indexes to answer one page. */
  readonly rows: number;
}

/** At a million, 30,000 are open: lists that begin with those and ask for others pass them all. */
export const mostRows = 30_000;

const sorts = [
  'number',
  '-number',
  'opened_at',
  '-opened_at',
  'updated_at',
  '-updated_at',
  'due_at',
  '-due_at',
  'priority,opened_at',
  'priority,-opened_at',
  'priority,due_at',
  'queue_at',
];
const open = 'new,assigned,in_progress,on_hold';

interface Node {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

/** Reads every declared list of incidents as the service desk agent does, and answers how much each plan read. */
export async function readPlans(url: string, email: string, filters: readonly string[]): Promise<PlanRead[]> {
  const pool = createPool(url, { name: 'throughline bench plans', max: 2, statementTimeoutMs: 120_000 });
  const asked: { text: string; values: readonly unknown[] }[] = [];
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => {
      asked.push({ text: event.query.sql, values: event.query.parameters });
    },
  });
  try {
    const fields = knownRows();
    await fields.refresh(db);
    const house = throughline(fields);
    const [person] = (await sql<{ id: string }>`select id from person where email = ${email}`.execute(db)).rows;
    const actor = (await actorOf(db, person!.id))!;
    const found: PlanRead[] = [];
    for (const filter of ['', `state=${open}`, 'state=closed', 'priority=1', ...filters])
      for (const sort of sorts) {
        asked.length = 0;
        const query = { ...Object.fromEntries(new URLSearchParams(filter)), sort, limit: '50' };
        try {
          await list({ db, house, actor, now: new Date() }, house.types.get('incident')!, query);
        } catch (error) {
          if (error instanceof Refusal) continue;
          throw error;
        }
        let read = 0;
        for (const { text, values } of [...asked]) {
          const answer = await pool.query(`explain (analyze, format json) ${text}`, [...values]);
          read += rowsRead(answer.rows[0]['QUERY PLAN'][0].Plan as Node);
        }
        found.push({ query: `${filter}${filter && '&'}sort=${sort}`, rows: Math.round(read) });
      }
    return found;
  } finally {
    await db.destroy();
  }
}

function rowsRead(node: Node): number {
  const inner = (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), 0);
  if (!/(Seq|Index|Index Only|Bitmap Heap|Tid|Tid Range) Scan$/.test(node['Node Type'])) return inner;
  const touched =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return inner + touched * node['Actual Loops'];
}
