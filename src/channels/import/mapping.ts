import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { matrix } from '../../practices/operation/incident';
import shipped from './mappings/uci-incident-log.json';

const column = z.string().min(1);
const zone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'This is no time zone.');

/** A value as the source writes it → the value we store. */
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const customKinds = ['text', 'number', 'date', 'instant', 'boolean', 'person', 'record'] as const;

const surroundings = z.strictObject({
  /** Everything that comes in belongs to this organization; made when there is none of this name. */
  organization: z.string().min(1).max(300),
  /** Its department; `read_by` are keys of departments whose agents may read it. */
  department: z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string().min(1),
    read_by: z.array(z.string()).default([]),
  }),
  /** How this organization's incidents are prioritised. */
  model: z
    .strictObject({
      name: z.string().min(1),
      matrix,
      reopen_days: z.int().min(0),
      close_days: z.int().min(0),
      effective_on: z.iso.date(),
    })
    .optional(),
  /** What was promised there: seconds until resolution, by priority, around the clock. */
  agreement: z
    .strictObject({
      name: z.string().min(1),
      effective_on: z.iso.date(),
      resolution: z.record(z.string().regex(/^[1-5]$/), z.int().positive()),
    })
    .optional(),
});
export type Surroundings = z.infer<typeof surroundings>;

/** How one tool's update log is read: which column says what. Checked when it is loaded; see `mappings/`. */
export const updateLogMapping = z.strictObject({
  /** Kept with every record as its `source`; cases are known again by it. */
  source: z.string().min(1).max(100),
  type: z.string().default('incident'),
  delimiter: z.string().length(1).optional(),
  /** The column that says which case a row belongs to, when the update was made, and by whom. */
  case: column,
  instant: column,
  actor: column.optional(),
  /** Texts that mean: not known. */
  unknown: z.array(z.string()).default([]),
  dates: z
    .strictObject({ order: z.enum(['dmy', 'mdy', 'ymd']).default('ymd'), zone: zone.default('UTC') })
    .prefault({}),
  state: z.strictObject({
    column,
    values: z.record(z.string(), z.strictObject({ state: z.string(), hold_reason: z.string().optional() })),
    /** Values that say nothing: the state before stays, the line remembers what was written. */
    stray: z.array(z.string()).default([]),
  }),
  title: z.strictObject({ columns: z.array(column).min(1), join: z.string().default(', ') }),
  fields: z.record(z.string(), z.strictObject({ column, values: values.optional() })),
  /** Columns that repeat a value of the end on every row: taken when one of these states is reached. */
  final: z.record(z.string(), z.strictObject({ column, reached: z.array(z.string()).min(1) })).default({}),
  /**
   * Columns we have no word for: they become fields of the organisation, `x_` and the column's name. `to` says which
   * kind of record a `record` names, `link` ties the two together.
   */
  custom: z
    .record(
      column,
      z.strictObject({
        kind: z.enum(customKinds),
        label: z.string().min(1),
        to: z.string().optional(),
        link: z.enum(['relates', 'caused_by', 'blocks']).optional(),
      }),
    )
    .default({}),
  /** The log's own counters, compared with ours at the end. */
  counters: z.strictObject({ reopened: column.optional(), reassigned: column.optional() }).prefault({}),
  surroundings: surroundings.optional(),
});
export type UpdateLogMapping = z.infer<typeof updateLogMapping>;

export class WrongMapping extends Error {}

/** Checks a mapping; `name` is told in the sentence. Throws `WrongMapping`. */
export function checkMapping<T>(schema: z.ZodType<T>, given: unknown, name: string): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new WrongMapping(`The mapping ${name} cannot be used: ${issue!.path.join('.') || 'it'}: ${issue!.message}`);
}

/** Reads a person's own mapping. Throws `WrongMapping`, among others when there is no such file. */
export function readMapping<T>(schema: z.ZodType<T>, path: string): T {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new WrongMapping(`The mapping ${path} cannot be read: ${(error as Error).message}`);
  }
  return checkMapping(schema, given, path);
}

export const uciIncidentLog: UpdateLogMapping = checkMapping(updateLogMapping, shipped, 'uci-incident-log');

/** The name under which a column without a word of ours is kept. */
export function customKey(column: string): string {
  const name = column
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return `x_${name}`.slice(0, 60);
}
