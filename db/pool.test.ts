import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../test/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ empty: true, statementTimeoutMs: 300 });
});
afterAll(() => database.drop());

const one = async (expression: string): Promise<unknown> =>
  (await database.pool.query(`select ${expression} as value`)).rows[0]?.value;

test('values come as the product reads them', async () => {
  expect(await one('42::int8')).toBe(42);
  expect(await one('9007199254740993::int8')).toBe('9007199254740993');
  expect(await one('1.50::numeric')).toBe('1.50');
  expect(await one(`date '2024-02-29'`)).toBe('2024-02-29');
  expect(await one(`timestamptz '2024-02-29 12:00+02'`)).toEqual(new Date('2024-02-29T10:00:00Z'));
  expect(await one(`array[1, null]::int8[]`)).toEqual([1, null]);
  expect(await one(`array[date '2024-01-01']`)).toEqual(['2024-01-01']);
  expect(await one(`'{"a":[1]}'::jsonb`)).toEqual({ a: [1] });
  expect(await one('null::int8')).toBeNull();
});

test('sessions run in UTC, and a statement that takes too long is cancelled', async () => {
  expect(await one(`current_setting('TimeZone')`)).toBe('UTC');
  await expect(database.pool.query('select pg_sleep(5)')).rejects.toThrow('statement timeout');
});

test('a connection that breaks under a statement fails that statement and nothing else', async () => {
  const client = await database.pool.connect();
  const { pid } = (await client.query('select pg_backend_pid() as pid')).rows[0] as { pid: number };
  await database.pool.query('select pg_terminate_backend($1)', [pid]);
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  expect(await one('1')).toBe(1);
});
