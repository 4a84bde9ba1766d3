import { hash } from 'node:crypto';
import { type Field, isReference, targetsOf } from '../../kernel/field';
import type { House } from '../../kernel/house';
import type { RecordType } from '../../kernel/record';
import type { CsvRow } from './csv';
import { dateReader } from './dates.rules';
import { customKey, type UpdateLogMapping, WrongMapping } from './mapping';

/** One readable row of the log: what it belongs to, when, by whom, and its cells. */
export interface Raw {
  readonly line: number;
  readonly key: string;
  readonly at: Date;
  readonly actor: string | null;
  readonly cells: readonly string[];
  /** Eight bytes that tell this row from others of its case; final columns are left out, they change afterwards. */
  readonly digest: Buffer;
}

export interface Refused {
  readonly line: number;
  readonly reason: string;
}

type Value = string | number | boolean | Date | null;
interface Fault {
  readonly fault: string;
}

/** A column of the log that fills one field of ours. */
export interface Column {
  readonly name: string;
  readonly index: number;
  readonly field: Field;
  /** The type of record the text names, when it is a reference. */
  readonly to?: string;
  /** The kind of link that ties the two records together. */
  readonly link?: string;
  /** States on reaching which it is taken; none: with every row. */
  readonly reached?: readonly string[];
  read(text: string): Value | Fault;
}

export interface LogReader {
  readonly columns: readonly Column[];
  readonly titleAt: readonly number[];
  readonly stateAt: number;
  readonly counters: { readonly reopened?: number; readonly reassigned?: number };
  isUnknown(text: string): boolean;
  row(row: CsvRow): Raw | Refused;
}

const tidyTexts = new Map<string, string>();
/** A text with single blanks: two spellings of `Opened by  8` are one name. */
export function tidy(text: string): string {
  if (!text.includes('  ') && text.trim() === text) return text;
  let made = tidyTexts.get(text);
  if (made === undefined) {
    made = text.replace(/\s+/g, ' ').trim();
    if (tidyTexts.size < 100_000) tidyTexts.set(text, made);
  }
  return made;
}

/** The custom fields a mapping asks for, by key. */
export function customFieldsOf(mapping: UpdateLogMapping) {
  return Object.entries(mapping.custom).map(([column, spec]) => ({ ...spec, key: customKey(column), column }));
}

/**
 * Makes a mapping into a reader of rows for a file with this header. Throws `WrongMapping` when the header lacks a
 * column or the mapping a field, so that nothing is imported half.
 */
