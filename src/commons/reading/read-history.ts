import type { Context } from '../../kernel/command';
import { all, among, any, type Row, rows, type Sql, sql, upTo } from '../../kernel/database';
import { fieldNamed } from '../../kernel/field';
import { type StoredChange, same } from '../../kernel/history';
import { isId } from '../../kernel/id';
import { textsInside } from '../../kernel/inside';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { linesOff } from '../practice/switched';
import { shownValue } from './answer';
import { namingInSight } from './named-rules';
import { show } from './show';
import { idsInWhy, isHiddenWhy, otherRules, shownRemembered, shownWhy, textsNaming } from './shown-why';

interface LineRow {
  id: string;
  seq: number | null;
  record_id: string;
  type: string;
  name: string;
  at: Date;
  recorded_at: Date;
  actor_id: string | null;
  actor_kind: string;
  internal: boolean;
  changes: StoredChange[];
  cause: unknown;
  why: unknown;
  number: string;
}

const columns = sql`h.id, s.seq, h.record_id, h.type, h.name, h.at, h.recorded_at, h.actor_id, h.actor_kind, h.internal,
  h.changes, h.cause, h.why, r.number`;

/** The lines a caller may read of the records in sight: team-only lines need the team's relation. */
function readable(context: Context, types: readonly RecordType[]): Sql {
  const off = linesOff(context.house.whole.verbs, context.house.off);
  const lines = any(
    types.map((type) =>
      all([
        sql`r.type = ${type.type}`,
        whereAny(type.sees, context.actor),
        sql`(not h.internal or ${whereAny(type.team, context.actor)})`,
      ]),
    ),
  );
  return off.length === 0 ? lines : sql`(${lines} and h.name <> all(${off}::text[]))`;
}

