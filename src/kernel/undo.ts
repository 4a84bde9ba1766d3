import { type Context, type FactItem, type House, type Outcome, type Verb, verb } from './command';
import { among, type Row, rows, sql } from './database';
import type { Field } from './field';
import type { Change, Line, StoredChange } from './history';
import { isId } from './id';
import { lifecycle } from './lifecycle';
import { type Moment, momentsOf, standingLines, undoneBy } from './moment.rules';
import { type Item, perform, type Result } from './perform';
import { everyoneAtWork, theSystem } from './policy';
import { type PutAside, readPutAside, timersBefore } from './put-aside';
import type { RecordType } from './record';
import { invalid, Refusal } from './refusal';

/** How long an act can be taken back, in milliseconds; what it would send outside waits as long. */
export const undoMs = 10_000;

/** A line of a record's history, as far as taking back looks at it. */
export interface TakenLine {
  readonly id: string;
  readonly record_id: string;
  readonly name: string;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly actor_id: string | null;
  readonly cause: unknown;
  readonly changes: readonly StoredChange[];
}

interface Facts {
  readonly lines: readonly TakenLine[];
  /** Why other records do not allow it any more. */
  readonly refused: string | undefined;
  readonly aside: PutAside | undefined;
}

type Given = { line: string };

/** Verbs whose lines can be taken back, by the names of the lines. */
function undoable(house: House, type: RecordType, name: string): Verb | undefined {
  for (const one of house.verbs.values())
    if (one.undo && one.on.type === type.type && `${type.type}.${one.past}` === name) return one;
  return undefined;
}

/** Until when a line can be taken back; null when it is no act of a person that can be. */
export function undoneUntil(
  house: House,
  line: Pick<Line, 'type' | 'name' | 'actor_kind' | 'recorded_at'>,
): Date | null {
  const type = house.types.get(line.type);
  if (line.actor_kind !== 'person' || !type || !undoable(house, type, line.name)) return null;
  return new Date(line.recorded_at.getTime() + undoMs);
}

/** What the answer of a verb says of taking it back: the line, and until when. Undefined when it cannot be. */
export function undoOf(context: Context, line: Line | null): { line: string; until: Date } | undefined {
  if (!line || hidesValues(context, line) || !didSomething(context, line)) return undefined;
  const until = undoneUntil(context.house, line);
  return until ? { line: line.id, until } : undefined;
}

/** A line that only tells a reason has changed nothing; what hangs on a record leaves its version alone. */
const didSomething = (context: Context, line: Line) => {
  const done = context.house.verbs.get(`${line.type}.${line.verb}`);
  return line.before?.version !== line.after.version || done?.ownRoute === true || done?.hangs === true;
};

/** Until when a series of acts can be taken back as one; undefined when one of them cannot be. */
export function undoOfAll(context: Context, lines: readonly Line[]): Date | undefined {
  const untils = lines.map((line) => (hidesValues(context, line) ? null : undoneUntil(context.house, line)));
  return untils.length > 0 && untils.every((until) => until !== null) ? untils[0]! : undefined;
}

/** History tells of a secret only that it changed: what it was is not known any more. */
const hidesValues = (context: Context, line: Line) =>
  line.changes.some(({ field }) => context.house.types.get(line.type)?.fields[field]?.secret);

/** The whole histories of records, in the order they were written. */
export async function wholeHistories(context: Context, ids: readonly string[]): Promise<Map<string, TakenLine[]>> {
  const found = await rows<TakenLine>(
    context.db,
    sql`select id, record_id, name, at, recorded_at, actor_id, cause, changes from history
        where record_id ${among([...new Set(ids)])} order by id`,
  );
  const lines = new Map<string, TakenLine[]>();
  for (const line of found) {
    const mine = lines.get(line.record_id);
    if (mine) mine.push(line);
    else lines.set(line.record_id, [line]);
  }
  return lines;
}

/**
 * The fields of a record as they were before a line, and the moment that takes back. Throws a refusal where what they
 * were is no longer kept.
 */
