import { automatic } from './actor';
import { blankRow, setFields } from './apply';
import type { Context, Wake } from './command';
import { type Row, sql, transact } from './database';
import type { Cause, Change, Line } from './history';
import { newId } from './id';
import { besides, foresee, react } from './react';
import type { RecordType } from './record';
import { childrenSql, nextSerials, timersSql, write } from './write';

/** One thing that happened before, as the source tells it. Values are resolved: ids, dates, numbers. */
export interface PastLine {
  /** The past of the strongest thing in it: `reopened`. */
  readonly past: string;
  readonly at: Date;
  readonly actor_id: string | null;
  /** What acted, where the source tells it; else the import that brings it. */
  readonly actor_kind?: 'person' | 'rule' | 'timer' | 'import';
  readonly cause: Cause | null;
  readonly set: Row;
  readonly remember?: Row;
  readonly internal?: boolean;
  readonly why?: unknown;
}

/** A whole life that happened elsewhere, or what is new of one that is known: `record` is the row as it stands. */
export interface PastCase {
  readonly record?: Row;
  /** Its number, drawn beforehand (`nextSerials`), so that sets written side by side keep one order. */
  readonly serial?: number;
  readonly lines: readonly PastLine[];
  /** Rows for tables that hang on the record. */
  readonly children?: readonly { readonly table: string; readonly insert: Row }[];
  /** What is still to happen to the record as it stands: an import sets no timer but those its source left running. */
  readonly wake?: readonly Wake[];
}

/** From so many on, full text is collected before it is sorted in: searches of that moment read a little more. */
const many = 50;

/**
 * The door's form for the past: states and instants as they were, every line remembered and sealed, in one transaction.
 * The life's order of states and the verbs' inputs do not apply; types, states and history do. Nobody is told, and no
 * timer is set but those a case brings (`wake`). Answers the records in the order of the cases.
 */
export async function performPast(outer: Context, type: RecordType, cases: readonly PastCase[]): Promise<Row[]> {
  return transact(outer.db, async (db) => {
    const context: Context = { ...outer, db, actor: automatic('import', 'Import') };
    if (cases.length > many) await sql`set local gin_pending_list_limit to '4MB'`.execute(db);
    const fresh = cases.filter((one) => !one.record && one.serial === undefined).length;
    const serials = fresh > 0 ? await nextSerials(db, type, fresh) : [];
    const fields = context.house.whole.fieldsOf(type);
    const lines: Line[] = [];
    const written: { type: RecordType; row: Row; changed: Set<string> | 'new' }[] = [];
    for (const one of cases) {
      const first = one.lines[0];
      if (!first) throw new Error('A past without a line says nothing.');
      let row = one.record
        ? { ...one.record }
        : blankRow(context, type, newId(context.now), one.serial ?? serials.shift()!, first.at);
      if (!one.record) row.version = 0;
      const touched = new Set<string>();
      for (const [at, past] of one.lines.entries()) {
        const before = at === 0 && !one.record ? null : row;
        row = { ...row };
        checkSet(type, fields, past.set);
        const { changes, columns } = setFields(type, fields, row, past.set, past.at);
        if (changes.length > 0 || row.version === 0) row.version = Number(row.version) + 1;
        row.updated_at = past.at;
        for (const column of columns) touched.add(column);
        if (type.numberedBy) row.number = row[type.numberedBy];
        lines.push(lineOf(context, type, past, before, row, changes));
      }
      for (const column of ['version', 'updated_at']) touched.add(column);
      written.push({ type, row, changed: one.record ? touched : 'new' });
    }
    await foresee(context, lines, written, true);
    const children = cases.flatMap((one, at) =>
      (one.children ?? []).map((child) => ({ ...child, insert: { record_id: written[at]!.row.id, ...child.insert } })),
    );
    const timers = cases.flatMap((one, at) =>
      (one.wake ?? []).map((wake) => ({
        ...wake,
        input: wake.input ?? {},
        record: { id: written[at]!.row.id },
        type: type.type,
      })),
    );
    const beside = [
      ...childrenSql(children),
      ...timersSql(timers, context.now),
      ...(await besides(context, lines, new Map(), true)),
    ];
    await write(db, type, written, lines, beside);
    await react(context, lines, true);
    return written.map((item) => item.row);
  });
}

function lineOf(
  context: Context,
  type: RecordType,
  past: PastLine,
  before: Row | null,
  after: Row,
  changes: Change[],
): Line {
  const remembered = Object.entries(past.remember ?? {}).filter(([, value]) => value != null);
  return {
    id: newId(context.now),
    record_id: String(after.id),
    type: type.type,
    name: `${type.type}.${past.past}`,
    verb: past.past,
    actor_id: past.actor_id,
    actor_kind: past.actor_kind ?? 'import',
    at: past.at,
    recorded_at: context.now,
    internal: past.internal ?? false,
    changes: [...changes, ...remembered.map(([field, value]) => ({ field, before: null, after: value }))],
    cause: past.cause,
    why: past.why ?? null,
    depth: 0,
    before,
    after,
  };
}

/** Faults of an importer, found before they are stored: an unknown field, state or choice, an instant that is none. */
function checkSet(type: RecordType, fields: ReturnType<Context['house']['fieldsOf']>, set: Row): void {
  for (const [name, value] of Object.entries(set)) {
    const field = fields[name];
    if (!field) throw new Error(`${type.type} has no field ${name}.`);
    if (value === null || value === undefined) continue;
    if (name === 'state' && !(String(value) in type.life.states))
      throw new Error(`${type.type} has no state ${value}.`);
    if (field.kind === 'choice' && field.choices && !field.choices.includes(String(value)))
      throw new Error(`${name} cannot be ${value}.`);
    if (field.kind === 'instant' && field.on !== 'custom' && !(value instanceof Date))
      throw new Error(`${name} must be an instant.`);
    if (field.kind === 'integer' && !Number.isInteger(value)) throw new Error(`${name} must be a whole number.`);
  }
}
