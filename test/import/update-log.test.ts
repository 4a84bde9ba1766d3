import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows as all, sql } from '../../src/kernel/database';
import { newId } from '../../src/kernel/id';
import { sealAll, sealLag } from '../../src/kernel/seal';
import { verifyHistory } from '../../src/kernel/verify';
import { type ImportedHouse, importHouse, type Life, livesIn } from './house';
import { damaged, logFile, rows } from './sample-log';

let house: ImportedHouse;
let lives: Record<string, Life>;
let outcome: Awaited<ReturnType<ImportedHouse['bring']>>;

beforeAll(async () => {
  house = await importHouse();
  outcome = await house.bring(logFile(rows, 'library.csv'));
  lives = await livesIn(house, true);
});
afterAll(() => house.end());

const told = (key: string) => lives[key]!.lines.map(({ name }) => name.replace('incident.', ''));
const record = (key: string) => lives[key]!.record;

test('every row gives exactly one line, whose cause is the file and its line in it', async () => {
  expect(outcome).toMatchObject({ read: rows.length, created: 6, updated: rows.length - 6, unchanged: 0, refused: [] });
  const [found] = await all<{ lines: number; files: string }>(
    house.db,
    sql`select count(*)::int as lines, string_agg(distinct cause ->> 'file', ',') as files from history where cause ? 'row'`,
  );
  expect(found).toEqual({ lines: rows.length, files: 'library.csv' });
  expect(lives.T1!.lines.map((line) => line.row)).toEqual([2, 3, 4, 5, 6, 37]);
});

test('lines are named after the strongest thing in them', () => {
  expect(told('T1')).toEqual(['logged', 'started', 'held', 'held', 'resolved', 'closed']);
  expect(told('T2')).toEqual(['logged', 'edited', 'resolved', 'closed', 'reopened', 'resolved', 'closed']);
  expect(told('T3')).toEqual(['logged', 'closed']);
  expect(told('T4')).toEqual(['logged', 'started', 'edited']);
  expect(told('T5')).toEqual(['logged', 'assigned', 'edited', 'edited', 'assigned', 'assigned', 'started', 'assigned']);
  expect(told('T6')).toEqual(['logged', 'resumed', 'assigned', 'resolved', 'reopened']);
});

describe('what a record is in the end', () => {
  test('instants are read in the zone of the log, across the change of the clocks', () => {
    expect(record('T1').opened_at).toBe('2024-03-01T08:00:00.000Z');
    expect(lives.T4!.lines.map(({ at }) => at)).toEqual([
      '2024-03-03T14:00:00.000Z',
      '2024-03-03T13:30:00.000Z',
      '2024-03-31T01:30:00.000Z',
    ]);
  });

  test('final values are taken when their state is reached, and leave when it is left', () => {
    expect(record('T1')).toMatchObject({
      state: 'closed',
      resolved_at: '2024-03-04T09:00:00.000Z',
      closed_at: '2024-03-09T09:00:00.000Z',
      resolution_code: 'new card',
    });
    const reopened = lives.T2!.lines[4]!.changes;
    expect(reopened).toContainEqual(['resolved_at', '2024-03-06T11:00:00.000Z', null]);
    expect(reopened).toContainEqual(['closed_at', '2024-03-07T11:00:00.000Z', null]);
    expect(record('T2')).toMatchObject({ state: 'closed', resolved_at: '2024-03-06T11:00:00.000Z', reopen_count: 1 });
    expect(record('T3')).toMatchObject({ state: 'closed', resolved_at: null, resolution_code: null });
    expect(record('T6')).toMatchObject({ state: 'on_hold', hold_reason: 'requester', resolved_at: null });
  });

  test('stamps and counters are ours: the first team is none, no team is none, acknowledged at the first act', () => {
    expect(record('T5')).toMatchObject({ reassignment_count: 2, acknowledged_at: '2024-03-05T07:05:00.000Z' });
    expect(record('T1')).toMatchObject({ reassignment_count: 0, acknowledged_at: '2024-03-01T08:20:00.000Z' });
    expect(record('T3')).toMatchObject({ acknowledged_at: null, team_id: null, title: 'T3', source_number: 'T3' });
  });

  test('a stray state keeps the state before it, and the line remembers what was written', () => {
    expect(lives.T2!.lines[1]!.changes).toEqual([['status', null, '???']]);
  });

  test('a row that changes nothing but who and when is a line without changes', () => {
    expect(lives.T5!.lines[2]).toMatchObject({ name: 'incident.edited', actor: 'person Cem', changes: [] });
  });

  test('texts in quotation marks keep delimiters, marks and line ends', () => {
    expect(record('T6').title).toBe('Noise; loud: He said "stop"\nand left');
  });

  test('columns without a word of ours are fields of the organisation; what they name is made and linked', async () => {
    expect(record('T1').custom).toEqual({ x_in_time: false, x_shelf: 'A 1' });
    expect(record('T5').custom).toEqual({ x_in_time: true, x_change: 'change CR 6' });
    const links = await all<{ title: string; kind: string }>(
      house.db,
      sql`select r.title, l.kind from link l join record r on r.id = l.to_id order by 1`,
    );
    expect(links).toEqual([
      { title: 'CR 5', kind: 'relates' },
      { title: 'CR 6', kind: 'relates' },
    ]);
  });

  test('two spellings of a name are one person, of the organization and its department, without an e-mail', async () => {
    const people = await all<{ title: string; email: string | null; of: string; departments: number }>(
      house.db,
      sql`select r.title, p.email, o.title as of, cardinality(p.departments) as departments
          from person p join record r on r.id = p.id join record o on o.id = p.organization_id order by 1`,
    );
    expect(people.map(({ title }) => title)).toEqual(['Ann', 'Ben', 'Cem', 'Dea', 'Reader 7', 'Reader 8', 'Reader 9']);
    expect(new Set(people.map(({ email, of, departments }) => `${email} ${of} ${departments}`))).toEqual(
      new Set(['null The library 1']),
    );
  });

  test('the department is read by the agents of the one that is named; the promise is judged by our clock', async () => {
    const [department] = await all<{ readers: string[] }>(
      house.db,
      sql`select array(select key from department where id = any(d.read_by_ids)) as readers from department d where key = 'library'`,
    );
    expect(department!.readers).toEqual(['it']);
    const clocks = await all<{ source_number: string; state: string }>(
      house.db,
      sql`select i.source_number, c.state from clock c join incident i on i.id = c.record_id order by 1`,
    );
    expect(clocks).toContainEqual({ source_number: 'T1', state: 'breached' });
    expect(clocks.find((clock) => clock.source_number === 'T3')).toBeUndefined();
  });
});

