import { createHash } from 'node:crypto';
import { calledField, calledMany } from '../../kernel/called';
import type { Context } from '../../kernel/command';
import { all, any, type Row, rows, type Sql, sql } from '../../kernel/database';
import { type Field, fieldNamed } from '../../kernel/field';
import { isId } from '../../kernel/id';
import { wholeRow } from '../../kernel/load';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { malformed, Refusal } from '../../kernel/refusal';
import { amount, listed, say, whole } from '../../kernel/sentence.contract';
import { type Condition, castOf, columnSql, conditionsSql, readConditions } from './filter';
import { shownColumn } from './shown-references';

export interface SortKey {
  readonly name: string;
  readonly field: Field;
  readonly down: boolean;
}

/** A sort key with what it is ordered by: for a reference only what the caller may see of it. */
type OrderKey = SortKey & { readonly column: Sql };

export interface ListPage {
  readonly items: Row[];
  readonly next: string | null;
  readonly total?: number;
  readonly total_exact?: boolean;
}

/** A further condition over `r` and `o` that a commons brings in: full text (`q`). */
export type Narrow = (context: Context, type: RecordType, text: string) => Promise<Sql>;

/** Above this many rows a list will not sort or search without an index. */
export const unindexedLimit = 10_000;

/**
 * One page of the records a caller may see. `query` is the address's query, values as text. Throws 400 for unknown
 * fields, operators, limits and cursors; 422 when a sort or `contains` without an index meets too many rows.
 */
export async function list(
  context: Context,
  type: RecordType,
  query: Readonly<Record<string, string>>,
  narrow?: Narrow,
): Promise<ListPage> {
  const fields = context.house.fieldsOf(type);
  const conditions = readConditions(fields, query);
  const limit = readLimit(query.limit);
  if (query.count !== undefined && query.count !== 'true' && query.count !== 'false')
    throw malformed('count', say`count is true or false.`);
  const sort = readSort(type, fields, query.sort ?? type.standardSort ?? 'number');
  const after = query.cursor ? readCursor(type, query, query.cursor, sort.length) : undefined;

  const sight = whereAny(type.sees, context.actor);
  const parts = [sql`r.type = ${type.type}`, sight, await conditionsSql(context, type, conditions)];
  if (query.q && narrow) parts.push(await narrow(context, type, query.q));
  const from = sql`record r join ${sql.table(type.table)} o on o.id = r.id`;

  const slow = conditions.find((condition) => condition.operator === 'contains');
  if (slow || !(indexed(sort) || inQueue(type, sort, conditions))) {
    const rest = conditions.filter((condition) => condition.operator !== 'contains');
    const narrowed = [parts[0]!, sight, await conditionsSql(context, type, rest), ...parts.slice(3)];
    if ((await countUpTo(context, from, all(narrowed), unindexedLimit + 1)) > unindexedLimit) {
      const what = slow
        ? say`searching in ${whole(calledField(slow.name, slow.field))}`
        : say`sorting by ${listed(sort.map((key) => whole(calledField(key.name, key.field))))}`;
      throw new Refusal(
        'invalid',
        say`More than ${amount(unindexedLimit)} records match: ${what} needs a narrower filter.`,
        [{ field: slow ? `${slow.name}.contains` : 'sort', message: say`Filter by more first.` }],
      );
    }
  }
  const where = all(parts);
  const keys = sort.map((key): OrderKey => ({ ...key, column: sortColumn(context, key) }));
  const few = await areFew(context, type, conditions, keys, from);
  const order = [...keys.map((key, at) => orderSql(at === 0 && few ? unindexed(key) : key)), sql`r.id`];
  const shown = keys.flatMap(({ field, column }, at) =>
    field.kind === 'reference' ? [sql`, ${column} as ${sql.ref(`sort_${at}`)}`] : [],
  );
  const found = await rows<Row>(
    context.db,
    sql`select ${wholeRow}${sql.join(shown, sql``)} from ${from}
        where ${where} ${after ? sql`and ${beyond(keys, after)}` : sql``} order by ${sql.join(order)} limit ${limit + 1}`,
  ).catch((error: { code?: string }) => {
    // A cursor somebody wrote by hand: its values do not fit the columns.
    throw after && /^22/.test(error.code ?? '')
      ? malformed('cursor', say`This cursor belongs to another list.`)
      : error;
  });
  const items = found.slice(0, limit);
  const next = found.length > limit ? cursorFor(type, query, sort, items[items.length - 1]!) : null;
  if (query.count !== 'true') return { items, next };
  const total = await countUpTo(context, from, where, unindexedLimit + 1);
  return { items, next, total: Math.min(total, unindexedLimit), total_exact: total <= unindexedLimit };
}

