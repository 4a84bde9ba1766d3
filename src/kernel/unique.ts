import { calledField, calledOne } from './called';
import type { RecordType } from './record';
import { invalid, type Refusal } from './refusal';
import { say } from './sentence.contract';

/**
 * A broken unique rule as a refusal on its field. Unique indexes are named `<table>_<column>_unique`, so that the field
 * can be told from the name. Undefined for any other error.
 */
export function clashOf(error: unknown, type: RecordType): Refusal | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== '23505') return undefined;
  if (constraint === 'record_number') return invalid(type.numberedBy ?? 'number', say`This key is taken.`);
  const column = constraint?.replace(new RegExp(`^${type.table}_`), '').replace(/_unique$/, '');
  if (!column || !(column in type.fields)) return undefined;
  return invalid(column, say`Another ${calledOne(type)} already has this ${calledField(column, type.fields[column])}.`);
}