export function backBefore(
  fields: Readonly<Record<string, Field>>,
  record: Row,
  lines: readonly TakenLine[],
  line: TakenLine,
): { set: Row; undoes: Moment } {
  if (line.changes.some((change) => 'erased' in change))
    throw new Refusal('conflict', 'What it was before is no longer kept.');
  const set: Row = {};
  for (const { field, before } of line.changes as readonly Change[]) {
    const known = fields[field];
    if (known) set[field] = known.kind === 'instant' && typeof before === 'string' ? new Date(before) : before;
  }
  const undoes = momentsOf(lines, { type: record.type, opened_at: record.opened_at }).find(
    (one) => one.line === line.id,
  )!;
  return { set, undoes };
}

function decide(
  type: RecordType,
  record: Row,
  { line: id }: Given,
  { lines, aside, refused }: Facts,
  context: Context,
): Outcome {
  const line = lines.find((one) => one.id === id);
  if (!line) throw invalid('line', `${record.number} has no such line.`);
  if (context.actor.kind === 'person' && line.actor_id !== context.actor.id)
    throw new Refusal('forbidden', 'Only whoever did it may take it back.');
  if (!undoable(context.house, type, line.name)) throw new Refusal('conflict', 'This cannot be taken back.');
  if (lines.some((one) => one.name.endsWith('.undone') && undoneBy(one) === id))
    throw new Refusal('conflict', 'This was taken back already.');
  if (context.now.getTime() >= line.recorded_at.getTime() + undoMs)
    throw new Refusal('conflict', `It could be taken back for ${undoMs / 1000} seconds; they are over.`);
  const fields = context.house.whole.fieldsOf(type);
  const mine = new Set(line.changes.map(({ field }) => field).filter((field) => fields[field]));
  const near = new Set([...mine, ...(type.bound ?? []).filter((set) => set.some((one) => mine.has(one))).flat()]);
  const later = standingLines(lines.slice(lines.indexOf(line) + 1));
  for (const { field } of later.flatMap(({ changes }) => changes))
    if (near.has(field) && fields[field])
      throw new Refusal('conflict', `${fields[field].label} was changed since: it cannot be taken back any more.`);
  if (refused) throw new Refusal('conflict', refused);
  if ([...mine].some((field) => fields[field]!.secret))
    throw new Refusal('conflict', 'A secret was changed: what it was is not kept.');
  if (mine.size === 0 && !aside?.added.length) throw new Refusal('conflict', 'It changed nothing.');
  return {
    ...backBefore(fields, record, lines, line),
    cause: { line: id },
    children: (aside?.added ?? []).map((one) => ({ table: one.table, remove: one.id })),
    wake: aside ? timersBefore(aside) : [],
  };
}

async function factsOf(context: Context, items: readonly FactItem<Given>[]): Promise<Map<string, Facts>> {
  const lines = await wholeHistories(
    context,
    items.map(({ key }) => key),
  );
  const named = (input: Given) => input.line.toLowerCase();
  const asides = await readPutAside(context.db, items.map(({ input }) => named(input)).filter(isId));
  const refused = await refusedBy(context, items, lines);
  return new Map(
    items.map(({ key, input }) => [
      key,
      { lines: lines.get(key) ?? [], aside: asides.get(named(input)), refused: refused.get(key) },
    ]),
  );
}

/** Asks the verbs that were done whether what the fields would be again still holds. */
async function refusedBy(
  context: Context,
  items: readonly FactItem<Given>[],
  lines: ReadonlyMap<string, readonly TakenLine[]>,
): Promise<Map<string, string>> {
  const asked = new Map<Verb, FactItem<Row>[]>();
  for (const { key, record, input } of items) {
    const line = lines.get(key)?.find(({ id }) => id === input.line.toLowerCase());
    const done = line && undoable(context.house, context.house.types.get(String(record.type))!, line.name);
    if (!done || typeof done.undo !== 'function') continue;
    const again = Object.fromEntries(line.changes.flatMap((one) => ('erased' in one ? [] : [[one.field, one.before]])));
    asked.set(done, [...(asked.get(done) ?? []), { key, record, input: again }]);
  }
  const refused = new Map<string, string>();
  for (const [done, mine] of asked)
    if (typeof done.undo === 'function')
      for (const [key, sentence] of await done.undo(context, mine)) refused.set(key, sentence);
  return refused;
}

