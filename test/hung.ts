import { randomUUID } from 'node:crypto';
import { type Db, type Row, rows, sql } from '../src/kernel/database';
import type { Story } from './story';

/** What hangs on a record: of each kind one row, by the verb that takes it away or ticks it. */
export interface Hung {
  readonly tick: Row;
  readonly untick: Row;
  readonly untask: Row;
  readonly rebook: Row;
  readonly unbook: Row;
  readonly unlink: Row;
  readonly unwatch: Row;
  readonly detach: Row;
}

const file = () => ({ id: randomUUID(), name: 'a.txt', media_type: 'text/plain', size: 1, sha256: 'x' });

/** Hangs one of each on a record, as somebody who may. */
export async function hangAll(told: Story, type: string, id: string, who: string, other: string): Promise<Hung> {
  await told.act(`${type}.task`, id, { title: 'Open' }, who);
  await told.act(`${type}.task`, id, { title: 'Done', mandatory: false }, who);
  const steps = await idsOf(told.db, 'task', id);
  await told.act(`${type}.tick`, id, { task_id: steps[1] }, who);
  await told.act(`${type}.book`, id, { minutes: 7, what: 'Looked' }, who);
  await told.act(`${type}.link`, id, { kind: 'blocks', to: other }, who);
  await told.act(`${type}.watch`, id, { person_id: 'ines@x.test' }, who);
  await told.act(`${type}.attach`, id, { file: file() }, who);
  const first = async (table: string) => (await idsOf(told.db, table, id))[0];
  const entry_id = await first('time_entry');
  return {
    tick: { task_id: steps[0] },
    untick: { task_id: steps[1] },
    untask: { task_id: steps[1] },
    rebook: { entry_id, minutes: 9, what: 'Looked twice', at: '2026-01-05T08:00:00Z' },
    unbook: { entry_id },
    unlink: { link_id: await first('link') },
    unwatch: { watcher_id: await first('watcher') },
    detach: { attachment_id: await first('attachment') },
  };
}

/** Acts on what hangs on a record; those that name a row are given it by `inputFor`. */
export const hangingActs = [
  ['task', { title: 'One more', mandatory: true }],
  ['book', { minutes: 12 }],
  ['attach', {}],
  ...['tick', 'untick', 'untask', 'rebook', 'unbook', 'unlink', 'unwatch', 'detach'].map((verb) => [verb, {}] as const),
] as readonly (readonly [string, Row])[];

/** The input of an act on what hangs; undefined for any other. */
export function inputFor(hung: Hung, verb: string): Row | undefined {
  if (verb === 'attach') return { file: file() };
  return verb in hung ? { ...hung[verb as keyof Hung] } : undefined;
}

/** Everything that hangs on a record, whole. */
export async function hangingOn(db: Db, id: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of ['link', 'watcher', 'comment', 'task', 'task_tick', 'time_entry', 'attachment'])
    found[table] = await rows<Row>(
      db,
      sql`select * from ${sql.table(table)} where record_id = ${id}::uuid order by id`,
    );
  return found;
}

async function idsOf(db: Db, table: string, id: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from ${sql.table(table)} where record_id = ${id}::uuid order by id`,
  );
  return found.map((row) => row.id);
}
