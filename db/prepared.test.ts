import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../test/database';
import { keepingPlans } from './prepared';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 1 });
});
afterAll(() => database.drop());

const kept = async () =>
  (await database.pool.query('select statement, generic_plans from pg_prepared_statements order by 1')).rows as {
    statement: string;
    generic_plans: number;
  }[];

test('a look-up that comes again and again is planned once, a list and a search are planned for their values', async () => {
  const connections = keepingPlans(database.pool);
  const connection = await connections.connect();
  const ask = (text: string, values: unknown[]) => connection.query(text, values);
  const look = 'select id from record where id = any(array[$1::uuid])';
  const list = 'select id from record where type = $1 order by opened_at limit $2';
  const search = 'select record_id from search_document where words @@ $1::tsquery';
  for (let turn = 0; turn < 20; turn++) {
    await ask(look, ['00000000-0000-0000-0000-000000000000']);
    await ask(list, ['incident', 5]);
    await ask(search, ["'x'"]);
  }
  connection.release();
  const found = await kept();
  expect(found.map(({ statement }) => statement)).toEqual([look]);
  expect(Number(found[0]!.generic_plans)).toBeGreaterThan(5);
});

test('a migration by another process fails no statement: what was planned before it is planned anew', async () => {
  const connection = await keepingPlans(database.pool).connect();
  const ask = (text: string) => connection.query(text, []);
  await ask('create table planned (a integer)');
  await ask('insert into planned values (1)');
  for (let turn = 0; turn < 8; turn++) await ask('select * from planned');
  await ask('alter table planned add b integer default 2');
  expect((await ask('select * from planned')).rows).toEqual([{ a: 1, b: 2 }]);
  for (let turn = 0; turn < 8; turn++) await ask('select * from planned');
  await ask('alter table planned add c integer default 3');
  await ask('begin');
  // Within a transaction the door begins anew; then it holds.
  await expect(ask('select * from planned')).rejects.toThrow('cached plan');
  await ask('rollback');
  await ask('begin');
  expect((await ask('select * from planned')).rows).toEqual([{ a: 1, b: 2, c: 3 }]);
  await ask('commit');
  connection.release();
});

test('a transaction begins with its first statement: what fails spoils it, what is taken back is gone', async () => {
  const connection = await keepingPlans(database.pool).connect();
  const ask = (text: string) => connection.query(text, []);
  const all = async () => (await ask('select a from begun order by a')).rows.map((row) => (row as { a: number }).a);
  await ask('create table begun (a integer primary key)');
  for (const ending of ['commit', 'rollback']) {
    await ask('begin');
    await ask(ending);
  }
  await ask('begin');
  await ask('insert into begun values (1)');
  expect(await all()).toEqual([1]);
  await ask('rollback');
  expect(await all()).toEqual([]);
  await ask('begin');
  await ask('insert into begun values (2)');
  await ask('commit');
  await ask('begin');
  await expect(ask('insert into begun values (2)')).rejects.toThrow('begun_pkey');
  await expect(ask('insert into begun values (3)')).rejects.toThrow('aborted');
  await ask('rollback');
  await ask('start transaction isolation level repeatable read');
  expect((await ask('show transaction_isolation')).rows).toEqual([{ transaction_isolation: 'repeatable read' }]);
  await ask('commit');
  expect(await all()).toEqual([2]);
  connection.release();
});
