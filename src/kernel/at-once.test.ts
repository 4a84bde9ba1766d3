import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation } from '../../test/door';
import { type Story, story } from '../../test/story';
import { type Row, rows, sql } from './database';
import { perform } from './perform';
import { seal, sealAll, sealLag } from './seal';
import { verifyHistory } from './verify';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
});
afterAll(() => told.end());

const log = async () => String((await told.act('incident.log', null, { title: 'Till' }, 'sam@x.test')).id);

describe('two at once on one record', () => {
  test('lose nothing: every change is there, and the version grew by one for each', async () => {
    const id = await log();
    const changes = ['title', 'description', 'category', 'subcategory', 'source_number'].slice(0, 4);
    await Promise.all(
      [...changes, ...changes].map((field, at) =>
        told.act('incident.edit', id, { [field]: `${field} ${at}` }, at % 2 ? 'sam@x.test' : 'cho@x.test'),
      ),
    );
    const row = await told.row('incident', id);
    expect(row.version).toBe(1 + 2 * changes.length);
    const lines = await told.lines(id);
    expect(lines).toHaveLength(1 + 2 * changes.length);
    for (const field of changes) {
      const told2 = lines.flatMap((line) =>
        (line.changes as { field: string; before: unknown; after: unknown }[]).filter(
          (change) => change.field === field,
        ),
      );
      // Each began where the one before it ended.
      for (const [at, change] of told2.entries()) if (at > 0) expect(change.before).toBe(told2[at - 1]!.after);
      expect(row[field === 'title' ? 'title' : field]).toBe(told2[told2.length - 1]!.after);
    }
  });

  test('with the version they read: one is done, the others are stale', async () => {
    const id = await log();
    const verb = told.house.verbs.get('incident.edit')!;
    const context = await told.context('sam@x.test');
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((at) => perform(context, verb, [{ id, version: [1], input: { category: `c${at}` } }])),
    );
    const codes = results.map(([result]) => (result!.ok ? 'done' : result!.refusal.code));
    expect(codes.sort()).toEqual(['done', 'stale', 'stale', 'stale', 'stale']);
    expect((await told.row('incident', id)).version).toBe(2);
  });

  test('where only one is possible, one is done and the others are refused', async () => {
    const id = await log();
    const results = await Promise.all([1, 2, 3, 4].map(() => told.actAll('incident.start', [{ id }], 'sam@x.test')));
    expect(results.map(([result]) => (result!.ok ? 'done' : result!.refusal.code)).sort()).toEqual([
      'done',
      'wrong_state',
      'wrong_state',
      'wrong_state',
    ]);
  });

  test('sets that cross each other both end: nobody waits for ever', async () => {
    const ids = [await log(), await log(), await log(), await log()];
    const edit = (order: string[], category: string) =>
      told.actAll(
        'incident.edit',
        order.map((id) => ({ id, input: { category } })),
        'sam@x.test',
      );
    const results = await Promise.all([
      edit(ids, 'a'),
      edit([...ids].reverse(), 'b'),
      edit(ids, 'c'),
      edit([...ids].reverse(), 'd'),
    ]);
    expect(results.flat().every((result) => result.ok)).toBe(true);
    const categories = new Set(await Promise.all(ids.map(async (id) => (await told.row('incident', id)).category)));
    expect(categories.size).toBe(1);
  });
});

describe('the seal under many writers', () => {
  test('numbers every line once, without a gap, and never changes what it numbered, though some commit late', async () => {
    const verb = told.house.verbs.get('incident.comment')!;
    const id = await log();
    const context = await told.context('sam@x.test');
    const others = await Promise.all([1, 2, 3].map(log));
    const seen = new Map<number, string>();
    let writing = true;
    const look = async () => {
      const lines = await rows<{ seq: number; line_id: string }>(
        told.db,
        sql`select seq, line_id from history_seal order by seq`,
      );
      for (const [at, { seq, line_id }] of lines.entries()) {
        expect(Number(seq)).toBe(at + 1);
        expect(seen.get(at) ?? line_id).toBe(line_id);
        seen.set(at, line_id);
      }
    };
    const sealers = ['one', 'two'].map(async (holder) => {
      while (writing) {
        await seal(told.db, holder, new Date());
        await look();
        await pause(5);
      }
    });
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let at = 0; at < 8; at++)
        await told.db.transaction().execute(async (db) => {
          if (writer > 2) await log();
          const target = others[writer % 3]!;
          await perform({ ...context, db }, verb, [
            { id: writer === 5 ? id : target, input: { text: `${writer} ${at}` } },
          ]);
          await pause(writer * 7);
        });
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealers);
    for (let tries = 0; tries < 400 && (await sealLag(told.db)).waiting > 0; tries++) {
      await sealAll(told.db, 'two', new Date(Date.now() + 60_000));
      await pause(20);
    }
    await look();
    const [count] = await rows<Row>(
      told.db,
      sql`select (select count(*)::int from history) as lines, (select count(*)::int from history_seal) as sealed, (select count(distinct line_id)::int from history_seal) as once`,
    );
    expect(count).toEqual({ lines: count!.lines, sealed: count!.lines, once: count!.lines });
    expect(await verifyHistory(told.db)).toMatchObject({ lines: count!.lines, unsealed: 0, broken: null });
  });
});
