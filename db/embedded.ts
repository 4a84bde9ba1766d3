import { createHash, randomUUID } from 'node:crypto';
import { accessSync, chownSync, constants, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, accountFor, canEnter, isRoot } from './postgres-account';
import { DatabaseRefusal, prepareBinaries, sharedDirectory } from './postgres-binaries';
import { type Cluster, createCluster, findRunning, launch, nearUrlOf, stopPostmaster, urlOf } from './postmaster';
import {
  bornAt,
  isAlive,
  type ProcessName,
  readJson,
  releaseLock,
  takeLock,
  thisProcess,
  underLock,
  writeJson,
} from './process';

export { DatabaseRefusal } from './postgres-binaries';

/** A database to work with. `stop` leaves it; the last process to leave a built-in database shuts it down. */
export type Database = {
  url: string;
  /** True when others were using it already, or when it is a server of its own (DATABASE_URL). */
  joined: boolean;
  stop: () => Promise<void>;
};

export type StartOptions = {
  /** A `server` owns the data directory: a second one is refused. A `cli` works beside a server or alone. */
  role: 'server' | 'cli';
  /** Told, in one line each, what a person should know. */
  say?: (line: string) => void;
  /** Name of the database inside the cluster (`throughline`). */
  database?: string;
  /** PostgreSQL settings beside ours, for tests. */
  settings?: Record<string, string>;
  /** False skips waiting for the disk while the cluster is created (tests). */
  durable?: boolean;
  /** Where the binaries lie; unset: those of the installed package. */
  binaries?: string;
};

type User = ProcessName & { id: string; role: 'server' | 'cli' };

/** What `DATA_DIR/database.json` tells: place, port and process of the database, how to reach it, and who uses it. */
export type DatabaseFile = {
  place: string;
  port: number;
  pid: number | null;
  born: string | null;
  url: string;
  users: User[];
};

const major = '18';

const fileOf = (dataDir: string): string => join(dataDir, 'database.json');
const lockOf = (dataDir: string): string => join(dataDir, 'database.lock');
const serverOf = (dataDir: string): string => join(dataDir, 'server.json');

/** The directory outside a data directory that an unprivileged user cannot enter. */
function outsidePlace(dataDir: string): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(sharedDirectory(), name, major);
}

function enterable(account: Account, home: string): boolean {
  const isNew = !existsSync(home);
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if (isNew && account.uid !== undefined && account.gid !== undefined) chownSync(home, account.uid, account.gid);
    if (canEnter(account, home)) return true;
  } catch {
    // A file system that knows no owners, for instance: not usable by the account either.
  }
  if (isNew) rmSync(home, { recursive: true, force: true });
  return false;
}

/** Where the cluster lies and who runs it; an existing one stays where it is. */
function locate(dataDir: string, say: (line: string) => void): { place: string; account: Account } {
  const home = join(dataDir, 'postgres');
  const inside = join(home, major);
  const others = existsSync(home) && canList(home) ? readdirSync(home).filter((name) => /^\d+$/.test(name)) : [];
  if (others.length > 0 && !others.includes(major)) {
    throw new DatabaseRefusal(
      `The database in ${home} is of PostgreSQL ${others.join(', ')}; this version brings PostgreSQL ${major}. Make a backup with the version that wrote it and restore it here.`,
    );
  }
  if (!isRoot()) {
    if (existsSync(home) && !canList(home)) {
      throw new DatabaseRefusal(
        `The database in ${home} belongs to another user. Start as that user, or set DATA_DIR to a directory of your own.`,
      );
    }
    return { place: inside, account: accountFor(null) };
  }
  if (existsSync(join(inside, 'PG_VERSION'))) {
    const account = accountFor(inside);
    if (canEnter(account, inside)) return { place: inside, account };
    throw new DatabaseRefusal(
      `The database in ${inside} is run by the user "${account.name}", who can no longer enter it. Give every directory above it the right to be entered (chmod a+x).`,
    );
  }
  const outside = outsidePlace(dataDir);
  const account = accountFor(null);
  if (!existsSync(join(outside, 'PG_VERSION')) && enterable(account, home)) return { place: inside, account };
  say(`The database lies in ${outside}, because the user "${account.name}", who runs it, cannot enter ${dataDir}.`);
  return { place: outside, account: existsSync(join(outside, 'PG_VERSION')) ? accountFor(outside) : account };
}

