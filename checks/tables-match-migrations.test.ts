import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../test/database';
import { differences, runDefinitions, schemaOf } from './schema';
import { readTree } from './tree';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

let migrated: TestDatabase;
let defined: TestDatabase;

beforeAll(async () => {
  [migrated, defined] = await Promise.all([testDatabase(), testDatabase({ empty: true })]);
});
afterAll(() => Promise.all([migrated.drop(), defined.drop()]));

async function sameExtensions(): Promise<void> {
  const found = await migrated.pool.query<{ extname: string }>(
    `select extname from pg_extension where extname <> 'plpgsql'`,
  );
  for (const { extname } of found.rows) await defined.pool.query(`create extension if not exists "${extname}"`);
}

test('the tables beside kernel, commons and practices are those the migrations make', async () => {
  const definitions = readTree(root).select(/^src\/.*\.sql$/);
  expect(definitions.length).toBeGreaterThan(0);
  await sameExtensions();
  await runDefinitions(defined.pool, definitions);
  const made = await schemaOf(migrated.pool);
  expect(made.size).toBeGreaterThan(0);
  expect(differences(made, await schemaOf(defined.pool))).toEqual([]);
});

describe('a difference is found', () => {
  const base =
    'create table thing (id uuid primary key, size int not null default 1 check (size > 0)); create index thing_size on thing (size);';
  let one: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    [one, other] = await Promise.all([testDatabase({ empty: true }), testDatabase({ empty: true })]);
    await one.pool.query(base);
  });
  afterAll(() => Promise.all([one.drop(), other.drop()]));

  test.each([
    ['none', '', []],
    [
      'a type',
      'alter table thing alter size type bigint',
      [/only the migrations have: column size integer/, /only the definition has: column size bigint/],
    ],
    ['a column', 'alter table thing add more text', [/only the definition has: column more text/]],
    [
      'not null',
      'alter table thing alter size drop not null',
      [/column size integer not null/, /column size integer default 1/],
    ],
    ['a default', 'alter table thing alter size set default 2', [/default 1/, /default 2/]],
    [
      'a check',
      'alter table thing drop constraint thing_size_check',
      [/only the migrations have: constraint thing_size_check/],
    ],
    ['an index', 'drop index thing_size', [/only the migrations have: index/]],
    [
      'a table',
      'create table further (id int)',
      [/"further" stands in a \*\.sql of the house and is made by no migration/],
    ],
    ['a sequence', 'create sequence number_thing', [/"number_thing" stands in/]],
  ])('in %s', async (_what, change, said) => {
    await other.pool.query('drop schema public cascade; create schema public');
    await other.pool.query(`${base} ${change}`);
    const found = differences(await schemaOf(one.pool), await schemaOf(other.pool));
    expect(found).toHaveLength(said.length);
    for (const [at, pattern] of said.entries()) expect(found[at]).toMatch(pattern);
  });
});

test('definitions run in the order their references need, and one that never can is told', async () => {
  const database = await testDatabase({ empty: true });
  try {
    await runDefinitions(database.pool, [
      { path: 'b.sql', text: 'create table b (a int references a (id));' },
      { path: 'a.sql', text: 'create table a (id int primary key);' },
    ]);
    expect([...(await schemaOf(database.pool)).keys()]).toEqual(['a', 'b']);
    const lost = [{ path: 'c.sql', text: 'create table c (x int references nowhere (id));' }];
    await expect(runDefinitions(database.pool, lost)).rejects.toThrow('c.sql: relation "nowhere" does not exist');
  } finally {
    await database.drop();
  }
});
