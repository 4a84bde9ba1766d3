import { answer } from '../../kernel/answer';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { malformed } from '../../kernel/filter';
import { list, type Narrow } from '../../kernel/list';
import type { RecordType } from '../../kernel/record';
import { csvRow } from './csv.rules';

export type ExportFormat = 'csv' | 'jsonl';

const pageSize = 500;
const first = ['number', 'title', 'state'];

/** The columns of an export: those asked for in their order, else every field of the kind, custom ones included. */
export function columnsOf(context: Context, type: RecordType, fields: string | undefined): string[] {
  const known = context.house.fieldsOf(type);
  if (fields !== undefined) {
    const names = fields.split(',').filter((name) => name !== '' && name !== 'offers');
    for (const name of names) if (!known[name]) throw malformed('fields', `There is no field ${name}.`);
    return names;
  }
  const names = Object.keys(known).filter((name) => name !== 'state_category');
  return [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
}

/**
 * A list as text, piece by piece: everything the caller may see that matches `query` (a list's address; its own limit
 * and cursor are ignored). The first piece is made before anything is answered, so that a refusal is still a refusal.
 */
export async function exportTable(
  context: Context,
  type: RecordType,
  query: Readonly<Record<string, string>>,
  format: ExportFormat,
  narrow?: Narrow,
): Promise<AsyncGenerator<string>> {
  const { limit: _limit, cursor: _cursor, count: _count, format: _format, ...rest } = query;
  const names = columnsOf(context, type, query.fields);
  const wanted = { sort: 'number', ...rest, limit: String(pageSize) };
  const pageOf = async (cursor: string | undefined) => {
    const page = await list(context, type, cursor === undefined ? wanted : { ...wanted, cursor }, narrow);
    return { next: page.next, items: await answer(context, type, page.items, { only: names }) };
  };
  const textOf = (items: readonly Row[]) =>
    items
      .map((item) => (format === 'jsonl' ? `${JSON.stringify(item)}\n` : csvRow(names.map((name) => item[name]))))
      .join('');
  const begun = await pageOf(undefined);
  return (async function* () {
    if (format === 'csv') yield csvRow(names);
    let page = begun;
    for (;;) {
      if (page.items.length > 0) yield textOf(page.items);
      if (page.next === null) return;
      page = await pageOf(page.next);
    }
  })();
}
