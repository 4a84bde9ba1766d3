import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Story, story } from '../../test/story';
import { runReactions } from './afterwards';
import type { Verb } from './command';
import { rows, sql } from './database';
import type { Afterwards } from './house';
import { newId } from './id';
import { fireTimers } from './timers';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
});
afterAll(() => told.end());

const log = (title: string) => told.act('incident.log', null, { title });
const stateOf = async (id: unknown) => (await told.row('incident', String(id))).state;

describe('work in the background', () => {
  test('a timer that meets a fault of ours is put off and holds up no other', async () => {
    const [bad, good] = [await log('The faulty one'), await log('The other one')];
    for (const { id } of [bad, good])
      await told.act('incident.hold', String(id), { hold_reason: 'supplier', hold_until: '2026-03-02T10:00:00Z' });
    const verbs = told.house.verbs as Map<string, Verb>;
    const resume = verbs.get('incident.resume')!;
    verbs.set('incident.resume', {
      ...resume,
      decide: (record, ...rest) => {
        if (record.id === bad.id) throw new Error('a fault');
        return resume.decide(record, ...rest);
      },
    });
    await told.until('2026-03-02T10:00:01Z', false);
    const faults: unknown[] = [];
    expect(await fireTimers(told.db, told.house, told.now(), (fault) => faults.push(fault))).toBeGreaterThan(0);
    expect(faults).toHaveLength(1);
    expect([await stateOf(bad.id), await stateOf(good.id)]).toEqual(['on_hold', 'assigned']);
    verbs.set('incident.resume', resume);
    await told.later(6);
    expect(await stateOf(bad.id)).toBe('assigned');
  });

  test('a reaction that was put off holds up later ones of its record, but no other kind', async () => {
    await told.catchUp();
    const record = await log('Two kinds of reaction');
    const [line] = await told.lines(String(record.id));
    await sql`delete from reaction`.execute(told.db);
    const ran: string[] = [];
    const reaction = (name: string): Afterwards => ({
      name,
      on: () => false,
      react: async () => {
        ran.push(name);
      },
    });
    const house = { ...told.house, afterwards: [reaction('first'), reaction('second')] };
    const wait = (name: string, due: string) =>
      sql`insert into reaction (id, name, line_id, record_id, depth, due_at)
          values (${newId(told.now())}, ${name}, ${line!.id}, ${record.id}, 0, ${due}::timestamptz)`.execute(told.db);
    const now = told.now().toISOString();
    await wait('first', '2027-01-01T00:00:00Z');
    await wait('first', '2026-01-01T00:00:00Z');
    await wait('second', now);
    await runReactions(told.db, house, told.now());
    expect(ran).toEqual(['second']);
    expect(await rows(told.db, sql`select 1 from reaction where name = 'first'`)).toHaveLength(2);
  });

  test('a thousand that wait behind one put off hide nothing from those whose turn it is', async () => {
    await told.catchUp();
    const [late, other] = [await log('Waits for one put off'), await log('Waits for nothing')];
    const [line] = await told.lines(String(other.id));
    await sql`delete from reaction`.execute(told.db);
    const ran: string[] = [];
    const react: Afterwards['react'] = async (_, lines) => void ran.push(...lines.map((one) => one.record_id));
    const house = { ...told.house, afterwards: [{ name: 'only', on: () => false, react }] };
    const queue = (record: unknown, due: string, count: number) =>
      sql`insert into reaction (id, name, line_id, record_id, depth, due_at)
          select gen_random_uuid(), 'only', ${line!.id}, ${record}, 0, ${due}::timestamptz from generate_series(1, ${count})`.execute(
        told.db,
      );
    await queue(late.id, '2026-01-01T00:00:00Z', 1000);
    await sql`update reaction set id = '00000000-0000-0000-0000-000000000000', due_at = '2027-01-01T00:00:00Z'
      where id = (select id from reaction limit 1)`.execute(told.db);
    await queue(other.id, told.now().toISOString(), 1);
    expect(await runReactions(told.db, house, told.now())).toBe(1);
    expect(ran).toEqual([other.id]);
    expect(await runReactions(told.db, house, told.now())).toBe(0);
    await sql`delete from reaction`.execute(told.db);
  });
});
