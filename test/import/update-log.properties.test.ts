import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportedHouse, importHouse, type Life, livesIn } from './house';
import { logFile, rows } from './sample-log';

let whole: ImportedHouse;
let lives: Record<string, Life>;
beforeAll(async () => {
  whole = await importHouse();
  await whole.bring(logFile(rows));
  lives = await livesIn(whole);
});
afterAll(() => whole.end());

/** Imports one file after the other into a house of its own and compares it with the one import of all. */
async function equalsTheWhole(files: readonly (readonly string[])[], wanted: number): Promise<void> {
  const house = await importHouse();
  try {
    let stored = 0;
    for (const file of files) {
      const { created, updated } = await house.bring(logFile(file));
      stored += created + updated;
    }
    expect(stored).toBe(wanted);
    expect(await livesIn(house)).toEqual(lives);
  } finally {
    await house.end();
  }
}

test('any split of the file in two imports is one import, whether the second holds the rest or everything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: rows.length - 1 }), fc.boolean(), async (at, everything) => {
      await equalsTheWhole([rows.slice(0, at), everything ? rows : rows.slice(at)], rows.length);
    }),
    { numRuns: 10 },
  );
}, 60_000);
