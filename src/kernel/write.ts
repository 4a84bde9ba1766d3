import type { Child } from './command';
import { type Db, type Row, rows, type Sql, sql } from './database';
import { fold } from './fold.rules';
import { type Line, rowOf } from './history';
import { newId } from './id';
import { takeInHand } from './in-hand';
import type { RecordType } from './record';

/** What is to be written of one record: whole rows for a new one, else the columns that changed. */
export interface Written {
  readonly type: RecordType;
  readonly row: Row;
  readonly changed: Set<string> | 'new';
}

/** The columns of table `record`. */
export const recordColumns: ReadonlySet<string> = new Set([
  'id',
  'type',
  'number',
  'serial',
  'title',
  'state',
  'state_category',
  'state_since',
  'department',
  'team_id',
  'assignee_id',
  'requester_id',
  'beneficiary_id',
  'merged_into_id',
  'priority',
  'opened_at',
  'due_at',
  'queue_at',
  'version',
  'custom',
  'created_at',
  'updated_at',
]);

export function isRecordColumn(column: string): boolean {
  return recordColumns.has(column);
}

const lineColumns = [
  ['id', 'uuid'],
  ['record_id', 'uuid'],
  ['type', 'text'],
  ['name', 'text'],
  ['actor_id', 'uuid'],
  ['actor_kind', 'text'],
  ['at', 'timestamptz'],
  ['recorded_at', 'timestamptz'],
  ['internal', 'boolean'],
  ['changes', 'jsonb'],
  ['cause', 'jsonb'],
  ['why', 'jsonb'],
  ['digest', 'bytea'],
] as const;

/** Records, practice rows and history lines of many verbs of one type, in one statement. */
export async function write(
  db: Db,
  type: RecordType,
  written: readonly Written[],
  lines: readonly Line[],
  beside: readonly Sql[] = [],
): Promise<void> {
  const parts: Sql[] = [];
  const fresh = written.filter((item) => item.changed === 'new').map((item) => item.row);
  if (fresh.length > 0) {
    parts.push(
      insertion(
        'record',
        fresh.map((row) => pick(row, isRecordColumn)),
      ),
    );
    parts.push(
      insertion(
        type.table,
        fresh.map((row) => ownColumns(row)),
      ),
    );
  }
  const kept = written.filter((item) => item.changed !== 'new');
  const changed = new Set(kept.flatMap((item) => [...(item.changed as ReadonlySet<string>)]));
  for (const [table, mine] of [
    ['record', isRecordColumn],
    [type.table, (name: string) => !isRecordColumn(name)],
  ] as const) {
    const columns = [...changed].filter(mine);
    if (kept.length > 0 && columns.length > 0)
      parts.push(
        update(
          table,
          columns,
          kept.map((item) => item.row),
        ),
      );
  }
  if (lines.length > 0) parts.push(remembering(lines.map(rowOf)));
  parts.push(...names(type, written), ...beside);
  if (parts.length === 0) return;
  const named = parts.map((part, at) => sql`${sql.raw(`w${at}`)} as (${part} returning 1)`);
  await sql`with ${sql.join(named)} select 1`.execute(db);
  takeInHand(
    db,
    written.map(({ row }) => row),
  );
}

/**
 * History lines, each column as one text with a line for each value: JSON inside JSON would be read twice, and lines are
 * most of what an import writes. No value has a line end of its own: JSON escapes it.
 */
