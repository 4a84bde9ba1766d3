import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLink } from '../src/commons/identity';
import { post } from '../src/commons/notification';
import { rows, sql, transact } from '../src/kernel/database';
import { goOnSealing, sealAll, sealLag } from '../src/kernel/seal';
import { verifyHistory } from '../src/kernel/verify';
import { type Story, story } from '../test/story';
import { writeBackup } from './backup';
import { readBackup } from './restore';

let told: Story;
let empty: Story;
const folder = mkdtempSync(join(tmpdir(), 'throughline-backup-'));
const file = join(folder, 'everything.gz');
const quiet = () => undefined;

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  empty = await story('2026-03-02T09:00:00Z');
});
afterAll(async () => {
  await told.end();
  await empty.end();
  rmSync(folder, { recursive: true });
});

/** Transactions of other test files hold the seal back: they share the cluster. */
async function sealed(of: Story): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await sealAll(of.db, 'test', new Date());
    if ((await sealLag(of.db)).waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

test('a backup restored into an empty organisation is the organisation, and lets nobody in', async () => {
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  const incident = await told.act('incident.log', null, { title: 'Kept for ever' });
  await told.act('incident.comment', String(incident.id), { text: 'with all it said' });
  const link = await makeLink(told.db, 'password', null, new Date(told.now().getTime() + 60_000));
  const values = { address: `https://x.example/reset?token=${link}`, hours: 2 };
  await post(
    told.db,
    [{ person_id: null, to: 'rita@x.test', kind: 'password', reason: 'account', language: 'en', values }],
    told.now(),
  );
  await sealed(told);
  await told.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => writeBackup(trx, file, told.now(), quiet));
  expect(gunzipSync(readFileSync(file)).toString()).not.toContain(link);

  await transact(empty.db, async (trx) => {
    await readBackup(trx, file, quiet);
    await goOnSealing(trx);
  });
  expect((await verifyHistory(empty.db)).broken).toBeNull();
  const all = sql`select r.*, o.*, (select jsonb_agg(c order by c.id) from comment c where c.record_id = r.id) as said
    from record r join incident o on o.id = r.id order by r.id`;
  expect(await rows(empty.db, all)).toEqual(await rows(told.db, all));
  const more = await empty.act('incident.log', null, { title: 'And it goes on' });
  expect(more.number).not.toBe(incident.number);
  await sealed(empty);
  expect((await verifyHistory(empty.db)).broken).toBeNull();
});
