import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../test/database';
import { isMigrated, migrate } from './migrate';

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  database = await testDatabase({ empty: true });
});
afterAll(() => database.drop());
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  await database.pool.query('drop schema public cascade; create schema public');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const write = (name: string, sql: string) => writeFileSync(join(directory, name), sql);
const run = () => migrate(database.pool, { directory });
const tables = async (): Promise<string[]> => {
  const found = await database.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  return found.rows.map((row) => row.table_name);
};

describe('migrations', () => {
  test('are applied in order, once, and remembered with the instant given', async () => {
    write('0002-more.sql', 'alter table thing add column size int;');
    write('0001-first.sql', 'create table thing (id int);');
    const at = new Date('2030-01-02T03:04:05Z');
    expect(await migrate(database.pool, { directory, now: () => at })).toEqual({
      applied: ['0001-first', '0002-more'],
      before: 0,
    });
    expect(await run()).toEqual({ applied: [], before: 2 });
    const remembered = await database.pool.query('select name, applied_at from migration order by name');
    expect(remembered.rows).toEqual([
      { name: '0001-first', applied_at: at },
      { name: '0002-more', applied_at: at },
    ]);
  });

  test('a failing file leaves nothing of itself, keeps those before it, and names its line', async () => {
    write('0001-good.sql', 'create table good (id int);');
    write('0002-bad.sql', 'create table half (id int);\n\nselect nonsense from nowhere;');
    await expect(run()).rejects.toThrow(/"0002-bad" failed in line 3: .*nowhere/);
    expect(await tables()).toEqual(['good', 'migration']);
  });

  test('an applied file that was changed is refused with its name', async () => {
    write('0001-first.sql', 'create table thing (id int);');
    await run();
    write('0001-first.sql', 'create table thing (id bigint);');
    await expect(run()).rejects.toThrow('"0001-first" was changed after it had been applied');
  });

  test('different line ends are no change', async () => {
    write('0001-first.sql', 'create table thing (\n  id int\n);\n');
    await run();
    write('0001-first.sql', 'create table thing (\r\n  id int\r\n);\r\n');
    expect(await run()).toEqual({ applied: [], before: 1 });
  });

  test('a database newer than the files is refused', async () => {
    write('0001-first.sql', 'create table thing (id int);');
    write('0002-more.sql', 'create table other (id int);');
    await run();
    rmSync(join(directory, '0002-more.sql'));
    await expect(run()).rejects.toThrow(/database is newer .* "0002-more"/);
    expect(await isMigrated(database.pool, directory)).toBe(false);
  });

  test('a file numbered below an applied one is refused', async () => {
    write('0002-later.sql', 'create table thing (id int);');
    await run();
    write('0001-earlier.sql', 'create table other (id int);');
    await expect(run()).rejects.toThrow('"0001-earlier" comes before "0002-later"');
  });

  test('a badly named file and a number given twice are refused', async () => {
    write('1-first.sql', 'select 1;');
    await expect(run()).rejects.toThrow('"1-first.sql" is not named like');
    rmSync(join(directory, '1-first.sql'));
    write('0001-a.sql', 'select 1;');
    write('0001-b.sql', 'select 1;');
    await expect(run()).rejects.toThrow('bear the same number');
  });

  test('two servers starting at once apply each file once', async () => {
    write('0001-first.sql', 'create table thing (id int); select pg_sleep(0.2);');
    write('0002-more.sql', 'alter table thing add column size int;');
    const results = await Promise.all([run(), run(), run()]);
    expect(results.flatMap((result) => result.applied).sort()).toEqual(['0001-first', '0002-more']);
    expect(await isMigrated(database.pool, directory)).toBe(true);
  });
});
