import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseFile } from '../db/embedded';
import { bornAt, readJson } from '../db/process';
import { removePlace, testPlace } from './place';
import { type RunningServer, startServer, throughline } from './server';

let dataDir: string;
let server: RunningServer;
const databaseFile = () => readJson<DatabaseFile>(join(dataDir, 'database.json'));

beforeAll(async () => {
  dataDir = testPlace();
  server = await startServer({ DATA_DIR: dataDir });
}, 120_000);
afterAll(async () => {
  if (server?.child.exitCode === null) server.child.kill('SIGKILL');
  await removePlace(dataDir);
});

test('a started server is ready and names the demonstration sign-ins', async () => {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.said()).toContain('sam@pizza.example');
});

test('a second server on the same data directory is refused with a sentence', async () => {
  await expect(startServer({ DATA_DIR: dataDir })).rejects.toThrow(
    /ended with 1: A server \(process \d+\) is already running on .*\n$/,
  );
});

test('the command line joins the running server: a token it makes is good at once', async () => {
  const made = await throughline(
    { DATA_DIR: dataDir },
    'token',
    'create',
    '--user',
    'sam@pizza.example',
    '--name',
    'test',
  );
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^tl_\S+\n$/) });
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${made.out.trim()}` } });
  expect(await me.json()).toMatchObject({ email: 'sam@pizza.example' });
});

test('who lost their second factor is let in from the command line, with a reason', async () => {
  const unlock = (...rest: string[]) => throughline({ DATA_DIR: dataDir }, 'user', 'unlock', ...rest);
  const done = await unlock('--email', 'ada@pizza.example', '--reason', 'Telephone lost');
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/^PER-\d+\n$/) });
  expect(await unlock('--email', 'nobody@x.example', '--reason', 'x')).toMatchObject({ code: 1, out: '' });
  expect(await unlock('--email', 'ada@pizza.example')).toMatchObject({ code: 2 });
});

test('the secret lies beside the data, for its owner alone', () => {
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
});

test('exit codes: 0 good, 1 refused with a sentence on stderr, 2 wrong usage', async () => {
  expect(await throughline({ DATA_DIR: dataDir }, 'help')).toMatchObject({ code: 0, err: '' });
  const unknown = await throughline({ DATA_DIR: dataDir }, 'fly');
  expect(unknown).toMatchObject({ code: 2, out: '' });
  const nobody = await throughline({ DATA_DIR: dataDir }, 'token', 'create', '--user', 'x@y.example', '--name', 'n');
  expect(nobody).toMatchObject({ code: 1, out: '' });
  expect(nobody.err.trim()).toMatch(/^[^\n]+\.$/);
});

test('SIGTERM drains: the server ends with 0 and the database is stopped; then the command line starts it for itself', async () => {
  const { pid } = databaseFile()!;
  expect(await server.stop()).toBe(0);
  expect(bornAt(pid!)).toBeNull();
  expect(await throughline({ DATA_DIR: dataDir }, 'verify-history')).toMatchObject({ code: 0, err: '' });
  expect(databaseFile()?.pid).toBeNull();
});
