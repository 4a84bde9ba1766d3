import { one, sql } from '../src/kernel/database';
import { open } from '../src/open';
import { promisedTypes, sweepPromises } from '../src/value-streams/keep-service-promises';
import { settingsFor } from './build';
import { say } from './say';

const takenBack = new Error('taken back');

/**
 * The sweep of the clocks: when nothing is due, and with many due at once. All clocks of the set run meanwhile (those
 * that ended are set to tell something in a far future), and the tellings due at once are those of open incidents. It
 * is done in a transaction that is taken back.
 */
export async function measureSweep(dataDir: string, atOnce = 10_000): Promise<Record<string, number>> {
  const opened = await open(settingsFor(dataDir), 'cli', say);
  const { db, house } = opened;
  try {
    const found = await one<{ first: Date | null; until: Date | null }>(
      db,
      sql`select min(next_at) as first,
            (select next_at from clock where next_at is not null order by next_at offset ${atOnce - 1} limit 1) as until
          from clock where next_at is not null`,
    );
    if (!found?.first) return {};
    const idle: number[] = [];
    let all = 0;
    let spoken = 0;
    let running = 0;
    await db
      .transaction()
      .execute(async (trx) => {
        await sql`set local statement_timeout to 0`.execute(trx);
        await sql`update clock set next_at = '2999-01-01'::timestamptz + random() * interval '1 year' where next_at is null`.execute(
          trx,
        );
        await sql`analyze clock`.execute(trx);
        running = (await one<{ n: number }>(trx, sql`select count(*)::int as n from clock where next_at is not null`))!
          .n;
        for (let turn = 0; turn < 50; turn++) {
          const began = performance.now();
          await sweepPromises(trx, house, promisedTypes, new Date(found.first!.getTime() - 1_000));
          idle.push(performance.now() - began);
        }
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
    idle.sort((a, b) => a - b);
    const told = running.toLocaleString('en');
    return {
      [`${told} clocks running, nothing due (p50)`]: idle[25]!,
      [`${told} clocks running, ${spoken.toLocaleString('en')} tellings due at once`]: all,
    };
  } finally {
    await opened.close();
  }
}