test('the counters of the log are told beside those recomputed from our history', () => {
  expect(outcome.reconcile).toEqual([
    { what: 'reopens', rows: rows.length, equal: rows.length },
    { what: 'reassignments', rows: rows.length, equal: rows.length },
  ]);
});

test('everything is sealed and the chain holds', async () => {
  // Transactions of other tests on the same server hold the seal back for a moment.
  await expect
    .poll(
      async () => {
        await sealAll(house.db, newId(house.clock.now()), house.clock.now());
        return (await sealLag(house.db)).waiting;
      },
      { timeout: 50_000 },
    )
    .toBe(0);
  expect(await verifyHistory(house.db)).toMatchObject({ broken: null });
}, 60_000);

test('the same file again writes nothing, under another name too', async () => {
  const count = async () => (await all<{ n: number }>(house.db, sql`select count(*)::int as n from history`))[0]!.n;
  const before = await count();
  expect(await house.bring(logFile(rows, 'again.csv'))).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: rows.length,
  });
  expect(await count()).toBe(before);
  expect(await livesIn(house, true)).toEqual(lives);
});

test('a damaged line is refused with its number, and the rest goes in', async () => {
  const other = await importHouse();
  const mixed = rows.flatMap((row, at) => (damaged[at] ? [damaged[at].row, row] : [row]));
  const open = `${rows[0]!.replace('Cards', '"Cards')}`;
  const outcome = await other.bring(logFile([...mixed, open]));
  expect(outcome.refused.map(({ line }) => line)).toEqual([2, 4, 6, 8, 10, 12, 44]);
  for (const [at, { reason }] of damaged.entries()) expect(outcome.refused[at]!.reason).toMatch(reason);
  expect(outcome.refused.at(-1)!.reason).toMatch(/quotation mark is not closed/);
  expect(await livesIn(other)).toEqual(await livesIn(house));
  await other.end();
});

test('a dry run counts and refuses the same and writes nothing', async () => {
  const other = await importHouse();
  const outcome = await other.bring(logFile([...rows, damaged[1]!.row]), { dryRun: true });
  expect(outcome).toMatchObject({ read: rows.length + 1, created: 6, updated: rows.length - 6 });
  expect(outcome.refused).toHaveLength(1);
  const [found] = await all<{ records: number }>(other.db, sql`select count(*)::int as records from record`);
  expect(found!.records).toBe(1);
  await other.end();
});
