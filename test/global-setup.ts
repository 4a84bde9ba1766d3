import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type Database, startOrJoin } from '../db/embedded';
import { migrate } from '../db/migrate';
import { createPool } from '../db/pool';
import { removePlace, sweepPlaces, testPlace } from './place';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test databases are made. */
    databases: { adminUrl: string; template: string; prefix: string };
  }
}

/** A cluster of its own for this run; commits need not wait for the disk, as nothing here outlives the run. */
async function ownCluster(): Promise<Database> {
  const directory = testPlace();
  const database = await startOrJoin(directory, {
    role: 'cli',
    durable: false,
    settings: { synchronous_commit: 'off', shared_buffers: '128MB', max_wal_size: '1GB' },
  });
  return {
    ...database,
    stop: async () => {
      await database.stop();
      await removePlace(directory);
    },
  };
}

async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of found.rows) {
      await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
    }
  } finally {
    await client.end();
  }
}

/**
 * One PostgreSQL for the whole run: the built-in one in a temporary directory, or the server of TEST_DATABASE_URL
 * (whose user may create databases). All migrations go once into a template that test files copy.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await sweepPlaces();
  const given = process.env.TEST_DATABASE_URL;
  const server: Database = given ? { url: given, joined: true, stop: async () => undefined } : await ownCluster();
  const prefix = `tl_${randomUUID().slice(0, 8)}_`;
  const template = `${prefix}template`;
  try {
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    const version = (await admin.query<{ server_version: string }>('show server_version')).rows[0]?.server_version;
    await admin.query(`create database ${admin.escapeIdentifier(template)} encoding 'UTF8' template template0`);
    await admin.end();
    const url = new URL(server.url);
    url.pathname = `/${template}`;
    const pool = createPool(url.href, { name: 'throughline test template' });
    const { applied } = await migrate(pool);
    await pool.end();
    const where = given ? basename(new URL(given).host) : 'built in';
    process.stderr.write(`PostgreSQL ${version} (${where}), ${applied.length} migrations in the template\n`);
    project.provide('databases', { adminUrl: server.url, template, prefix });
  } catch (error) {
    if (given) await dropAll(server.url, prefix).catch(() => undefined);
    await server.stop();
    throw error;
  }
  return async () => {
    if (given) await dropAll(server.url, prefix);
    await server.stop();
    // The workers are gone by now, and what a failed one left goes with this run.
    await sweepPlaces();
  };
}
