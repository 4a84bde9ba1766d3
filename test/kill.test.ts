import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatabaseFile } from '../db/embedded';
import { readJson } from '../db/process';
import { removePlace, testPlace } from './place';
import { type RunningServer, startServer, throughline } from './server';

let dataDir: string;
let server: RunningServer | null = null;

beforeEach(() => {
  dataDir = testPlace();
});
afterEach(async () => {
  if (server && server.child.exitCode === null) server.child.kill('SIGKILL');
  await removePlace(dataDir);
});

const databaseFile = () => readJson<DatabaseFile>(join(dataDir, 'database.json'));

/** Random, but told with a failure and to be repeated with it. */
const seed = Number(process.env.KILL_SEED ?? Math.trunc(Math.random() * 1e9));
let state = seed;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

/** One thing a client asked for. It is acknowledged once a 201 has arrived. */
type Asked = { key: string; title: string; number: string | null };

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sam@pizza.example', password: 'pizza' }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function ask(url: string, cookie: string, asked: Asked): Promise<void> {
  const answer = await fetch(`${url}/api/v1/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'idempotency-key': asked.key },
    body: JSON.stringify({ title: asked.title }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await answer.text();
  if (answer.status === 201) asked.number = (JSON.parse(text) as { number: string }).number;
}

/** Logs incidents one after the other until told to end; what fails on the way stays unacknowledged. */
async function client(url: string, cookie: string, all: Asked[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const asked: Asked = { key: randomUUID(), title: `Kill test ${randomUUID()}`, number: null };
    all.push(asked);
    await ask(url, cookie, asked).catch(() => sleep(20));
  }
}

async function backendPids(url: string): Promise<number[]> {
  const asker = new pg.Client({ connectionString: url });
  asker.on('error', () => undefined);
  await asker.connect();
  const found = await asker.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()');
  await asker.end().catch(() => undefined);
  return found.rows.map((row) => row.pid);
}

/** What may die. Of the several processes of PostgreSQL any may be the "backend", the writer of its log too. */
type Target = 'server' | 'postmaster' | 'backend' | 'server and postmaster';
const targets: Target[] = ['server', 'postmaster', 'backend', 'server and postmaster'];

async function killOne(target: Target, running: RunningServer): Promise<void> {
  const file = databaseFile()!;
  const pids: number[] = [];
  if (target === 'backend') {
    const backends = await backendPids(file.url);
    pids.push(backends[random(backends.length)]!);
  }
  if (target.startsWith('server')) pids.push(running.child.pid!);
  if (target.endsWith('postmaster')) pids.push(file.pid!);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

async function ready({ url, child, said }: RunningServer): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    if (child.exitCode !== null) throw new Error(`seed ${seed}: the server ended with ${child.exitCode}: ${said()}`);
    if (Date.now() > end) throw new Error(`seed ${seed}: the server does not become ready again: ${said()}`);
    await sleep(50);
  }
}

test('kill -9 of any process at any moment loses nothing acknowledged', { timeout: 240_000 }, async () => {
  const all: Asked[] = [];
  const rounds = [...targets, ...Array.from({ length: 4 }, () => targets[random(targets.length)]!)];
  for (const target of rounds) {
    server ??= await startServer({ DATA_DIR: dataDir });
    const running = server;
    await ready(running);
    const cookie = await signIn(running.url);
    let over = false;
    const clients = Array.from({ length: 4 }, () => client(running.url, cookie, all, () => over));
    await sleep(150 + random(700));
    await killOne(target, running);
    if (target.startsWith('server')) {
      over = true;
      server = null;
    } else {
      // The server lives on and must serve again without help.
      await ready(running);
      await sleep(200);
      over = true;
    }
    await Promise.all(clients);
  }

  server ??= await startServer({ DATA_DIR: dataDir });
  await ready(server);
  const { url } = server;
  const cookie = await signIn(url);
  const acknowledged = all.filter((asked) => asked.number !== null);
  expect(acknowledged.length, `seed ${seed}`).toBeGreaterThan(rounds.length);

  // Asked again under the same key, what was broken off is done once, whether or not it had been done.
  for (const asked of all) if (asked.number === null) await ask(url, cookie, asked);
  expect(
    all.filter((asked) => asked.number === null),
    `seed ${seed}`,
  ).toEqual([]);

  const database = new pg.Client({ connectionString: databaseFile()!.url });
  await database.connect();
  const kept = await database.query<{ title: string; number: string; lines: number }>(
    `select r.title, r.number, (select count(*)::int from history h where h.record_id = r.id) as lines
       from record r where r.title like 'Kill test %'`,
  );
  await database.end();
  const stored = kept.rows.map(({ title, number, lines }) => `${title} ${number} ${lines > 0}`).sort();
  expect(stored, `seed ${seed}`).toEqual(all.map(({ title, number }) => `${title} ${number} true`).sort());

  expect(await server.stop()).toBe(0);
  server = null;
  const verified = await throughline({ DATA_DIR: dataDir }, 'verify-history');
  expect(verified.err, `seed ${seed}`).toBe('');
  expect(verified.code).toBe(0);
  expect(databaseFile()?.pid).toBeNull();
});