function canList(directory: string): boolean {
  try {
    accessSync(directory, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function ensureDatabase(cluster: Cluster, port: number, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

function openDataDirectory(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    const real = realpathSync(dataDir);
    accessSync(real, constants.R_OK | constants.W_OK | constants.X_OK);
    return real;
  } catch (error) {
    throw new DatabaseRefusal(`The data directory ${resolve(dataDir)} cannot be used: ${(error as Error).message}.`);
  }
}

/** The process of the server that owns the data directory, or null. */
export function runningServer(dataDir: string): ProcessName | null {
  const holder = readJson<ProcessName>(serverOf(resolve(dataDir)));
  return holder && isAlive(holder) ? holder : null;
}

type Joined = { file: DatabaseFile; cluster: Cluster; wasUsed: boolean };

async function startLocked(dataDir: string, user: User, options: StartOptions): Promise<Joined> {
  const say = options.say ?? (() => undefined);
  const { place, account } = locate(dataDir, say);
  const binaries = options.binaries ?? prepareBinaries({ shared: isRoot(), ownDirectory: dataDir });
  const cluster: Cluster = { place, account, binaries, settings: options.settings };
  const known = readJson<DatabaseFile>(fileOf(dataDir));
  const users = (known?.users ?? []).filter(isAlive);
  createCluster(cluster, { durable: options.durable ?? true });
  let running = await findRunning(cluster);
  if (running && users.length === 0) say(`The database was still running (process ${running.pid}) and is used again.`);
  running ??= await launch(cluster, {
    wishedPort: known?.port ?? null,
    keepPort: false,
    log: join(dataDir, 'database.log'),
  });
  const database = options.database ?? 'throughline';
  await ensureDatabase(cluster, running.port, database);
  const file: DatabaseFile = {
    place,
    port: running.port,
    pid: running.pid,
    born: bornAt(running.pid),
    url: urlOf(cluster, running.port, database),
    users: [...users, user],
  };
  writeJson(fileOf(dataDir), file);
  return { file, cluster, wasUsed: users.length > 0 };
}

/** Starts the postmaster again, on the same port, should it die under its users. */
function watch(dataDir: string, joined: Joined, say: (line: string) => void): () => void {
  let busy = false;
  let file = joined.file;
  const look = async () => {
    if (busy || (file.pid !== null && bornAt(file.pid) === file.born)) return;
    busy = true;
    try {
      await underLock(lockOf(dataDir), 60_000, async () => {
        const log = join(dataDir, 'database.log');
        const found = await findRunning(joined.cluster);
        const running = found ?? (await launch(joined.cluster, { wishedPort: file.port, keepPort: true, log }));
        if (!found) say(`The database had stopped unexpectedly; it runs again (process ${running.pid}).`);
        const known = readJson<DatabaseFile>(fileOf(dataDir)) ?? file;
        file = { ...known, pid: running.pid, born: bornAt(running.pid) };
        writeJson(fileOf(dataDir), file);
      });
    } catch (error) {
      say(`The database cannot be started again: ${(error as Error).message}`);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), 300);
  timer.unref();
  return () => {
    busy = true;
    clearInterval(timer);
  };
}

/** A server whose starter was killed is about to drain, so a held lock is asked for once more a little later. */
async function takeServerLock(directory: string): Promise<ProcessName | null> {
  const end = performance.now() + 2_000;
  for (;;) {
    const holder = takeLock(serverOf(directory), { role: 'server' });
    if (holder === null || performance.now() > end) return holder;
    await sleep(100);
  }
}

/**
 * The built-in PostgreSQL of a data directory: joins the one that runs (adopting one whose starter was killed) or
 * starts it, creating it first where needed. Throws `DatabaseRefusal` with a sentence for people, among others when a
 * second server wants the same data directory.
 */
export async function startOrJoin(dataDir: string, options: StartOptions): Promise<Database> {
  const say = options.say ?? (() => undefined);
  const directory = openDataDirectory(dataDir);
  const isServer = options.role === 'server';
  if (isServer) {
    const holder = await takeServerLock(directory);
    if (holder) {
      throw new DatabaseRefusal(
        `A server (process ${holder.pid}) is already running on ${directory}. Stop it, or set DATA_DIR to another directory.`,
      );
    }
  }
  const user: User = { ...thisProcess(), id: randomUUID(), role: options.role };
  let joined: Joined;
  try {
    joined = await underLock(lockOf(directory), 180_000, () => startLocked(directory, user, options));
  } catch (error) {
    if (isServer) releaseLock(serverOf(directory));
    throw error;
  }
  const unwatch = watch(directory, joined, say);
  let stopped: Promise<void> | null = null;
  const leave = async () => {
    unwatch();
    await underLock(lockOf(directory), 180_000, async () => {
      const file = readJson<DatabaseFile>(fileOf(directory)) ?? joined.file;
      const users = file.users.filter((other) => other.id !== user.id && isAlive(other));
      const isLast = users.length === 0;
      if (isLast && file.pid !== null && bornAt(file.pid) === file.born) await stopPostmaster(file.pid);
      writeJson(fileOf(directory), { ...file, users, ...(isLast ? { pid: null, born: null } : {}) });
    });
    if (isServer) releaseLock(serverOf(directory));
  };
  return {
    url: nearUrlOf(joined.cluster, joined.file.port, options.database ?? 'throughline'),
    joined: joined.wasUsed,
    stop: () => {
      stopped ??= leave();
      return stopped;
    },
  };
}

/** The database the settings ask for: the server at `databaseUrl`, or the built-in one of `dataDir`. */
export async function openDatabase(
  options: StartOptions & { databaseUrl?: string | undefined; dataDir: string },
): Promise<Database> {
  if (!options.databaseUrl) return startOrJoin(options.dataDir, options);
  return { url: options.databaseUrl, joined: true, stop: async () => undefined };
}

/** How many living processes use the built-in database of a data directory. */
export function runningUsers(dataDir: string): number {
  return (readJson<DatabaseFile>(fileOf(resolve(dataDir)))?.users ?? []).filter(isAlive).length;
}
