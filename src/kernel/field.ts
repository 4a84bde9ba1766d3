import { z } from 'zod';
import './sentences';
import { amount, listed, wrong } from './sentence.contract';

/**
 * What a field of a record holds. From one declaration come the input check, the answer, the filter, the sort, the
 * form, the history line, the export column and the OpenAPI schema; a custom field is the same thing made of rows.
 */
export type FieldKind =
  | 'text'
  | 'markdown'
  | 'integer'
  | 'number'
  | 'money'
  | 'boolean'
  | 'choice'
  | 'instant'
  | 'date'
  | 'reference'
  | 'references'
  | 'texts'
  | 'json';

export interface Field {
  readonly kind: FieldKind;
  readonly label: string;
  /** In the kernel's table `record`, in the practice's own table (the default), or in `record.custom`. */
  readonly on?: 'record' | 'own' | 'custom';
  /** The column, where it is not the field's own name. */
  readonly column?: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The record type a reference points to; several types are tried in turn. */
  readonly to?: string | readonly string[];
  /** May people set it by the creating verb and by edit? Default true; `'creation'`: by the creating verb alone. */
  readonly writable?: boolean | 'creation';
  readonly required?: boolean;
  /** Value on creation when none is given. */
  readonly standard?: unknown;
  /** Its column is never null, and an index serves this sort. */
  readonly sorted?: 'indexed' | 'never null';
  /** History tells that it changed, never what it was: history is kept for ever and shown to many. */
  readonly secret?: boolean;
  /** Shape of a `json` field. */
  readonly shape?: z.ZodType;
  /** References inside a `json` field: their paths (`service_id`, `*.goal_id`) and the types they point to. */
  readonly inside?: Readonly<Record<string, string | readonly string[]>>;
  /** Goes into the full text of the record. */
  readonly searched?: boolean;
  readonly help?: string;
  /** The kind of record it is worked out from: where that is switched off, the field is not there. */
  readonly madeOf?: string;
  /** Choices that speak of a kind of record, by choice: they go where it is switched off. */
  readonly choicesOf?: Readonly<Record<string, string>>;
}

const text = (max: number) =>
  z
    .string(wrong`This must be a text.`)
    .max(max, wrong`This may have at most ${amount(max)} characters.`)
    .refine((value) => !value.includes('\u0000'), wrong`This contains a character that cannot be stored.`)
    .transform((value) => value.toWellFormed());

const instant = z.iso
  .datetime({ offset: true, ...wrong`This must be an instant such as 2026-11-21T17:50:00Z.` })
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()), wrong`This must be an instant such as 2026-11-21T17:50:00Z.`)
  .refine(
    (value) => value.getTime() >= Date.UTC(1900, 0, 1) && value.getTime() < Date.UTC(3000, 0, 1),
    wrong`This instant is out of range.`,
  );

const reference = z
  .string(wrong`This must name a record: its id, number, e-mail or unique name.`)
  .min(1, wrong`This must name a record.`)
  .max(300, wrong`This must name a record.`)
  .refine((value) => !value.includes('\u0000'), wrong`This must name a record.`)
  .transform((value) => value.toWellFormed());

export const decimal = /^-?\d{1,15}(\.\d{1,6})?$/;

/** The check of one value that was given; references stay texts here and are looked up by the door. */
export function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return text(field.max ?? 500);
    case 'markdown':
      return text(field.max ?? 100_000);
    case 'integer':
      return z
        .int(wrong`This must be a whole number.`)
        .min(field.min ?? -2_147_483_648, wrong`This must be at least ${field.min ?? -2_147_483_648}.`)
        .max(field.max ?? 2_147_483_647, wrong`This must be at most ${field.max ?? 2_147_483_647}.`);
    case 'number':
      return z
        .number(wrong`This must be a number.`)
        .min(field.min ?? -1e15, wrong`This must be at least ${field.min ?? -1e15}.`)
        .max(field.max ?? 1e15, wrong`This must be at most ${field.max ?? 1e15}.`);
    case 'money':
      return z.strictObject(
        {
          amount: z
            .string(wrong`The amount must be a decimal text.`)
            .regex(decimal, wrong`The amount must be a decimal text.`),
          currency: z.string().regex(/^[A-Z]{3}$/, wrong`The currency must be a code of three letters.`),
        },
        wrong`This must be {amount, currency}.`,
      );
    case 'boolean':
      return z.boolean(wrong`This must be true or false.`);
    case 'choice':
      return z
        .string(wrong`This must be one of ${listed(field.choices ?? [])}.`)
        .refine((value) => field.choices?.includes(value), wrong`This must be one of ${listed(field.choices ?? [])}.`);
    case 'instant':
      return instant;
    case 'date':
      return z.iso.date(wrong`This must be a date such as 2026-11-21.`);
    case 'reference':
      return reference;
    case 'references':
      return z.array(reference, wrong`This must be a list of records.`).max(500, wrong`At most 500 are possible.`);
    case 'texts':
      return z.array(text(200).pipe(z.string().min(1)), wrong`This must be a list of texts.`).max(200);
    case 'json':
      return field.shape ?? z.json();
  }
}

export function isReference(field: Field): boolean {
  return field.kind === 'reference' || field.kind === 'references';
}

export function targetsOf(field: Field): readonly string[] {
  if (field.to === undefined) return [];
  return typeof field.to === 'string' ? [field.to] : field.to;
}

/** A field by its name; names every object has, such as `constructor`, are none. */
export function fieldNamed(fields: Readonly<Record<string, Field>>, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