const made = new WeakMap<RecordType, Verb>();

/** The inverse verb of a type: from any state back to any. It is no part of the life: the verb it takes back was. */
export function undoVerb(type: RecordType): Verb {
  const known = made.get(type);
  if (known) return known;
  const states = Object.keys(type.life.states);
  const life = lifecycle({
    initial: [...type.life.initial],
    states: { ...type.life.states },
    verbs: { undo: { from: states, to: states } },
  });
  const one = verb<Given, Facts>({
    on: { ...type, life },
    verb: 'undo',
    past: 'undone',
    label: 'Take back',
    input: { line: { kind: 'text', label: 'Line', max: 100 } },
    required: ['line'],
    allow: [everyoneAtWork, theSystem],
    facts: factsOf,
    decide: (record, input, facts, context) => decide(type, record, { line: input.line.toLowerCase() }, facts, context),
  });
  made.set(type, one);
  return one;
}

/** Can anything of this type be taken back? */
export function takesBack(house: House, type: RecordType): boolean {
  return [...house.verbs.values()].some((one) => one.undo && one.on.type === type.type);
}

/**
 * Takes lines back, and with each what the same act of the same person led to (children resolved with their parent).
 * What it led to and was changed since stays. One result per item, in the order given.
 */
export async function undo(context: Context, type: RecordType, items: readonly Item[]): Promise<Result[]> {
  const results = await perform(context, undoVerb(type), items);
  const undone = results.flatMap((result) => (result.ok && result.line ? [result.line.undoes!.line] : []));
  if (undone.length === 0) return results;
  const led = await rows<{ id: string; record_id: string; type: string; name: string }>(
    context.db,
    sql`select h.id, h.record_id, h.type, h.name from history x
        join history h on h.tx = x.tx and h.id > x.id and h.cause ->> 'line' = x.id::text
        where x.id ${among(undone)} and h.actor_id = ${context.actor.id}::uuid order by h.id`,
  );
  for (const kind of new Set(led.map((one) => one.type))) {
    const known = context.house.types.get(kind);
    const mine = led.filter((one) => one.type === kind && known && undoable(context.house, known, one.name));
    if (known && mine.length > 0)
      await undo(
        context,
        known,
        mine.map((one) => ({ id: one.record_id, input: { line: one.id } })),
      );
  }
  return results;
}

/** Takes a series of acts back as one, the last of them first. Throws the refusal of the first that cannot be. */
export async function undoSeries(context: Context, type: RecordType, items: readonly Item[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of [...items].reverse()) {
    const [result] = await undo(context, type, [item]);
    if (!result!.ok) throw result!.refusal;
    results.push(result!);
  }
  return results;
}

/** Of these lines, those that were taken back since. */
export async function takenBack(
  context: Context,
  lines: readonly { id: string; record_id: string }[],
): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const found = await rows<{ line: string }>(
    context.db,
    sql`select cause ->> 'line' as line from history
        where record_id ${among([...new Set(lines.map(({ record_id }) => record_id))])} and name like '%.undone'
          and cause ->> 'line' = any(${lines.map(({ id }) => id)}::text[])`,
  );
  return new Set(found.map(({ line }) => line));
}

export interface BulkAct {
  readonly type: string;
  readonly at: Date;
  readonly items: readonly { id: string; input: { line: string } }[];
}

/** One verb on many that this caller did, with the lines it left; undefined when there is none. */
export async function bulkNamed(context: Context, id: string): Promise<BulkAct | undefined> {
  if (!isId(id)) return undefined;
  const [found] = await rows<{ type: string; at: Date; line_ids: string[] }>(
    context.db,
    sql`select type, at, line_ids from bulk_act where id = ${id}::uuid and actor_id = ${context.actor.id}::uuid`,
  );
  if (!found) return undefined;
  const items = await rows<{ id: string; line: string }>(
    context.db,
    sql`select record_id as id, id as line from history where id = any(${found.line_ids}::uuid[]) order by id`,
  );
  return { type: found.type, at: found.at, items: items.map(({ id, line }) => ({ id, input: { line } })) };
}
