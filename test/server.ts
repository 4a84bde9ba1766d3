import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The product running as its own process, as people start it. */
export type RunningServer = {
  /** `http://127.0.0.1:PORT` */
  url: string;
  child: ChildProcess;
  /** What it has said so far, on both outputs. */
  said: () => string;
  /** Asks it to drain and waits for its end; answers the exit code. */
  stop: () => Promise<number | null>;
};

let built = false;

/** Makes the bundles that are stale, once per test process. */
export function buildProduct(): void {
  if (built) return;
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), 'server', 'cli', 'web'], { stdio: 'pipe' });
  built = true;
}

const settings = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _server, DATA_DIR: _directory, THROUGHLINE_NOW: _now, ...rest } = process.env;
  return { ...rest, LOG_LEVEL: 'error', ...more };
};

/**
 * Starts the server with settings by environment (DATA_DIR or DATABASE_URL are the caller's to give) on a free port,
 * and waits until it says its address. Throws what it said when it ends instead.
 */
export async function startServer(env: NodeJS.ProcessEnv): Promise<RunningServer> {
  buildProduct();
  const child = spawn(process.execPath, [join(root, 'dist', 'server.js')], {
    cwd: root,
    env: settings({ PORT: '0', HOST: '127.0.0.1', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      const port = /ready: http:\/\/[^\s:]+:(\d+)/.exec(text)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  return {
    url,
    child,
    said: () => text,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export type Ran = { code: number | null; out: string; err: string };

/** Runs the command line as its own process. */
export async function throughline(env: NodeJS.ProcessEnv, ...words: string[]): Promise<Ran> {
  buildProduct();
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...words], {
    cwd: root,
    env: settings(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ran.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ran.err += chunk.toString();
  });
  ran.code = await new Promise((resolve) => child.once('close', resolve));
  return ran;
}
