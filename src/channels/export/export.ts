import { stringify } from 'csv-stringify/sync';
import { answer, list, type Narrow } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { fieldNamed } from '../../kernel/field';
import type { RecordType } from '../../kernel/record';
import { malformed } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

export type Format = 'csv' | 'jsonl';

/** A cell as a person reads it: references by name and number, lists by semicolon. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(cell).join('; ');
  if (typeof value === 'object') {
    const shown = value as { number?: string; name?: string };
    if (shown.number !== undefined) return `${shown.number} ${shown.name ?? ''}`.trim();
    return JSON.stringify(value);
  }
  return String(value);
}

/** Spreadsheets run what begins like a formula; a leading apostrophe makes it text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
}

/** The columns of an export: those asked for, else every field with its own column. */
export function columnsOf(context: Context, type: RecordType, asked: string | undefined): string[] {
  const fields = context.house.fieldsOf(type);
  const names = asked?.split(',').filter(Boolean);
  for (const name of names ?? [])
    if (!fieldNamed(fields, name)) throw malformed('fields', say`There is no field ${name}.`);
  if (names && names.length > 0) return ['number', ...names.filter((name) => name !== 'number')];
  return [
    'number',
    ...Object.keys(fields).filter((name) => !['id', 'type', 'number', 'state_category'].includes(name)),
  ];
}

/** Every record a list would show, as text in pieces: one page of the list at a time, so that any number is possible. */
export async function* exported(
  context: Context,
  type: RecordType,
  query: Readonly<Record<string, string>>,
  format: Format,
  narrow?: Narrow,
): AsyncGenerator<string> {
  const columns = columnsOf(context, type, query.fields);
  const { fields: _fields, format: _format, limit: _limit, cursor: _cursor, count: _count, ...rest } = query;
  if (format === 'csv') yield stringify([columns]);
  let cursor: string | undefined;
  do {
    const page = await list(context, type, { ...rest, limit: '500', ...(cursor ? { cursor } : {}) }, narrow);
    const items = await answer(context, type, page.items, { only: columns });
    yield format === 'csv'
      ? stringify(items.map((item) => columns.map((name) => harmless(cell(item[name])))))
      : items.map((item) => `${JSON.stringify(pick(item, columns))}\n`).join('');
    cursor = page.next ?? undefined;
  } while (cursor);
}

function pick(item: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, item[name] ?? null]));
}
