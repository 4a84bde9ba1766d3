import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DatabaseFile, startOrJoin } from '../db/embedded';
import { isRoot } from '../db/postgres-account';
import { bornAt, readJson } from '../db/process';
import { removePlace, sweepPlaces, testPlace } from './place';

const made: string[] = [];
afterEach(async () => {
  for (const place of made.splice(0)) await removePlace(place);
});
const aPlace = () => {
  const place = testPlace();
  made.push(place);
  return place;
};
const begun = (dataDir: string) =>
  startOrJoin(dataDir, { role: 'cli', durable: false, settings: { shared_buffers: '32MB' } });

test('a database is removed with its place, also one that lies elsewhere and still runs', async () => {
  const place = aPlace();
  // What its account cannot enter makes root put the database outside.
  if (isRoot()) chmodSync(place, 0o700);
  const database = await begun(place);
  const file = readJson<DatabaseFile>(join(place, 'database.json'))!;
  expect(file.place.startsWith(place)).toBe(!isRoot());
  expect(bornAt(file.pid!)).toBe(file.born);
  await database.stop();
  await removePlace(place);
  expect([bornAt(file.pid!), existsSync(dirname(file.place)), existsSync(place)]).toEqual([null, false, false]);
}, 60_000);

test('the place of a living process stays, that of a dead one goes', async () => {
  const mine = aPlace();
  const dead = join(dirname(mine), `throughline-test-${2 ** 22 + 1}-left`);
  mkdirSync(dead);
  try {
    await sweepPlaces();
    expect([existsSync(mine), existsSync(dead)]).toEqual([true, false]);
  } finally {
    rmSync(dead, { recursive: true, force: true });
  }
});

test('what a process still uses is not swept, though its maker is gone', async () => {
  const mine = aPlace();
  const left = join(dirname(mine), `throughline-test-${2 ** 22 + 2}-used`);
  mkdirSync(left, { mode: 0o755 });
  chmodSync(left, 0o755);
  made.push(left);
  const database = await begun(left);
  await sweepPlaces();
  expect(existsSync(join(left, 'database.json'))).toBe(true);
  await database.stop();
  await sweepPlaces();
  expect(existsSync(left)).toBe(false);
}, 60_000);
