import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Row } from '../../kernel/database';
import { creatingVerb } from '../../kernel/house';
import { inputFields } from '../../kernel/input';
import type { RecordType } from '../../kernel/record';
import type { CsvRow } from './csv';
import { type DateForm, dateReader } from './dates.rules';
import { WrongMapping } from './mapping';
import type { ImportHouse } from './update-log';

/** How a table of records is read. Without one, columns are named as our fields are. */
export const tableMapping = z.strictObject({
  /** What its rows are, where the name of the format does not say it. */
  type: z.enum(['incident', 'person', 'team', 'service']).optional(),
  /** By it and the key column a record is known again. */
  source: z.string().min(1).max(100).default('csv'),
  delimiter: z.string().length(1).optional(),
  /** The column that tells one record from another; without it the e-mail, the number at the source or the name. */
  key: z.string().min(1).optional(),
  unknown: z.array(z.string()).default([]),
  dates: z
    .strictObject({ order: z.enum(['dmy', 'mdy', 'ymd']).default('ymd'), zone: z.string().default('UTC') })
    .prefault({}),
  /** Field → column, with the values of the source and ours. */
  fields: z
    .record(
      z.string(),
      z.strictObject({
        column: z.string().min(1),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        separator: z.string().min(1).default(';'),
      }),
    )
    .optional(),
});
export type TableMapping = z.infer<typeof tableMapping>;

/** Fields only the past knows: they may be columns when records come in with their history. */
export const pastFields = [
  'state',
  'opened_at',
  'acknowledged_at',
  'resolved_at',
  'closed_at',
  'resolution_code',
  'resolution_note',
];

/** One readable row: what the door is given, and what only the past knows. */
export interface Cells {
  readonly line: number;
  readonly key: string;
  readonly input: Row;
  readonly past: Row;
  readonly digest: Buffer;
}

/** Makes a mapping into a reader of rows; it answers why a row cannot be read. Throws `WrongMapping`. */
export function rowReader(at: ImportHouse, type: RecordType, mapping: TableMapping, header: readonly string[]) {
  const create = creatingVerb(at.house, type)!;
  const fields = inputFields(at.house, create);
  const past = Object.fromEntries(
    pastFields.filter((name) => type.fields[name] && !fields[name]).map((name) => [name, type.fields[name]!]),
  );
  const known = { ...fields, ...past };
  const columns = header.map((name) => name.trim());
  const plan = mapping.fields
    ? Object.entries(mapping.fields)
    : columns
        .filter((name) => known[name])
        .map((name) => [name, { column: name, separator: ';', values: undefined }] as const);
  if (plan.length === 0)
    throw new WrongMapping(
      `No column of the file is named like a field of ${type.labels.toLowerCase()}; give a mapping.`,
    );
  const readers = plan.map(([name, spec]) => {
    const field = known[name];
    const index = columns.indexOf(spec.column);
    if (!field) throw new WrongMapping(`${type.labels} have no field ${name} that an import may set.`);
    if (index < 0) throw new WrongMapping(`The file has no column ${spec.column}, which the mapping names.`);
    return { name, field, index, spec, isPast: name in past };
  });
  const keyName =
    mapping.key ??
    ['email', 'source_number', 'number', 'name', 'title']
      .map(
        (name) => readers.find((one) => one.name === name)?.spec.column ?? (columns.includes(name) ? name : undefined),
      )
      .find((name) => name !== undefined);
  const keyAt = columns.indexOf(keyName ?? '');
  if (keyAt < 0) throw new WrongMapping('The mapping must say by which column a record is known again (key).');
  const date = dateReader(mapping.dates as DateForm);
  const unknown = new Set(['', ...mapping.unknown]);
  return ({ line, cells, problem }: CsvRow): Cells | string => {
    if (problem) return problem;
    if (cells.length !== columns.length) return `The line has ${cells.length} columns, the header ${columns.length}.`;
    const key = cells[keyAt]!.trim();
    if (unknown.has(key)) return `${columns[keyAt]} is empty: the record could not be known again.`;
    const input: Row = {};
    const before: Row = {};
    for (const { name, field, index, spec, isPast } of readers) {
      const text = unguarded(cells[index]!);
      if (unknown.has(text.trim())) continue;
      const value = spec.values ? spec.values[text] : readCell(field.kind, text, spec.separator, date);
      if (value === undefined) return `${columns[index]} cannot be “${text.slice(0, 60)}”.`;
      (isPast ? before : input)[name] = value;
    }
    const digest = Buffer.from(hash('sha1', cells.join('\u001f'), 'hex'), 'hex').subarray(0, 8);
    return { line, key, input, past: before, digest };
  };
}

/** A cell without the apostrophe that keeps spreadsheets from running it. */
function unguarded(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** A cell as the door takes it; the door itself checks it. Undefined: it cannot be read. */
function readCell(kind: string, text: string, separator: string, date: (text: string) => Date | null): unknown {
  switch (kind) {
    case 'integer':
    case 'number':
      return Number.isNaN(Number(text)) ? undefined : Number(text);
    case 'boolean':
      return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : undefined;
    case 'instant':
      return date(text)?.toISOString();
    case 'date':
      return date(text)?.toISOString().slice(0, 10);
    case 'references':
    case 'texts':
      return text
        .split(separator)
        .map((part) => part.trim())
        .filter(Boolean);
    case 'money': {
      const [amount, currency] = text.trim().split(/\s+/);
      return currency ? { amount, currency } : undefined;
    }
    case 'json':
      try {
        return JSON.parse(text);
      } catch {
        return undefined;
      }
    default:
      return text;
  }
}
