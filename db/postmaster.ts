import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Account } from './postgres-account';
import { DatabaseRefusal } from './postgres-binaries';
import { bornAt, commandOf } from './process';

/** A cluster on disk: its data directory, the binaries for it and who runs them. */
export type Cluster = { place: string; binaries: string; account: Account; settings?: Record<string, string> };

export type Running = { pid: number; port: number };

export const superuser = 'throughline';

const program = (cluster: Cluster, name: string): string =>
  join(cluster.binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

const passwordFile = (cluster: Cluster): string => join(dirname(cluster.place), 'password');

/** The generated password of the cluster's owner. */
export const passwordOf = (cluster: Cluster): string => readFileSync(passwordFile(cluster), 'utf8').trim();

export function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${superuser}:${passwordOf(cluster)}@127.0.0.1:${port}/${database}`;
}

/** Addresses of sockets have room for about a hundred bytes. */
const longestSocket = 100;

/** Where the cluster's socket lies: beside it, where only its owner may enter; null where there can be none. */
function socketDirectory(cluster: Cluster): string | null {
  const home = dirname(cluster.place);
  if (process.platform === 'win32' || !/^[\w./-]+$/.test(home)) return null;
  return Buffer.byteLength(join(home, '.s.PGSQL.65535')) < longestSocket ? home : null;
}

/** The same by the cluster's socket, a way half as long as that by the network; by the network where it has none. */
export function nearUrlOf(cluster: Cluster, port: number, database: string): string {
  const directory = socketDirectory(cluster);
  const url = urlOf(cluster, port, database);
  if (!directory || !existsSync(join(directory, `.s.PGSQL.${port}`))) return url;
  return `${url}?host=${encodeURIComponent(directory)}`;
}

/** Takes away sockets of a postmaster that is no more: one that was killed leaves them, and they hold up the next. */
function removeSockets(cluster: Cluster): void {
  const home = dirname(cluster.place);
  for (const name of readdirSync(home)) if (name.startsWith('.s.PGSQL.')) rmSync(join(home, name), { force: true });
}

function giveTo(account: Account, path: string): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

/** Creates the cluster unless it is there. It is made aside and renamed, so that a broken-off start leaves no half. */
export function createCluster(cluster: Cluster, options: { durable: boolean }): void {
  const { account, place } = cluster;
  if (existsSync(join(place, 'PG_VERSION'))) return;
  const home = dirname(place);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  giveTo(account, home);
  const secret = passwordFile(cluster);
  writeFileSync(secret, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  giveTo(account, secret);
  const draft = join(home, `${basename(place)}.new`);
  rmSync(draft, { recursive: true, force: true });
  const words = ['-D', draft, '-U', superuser, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  words.push('--locale=C', '--no-instructions', ...(options.durable ? [] : ['--no-sync']));
  try {
    execFileSync(program(cluster, 'initdb'), words, {
      cwd: home,
      uid: account.uid,
      gid: account.gid,
      stdio: 'pipe',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const said = (error as { stderr?: Buffer }).stderr?.toString().trim() || (error as Error).message;
    throw new DatabaseRefusal(`The database could not be created in ${place}: ${said}`);
  }
  renameSync(draft, place);
}

/** Small shared memory (the 64 MB of a container) is not enough for parallel queries; files serve instead. */
function sharedMemoryKind(): string {
  if (process.platform !== 'linux') return process.platform === 'win32' ? 'windows' : 'posix';
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 256 * 1024 * 1024 ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}

/** The settings of the built-in server: durable, sized for a small machine, patient with bulk loads. */
function settingsFor(cluster: Cluster, port: number): Record<string, string> {
  const memoryMb = Math.floor(totalmem() / 1024 / 1024);
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDirectory(cluster) ?? '',
    max_connections: '60',
    // A large desk's indexes stay in reach; a small machine keeps most of its memory for others.
    shared_buffers: `${Math.min(1024, Math.max(128, Math.floor(memoryMb / 16)))}MB`,
    dynamic_shared_memory_type: sharedMemoryKind(),
    effective_cache_size: `${Math.max(256, Math.floor(memoryMb / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    jit: 'off',
    fsync: 'on',
    synchronous_commit: 'on',
    wal_compression: 'on',
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    // Waiting lists are filled and emptied all day: what is gone is swept before it slows the next look.
    autovacuum_naptime: '10s',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    wal_level: 'minimal',
    max_wal_senders: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    ...cluster.settings,
  };
}

/** A port nobody listens on at the moment; the wished one when it is free, never 5432. */
async function freePort(wished: number | null): Promise<number> {
  const probe = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
      });
    });
  if (wished !== null && wished !== 5432) {
    const same = await probe(wished);
    if (same !== null) return same;
  }
  for (;;) {
    const port = await probe(0);
    if (port !== null && port !== 5432) return port;
  }
}

type PidFile = { pid: number; port: number; status: string };

