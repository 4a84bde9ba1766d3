import { one, sql } from '../src/kernel/database';
import { open } from '../src/open';
import { promisedTypes, sweepPromises } from '../src/value-streams/keep-service-promises';
import { settingsFor } from './build';
import { say } from './say';

/**
 * The sweep of the clocks: when nothing is due, and with many due at once. The second is done at the instant at which
 * so many clocks have something to tell, in a transaction of its own that is taken back.
 */
export async function measureSweep(dataDir: string, atOnce = 10_000): Promise<Record<string, number>> {
  const opened = await open(settingsFor(dataDir), 'cli', say);
  const { db, house } = opened;
  try {
    const found = await one<{ clocks: number; first: Date | null; until: Date | null; count: number }>(
      db,
      sql`select count(*)::int as clocks, min(next_at) as first,
            (select next_at from clock where next_at is not null order by next_at offset ${atOnce - 1} limit 1) as until,
            least(count(*), ${atOnce})::int as count
          from clock where next_at is not null`,
    );
    if (!found?.first) return {};
    const idle: number[] = [];
    for (let turn = 0; turn < 50; turn++) {
      const began = performance.now();
      await sweepPromises(db, house, promisedTypes, new Date(found.first.getTime() - 1_000));
      idle.push(performance.now() - began);
    }
    idle.sort((a, b) => a - b);
    const takenBack = new Error('taken back');
    let all = 0;
    let spoken = 0;
    await db
      .transaction()
      .execute(async (trx) => {
        const until = found.until ?? new Date(found.first!.getTime() + 365 * 86_400_000);
        const began = performance.now();
        for (let did = 1; did > 0 && spoken < atOnce; spoken += did)
          did = await sweepPromises(trx, house, promisedTypes, until);
        all = performance.now() - began;
        throw takenBack;
      })
      .catch((error) => {
        if (error !== takenBack) throw error;
      });
    const running = found.clocks.toLocaleString('en');
    return {
      [`${running} clocks waiting, nothing due (p50)`]: idle[25]!,
      [`${running} clocks waiting, ${spoken.toLocaleString('en')} tellings due at once`]: all,
    };
  } finally {
    await opened.close();
  }
}