function remembering(lines: readonly Row[]): Sql {
  const columns = lineColumns.map(([name, type]) => {
    const values = lines.map((line) => textOf(line[name]));
    return { name: sql.ref(name), text: sql`string_to_table(${values.join('\n')}, E'\\n', '')`, cast: sql.raw(type) };
  });
  const names = sql.join(columns.map(({ name }) => name));
  const casts = columns.map(({ name, cast }) => sql`${name}::${cast}`);
  return sql`insert into history (${names}) select ${sql.join(casts)}
    from rows from (${sql.join(columns.map(({ text }) => text))}) as line (${names})`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function ownColumns(row: Row): Row {
  return { ...pick(row, (name) => !isRecordColumn(name)), id: row.id };
}

function pick(row: Row, wanted: (name: string) => boolean): Row {
  const out: Row = {};
  for (const name in row) if (wanted(name)) out[name] = row[name];
  return out;
}

/** The row type of a table: qualified, because `record` alone is a pseudo-type of PostgreSQL. */
function rowType(table: string): Sql {
  return sql`public.${sql.id(table)}`;
}

/** What is empty is not sent: most columns of most rows are, and the table's own default holds. */
function insertion(table: string, all: readonly Row[]): Sql {
  const names = new Set<string>();
  const slim = all.map((row) => {
    const out: Row = {};
    for (const name in row) {
      if (row[name] === null || row[name] === undefined) continue;
      names.add(name);
      out[name] = row[name];
    }
    return out;
  });
  const columns = sql.join([...names].map((name) => sql.ref(name)));
  return sql`insert into ${sql.table(table)} (${columns}) select ${columns}
    from jsonb_populate_recordset(null::${rowType(table)}, ${JSON.stringify(slim)}::jsonb)`;
}

function update(table: string, columns: readonly string[], all: readonly Row[]): Sql {
  const wanted = new Set(columns);
  const slim = all.map((row) => ({ ...pick(row, (name) => wanted.has(name)), id: row.id }));
  const sets = columns.map((name) => sql`${sql.ref(name)} = x.${sql.ref(name)}`);
  return sql`update ${sql.table(table)} t set ${sql.join(sets)}
    from jsonb_populate_recordset(null::${rowType(table)}, ${JSON.stringify(slim)}::jsonb) x where t.id = x.id`;
}

const columnsOf = (rows: readonly Row[]) =>
  [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'id');

/** Rows of tables that hang on a record: comments, links, watchers. */
export function childrenSql(children: readonly Child[]): Sql[] {
  const tables = new Map<string, { insert: Row[]; remove: string[]; change: Row[] }>();
  for (const child of children) {
    const group = tables.get(child.table) ?? { insert: [], remove: [], change: [] };
    if (child.insert) group.insert.push(child.insert);
    if (child.remove) group.remove.push(child.remove);
    if (child.change) group.change.push(child.change);
    tables.set(child.table, group);
  }
  return [...tables].flatMap(([table, group]) => [
    ...(group.insert.length > 0 ? [insertion(table, group.insert)] : []),
    ...(group.change.length > 0 ? [update(table, columnsOf(group.change), group.change)] : []),
    ...(group.remove.length > 0 ? [sql`delete from ${sql.table(table)} where id = any(${group.remove}::uuid[])`] : []),
  ]);
}

/** Keeps the names by which a record may be referred to. Only types that are known by name have any. */
function names(type: RecordType, written: readonly Written[]): Sql[] {
  if (!type.knownBy) return [];
  const touched = written.filter(
    ({ changed }) => changed === 'new' || ['title', ...type.knownBy!].some((name) => changed.has(name)),
  );
  if (touched.length === 0) return [];
  const known = touched.flatMap(({ row }) =>
    [
      ...new Set(['title', ...type.knownBy!].flatMap((name) => row[name]).filter((name) => typeof name === 'string')),
    ].map((name) => ({ record_id: row.id, type: type.type, name: fold(name) })),
  );
  return [
    sql`delete from record_name where record_id = any(${touched.map(({ row }) => row.id)}::uuid[])`,
    insertion('record_name', known),
  ];
}

export interface TimerSet {
  readonly record: Row;
  readonly type: string;
  readonly key: string;
  readonly verb: string;
  readonly at: Date | null;
  readonly reason: string;
  readonly input: Row;
}

/** Sets, moves and takes away timers: one per record and key. */
export function timersSql(timers: readonly TimerSet[], now: Date): Sql[] {
  const last = new Map(timers.map((timer) => [`${timer.record.id}\n${timer.key}`, timer]));
  const gone = [...last.values()].filter((timer) => timer.at === null);
  const set = [...last.values()].filter((timer) => timer.at !== null);
  const all = set.map((timer) => ({
    id: newId(now),
    record_id: timer.record.id,
    key: timer.key,
    type: timer.type,
    verb: timer.verb,
    due_at: timer.at,
    input: timer.input,
    reason: timer.reason,
  }));
  return [
    ...(gone.length > 0
      ? [
          sql`delete from timer t using unnest(${gone.map((timer) => timer.record.id)}::uuid[], ${gone.map((timer) => timer.key)}::text[])
            as g (record_id, key) where t.record_id = g.record_id and t.key = g.key`,
        ]
      : []),
    ...(set.length > 0
      ? [
          sql`${insertion('timer', all)} on conflict (record_id, key) do update
            set verb = excluded.verb, due_at = excluded.due_at, input = excluded.input, reason = excluded.reason`,
        ]
      : []),
  ];
}

/** The next human numbers of a type. They rise and may have gaps. */
export async function nextSerials(db: Db, type: RecordType, count: number): Promise<number[]> {
  const sequence = `number_${type.type}`;
  const taken = await rows<{ serial: number }>(
    db,
    sql`select nextval(${sequence}::regclass) as serial from generate_series(1, ${count}::int)`,
  );
  return taken.map((row) => Number(row.serial));
}