/** So many matches are sorted at once rather than searched along an index of everything. */
const fewRows = 2_000;

/**
 * Do the references a list is narrowed by leave only a few records? Then they are read and sorted. The planner supposes
 * them spread evenly and walks the order's index until a page is full; those of one team or person are not, and the
 * walk can lead through everything.
 */
async function areFew(
  context: Context,
  type: RecordType,
  conditions: readonly Condition[],
  keys: readonly OrderKey[],
  from: Sql,
): Promise<boolean> {
  const narrowing = conditions.filter(
    ({ name, field, operator }) => field.kind === 'reference' && operator === 'eq' && name !== 'department',
  );
  if (narrowing.length === 0 || !keys.every(isPlain) || servedTogether(narrowing, conditions, keys)) return false;
  const where = sql`r.type = ${type.type} and ${await conditionsSql(context, type, narrowing)}`;
  const onRecord = narrowing.every(({ field }) => field.on === 'record');
  return (await countUpTo(context, onRecord ? sql`record r` : from, where, fewRows + 1)) <= fewRows;
}

/** Open work of one team or person by priority and due date, or by its place, has an index of its own. */
function servedTogether(
  narrowing: readonly Condition[],
  all: readonly Condition[],
  keys: readonly OrderKey[],
): boolean {
  const [only] = narrowing;
  return (
    narrowing.length === 1 &&
    ['team_id', 'assignee_id'].includes(only!.name) &&
    all.some(({ name }) => name === 'state' || name === 'state_category') &&
    ['priority,due_at', 'queue_at'].includes(keys.map(({ name, down }) => (down ? `-${name}` : name)).join())
  );
}

const isPlain = ({ name, field }: SortKey) => name === 'number' || field.kind === 'integer' || field.kind === 'instant';

/** The same order, by a term no index knows. */
function unindexed(key: OrderKey): OrderKey {
  const nothing = key.name === 'number' || key.field.kind === 'integer' ? sql`0` : sql`interval '0'`;
  return { ...key, column: sql`(${key.column} + ${nothing})` };
}

async function countUpTo(context: Context, from: Sql, where: Sql, most: number): Promise<number> {
  const [row] = await rows<{ n: number }>(
    context.db,
    sql`select count(*)::int as n from (select 1 from ${from} where ${where} limit ${most}) c`,
  );
  return row!.n;
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return 50;
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 500)
    throw malformed('limit', say`limit must be a whole number from 1 to 500.`);
  return Number(text);
}

export function readSort(type: RecordType, fields: Readonly<Record<string, Field>>, text: string): SortKey[] {
  const parts = text.split(',');
  if (parts.length > 5) throw malformed('sort', say`A list is sorted by at most five fields.`);
  return parts.map((part) => {
    const down = part.startsWith('-');
    const name = down ? part.slice(1) : part;
    const field = fieldNamed(fields, name);
    if (!field || ['json', 'references', 'texts'].includes(field.kind))
      throw malformed('sort', say`${calledMany(type)} cannot be sorted by ${name}.`);
    return { name, field, down };
  });
}

/** The sorts an index serves: one indexed field, or priority followed by one. */
function indexed(sort: readonly SortKey[]): boolean {
  const [first, second] = sort;
  const lone = (key: SortKey | undefined) =>
    key !== undefined && (key.name === 'number' || ['opened_at', 'updated_at', 'due_at'].includes(key.name));
  if (sort.length === 1) return lone(first) || (first!.name === 'priority' && first!.field.on === 'record');
  return (
    sort.length === 2 && first!.name === 'priority' && !first!.down && lone(second) && second!.name !== 'updated_at'
  );
}

const unfinished = new Set<string | undefined>(['open', 'paused']);

