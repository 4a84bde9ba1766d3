import { calledOne, calledState } from './called';
import type { Context, Outcome, Verb } from './command';
import type { Row } from './database';
import type { Field } from './field';
import { type Change, type Line, same } from './history';
import { newId } from './id';
import { columnOf, type RecordType } from './record';
import { Refusal } from './refusal';
import { say } from './sentence.contract';
import { recordColumns } from './write';

export interface Applied {
  readonly after: Row;
  /** Columns to write; nothing when the verb changed nothing. */
  readonly changed: Set<string> | 'new';
  readonly line: Line | null;
}

/** The input of a creating verb with the declared standards where nothing was given. */
export function fromStandards(context: Context, verb: Verb, input: Row): Row {
  const out: Row = { ...input };
  for (const [name, field] of Object.entries(context.house.whole.fieldsOf(verb.on)))
    if (field.standard !== undefined && out[name] == null && (verb.takes === 'writable' || verb.takes?.includes(name)))
      out[name] = field.standard;
  return out;
}

/** Kept by the kernel itself: never part of a change. */
const kept = new Set([
  'id',
  'number',
  'type',
  'version',
  'created_at',
  'updated_at',
  'state_category',
  'state_since',
  'due_at',
  'queue_at',
]);

export function fieldValue(row: Row, name: string, field: Field): unknown {
  if (field.on === 'custom') return (row.custom as Row | undefined)?.[name] ?? null;
  return row[columnOf(name, field)] ?? null;
}

/** `row.custom` belongs to this row alone when a value is put. */
function put(row: Row, name: string, field: Field, value: unknown): string {
  if (field.on === 'custom') {
    const custom = row.custom as Row;
    if (value === null || value === undefined) delete custom[name];
    else custom[name] = value instanceof Date ? value.toISOString() : value;
    return 'custom';
  }
  const column = columnOf(name, field);
  row[column] = value ?? null;
  return column;
}

/** Sets fields of a row; answers the changes in the order they were set and the columns touched. */
export function setFields(type: RecordType, fields: Readonly<Record<string, Field>>, row: Row, set: Row, at: Date) {
  const changes: Change[] = [];
  const columns = new Set<string>();
  for (const [name, given] of Object.entries(set)) {
    if (given === undefined) continue;
    const field = fields[name];
    if (!field) throw new Error(`${type.type} has no field ${name}.`);
    const before = fieldValue(row, name, field);
    const value = valueFor(field, given);
    if (same(before, value) || (isList(field) && emptyLists(before, value))) continue;
    if (field.on === 'custom' && !columns.has('custom')) row.custom = { ...(row.custom as Row | undefined) };
    columns.add(put(row, name, field, value));
    const told = field.secret ? { before: null, after: null } : { before, after: value ?? null };
    if (!kept.has(name)) changes.push({ field: name, ...told });
  }
  if (columns.has('state')) {
    row.state_category = type.life.states[String(row.state)];
    row.state_since = at;
    columns.add('state_category').add('state_since');
  }
  return { changes, columns };
}

const isList = (field: Field) => field.kind === 'references' || field.kind === 'texts';

/** As it is kept: custom instants are texts, and a list that is emptied is an empty one. */
function valueFor(field: Field, given: unknown): unknown {
  if (given === null && isList(field)) return [];
  return field.on === 'custom' && given instanceof Date ? given.toISOString() : given;
}

const emptyLists = (a: unknown, b: unknown) =>
  (a === null || (Array.isArray(a) && a.length === 0)) && (b === null || (Array.isArray(b) && b.length === 0));

const blanks = new WeakMap<object, Row>();

/** Every column of a type, empty. Made once: copies of one ready object are several times cheaper than new ones. */
function blankOf(type: RecordType, fields: Readonly<Record<string, Field>>): Row {
  const known = blanks.get(fields);
  if (known) return known;
  const blank: Row = {
    ...Object.fromEntries([...recordColumns].map((name) => [name, null])),
    type: type.type,
    version: 1,
  };
  for (const [name, field] of Object.entries(fields))
    if ((field.on ?? 'own') === 'own') blank[columnOf(name, field)] = isList(field) ? [] : null;
  const made = JSON.parse(JSON.stringify(blank)) as Row;
  blanks.set(fields, made);
  return made;
}

/** A row with nothing in it but what the kernel keeps. */
export function blankRow(context: Context, type: RecordType, id: string, serial: number, at: Date): Row {
  return {
    ...blankOf(type, context.house.whole.fieldsOf(type)),
    id,
    serial,
    number: `${type.prefix}-${serial}`,
    custom: {},
    opened_at: at,
    state_since: at,
    created_at: at,
    updated_at: at,
  };
}

/** The record after a verb, and the line that remembers it. */
export function applyOutcome(
  context: Context,
  verb: Verb,
  id: string,
  before: Row,
  outcome: Outcome,
  serial: number | undefined,
): Applied {
  const type = verb.on;
  // What is kept is kept whole, whatever is switched off.
  const fields = context.house.whole.fieldsOf(type);
  const after = verb.creates ? blankRow(context, type, id, serial!, context.now) : { ...before };
  const since = (outcome.undoes?.before?.state_since as Date | undefined) ?? context.at ?? context.now;
  const { changes, columns } = setFields(type, fields, after, outcome.set ?? {}, since);
  if (verb.creates) checkNew(type, after);
  else checkMove(verb, before, after);
  const remembered = Object.entries(outcome.remember ?? {}).filter(([, value]) => value != null);
  const told: Change[] = [...changes, ...remembered.map(([field, value]) => ({ field, before: null, after: value }))];
  const nothing = told.length === 0 && !verb.creates && (outcome.children ?? []).length === 0;
  if (!verb.creates && columns.size > 0) {
    after.version = Number(before.version) + 1;
    after.updated_at = context.now;
    columns.add('version').add('updated_at');
  }
  if (type.numberedBy) after.number = after[columnOf(type.numberedBy, fields[type.numberedBy]!)];
  const line: Line | null = nothing
    ? null
    : {
        id: newId(context.now),
        record_id: id,
        type: type.type,
        name: `${type.type}.${outcome.past ?? verb.past}`,
        verb: verb.verb,
        actor_id: context.actor.id,
        actor_kind: context.actor.kind,
        at: outcome.at ?? context.at ?? context.now,
        recorded_at: context.now,
        internal: outcome.internal ?? false,
        changes: told,
        cause: outcome.cause ?? context.cause ?? null,
        why: outcome.why ?? context.why ?? null,
        depth: context.depth ?? 0,
        before: verb.creates ? null : before,
        after,
        ...(outcome.undoes ? { undoes: outcome.undoes } : {}),
      };
  return { after, changed: verb.creates ? 'new' : columns, line };
}

function checkNew(type: RecordType, row: Row): void {
  if (!type.life.initial.includes(String(row.state)))
    throw new Refusal('wrong_state', say`A new ${calledOne(type)} cannot be ${calledState(String(row.state))}.`);
}

/** A verb that leads where its life does not allow is a fault of ours, not of the caller. */
function checkMove(verb: Verb, before: Row, after: Row): void {
  const allowed = verb.on.life.verbs[verb.verb]?.[String(before.state)] ?? [];
  if (!allowed.includes(String(after.state)))
    throw new Error(
      `${verb.on.type}.${verb.verb} led from ${before.state} to ${after.state}, which its life does not allow.`,
    );
}
