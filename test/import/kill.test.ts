import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rows as all, sql } from '../../src/kernel/database';
import { buildProduct } from '../server';
import { type ImportedHouse, importHouse, livesIn } from './house';
import { logFile, mapping, rows } from './sample-log';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The sample again and again under other case numbers: long enough to be killed in its midst. */
const long = Array.from({ length: 400 }, (_, copy) => rows.map((row) => row.replace(/^T/, `C${copy}-`))).flat();

function importing(house: ImportedHouse, file: string, map: string, ...more: string[]) {
  const child = spawn(
    process.execPath,
    [join(root, 'dist', 'cli.js'), 'import', 'update-log', file, '--map', map, '--json', ...more],
    { env: { ...process.env, DATABASE_URL: house.url, LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('exit', (code) => resolve({ code, out, err })),
  );
  return { child, ended };
}

const stored = async ({ db }: ImportedHouse) =>
  (await all<{ n: number }>(db, sql`select count(*)::int as n from history where cause ? 'row'`))[0]!.n;

test('an import killed half-way and resumed ends with the same records and lines', async () => {
  buildProduct();
  const file = logFile(long, 'long.csv');
  const map = file.replace('long.csv', 'map.json');
  writeFileSync(map, JSON.stringify(mapping));
  const [killed, whole] = [await importHouse(), await importHouse()];
  try {
    expect((await importing(whole, file, map).ended).code).toBe(0);
    const reached: number[] = [];
    for (const share of [0.2, 0.6]) {
      const { child, ended } = importing(killed, file, map, '--resume');
      const before = Date.now();
      while ((await stored(killed)) < long.length * share && Date.now() - before < 60_000) await sleep(20);
      child.kill('SIGKILL');
      await ended;
      reached.push(await stored(killed));
    }
    expect(reached[0]).toBeGreaterThan(0);
    expect(reached[1]).toBeLessThan(long.length);
    const last = await importing(killed, file, map, '--resume').ended;
    expect(last).toMatchObject({ code: 0 });
    const outcome = JSON.parse(last.out);
    expect(outcome).toMatchObject({ read: long.length, refused: [] });
    expect(outcome.unchanged).toBeGreaterThanOrEqual(reached[1]!);
    expect(outcome.created + outcome.updated + outcome.unchanged).toBe(long.length);
    expect(await livesIn(killed)).toEqual(await livesIn(whole));
  } finally {
    await killed.end();
    await whole.end();
  }
}, 180_000);
