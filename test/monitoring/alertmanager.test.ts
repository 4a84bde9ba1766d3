import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removePlace, testPlace } from '../place';
import { type RunningServer, startServer, throughline } from '../server';

/** The real programs: Prometheus asks a program of ours whether it lives, Alertmanager tells the product. */
const programs = ['prometheus', 'prometheus-alertmanager'];
const missing = programs.filter((name) => {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'pipe' });
    return false;
  } catch {
    return true;
  }
});

const place = testPlace();
const children: ChildProcess[] = [];
let server: RunningServer | undefined;
let token = '';

beforeAll(async () => {
  if (missing.length > 0) return;
  const env = { DATA_DIR: join(place, 'data'), THROUGHLINE_DEMO: '1' };
  server = await startServer(env);
  const ran = await throughline(
    env,
    'token',
    'create',
    '--user',
    'ada@pizza.example',
    '--name',
    'AM',
    '--scope',
    'hooks',
  );
  token = ran.out.trim();
}, 400_000);

afterAll(async () => {
  await Promise.all(
    children.map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null) return resolve();
          child.once('exit', () => resolve());
          child.kill('SIGTERM');
        }),
    ),
  );
  await server?.stop();
  await removePlace(place, join(place, 'data'));
});

async function freePort(): Promise<number> {
  const found = createServer();
  await new Promise<void>((resolve) => found.listen(0, '127.0.0.1', resolve));
  const { port } = found.address() as { port: number };
  await new Promise((resolve) => found.close(resolve));
  return port;
}

/** Starts a program with arguments of its own; what it says is thrown when it ends early. */
function begin(program: string, args: string[]): void {
  const child = spawn(program, args, { cwd: place, stdio: 'ignore' });
  child.on('error', () => undefined);
  children.push(child);
}

test('a real Alertmanager opens one incident and closes it, and its watchdog opens nothing', async (context) => {
  if (missing.length > 0) return context.skip(`not installed: ${missing.join(', ')}`);
  const { url } = server!;
  const [target, prometheus, alertmanager] = [await freePort(), await freePort(), await freePort()];
  mkdirSync(join(place, 'tsdb'));
  writeFileSync(
    join(place, 'rules.yml'),
    `groups:
  - name: test
    interval: 1s
    rules:
      - alert: TillDown
        expr: up{job="till"} == 0
        for: 1s
        labels: {severity: critical, service: "Card payments"}
        annotations: {summary: "The till does not answer"}
      - alert: Watchdog
        expr: vector(1)
        labels: {severity: none, service: none}
`,
  );
  writeFileSync(
    join(place, 'prometheus.yml'),
    `global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:${alertmanager}"]}]}]}
scrape_configs: [{job_name: till, static_configs: [{targets: ["127.0.0.1:${target}"]}]}]
`,
  );
  writeFileSync(
    join(place, 'alertmanager.yml'),
    `route: {receiver: desk, group_by: [alertname, service], group_wait: 1s, group_interval: 1s, repeat_interval: 2s}
receivers:
  - name: desk
    webhook_configs:
      - url: ${url}/hooks/alertmanager
        send_resolved: true
        http_config: {authorization: {type: Bearer, credentials: ${token}}}
`,
  );
  begin('prometheus-alertmanager', [
    '--config.file=alertmanager.yml',
    `--web.listen-address=127.0.0.1:${alertmanager}`,
    '--cluster.listen-address=',
    `--storage.path=${join(place, 'am')}`,
  ]);
  begin('prometheus', [
    '--config.file=prometheus.yml',
    `--web.listen-address=127.0.0.1:${prometheus}`,
    `--storage.tsdb.path=${join(place, 'tsdb')}`,
  ]);

  const signedIn = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'sam@pizza.example', password: 'pizza' }),
  });
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  const found = async () => {
    const answer = await fetch(`${url}/api/v1/incidents?source=alertmanager&fields=title,state`, {
      headers: { cookie },
    });
    const { items } = (await answer.json()) as { items: { title: string; state: string }[] };
    return items.map(({ title, state }) => `${title}: ${['resolved', 'closed'].includes(state) ? 'over' : 'open'}`);
  };
  await expect.poll(found, { timeout: 60_000, interval: 500 }).toEqual(['TillDown: Card payments: open']);

  // The till answers: Prometheus sees it, Alertmanager says so.
  const till = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\ntill_up 1\n'),
    );
  });
  await new Promise<void>((resolve) => till.listen(target, '127.0.0.1', resolve));
  try {
    await expect.poll(found, { timeout: 60_000, interval: 500 }).toEqual(['TillDown: Card payments: over']);
  } finally {
    await new Promise((resolve) => till.close(resolve));
  }
}, 180_000);