/** The history of one record, newest first. `before` is the id of the last line of the page before. */
export async function historyOf(context: Context, type: RecordType, id: string, limit: number, before?: string) {
  const found = await rows<LineRow>(
    context.db,
    sql`select ${columns} from history h join record r on r.id = h.record_id left join history_seal s on s.line_id = h.id
        where h.record_id = ${id}::uuid and ${readable(context, [type])}
          ${before && isId(before) ? sql`and h.id < ${before}::uuid` : sql``}
        order by h.id desc ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  return { items: await shownLines(context, page), next: found.length > limit ? page[page.length - 1]!.id : null };
}

/** One line, when its record is in sight. */
export async function historyLine(context: Context, id: string) {
  const found = await rows<LineRow>(
    context.db,
    sql`select ${columns} from history h join record r on r.id = h.record_id left join history_seal s on s.line_id = h.id
        where h.id = ${id}::uuid and ${readable(context, [...context.house.types.values()])}`,
  );
  return (await shownLines(context, found))[0];
}

/** The lines this very transaction has written, as the caller may read them, in the order they were written. */
export async function linesOfThisTransaction(context: Context) {
  const found = await rows<LineRow>(
    context.db,
    sql`select ${columns} from history h join record r on r.id = h.record_id left join history_seal s on s.line_id = h.id
        where h.tx = pg_current_xact_id() and ${readable(context, [...context.house.types.values()])} order by h.id`,
  );
  return shownLines(context, found);
}

export interface HistoryQuery {
  readonly types?: readonly string[];
  readonly names?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly afterSeq?: number;
  /** Newest first: then pages go back in time, before this seq. */
  readonly newest?: boolean;
  readonly beforeSeq?: number;
  readonly limit: number;
}

/** Sealed lines of everything in sight in the order of `seq`, oldest first where not asked otherwise. */
export async function historyOfAll(context: Context, query: HistoryQuery) {
  const types = [...context.house.types.values()].filter((type) => !query.types || query.types.includes(type.type));
  const parts: Sql[] = [readable(context, types)];
  if (query.afterSeq !== undefined) parts.push(sql`s.seq > ${query.afterSeq}`);
  if (query.beforeSeq !== undefined) parts.push(sql`s.seq < ${query.beforeSeq}`);
  if (query.names) parts.push(sql`h.name = any(${[...query.names]}::text[])`);
  if (query.from) parts.push(sql`h.at >= ${query.from}`);
  if (query.to) parts.push(sql`h.at < ${query.to}`);
  const found = await rows<LineRow>(
    context.db,
    sql`select ${columns} from history_seal s join history h on h.id = s.line_id join record r on r.id = h.record_id
        where ${all(parts)} order by s.seq ${query.newest ? sql`desc` : sql``} limit ${query.limit + 1}`,
  );
  const page = found.slice(0, query.limit);
  return {
    items: await shownLines(context, page),
    next: found.length > query.limit ? String(page[page.length - 1]!.seq) : null,
  };
}

/**
 * Lines that do no more than name a record this reader may not see: that something was linked to it, or taken off it.
 * They are not told, just as the link itself is not. One that changes the record itself is told without what it names.
 */
export async function untoldLines(
  context: Context,
  lines: readonly { id: string; type: string; changes: readonly StoredChange[] }[],
): Promise<Set<string>> {
  const named = lines.flatMap(({ id, type, changes }) => {
    const fields = context.house.types.get(type)?.fields ?? {};
    if (changes.some(({ field }) => fieldNamed(fields, field))) return [];
    return changes.flatMap((change) =>
      'erased' in change ? [] : idsWithin([change.before, change.after]).map((record) => ({ id, record })),
    );
  });
  if (named.length === 0) return new Set();
  const types = [...context.house.types.values()];
  const hidden = await rows<{ id: string }>(
    context.db,
    sql`select r.id from record r where r.id ${among([...new Set(named.map(({ record }) => record))])}
        and not coalesce(${any([sightOf(context, types), sightOf(context, types, (type) => type.named ?? type.sees)])}, false)`,
  );
  const gone = new Set(hidden.map((row) => row.id));
  return new Set(named.filter(({ record }) => gone.has(record)).map(({ id }) => id));
}

/** Every text within a remembered value that is an id. */
function idsWithin(value: unknown): string[] {
  if (typeof value === 'string') return isId(value) ? [value.toLowerCase()] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsWithin) : [];
}

/** Of the lines that are named as a cause, those this reader may read. */
async function readableCauses(context: Context, lines: readonly LineRow[]): Promise<Set<string>> {
  const ids = lines.map((line) => causingLine(line.cause)).filter(isText);
  if (ids.length === 0) return new Set();
  const found = await rows<{ id: string }>(
    context.db,
    sql`select h.id from history h join record r on r.id = h.record_id
        where h.id ${among(ids)} and ${readable(context, [...context.house.types.values()])}`,
  );
  return new Set(found.map((row) => row.id));
}

const causingLine = (cause: unknown) => (cause as { line?: string } | null)?.line;

/** Lines as the outside sees them: names for actors and references, no salts, nothing of what is hidden. */
async function shownLines(context: Context, all: readonly LineRow[]): Promise<Row[]> {
  const [untold, causes] = await Promise.all([untoldLines(context, all), readableCauses(context, all)]);
  const lines = all.filter((line) => !untold.has(line.id));
  const ids = lines.flatMap((line) => [
    ...(line.actor_id ? [line.actor_id] : []),
    ...idsInWhy(line.why),
    ...line.changes.flatMap((change) => {
      if ('erased' in change) return [];
      const field = context.house.types.get(line.type)?.fields[change.field];
      const both = [change.before, change.after];
      return field?.inside
        ? both.flatMap((value) => textsInside(field, value).map(({ text }) => text))
        : both.flat().filter(isText);
    }),
  ]);
  const [shown, numbers, naming] = await Promise.all([
    show(context, ids.filter(isId)),
    numbersInSight(
      context,
      lines.flatMap((line) => otherRules(line.why)),
    ),
    namingInSight(
      context,
      lines.flatMap((line) => textsNaming(line.why, line.changes)),
    ),
  ]);
  return lines.map((line) => {
    const type = context.house.types.get(line.type);
    const fields = type ? context.house.fieldsOf(type) : {};
    const whole = type ? context.house.whole.fieldsOf(type) : {};
    return {
      id: line.id,
      seq: line.seq,
      at: line.at,
      recorded_at: line.recorded_at,
      name: line.name,
      record: { type: line.type, id: line.record_id, number: line.number },
      actor: { id: line.actor_id, name: actorName(line, shown), kind: line.actor_kind },
      internal: line.internal,
      cause: isHiddenCause(line, causes, shown) ? null : line.cause,
      why: shownWhy(line.why, shown, numbers, naming),
      changes: line.changes.flatMap((change) => {
        if ('erased' in change) return [{ field: change.field, before: null, after: null, erased: true }];
        const field = fields[change.field];
        // What names only what is switched off is not told.
        if (!field && whole[change.field]) return [];
        if (!field) {
          const said = (value: unknown) => shownRemembered(change.field, inSight(value, shown), naming);
          return [{ field: change.field, before: said(change.before), after: said(change.after) }];
        }
        const before = shownValue(change.field, field, change.before, shown);
        const after = shownValue(change.field, field, change.after, shown);
        // Only what is hidden changed: for this reader nothing did.
        return same(before, after) && !same(change.before, change.after)
          ? []
          : [{ field: change.field, before, after }];
      }),
    };
  });
}

/** A timer is told by what it waited for, a line by itself: neither where that is hidden. */
const isHiddenCause = (
  line: LineRow,
  causes: ReadonlySet<string>,
  shown: Parameters<typeof isHiddenWhy>[1],
): boolean => (causingLine(line.cause) ? !causes.has(causingLine(line.cause)!) : isHiddenWhy(line.why, shown));

/** Of the numbers of records those this reader may see. */
async function numbersInSight(context: Context, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const found = await rows<{ number: string }>(
    context.db,
    sql`select r.number from record r
        where r.number ${among([...new Set(numbers)], 'text')} and ${sightOf(context, [...context.house.types.values()])}`,
  );
  return new Set(found.map(({ number }) => number));
}

/** A remembered list without the records that are hidden. */
const inSight = (value: unknown, shown: ReadonlyMap<string, unknown>): unknown =>
  Array.isArray(value) ? value.filter((one) => !isText(one) || !isId(one) || shown.has(one)) : value;

const isText = (value: unknown): value is string => typeof value === 'string';

function actorName(line: LineRow, shown: ReadonlyMap<string, { name: string }>): string {
  if (line.actor_id) return shown.get(line.actor_id)?.name ?? 'Somebody';
  return (
    { rule: 'Rule', timer: 'Timer', import: 'Import', system: 'Throughline', person: 'Somebody' }[line.actor_kind] ??
    line.actor_kind
  );
}

/** The record as it stood at an instant: its lines up to then, laid on each other. Undefined before its first line. */
export async function asOf(context: Context, type: RecordType, current: Row, at: Date): Promise<Row | undefined> {
  const lines = await rows<{ changes: StoredChange[]; at: Date }>(
    context.db,
    sql`select h.changes, h.at from history h where h.record_id = ${current.id}::uuid and h.at <= ${at} order by h.at, h.id`,
  );
  if (lines.length === 0) return undefined;
  const fields = context.house.whole.fieldsOf(type);
  const row: Row = { ...current, custom: {}, version: 0 };
  for (const [name, field] of Object.entries(fields))
    if (!fixed.has(name) && field.on !== 'custom')
      row[field.column ?? name] = field.kind === 'references' || field.kind === 'texts' ? [] : null;
  for (const line of lines) {
    let touched = false;
    for (const change of line.changes) {
      if ('erased' in change) continue;
      const field = fields[change.field];
      if (!field) continue;
      touched = true;
      if (field.on === 'custom') (row.custom as Row)[change.field] = change.after;
      else
        row[field.column ?? change.field] =
          field.kind === 'instant' && isText(change.after) ? new Date(change.after) : change.after;
    }
    if (touched) row.version = Number(row.version) + 1;
    row.updated_at = line.at;
  }
  row.state_category = type.life.states[String(row.state)] ?? row.state_category;
  return row;
}

const fixed = new Set([
  'id',
  'opened_at',
  'number',
  'type',
  'version',
  'created_at',
  'updated_at',
  'state_category',
  'state_since',
]);