/** Places in the queue are indexed for what is open; nothing else has one. */
function inQueue(type: RecordType, sort: readonly SortKey[], conditions: readonly Condition[]): boolean {
  return (
    sort.length === 1 &&
    sort[0]!.name === 'queue_at' &&
    conditions.some(
      ({ name, operator, values }) =>
        operator === 'eq' &&
        values.length > 0 &&
        (name === 'state' || name === 'state_category') &&
        values.every((value) => unfinished.has(name === 'state' ? type.life.states[value] : value)),
    )
  );
}

function sortColumn(context: Context, key: SortKey): Sql {
  if (key.name === 'number') return sql`r.serial`;
  const column = shownColumn(context, key.field, columnSql(key.name, key.field));
  // Names sort as people expect, whatever the server's locale.
  return ['text', 'markdown'].includes(key.field.kind) && key.name !== 'id'
    ? sql`${column} collate "und-x-icu"`
    : column;
}

function orderSql(key: OrderKey): Sql {
  const nullsLast = key.down && key.field.sorted !== 'never null' ? sql` nulls last` : sql``;
  return sql`${key.column} ${key.down ? sql`desc` : sql`asc`}${key.down && key.name !== 'number' ? sql` nulls last` : nullsLast}`;
}

const keyCast = ({ name, field }: SortKey) =>
  sql.raw(
    name === 'number'
      ? 'bigint'
      : name === 'id' || field.kind === 'reference'
        ? 'uuid'
        : (castOf[field.kind] ?? 'text'),
  );

/** Rows behind the cursor's row, in the list's order: empty values last in both directions, the id breaks ties. */
function beyond(sort: readonly OrderKey[], after: readonly (string | null)[]): Sql {
  const arms: Sql[] = [];
  const equal: Sql[] = [];
  for (const [at, key] of sort.entries()) {
    const { column } = key;
    const value = after[at] ?? null;
    if (value !== null) {
      const given = sql`${value}::${keyCast(key)}`;
      const past = key.down ? sql`${column} < ${given}` : sql`${column} > ${given}`;
      arms.push(all([...equal, key.field.sorted === 'never null' ? past : sql`(${past} or ${column} is null)`]));
      equal.push(sql`${column} = ${given}`);
    } else equal.push(sql`${column} is null`);
  }
  arms.push(all([...equal, sql`r.id > ${after[sort.length]}::uuid`]));
  // A plain bound on the first column lets an index begin at the right place.
  const [first] = sort;
  const start = after[0];
  if (first?.field.sorted === 'never null' && start !== null && start !== undefined) {
    const given = sql`${start}::${keyCast(first)}`;
    return all([first.down ? sql`${first.column} <= ${given}` : sql`${first.column} >= ${given}`, any(arms)]);
  }
  return any(arms);
}

/** What a cursor belongs to: one kind of record, the same filter and the same sort. */
function fingerprint(type: RecordType, query: Readonly<Record<string, string>>): string {
  const same = Object.entries(query)
    .filter(([key]) => key !== 'cursor' && key !== 'limit' && key !== 'count' && key !== 'fields')
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([type.type, ...same]))
    .digest('base64url')
    .slice(0, 10);
}

function cursorFor(
  type: RecordType,
  query: Readonly<Record<string, string>>,
  sort: readonly SortKey[],
  row: Row,
): string {
  const values = sort.map((key, at) =>
    key.field.kind === 'reference' ? (row[`sort_${at}`] ?? null) : textOf(key, row),
  );
  return Buffer.from(JSON.stringify([fingerprint(type, query), ...values, row.id])).toString('base64url');
}

function textOf(key: SortKey, row: Row): string | null {
  let value = key.name === 'number' ? row.serial : row[key.field.column ?? key.name];
  if (key.field.on === 'custom') value = (row.custom as Row)[key.name];
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (key.field.kind === 'money') return String((value as Row).amount);
  return String(value);
}

function readCursor(
  type: RecordType,
  query: Readonly<Record<string, string>>,
  cursor: string,
  keys: number,
): (string | null)[] {
  const wrong = () => malformed('cursor', say`This cursor belongs to another list.`);
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw wrong();
  }
  if (!Array.isArray(read) || read.length !== keys + 2 || read[0] !== fingerprint(type, query)) throw wrong();
  const values = read.slice(1);
  if (!values.every((value) => value === null || (typeof value === 'string' && !value.includes('\u0000'))))
    throw wrong();
  if (!isId(String(values[keys]))) throw wrong();
  return values as (string | null)[];
}
