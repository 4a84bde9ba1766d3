import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { type BackupHead, backupFormat, type Db, migrationsOf } from './backup';

/** Why a backup cannot be brought back; completes "Not restored, nothing was changed: …". */
export class UnreadableBackup extends Error {}

const parse = <T>(line: string): T => {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new UnreadableBackup('the file is damaged.');
  }
};

/**
 * Fills an empty database from a file, in the caller's transaction, which then tells the sealer to go on behind it. Answers the
 * number of rows; throws `UnreadableBackup`.
 */
export async function readBackup(db: Db, file: string, say: (line: string) => void): Promise<number> {
  // Rows come table by table, so what refers forward is not checked while they come.
  await sql`set local session_replication_role = replica`.execute(db).catch(() => {
    throw new UnreadableBackup('the database user must be allowed to set session_replication_role.');
  });
  const digest = createHash('sha256');
  let table: string | undefined;
  let head: BackupHead | undefined;
  let foot: { rows: number; sha256: string } | undefined;
  let count = 0;
  let batch: string[] = [];
  let size = 0;
  const flush = async () => {
    if (batch.length > 0 && table) await fill(db, table, batch);
    batch = [];
    size = 0;
  };
  for await (const line of linesOf(file)) {
    if (!head) {
      head = readHead(line, await migrationsOf(db));
      // What migrations put there comes from the file.
      for (const name of head.tables) await sql`delete from ${sql.table(name)}`.execute(db);
    } else if (line.startsWith('{"rows":') && line.includes('"sha256":')) {
      await flush();
      foot = parse(line);
      break;
    } else if (line.startsWith('{"table":')) {
      await flush();
      table = parse<{ table: string }>(line).table;
      if (!head.tables.includes(table)) throw new UnreadableBackup(`it names the unknown table ${table}.`);
      say(`${table} …`);
    } else {
      batch.push(line);
      size += line.length;
      count += 1;
      if (batch.length >= 2000 || size > 16_000_000) await flush();
    }
    digest.update(`${line}\n`);
  }
  if (!head || !foot) throw new UnreadableBackup('its end is missing.');
  if (foot.rows !== count || foot.sha256 !== digest.digest('hex'))
    throw new UnreadableBackup('its content is not what was written.');
  for (const [name, value] of Object.entries(head.sequences))
    await sql`select setval(${name}::text::regclass, ${Math.max(1, value)}, ${value >= 1})`.execute(db);
  return count;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  // A pipe does not hand on faults; without this a missing file would wait for ever.
  source.on('error', (error) => unzipped.destroy(error));
  try {
    for await (const line of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  } catch {
    throw new UnreadableBackup(`${file} cannot be read or is damaged.`);
  }
}

function readHead(line: string, migrations: readonly string[]): BackupHead {
  const head = parse<BackupHead>(line);
  if (head.throughline !== backupFormat) throw new UnreadableBackup('it is no backup of Throughline.');
  const newer = head.migrations.find((name) => !migrations.includes(name));
  if (newer) throw new UnreadableBackup(`it comes from a newer version (${newer}). Install that version first.`);
  return head;
}

async function fill(db: Db, table: string, lines: readonly string[]): Promise<void> {
  const columns = (
    await sql<{
      name: string;
    }>`select attname as name from pg_attribute where attrelid = ${table}::text::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' and (${table}::text <> 'history' or attname <> 'tx') order by attnum`.execute(db)
  ).rows;
  const list = sql.join(columns.map((column) => sql.ref(column.name)));
  await sql`insert into ${sql.table(table)} (${list}) overriding system value select ${list}
    from json_populate_recordset(null::public.${sql.id(table)}, ${`[${lines.join(',')}]`}::json)`.execute(db);
}
