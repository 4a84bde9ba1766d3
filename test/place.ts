import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DatabaseFile, runningUsers } from '../db/embedded';
import { stopPostmaster } from '../db/postmaster';
import { bornAt, readJson } from '../db/process';

const prefix = 'throughline-test-';

/**
 * A directory for this test process. Every account may enter it, so that a database of root lies inside as well and goes
 * with it. Who makes it removes it by `removePlace`; what a killed run leaves, the next one sweeps.
 */
export function testPlace(): string {
  const place = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(place, 0o755);
  return place;
}

/** Stops the database of a data directory and removes both, wherever the database lies; a directory without one goes too. */
export async function removePlace(place: string, dataDir: string = place): Promise<void> {
  const file = readJson<DatabaseFile>(join(dataDir, 'database.json'));
  if (file?.pid && bornAt(file.pid) === file.born) await stopPostmaster(file.pid);
  if (file && !file.place.startsWith(place)) rmSync(dirname(file.place), { recursive: true, force: true });
  rmSync(place, { recursive: true, force: true });
}

/** Removes what runs left behind that were killed; what a process still uses stays. */
export async function sweepPlaces(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const place = join(tmpdir(), name);
    const maker = Number(name.slice(prefix.length).split('-')[0]);
    if (bornAt(maker) !== null) continue;
    const dataDirs = [place, join(place, 'data')];
    if (dataDirs.some((directory) => runningUsers(directory) > 0)) continue;
    try {
      for (const directory of dataDirs.reverse()) await removePlace(place, directory);
    } catch {
      // Another user's leavings are theirs.
    }
  }
}
