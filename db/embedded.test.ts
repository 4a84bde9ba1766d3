import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { removePlace, testPlace } from '../test/place';
import type { DatabaseFile } from './embedded';
import { accountFor, isRoot } from './postgres-account';
import { binariesPackage, prepareBinaries } from './postgres-binaries';
import { bornAt, readJson } from './process';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules', '.cache', 'throughline-embedded-test');
const program = join(cache, `starter-${process.pid}.mjs`);

/** A program that opens the database, prints one JSON line, and stays until it is told to go. */
const starter = `
import { startOrJoin } from ${JSON.stringify(join(root, 'db/embedded.ts'))};
const [dataDir, role, uid, gid, binaries] = process.argv.slice(2);
if (uid) { process.setgroups([]); process.setgid(Number(gid)); process.setuid(Number(uid)); }
const said = [];
try {
  const database = await startOrJoin(dataDir, {
    role, durable: false, say: (line) => said.push(line), ...(binaries ? { binaries } : {}),
    settings: { shared_buffers: '32MB' },
  });
  process.once('SIGTERM', async () => { await database.stop(); process.exit(0); });
  console.log(JSON.stringify({ url: database.url, joined: database.joined, said }));
  setInterval(() => {}, 1000);
} catch (error) {
  console.log(JSON.stringify({ refused: error.message, said }));
}`;

type Said = { url: string; joined: boolean; said: string[]; refused?: string };
type Started = Said & { child: ChildProcess };

