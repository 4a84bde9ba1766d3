import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Kysely, sql } from 'kysely';

/** A connection of any kind; what is brought away and back is asked of PostgreSQL's own catalogue. */
export type Db = Kysely<Record<string, never>>;

/**
 * A backup is a gzipped file of lines: a head, then for each table its name and rows as PostgreSQL's own JSON, then a
 * foot with the number of rows and the digest of everything above. It needs no pg_dump, and any PostgreSQL from 15 on
 * restores it.
 */
export interface BackupHead {
  throughline: number;
  made_at: string;
  migrations: string[];
  sequences: Record<string, number>;
  tables: string[];
}

export const backupFormat = 1;
/** Of a process or a machine, not of the organisation. */
const leftOut = new Set(['migration', 'sealer', 'session', 'idempotency_key', 'sign_in_failure', 'sign_in_challenge']);

/** Rows that would let whoever reads the file in: mails with a link that works. */
const rowsLeftOut: Readonly<Record<string, string>> = { mail: 'not secret' };

async function tablesOf(db: Db): Promise<string[]> {
  const found = (
    await sql<{ name: string }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`.execute(db)
  ).rows;
  const names = found.map((row) => row.name).filter((name) => !leftOut.has(name));
  // Records first, since everything else hangs on them.
  return ['record', ...names.filter((name) => name !== 'record')];
}

export async function migrationsOf(db: Db): Promise<string[]> {
  return (await sql<{ name: string }>`select name from migration order by name`.execute(db)).rows.map(
    (row) => row.name,
  );
}

/** Writes everything a transaction sees into a file; answers the number of rows. The transaction must not move: repeatable read. */
export async function writeBackup(db: Db, file: string, now: Date, say: (line: string) => void): Promise<number> {
  const digest = createHash('sha256');
  const gzip = createGzip({ level: 5 });
  const out = gzip.pipe(createWriteStream(file, { mode: 0o600 }));
  const failed = finished(out);
  failed.catch(() => undefined);
  const write = async (line: string) => {
    digest.update(`${line}\n`);
    if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), failed]);
  };
  const tables = await tablesOf(db);
  const sequences = (
    await sql<{
      name: string;
      value: number;
    }>`select sequencename as name, coalesce(last_value, start_value - 1) as value from pg_sequences where schemaname = 'public' order by 1`.execute(
      db,
    )
  ).rows;
  const head: BackupHead = {
    throughline: backupFormat,
    made_at: now.toISOString(),
    migrations: await migrationsOf(db),
    sequences: Object.fromEntries(sequences.map((row) => [row.name, Number(row.value)])),
    tables,
  };
  await write(JSON.stringify(head));
  let count = 0;
  for (const table of tables) {
    await write(JSON.stringify({ table }));
    await sql`declare backup no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} t
      where ${sql.raw(rowsLeftOut[table] ?? 'true')}`.execute(db);
    for (;;) {
      const page = (await sql<{ row: string }>`fetch 2000 from backup`.execute(db)).rows;
      if (page.length === 0) break;
      for (const { row } of page) await write(row.replaceAll('\n', ' '));
      count += page.length;
    }
    await sql`close backup`.execute(db);
    say(`${table} …`);
  }
  gzip.end(`${JSON.stringify({ rows: count, sha256: digest.digest('hex') })}\n`);
  await failed;
  return count;
}
