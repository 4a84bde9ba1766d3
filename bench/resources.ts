import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

function statOf(pid: number | string): { parent: number; cpu: number } | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === '') return null;
  const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(rest[1]), cpu: (Number(rest[11]) + Number(rest[12])) / ticksPerSecond };
}

/** A process and its children: those of the database. Empty where the system shows no processes. */
export function family(pid: number): number[] {
  let names: string[] = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return [pid, ...names.map(Number).filter((other) => statOf(other)?.parent === pid)];
}

/** Seconds of processor time these processes have used. */
export function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.cpu ?? 0), 0);
}

/** The same, for each by itself: some come and go. */
export function cpuByProcess(pids: readonly number[]): Map<number, number> {
  return new Map(pids.map((pid) => [pid, cpuOf([pid])]));
}

/** Resident memory of one process, megabytes; `peak` the most it ever had. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = read(`/proc/${pid}/status`);
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

/** Memory of several processes that share some of it, each its share, megabytes. */
export function sharedMemoryOf(pids: readonly number[]): number {
  return pids.reduce(
    (sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024,
    0,
  );
}
