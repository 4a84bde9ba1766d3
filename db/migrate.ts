import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';

/** A migration that cannot go on: the message is a sentence for the person who started the program. */
export class MigrationRefusal extends Error {
  override name = 'MigrationRefusal';
}

export type MigrationFile = { name: string; sql: string; digest: string };

export type MigrationResult = {
  /** Names applied by this call, in order. */
  applied: string[];
  /** How many had been applied before. */
  before: number;
};

const fileName = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;

/** One key for all servers on a database, so that they migrate one after the other. */
const lockKey = 7_283_465_019;

/** The directory of migrations beside this file, or seen from the bundle in `dist/`. */
export function migrationsDirectory(): string {
  const places = ['./migrations', '../db/migrations'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new MigrationRefusal(`The migrations are missing: looked in ${places.join(' and ')}.`);
  return found;
}

/** Reads `NNNN-name.sql` files in order. Line ends do not count in the digest, since git may change them. */
export function readMigrations(directory: string): MigrationFile[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const seen = new Map<string, string>();
  return names.map((name) => {
    if (!fileName.test(name)) {
      throw new MigrationRefusal(`The migration "${name}" is not named like 0001-what-it-does.sql.`);
    }
    const number = name.slice(0, 4);
    const twin = seen.get(number);
    if (twin) throw new MigrationRefusal(`The migrations "${twin}" and "${name}" bear the same number.`);
    seen.set(number, name);
    const sql = readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n');
    return { name: name.slice(0, -'.sql'.length), sql, digest: createHash('sha256').update(sql).digest('hex') };
  });
}

type AppliedRow = { name: string; digest: string };

/** Which files are still to be applied; refuses when files and database tell different pasts. */
export function pendingMigrations(files: MigrationFile[], applied: AppliedRow[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const row of applied) {
    const file = byName.get(row.name);
    if (!file) {
      throw new MigrationRefusal(
        `The database is newer than this version of the program: it has the migration "${row.name}", which is not known here. Start the newer version.`,
      );
    }
    if (file.digest !== row.digest) {
      throw new MigrationRefusal(
        `The migration "${row.name}" was changed after it had been applied. Restore the file and write a new migration instead.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.name));
  const last = applied
    .map((row) => row.name)
    .sort()
    .at(-1);
  const pending = files.filter((file) => !done.has(file.name));
  const late = pending.find((file) => last !== undefined && file.name < last);
  if (late) {
    throw new MigrationRefusal(
      `The migration "${late.name}" comes before "${last}", which is already applied. Give it a higher number.`,
    );
  }
  return pending;
}

async function appliedMigrations(client: PoolClient): Promise<AppliedRow[]> {
  // Not to_regclass: it may answer from a cache that is older than the lock this was waiting for.
  const present = await client.query(
    `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = 'migration' and n.nspname = current_schema()`,
  );
  if (present.rowCount === 0) return [];
  return (await client.query<AppliedRow>('select name, digest from migration order by name')).rows;
}

/** The line of a statement error inside its file, counted from 1; null when the server did not say. */
function lineOf(sql: string, error: unknown): number | null {
  const position = Number((error as { position?: string }).position);
  return Number.isFinite(position) && position > 0 ? sql.slice(0, position).split('\n').length : null;
}

async function applyNext(client: PoolClient, files: MigrationFile[], at: Date): Promise<string | null> {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const [next] = pendingMigrations(files, await appliedMigrations(client));
    if (!next) {
      await client.query('rollback');
      return null;
    }
    await client.query(
      'create table if not exists migration (name text primary key, digest text not null, applied_at timestamptz not null)',
    );
    try {
      await client.query(next.sql);
    } catch (error) {
      const line = lineOf(next.sql, error);
      throw new MigrationRefusal(
        `The migration "${next.name}" failed${line ? ` in line ${line}` : ''}: ${(error as Error).message}. Nothing of it was kept.`,
        { cause: error },
      );
    }
    await client.query('insert into migration (name, digest, applied_at) values ($1, $2, $3)', [
      next.name,
      next.digest,
      at,
    ]);
    await client.query('commit');
    return next.name;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * Brings the database to the state of the files, each file in a transaction of its own, under a lock that lets several
 * servers start at once. Throws `MigrationRefusal` with a sentence when an applied file was changed, when the database
 * is newer than the files, or when a file fails.
 */
export async function migrate(
  pool: Pool,
  options: { directory?: string; now?: () => Date } = {},
): Promise<MigrationResult> {
  const files = readMigrations(options.directory ?? migrationsDirectory());
  const now = options.now ?? (() => new Date());
  const client = await pool.connect();
  try {
    const before = (await appliedMigrations(client)).length;
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(client, files, now());
      if (name === null) return { applied, before };
      applied.push(name);
    }
  } finally {
    client.release();
  }
}

/** True when every migration known here has been applied and none changed: what `/readyz` asks. Never throws. */
export async function isMigrated(pool: Pool, directory = migrationsDirectory()): Promise<boolean> {
  try {
    const rows = await pool.query<AppliedRow>('select name, digest from migration');
    return pendingMigrations(readMigrations(directory), rows.rows).length === 0;
  } catch {
    return false;
  }
}
