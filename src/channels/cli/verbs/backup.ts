import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import { sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { sealAll } from '../../../kernel/seal';
import { verifyHistory } from '../../../kernel/verify';
import { type CliVerb, Usage } from '../verb';

/**
 * A backup is a gzipped file of lines: a head, then for each table its name and rows as PostgreSQL's own JSON, then a
 * foot with the number of rows and the digest of everything above. Sequences are in the head. It needs no pg_dump and
 * any PostgreSQL from 15 restores it.
 */
interface Head {
  throughline: 1;
  made_at: string;
  migrations: string[];
  sequences: Record<string, number>;
  tables: string[];
}

const format = 1;
/** Of this process or machine, not of the organisation. */
const leftOut = new Set(['migration', 'sealer', 'session', 'idempotency_key', 'sign_in_failure']);

async function tablesOf(client: Pool | PoolClient): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`,
  );
  const names = found.rows.map((row) => row.name).filter((name) => !leftOut.has(name));
  // Records first, since everything else hangs on them.
  return ['record', ...names.filter((name) => name !== 'record')];
}

export const backup: CliVerb = {
  name: 'backup',
  usage: 'backup <file>',
  what: 'writes everything into one file: records, history with its seals, files, settings',
  async run(cli) {
    const [file] = cli.args;
    if (!file || cli.args.length > 1) throw new Usage('Name one file: backup <file>.');
    const { pool, db } = await cli.opened();
    await sealAll(db, newId(new Date()), new Date());
    const verdict = await verifyHistory(db);
    if (verdict.broken) {
      cli.err(`Not backed up: ${verdict.broken.sentence} Run verify-history and find out why first.`);
      return 1;
    }
    const client = await pool.connect();
    const partial = `${file}.partial`;
    try {
      await client.query('begin isolation level repeatable read read only');
      const rows = await writeAll(client, partial, (line) => cli.err(line));
      await client.query('commit');
      renameSync(partial, file);
      cli.out(`${rows} rows, ${verdict.lines} sealed lines of history\n`);
      return 0;
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    } finally {
      client.release();
    }
  },
};

async function writeAll(client: PoolClient, file: string, say: (line: string) => void): Promise<number> {
  const digest = createHash('sha256');
  const gzip = createGzip({ level: 5 });
  const out = gzip.pipe(createWriteStream(file, { mode: 0o600 }));
  const failed = finished(out);
  const write = async (line: string) => {
    digest.update(`${line}\n`);
    if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), failed]);
  };
  const tables = await tablesOf(client);
  const migrations = await client.query<{ name: string }>('select name from migration order by name');
  const sequences = await client.query<{ name: string; value: number }>(
    `select sequencename as name, coalesce(last_value, start_value - 1) as value from pg_sequences where schemaname = 'public' order by 1`,
  );
  const head: Head = {
    throughline: format,
    made_at: new Date().toISOString(),
    migrations: migrations.rows.map((row) => row.name),
    sequences: Object.fromEntries(sequences.rows.map((row) => [row.name, Number(row.value)])),
    tables,
  };
  await write(JSON.stringify(head));
  let count = 0;
  for (const table of tables) {
    await write(JSON.stringify({ table }));
    await client.query(
      `declare backup no scroll cursor for select row_to_json(t)::text as row from ${client.escapeIdentifier(table)} t`,
    );
    for (;;) {
      const page = await client.query<{ row: string }>('fetch 2000 from backup');
      if (page.rows.length === 0) break;
      for (const { row } of page.rows) await write(row.replaceAll('\n', ' '));
      count += page.rows.length;
    }
    await client.query('close backup');
    say(`${table} …`);
  }
  const foot = JSON.stringify({ rows: count, sha256: digest.digest('hex') });
  gzip.end(`${foot}\n`);
  await failed;
  return count;
}

export const restore: CliVerb = {
  name: 'restore',
  usage: 'restore <file>',
  what: 'brings a backup back, only into an empty organisation',
  async run(cli) {
    const [file] = cli.args;
    if (!file || cli.args.length > 1) throw new Usage('Name one file: restore <file>.');
    const { pool, db } = await cli.opened();
    const taken = await pool.query('select 1 from record limit 1');
    if (taken.rows.length > 0) {
      cli.err('Not restored: this organisation is not empty. Restore into a new DATA_DIR or database.');
      return 1;
    }
    const client = await pool.connect();
    try {
      await client.query('begin');
      const rows = await readAll(client, file, (line) => cli.err(line));
      await client.query('commit');
      const verdict = await verifyHistory(db);
      if (verdict.broken) {
        cli.err(`Restored, but the history does not hold: ${verdict.broken.sentence}`);
        return 1;
      }
      await sql`analyze`.execute(db);
      cli.out(`${rows} rows, ${verdict.lines} sealed lines of history hold\n`);
      return 0;
    } catch (error) {
      await client.query('rollback');
      if (!(error instanceof Unreadable)) throw error;
      cli.err(`Not restored, nothing was changed: ${error.message}`);
      return 1;
    } finally {
      client.release();
    }
  },
};

class Unreadable extends Error {}

const parse = <T>(line: string): T => {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Unreadable('the file is damaged.');
  }
};

async function readAll(client: PoolClient, file: string, say: (line: string) => void): Promise<number> {
  // Rows come table by table: what refers forward is checked when all are there.
  await client.query('set local session_replication_role = replica').catch(() => {
    throw new Unreadable('the database user may not restore (it must be allowed to set session_replication_role).');
  });
  const digest = createHash('sha256');
  let table: string | undefined;
  let head: Head | undefined;
  let foot: { rows: number; sha256: string } | undefined;
  let count = 0;
  let batch: string[] = [];
  let size = 0;
  const flush = async () => {
    if (batch.length > 0 && table) await insert(client, table, batch);
    batch = [];
    size = 0;
  };
  for await (const line of linesOf(file)) {
    if (foot) throw new Unreadable('something follows its end.');
    if (!head) {
      head = readHead(line, await known(client));
      await client.query('delete from agreement_book');
      await client.query('delete from follower');
      await client.query('delete from installation');
    } else if (line.startsWith('{"rows":') && line.includes('"sha256":')) {
      await flush();
      foot = parse(line);
      break;
    } else if (line.startsWith('{"table":')) {
      await flush();
      table = parse<{ table: string }>(line).table;
      if (!head.tables.includes(table)) throw new Unreadable(`it names the unknown table ${table}.`);
      say(`${table} …`);
    } else {
      batch.push(line);
      size += line.length;
      count += 1;
      if (batch.length >= 2000 || size > 16_000_000) await flush();
    }
    digest.update(`${line}\n`);
  }
  if (!head || !foot) throw new Unreadable('its end is missing.');
  if (foot.rows !== count || foot.sha256 !== digest.digest('hex'))
    throw new Unreadable('its content is not what was written.');
  for (const [name, value] of Object.entries(head.sequences))
    await client.query('select setval($1::regclass, $2, $3)', [name, Math.max(1, value), value >= 1]);
  // The chain goes on behind this transaction, whatever numbers transactions had where the backup was made.
  await client.query(`update sealer s set seq = l.seq, hash = l.hash, line_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff', tx = pg_current_xact_id(), holder = null
    from (select seq, hash from history_seal order by seq desc limit 1) l`);
  return count;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const lines = createInterface({ input: source.pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
  const broken = new Promise<never>((_resolve, reject) =>
    source.on('error', () => reject(new Unreadable(`${file} cannot be read.`))),
  );
  broken.catch(() => undefined);
  try {
    for await (const line of lines) yield line;
  } catch {
    throw new Unreadable(`${file} cannot be read or is damaged.`);
  }
}

async function known(client: PoolClient): Promise<string[]> {
  const found = await client.query<{ name: string }>('select name from migration order by name');
  return found.rows.map((row) => row.name);
}

function readHead(line: string, migrations: readonly string[]): Head {
  const head = parse<Head>(line);
  if (head.throughline !== format) throw new Unreadable('it is no backup of Throughline.');
  const newer = head.migrations.find((name) => !migrations.includes(name));
  if (newer) throw new Unreadable(`it comes from a newer version (${newer}). Install that version first.`);
  return head;
}

async function insert(client: PoolClient, table: string, rows: readonly string[]): Promise<void> {
  const name = client.escapeIdentifier(table);
  const columns = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped and attgenerated = ''
     and ($1::text <> 'history' or attname <> 'tx') order by attnum`,
    [table],
  );
  const list = columns.rows.map((row) => client.escapeIdentifier(row.name)).join(', ');
  await client.query(
    `insert into ${name} (${list}) overriding system value select ${list} from json_populate_recordset(null::public.${name}, $1::json)`,
    [`[${rows.join(',')}]`],
  );
}
