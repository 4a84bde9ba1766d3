import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryOf } from './resources';

/** The directory of the bundles, seen from this bundle or from its source. */
const here = dirname(fileURLToPath(import.meta.url));
const dist = here.endsWith('dist') ? here : join(here, '..', 'dist');

/** The product running as people start it. */
export interface Product {
  readonly url: string;
  readonly child: ChildProcess;
  readonly pid: number;
  /** The process of the database; undefined where it is not ours. */
  readonly databasePid: number | undefined;
  readonly databaseUrl: string;
  /** Milliseconds from the start of the process to its first ready answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const environment = (dataDir: string) => ({ ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' });

export async function startProduct(dataDir: string): Promise<Product> {
  mkdirSync(dataDir, { recursive: true });
  const began = performance.now();
  const child = spawn(process.execPath, [join(dist, 'server.js')], {
    env: environment(dataDir),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/[^\s:]+:(\d+)/.exec(said);
      if (found) resolve(`http://127.0.0.1:${found[1]}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) await new Promise((go) => setTimeout(go, 10));
  const startMs = performance.now() - began;
  const database = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as { pid: number; url: string };
  return {
    url,
    child,
    pid: child.pid!,
    databasePid: database.pid,
    databaseUrl: database.url,
    startMs,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Runs a verb of the command line; answers what it said, how long it took and the most memory it had. */
export async function commandLine(dataDir: string, ...args: string[]) {
  const began = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=64', join(dist, 'cli.js'), ...args], {
    env: environment(dataDir),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  let peak = 0;
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid!).peak);
  }, 200);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  return { code, out, seconds: (performance.now() - began) / 1000, peakMb: peak };
}