let dataDir: string;
const children: ChildProcess[] = [];
const places: string[] = [];

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  await build({
    stdin: { contents: starter, resolveDir: root, loader: 'ts' },
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(program, { force: true }));

beforeEach(() => {
  dataDir = testPlace();
});
afterEach(async () => {
  const pids = children.splice(0).flatMap((child) => (child.exitCode === null && child.pid ? [child.pid] : []));
  for (const pid of pids) kill(pid, 'SIGKILL');
  for (const place of [dataDir, ...places.splice(0)]) await removePlace(place);
});

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

async function until<T>(look: () => T | null | false | Promise<T | null | false>, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const gone = (pid: number) => until(() => bornAt(pid) === null);
const file = (): DatabaseFile => readJson<DatabaseFile>(join(dataDir, 'database.json'))!;

function start(role: 'server' | 'cli', options: { as?: { uid: number; gid: number }; binaries?: string } = {}) {
  const words = [program, dataDir, role];
  if (options.as) words.push(String(options.as.uid), String(options.as.gid), options.binaries ?? '');
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise<Started>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve({ ...(JSON.parse(text) as Said), child });
    });
    child.once('exit', () => reject(new Error(`the starter ended without a word: ${text}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await until(() => child.exitCode !== null);
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the built-in PostgreSQL', () => {
  test('starts, keeps what was written, and stops with the last who uses it', async () => {
    const first = await start('server');
    expect(first.joined).toBe(false);
    await ask(first.url, 'create table kept as select 7 as n');
    const { pid, port, place } = file();
    expect(port).not.toBe(5432);
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(existsSync(join(place, 'PG_VERSION'))).toBe(true);
    expect(statSync(join(dirname(place), 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'database.json')).mode & 0o777).toBe(0o600);
    await stop(first.child);
    expect(bornAt(pid!)).toBeNull();
    expect(file().pid).toBeNull();

    const second = await start('server');
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(await ask(second.url, `select current_setting('jit') j, current_setting('fsync') f`)).toEqual([
      { j: 'off', f: 'on' },
    ]);
    await stop(second.child);
  });

  test('a wrong password is refused', async () => {
    const { url, child, refused } = await start('cli');
    expect(refused).toBeUndefined();
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    await stop(child);
  });

  test('a second server on one data directory is refused, the command line joins and may stay longer', async () => {
    const server = await start('server');
    const second = await start('server');
    expect(second.refused).toMatch(/A server \(process \d+\) is already running on .*DATA_DIR/);
    const cli = await start('cli');
    expect(cli).toMatchObject({ url: server.url, joined: true });
    await stop(server.child);
    expect(await ask(cli.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    const { pid } = file();
    await stop(cli.child);
    expect(bornAt(pid!)).toBeNull();
  });

  test('many starting at once share one database', async () => {
    const all = await Promise.all([start('cli'), start('cli'), start('server'), start('cli')]);
    expect(new Set(all.map((one) => one.url)).size).toBe(1);
    expect(all.filter((one) => !one.joined)).toHaveLength(1);
    await Promise.all(all.map((one) => stop(one.child)));
    expect(file().pid).toBeNull();
  });

  test('a killed parent leaves a postmaster that the next start adopts and stops', async () => {
    const first = await start('server');
    await ask(first.url, 'create table kept as select 7 as n');
    const { pid } = file();
    first.child.kill('SIGKILL');
    await until(() => first.child.signalCode !== null);
    expect(bornAt(pid!)).not.toBeNull();
    const second = await start('server');
    expect(second).toMatchObject({ url: first.url, joined: false });
    expect(second.said).toEqual([`The database was still running (process ${pid}) and is used again.`]);
    expect(file().pid).toBe(pid);
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await stop(second.child);
    expect(bornAt(pid!)).toBeNull();
  });

  test('a killed postmaster is started again at the same address with everything committed', async () => {
    const server = await start('server');
    await ask(server.url, 'create table kept as select 7 as n');
    const { pid } = file();
    kill(pid!, 'SIGKILL');
    const rows = await until(() => ask(server.url, 'select n from kept').catch(() => null));
    expect(rows).toEqual([{ n: 7 }]);
    await until(() => file().pid !== pid);
    await stop(server.child);
  });

  test('after everything was killed, with a foreign process under the old number, it starts', async () => {
    const first = await start('server');
    await ask(first.url, 'create table kept as select 7 as n');
    const { pid, place } = file();
    first.child.kill('SIGKILL');
    kill(pid!, 'SIGKILL');
    await gone(pid!);
    const pidFile = join(place, 'postmaster.pid');
    expect(readFileSync(pidFile, 'utf8')).toContain(String(pid));
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(String(pid), String(process.pid)));
    const second = await start('server');
    expect(second).not.toHaveProperty('refused');
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await stop(second.child);
  });

  test('a data directory that cannot be used is refused with its name', async () => {
    const path = join(dataDir, 'file');
    writeFileSync(path, '');
    const kept = dataDir;
    dataDir = path;
    const { refused } = await start('cli');
    dataDir = kept;
    expect(refused).toContain(`The data directory ${path} cannot be used`);
  });

  test('as root where nobody can enter, the database lies outside and one line says so', async (context) => {
    if (!isRoot()) context.skip('needs root');
    chmodSync(dataDir, 0o700);
    const server = await start('server');
    expect(file().place).toMatch(/^\/var\/lib\/throughline\/[0-9a-f]{16}\/18$/);
    expect(server.said).toEqual([expect.stringContaining(`The database lies in ${file().place}`)]);
    expect(await ask(server.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await stop(server.child);
    chmodSync(dataDir, 0o755);
    const again = await start('server');
    expect(again.url).toBe(server.url);
    await stop(again.child);
  });

  test('as an ordinary user it runs under that user, and root later runs it as its owner', async (context) => {
    if (!isRoot()) context.skip('needs root to become another user');
    const { uid, gid } = accountFor(null) as { uid: number; gid: number };
    const binaries = prepareBinaries({ shared: true, ownDirectory: dataDir });
    chownSync(dataDir, uid, gid);
    const own = await start('server', { as: { uid, gid }, binaries });
    expect(own.refused).toBeUndefined();
    const { pid, place } = file();
    expect(statSync(place).uid).toBe(uid);
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${uid}\\s`, 'm'));
    await stop(own.child);
    const asRoot = await start('server');
    expect(asRoot.url).toBe(own.url);
    await stop(asRoot.child);
  });

  test('the binaries stand without install scripts having run', () => {
    const directory = prepareBinaries({ shared: isRoot(), ownDirectory: dataDir });
    const native = dirname(dirname(createRequire(import.meta.url).resolve(binariesPackage()!)));
    const links = JSON.parse(readFileSync(join(native, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
    expect(links.length).toBeGreaterThan(0);
    for (const { target } of links) expect(existsSync(join(directory, target.replace('native/', '')))).toBe(true);
  });
});
