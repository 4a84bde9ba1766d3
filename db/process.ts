import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process named so that a later process with the same number is not mistaken for it. */
export type ProcessName = { pid: number; born: string; host: string };

function bornOnLinux(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  if (state === 'Z' || state === 'X') return null;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${fields[19]}`;
}

/** When the process was born, as a text to compare; null when there is no such process (a zombie counts as none). */
export function bornAt(pid: number): string | null {
  try {
    if (process.platform === 'linux') return bornOnLinux(pid);
    if (process.platform === 'win32') {
      process.kill(pid, 0);
      return 'unknown';
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** The words the process was started with, or null when it is gone or not ours to read. */
export function commandOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export function thisProcess(): ProcessName {
  return { pid: process.pid, born: bornAt(process.pid) ?? 'unknown', host: hostname() };
}

/** Whether the named process still lives. One of another host cannot be seen from here and counts as gone. */
export function isAlive(name: ProcessName): boolean {
  return name.host === hostname() && name.pid > 0 && bornAt(name.pid) === name.born;
}

/** The parsed file, or null when it is absent or broken off. */
export function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Writes the whole file or nothing of it; only the owner may read it. */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}.${randomUUID().slice(0, 8)}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** Creates the file with its content in one step, or says that it is there already. */
function createWhole(path: string, value: unknown): boolean {
  const draft = `${path}.${process.pid}.${randomUUID().slice(0, 8)}`;
  writeFileSync(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock left by a dead process; a lock that a living one took meanwhile is put back. */
function removeStale(path: string): void {
  const aside = `${path}.stale.${randomUUID().slice(0, 8)}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const holder = readJson<ProcessName>(aside);
  if (holder && isAlive(holder)) {
    try {
      linkSync(aside, path);
    } catch {
      // A third process has taken the lock in between; it will find this one alive by other means.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the lock file for this process and answers null, or answers who holds it. A holder that no longer lives loses
 * the lock. The file carries `details` beside the process, for people who look into it.
 */
export function takeLock(path: string, details: Record<string, unknown> = {}): ProcessName | null {
  for (let attempt = 0; ; attempt += 1) {
    if (createWhole(path, { ...thisProcess(), ...details })) return null;
    const holder = readJson<ProcessName>(path);
    if (holder && isAlive(holder)) return holder;
    if (attempt > 20) throw new Error(`The lock file ${path} cannot be taken.`);
    removeStale(path);
  }
}

/** Gives the lock back if this process holds it. */
export function releaseLock(path: string): void {
  const holder = readJson<ProcessName>(path);
  if (holder && holder.pid === process.pid && isAlive(holder)) rmSync(path, { force: true });
}

/** Runs `work` while this process holds the lock file; waits up to `patienceMs` for another holder. */
export async function underLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (let holder = takeLock(path); holder !== null; holder = takeLock(path)) {
    if (performance.now() > end) throw new Error(`The process ${holder.pid} keeps ${path} locked.`);
    await sleep(30);
  }
  try {
    return await work();
  } finally {
    releaseLock(path);
  }
}
