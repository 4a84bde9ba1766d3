import type { Context } from '../../kernel/command';
import { among, rows, sql } from '../../kernel/database';
import { isId } from '../../kernel/id';
import { sightOf } from '../../kernel/references';

/** What a reference shows of the record it points to. */
export interface Shown {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

/** The shown form of many references at once; hidden ones are left out. */
export async function show(
  context: Context,
  ids: readonly string[],
): Promise<Map<string, Shown & { type: string; state: string }>> {
  const wanted = [...new Set(ids)].filter(isId);
  if (wanted.length === 0) return new Map();
  const found = await rows<Shown & { type: string; state: string }>(
    context.db,
    sql`select r.id, r.type, r.number, r.title as name, r.state from record r
        where r.id ${among(wanted)}
          and ${sightOf(context, [...context.house.types.values()], (type) => type.named ?? type.sees)}`,
  );
  return new Map(found.map((row) => [row.id, row]));
}