function readPidFile(place: string): PidFile | null {
  try {
    const lines = readFileSync(join(place, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

/** The postmaster named in `postmaster.pid` if that process is really this cluster's, else null. */
function livingPostmaster(cluster: Cluster): PidFile | null {
  const file = readPidFile(cluster.place);
  if (!file || !Number.isInteger(file.pid) || file.pid <= 0 || bornAt(file.pid) === null) return null;
  const command = commandOf(file.pid);
  return command === null || command.includes(cluster.place) ? file : null;
}

/** Whether a server on the port lets us in and serves this very data directory. */
async function serves(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    connectionTimeoutMillis: 3_000,
    application_name: 'throughline launcher',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const shown = await client.query<{ data_directory: string }>('show data_directory');
    const other = shown.rows[0]?.data_directory;
    return other !== undefined && statSync(other).ino === statSync(cluster.place).ino;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Finds the cluster's postmaster when one runs, for instance because the process that had started it was killed.
 * Waits for one that is starting or recovering, and for one that is stopping to be gone. Null when none runs.
 */
export async function findRunning(cluster: Cluster, patienceMs = 120_000): Promise<Running | null> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const file = livingPostmaster(cluster);
    if (!file) return null;
    if (file.status === 'ready' && (await serves(cluster, file.port))) return { pid: file.pid, port: file.port };
    await sleep(50);
  }
  throw new DatabaseRefusal(
    `A PostgreSQL process (${readPidFile(cluster.place)?.pid}) holds ${cluster.place} and does not answer. Stop it and start again.`,
  );
}

/** The last lines of the server's log, for the sentence that says why it did not start. */
function tailOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' | ');
  } catch {
    return 'it left no log';
  }
}

const logLimit = 8 * 1024 * 1024;

function openLog(log: string): number {
  if (existsSync(log) && statSync(log).size > logLimit) renameSync(log, `${log}.1`);
  return openSync(log, 'a', 0o600);
}

type Launch = { running: Running } | { failed: string; retry: boolean };

async function launchOnce(cluster: Cluster, port: number, log: string): Promise<Launch> {
  const settings = Object.entries(settingsFor(cluster, port)).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const output = openLog(log);
  const before = statSync(log).size;
  const child = spawn(program(cluster, 'postgres'), ['-D', cluster.place, ...settings], {
    cwd: cluster.place,
    uid: cluster.account.uid,
    gid: cluster.account.gid,
    // A group of its own: Ctrl-C in a terminal reaches the server first, which stops the database when it has drained.
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(output);
  let over: string | null = null;
  child.once('exit', (code, signal) => {
    over = signal ?? `exit code ${code}`;
  });
  child.once('error', (error) => {
    over = error.message;
  });
  for (;;) {
    if (over !== null) {
      const said = readFileSync(log, 'utf8').slice(before);
      // Backends of a killed postmaster take a moment to notice; another program may have taken the port.
      const retry = /shared memory block|Address already in use|could not bind|lock file "postmaster.pid"/.test(said);
      return { failed: `${over}: ${tailOf(log)}`, retry };
    }
    const file = readPidFile(cluster.place);
    if (file && file.pid === child.pid && file.status === 'ready' && (await serves(cluster, port))) {
      child.unref();
      return { running: { pid: file.pid, port } };
    }
    await sleep(10);
  }
}

/**
 * Starts the cluster's postmaster; the caller has made sure that none runs. The wished port is taken when it is free,
 * with `keepPort` no other one.
 */
export async function launch(
  cluster: Cluster,
  options: { wishedPort: number | null; keepPort: boolean; log: string },
): Promise<Running> {
  const { wishedPort, keepPort, log } = options;
  const stale = readPidFile(cluster.place);
  if (!livingPostmaster(cluster)) {
    if (stale) rmSync(join(cluster.place, 'postmaster.pid'), { force: true });
    removeSockets(cluster);
  }
  let port = keepPort && wishedPort !== null ? wishedPort : await freePort(wishedPort);
  for (let attempt = 0; ; attempt += 1) {
    const result = await launchOnce(cluster, port, log);
    if ('running' in result) return result.running;
    if (!result.retry || attempt >= 40) throw new DatabaseRefusal(`The database did not start (${result.failed}).`);
    await sleep(250);
    if (!keepPort) port = await freePort(attempt > 3 ? null : wishedPort);
  }
}

/** Stops the postmaster: open transactions are broken off, everything committed is kept. Answers when it is gone. */
export async function stopPostmaster(pid: number, patienceMs = 120_000): Promise<void> {
  const born = bornAt(pid);
  if (born === null) return;
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  };
  const gone = async (untilMs: number) => {
    const end = performance.now() + untilMs;
    while (performance.now() < end) {
      if (bornAt(pid) !== born) return true;
      await sleep(15);
    }
    return false;
  };
  send('SIGINT');
  if (await gone(patienceMs)) return;
  send('SIGQUIT');
  if (!(await gone(10_000))) throw new DatabaseRefusal(`The PostgreSQL process ${pid} does not stop.`);
}
