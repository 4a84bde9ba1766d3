import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation } from '../../test/door';
import { type Story, story } from '../../test/story';
import { type Db, rows, sql } from './database';
import { blankHistory } from './erase';
import { digestOf, type StoredLine } from './history';
import { sealAll, sealLag } from './seal';
import { verifyHistory } from './verify';

let told: Story;
let incident: string;
let middle: number;

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
  incident = String(
    (await told.act('incident.log', null, { title: 'Secret till', description: 'of Rita' }, 'rita@x.test')).id,
  );
  for (const text of ['one', 'two', 'three']) await told.act('incident.comment', incident, { text }, 'sam@x.test');
  await told.act('incident.edit', incident, { title: 'Till' }, 'sam@x.test');
  for (let tries = 0; tries < 400 && (await sealLag(told.db)).waiting > 0; tries++) {
    await sealAll(told.db, 'test', new Date());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [found] = await rows<{ seq: number }>(
    told.db,
    sql`select seq from history_seal s join history h on h.id = s.line_id where h.name = 'incident.commented' order by seq offset 1 limit 1`,
  );
  middle = Number(found!.seq);
});
afterAll(() => told.end());

/** What the verdict would be after a deed, which is then taken back. */
async function verdictAfter(deed: (db: Db) => Promise<unknown>) {
  const undo = new Error('undo');
  let verdict: Awaited<ReturnType<typeof verifyHistory>> | undefined;
  await told.db
    .transaction()
    .execute(async (db) => {
      await deed(db);
      verdict = await verifyHistory(db);
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  return verdict!;
}
const at = (seq: number) => sql`(select line_id from history_seal where seq = ${seq})`;

describe('verify-history', () => {
  test('holds for what the door wrote', async () => {
    expect(await verifyHistory(told.db)).toMatchObject({ unsealed: 0, broken: null });
  });

  test.each([
    [
      'a value',
      (seq: number) =>
        sql`update history set changes = jsonb_set(changes, '{0,after,text}', '"forged"') where id = ${at(seq)}`,
    ],
    ['who did it', (seq: number) => sql`update history set actor_id = null where id = ${at(seq)}`],
    ['when', (seq: number) => sql`update history set at = at + interval '1 day' where id = ${at(seq)}`],
    ['its name', (seq: number) => sql`update history set name = 'incident.noted' where id = ${at(seq)}`],
    ['why', (seq: number) => sql`update history set why = '{"rule":"mine"}' where id = ${at(seq)}`],
    ['a change too many', (seq: number) => sql`update history set changes = changes || changes where id = ${at(seq)}`],
    ['itself, gone', (seq: number) => sql`delete from history where id = ${at(seq)}`],
  ])('finds the first line that lost %s', async (_what, deed) => {
    const { broken } = await verdictAfter((db) => deed(middle).execute(db));
    expect(broken).toMatchObject({ seq: middle, sentence: expect.stringMatching(/\.$/) });
  });

  test('finds a line forged together with its digest, by the chain', async () => {
    const { broken } = await verdictAfter(async (db) => {
      const [found] = await rows<StoredLine>(db, sql`select * from history where id = ${at(middle)}`);
      const forged = { ...found!, actor_id: null };
      await sql`update history set actor_id = null, digest = ${digestOf(forged)} where id = ${found!.id}::uuid`.execute(
        db,
      );
    });
    expect(broken?.seq).toBe(middle);
  });

  test('finds two lines that changed places, a seal taken out, and an end cut off', async () => {
    const swapped = await verdictAfter(async (db) => {
      const ids = await rows<{ seq: number; line_id: string }>(
        db,
        sql`select seq, line_id from history_seal where seq in (${middle}, ${middle + 1}) order by seq`,
      );
      await sql`update history_seal set line_id = gen_random_uuid() where seq = ${middle}`.execute(db);
      await sql`update history_seal set line_id = ${ids[0]!.line_id}::uuid where seq = ${middle + 1}`.execute(db);
      await sql`update history_seal set line_id = ${ids[1]!.line_id}::uuid where seq = ${middle}`.execute(db);
    });
    expect(swapped.broken?.seq).toBe(middle);
    expect(
      (await verdictAfter((db) => sql`delete from history_seal where seq = ${middle}`.execute(db))).broken?.seq,
    ).toBe(middle + 1);
    expect(
      (await verdictAfter((db) => sql`delete from history_seal where seq > ${middle}`.execute(db))).broken?.seq,
    ).toBe(middle + 1);
  });

  test('an erasure takes the values and leaves the chain whole; a forged blank is found', async () => {
    const blanked = (db: Db) => blankHistory(db, [incident], ['title', 'description', 'comment']);
    const erased = await verdictAfter(async (db) => {
      expect(await blanked(db)).toBeGreaterThan(4);
      const left = await rows<{ text: string }>(
        db,
        sql`select changes::text as text from history where record_id = ${incident}::uuid`,
      );
      expect(left.map(({ text }) => text).join(' ')).not.toMatch(/Secret till|of Rita|"two"/);
    });
    expect(erased.broken).toBeNull();
    const forged = await verdictAfter(async (db) => {
      await blanked(db);
      await sql`update history set changes = jsonb_set(changes, '{0,leaf}', '"00"') where id = ${at(middle)}`.execute(
        db,
      );
    });
    expect(forged.broken?.seq).toBe(middle);
  });
});
