import type { RecordType } from './record';
import { invalid, type Refusal } from './refusal';

/**
 * A broken unique rule as a refusal on its field. Unique indexes are named `<table>_<column>_unique`, so that the field
 * can be told from the name. Undefined for any other error.
 */
export function clashOf(error: unknown, type: RecordType): Refusal | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23505') return undefined;
  if (constraint === 'record_number') return invalid(type.numberedBy ?? 'number', 'This key is taken.');
  const column = constraint?.replace(new RegExp(`^${type.table}_`), '').replace(/_unique$/, '');
  if (!column || !(column in type.fields)) return undefined;
  return invalid(
    column,
    `Another ${type.label.toLowerCase()} already has this ${type.fields[column]!.label.toLowerCase()}.`,
  );
}
