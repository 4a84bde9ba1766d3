import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { underLock } from '../db/process';

/** A running browser, or the reason why browser stories must be skipped. */
export type Opened = { browser: Browser; reason: null } | { browser: null; reason: string };

/** Used only where the system has no Chromium: a build that comes as an npm package. */
const fallback = { name: '@sparticuz/chromium', version: '143.0.4' };

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The system's Chromium: CHROMIUM_PATH first, then the usual names on PATH; null when there is none. */
export function systemChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return canRun(named) ? named : null;
  const directories = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(canRun) ?? null;
}

type Packed = { path: string; args: string[] };

/** Fetches the packaged Chromium once into the cache of node_modules. */
async function packagedChromium(): Promise<Packed> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const place = join(root, 'node_modules', '.cache', 'throughline-chromium');
  mkdirSync(place, { recursive: true });
  const entry = await underLock(join(place, 'lock'), 300_000, async () => {
    if (!existsSync(join(place, 'node_modules', fallback.name))) {
      const words = ['install', '--prefix', place, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
      execFileSync('npm', [...words, `${fallback.name}@${fallback.version}`], { stdio: 'pipe', timeout: 240_000 });
    }
    return createRequire(join(place, 'x.js')).resolve(fallback.name);
  });
  const loaded = (await import(pathToFileURL(entry).href)) as {
    default: { executablePath: () => Promise<string>; args: string[] };
  };
  return { path: await loaded.default.executablePath(), args: loaded.default.args };
}

async function launch(executablePath: string, more: string[] = []): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, headless: true, args: [...quiet, ...sandbox, ...more] });
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/**
 * Starts a browser for stories: the system's Chromium or, failing that, one from npm. When neither starts the answer
 * carries the reason, for `context.skip(reason)`.
 */
export async function openBrowser(): Promise<Opened> {
  const path = systemChromium();
  const tried: string[] = [];
  if (path) {
    try {
      return { browser: await launch(path), reason: null };
    } catch (error) {
      tried.push(`${path} does not start (${firstLine(error)})`);
    }
  } else {
    tried.push('there is no Chromium on this system');
  }
  try {
    const packed = await packagedChromium();
    return { browser: await launch(packed.path, packed.args), reason: null };
  } catch (error) {
    tried.push(`the one from npm cannot be used (${firstLine(error)})`);
  }
  return { browser: null, reason: tried.join(', and ') };
}
