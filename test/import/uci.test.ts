import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uciIncidentLog } from '../../src/channels/import/mapping';
import { importUpdateLog } from '../../src/channels/import/update-log';
import { rows as all, type Row, sql } from '../../src/kernel/database';
import { type ImportedHouse, importHouse } from './house';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const shared = process.env.THROUGHLINE_SHARED ?? join(root, '..', 'shared');
const file = join(shared, 'data', 'uci-incident-log', 'incident_event_log.csv.gz');

/** The truths measured on the bytes of the real log, found again in our tables. Visible as skipped without the file. */
describe.skipIf(!existsSync(file))('the incident log of UCI (data set 498), imported', () => {
  let house: ImportedHouse;
  let outcome: Awaited<ReturnType<typeof importUpdateLog>>;
  let seconds: number;

  beforeAll(async () => {
    house = await importHouse();
    const began = performance.now();
    outcome = await importUpdateLog(house, uciIncidentLog, file);
    seconds = (performance.now() - began) / 1000;
    process.stderr.write(`the UCI log came in within ${seconds.toFixed(1)} s\n`);
  }, 600_000);
  afterAll(() => house.end());

  const one = async (query: ReturnType<typeof sql>) => (await all<Row>(house.db, query))[0]!;

  test('24,918 incidents and 141,712 lines, one for each row', async () => {
    expect(outcome).toMatchObject({ read: 141_712, created: 24_918, updated: 116_794, unchanged: 0, refused: [] });
    expect(
      await one(sql`select count(*)::int as lines, count(distinct cause ->> 'row')::int as rows, count(distinct record_id)::int as incidents
        from history where cause ->> 'file' = 'incident_event_log.csv.gz' and type = 'incident'`),
    ).toEqual({ lines: 141_712, rows: 141_712, incidents: 24_918 });
  });

  test("reopens and reassignments recomputed from our history are the log's own", () => {
    expect(outcome.reconcile).toEqual([
      { what: 'reopens', rows: 141_712, equal: 141_712 },
      { what: 'reassignments', rows: 141_712, equal: 141_191 },
    ]);
  });

  test('275 incidents were reopened, 331 times; all are closed; 23,362 know when they were resolved', async () => {
    expect(
      await one(sql`select count(*) filter (where reopen_count > 0)::int as reopened, sum(reopen_count)::int as reopens,
        count(closed_at)::int as closed, count(resolved_at)::int as resolved from incident where source = 'uci-incident-log'`),
    ).toEqual({ reopened: 275, reopens: 331, closed: 24_918, resolved: 23_362 });
  });

  test('priority is the function of impact and urgency that the model of its organization holds', async () => {
    expect(
      await one(sql`select count(*) filter (where r.priority <> (m.matrix ->> (i.impact::text || i.urgency::text))::int)::int as others,
          count(*)::int as incidents
        from incident i join record r on r.id = i.id join incident_model m on m.organization_id = i.organization_id`),
    ).toEqual({ others: 0, incidents: 24_918 });
  });

  test('made_sla stands beside the verdict of our own clock', async () => {
    expect(
      await one(sql`select count(*) filter (where (r.custom ->> 'x_made_sla')::boolean)::int as kept,
          count(*) filter (where c.state in ('met', 'breached'))::int as judged
        from record r join clock c on c.record_id = r.id and c.target = 'resolution' where r.type = 'incident'`),
    ).toEqual({ kept: 15_803, judged: 24_918 });
  });

  test('252 problems and 182 changes know their number, and say that they know nothing else', async () => {
    expect(
      await one(sql`select (select count(*)::int from problem) as problems, (select count(*)::int from change) as changes,
        (select count(*)::int from problem where description like 'Known from an imported log%') as said,
        (select count(*)::int from record where type in ('problem', 'change') and state = 'imported'
          and state_category = 'final') as imported,
        (select count(distinct problem_id)::int from incident) as named`),
    ).toEqual({ problems: 252, changes: 182, said: 252, imported: 434, named: expect.any(Number) });
  });

  test('the rows that obey no lifecycle are told as they were', async () => {
    const told = async (number: string) =>
      (
        await all<{ name: string; at: Date; row: number }>(
          house.db,
          sql`select h.name, h.at, (h.cause ->> 'row')::int as row from history h join incident i on i.id = h.record_id
              where i.source_number = ${number} order by h.id`,
        )
      ).map((line) => ({ ...line, name: line.name.replace('incident.', '') }));
    expect((await told('INC0000045')).map(({ name }) => name)).toEqual(['logged', 'resolved', 'edited', 'closed']);
    const disordered = await told('INC0000137');
    expect(disordered.map(({ row }) => row)).toEqual([...disordered.map(({ row }) => row)].sort((a, b) => a - b));
    expect(disordered.some(({ at }, place) => place > 0 && at < disordered[place - 1]!.at)).toBe(true);
    expect(
      await one(
        sql`select count(*)::int as strays from history where changes @> '[{"field": "incident_state", "after": "-100"}]'`,
      ),
    ).toEqual({ strays: 5 });
  });

  test('nothing is known of a question mark', async () => {
    expect(
      await one(sql`select count(*)::int as marks from record where title like '%?%' or custom::text like '%"?"%'`),
    ).toEqual({ marks: 0 });
  });

  test('the same file again writes nothing', async () => {
    const lines = () => one(sql`select count(*)::int as n from history`);
    const before = await lines();
    expect(await importUpdateLog(house, uciIncidentLog, file)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 141_712,
    });
    expect(await lines()).toEqual(before);
  }, 120_000);
});