export function logReader(
  house: House,
  type: RecordType,
  mapping: UpdateLogMapping,
  header: readonly string[],
): LogReader {
  const places = new Map(header.map((name, index) => [name.trim(), index]));
  const place = (column: string) => {
    const index = places.get(column);
    if (index === undefined) throw new WrongMapping(`The file has no column ${column}, which the mapping names.`);
    return index;
  };
  const fields = house.fieldsOf(type);
  const unknown = new Set(['', ...mapping.unknown]);
  const isUnknown = (text: string) => unknown.has(text);
  const date = dateReader(mapping.dates);
  const column = (
    name: string,
    from: string,
    more: Partial<Column> & { values?: Record<string, Value> } = {},
  ): Column => {
    const field = fields[name];
    if (!field) throw new WrongMapping(`${type.labels} have no field ${name}, which the mapping names.`);
    const to = isReference(field) ? (more.to ?? targetsOf(field)[0]) : undefined;
    if (isReference(field) && (!to || !house.types.has(to)))
      throw new WrongMapping(`The mapping does not say what kind of record ${name} names.`);
    for (const value of Object.values(more.values ?? {}))
      if (field.kind === 'choice' && !field.choices?.includes(String(value)))
        throw new WrongMapping(`${field.label} cannot be ${value}, as the mapping says.`);
    const read = remembering((text) => (isUnknown(text) ? null : readValue(field, text, more.values, date)));
    return { name, index: place(from), field, to, link: more.link, reached: more.reached, read };
  };
  const finals = new Set(Object.values(mapping.final).map((spec) => spec.column));
  const columns = [
    ...Object.entries(mapping.fields).map(([name, spec]) => column(name, spec.column, { values: spec.values })),
    ...customFieldsOf(mapping)
      .filter((spec) => !finals.has(spec.column))
      .map((spec) => column(spec.key, spec.column, { to: spec.to, link: spec.link })),
    ...Object.entries(mapping.final).map(([name, spec]) => column(name, spec.column, { reached: spec.reached })),
  ];
  for (const { state } of Object.values(mapping.state.values))
    if (!(state in type.life.states)) throw new WrongMapping(`${type.labels} have no state ${state}.`);

  const stateAt = place(mapping.state.column);
  const keyAt = place(mapping.case);
  const instantAt = place(mapping.instant);
  const actorAt = mapping.actor === undefined ? undefined : place(mapping.actor);
  const stray = new Set(mapping.state.stray);
  const kept = header.map((name, index) => ({ name: name.trim(), index })).filter(({ name }) => !finals.has(name));
  const { reopened, reassigned } = mapping.counters;
  return {
    columns,
    titleAt: mapping.title.columns.map(place),
    stateAt,
    counters: {
      reopened: reopened === undefined ? undefined : place(reopened),
      reassigned: reassigned === undefined ? undefined : place(reassigned),
    },
    isUnknown,
    row({ line, cells, problem }) {
      const refuse = (reason: string): Refused => ({ line, reason });
      if (problem) return refuse(problem);
      if (cells.length !== header.length)
        return refuse(`The line has ${cells.length} columns, the header ${header.length}.`);
      const key = tidy(cells[keyAt]!);
      if (isUnknown(key)) return refuse(`The line does not say which case it belongs to (${mapping.case} is empty).`);
      if (key.length > 100) return refuse(`${mapping.case} is longer than 100 characters.`);
      const at = date(cells[instantAt]!);
      if (!at) return refuse(`${mapping.instant} is no date: “${short(cells[instantAt]!)}”.`);
      const state = cells[stateAt]!;
      if (!mapping.state.values[state] && !stray.has(state))
        return refuse(`${mapping.state.column} has the unknown value “${short(state)}”.`);
      for (const one of columns) {
        const value = one.read(cells[one.index]!);
        if (value !== null && typeof value === 'object' && 'fault' in value)
          return refuse(`${header[one.index]} ${value.fault}: “${short(cells[one.index]!)}”.`);
      }
      const actor = actorAt === undefined ? '' : tidy(cells[actorAt]!);
      if (actor.length > 300) return refuse(`${mapping.actor} is longer than 300 characters.`);
      return {
        line,
        key,
        at,
        actor: isUnknown(actor) ? null : actor,
        cells,
        digest: Buffer.from(hash('sha1', kept.map(({ index }) => cells[index]).join('\u001f'), 'hex'), 'hex').subarray(
          0,
          8,
        ),
      };
    },
  };
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function remembering(read: (text: string) => Value | Fault): (text: string) => Value | Fault {
  const known = new Map<string, Value | Fault>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      if (known.size < 50_000) known.set(text, value);
    }
    return value;
  };
}

function readValue(
  field: Field,
  text: string,
  values: Record<string, Value> | undefined,
  date: (text: string) => Date | null,
): Value | Fault {
  if (values) return values[text] ?? { fault: 'has an unknown value' };
  switch (field.kind) {
    case 'integer':
    case 'number': {
      const number = Number(text);
      if (!Number.isFinite(number) || (field.kind === 'integer' && !Number.isInteger(number)))
        return { fault: 'is no number' };
      const tooFar = number < (field.min ?? -2_147_483_648) || number > (field.max ?? 2_147_483_647);
      return tooFar ? { fault: 'is out of range' } : number;
    }
    case 'boolean':
      if (/^(true|yes|1)$/i.test(text)) return true;
      return /^(false|no|0)$/i.test(text) ? false : { fault: 'is neither true nor false' };
    case 'instant':
      return date(text) ?? { fault: 'is no date' };
    case 'date':
      return date(text)?.toISOString().slice(0, 10) ?? { fault: 'is no date' };
    case 'choice':
      return field.choices?.includes(text) ? text : { fault: 'has an unknown value' };
    default: {
      const made = isReference(field) ? tidy(text) : text;
      if (made.includes('\u0000')) return { fault: 'contains a character that cannot be stored' };
      const most = isReference(field) ? 300 : (field.max ?? 4_000);
      return made.length > most ? { fault: `is longer than ${most} characters` } : made;
    }
  }
}
