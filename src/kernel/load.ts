import type { Context } from './command';
import { among, any, type Row, rows, type Sql, sql } from './database';
import { isId } from './id';
import { whereAny } from './policy';
import type { RecordType } from './record';

/** The numbers among addresses, as they were written and in capitals: `inc-1042` is INC-1042. */
const numbersIn = (addresses: readonly string[]): string[] => [
  ...new Set(
    addresses
      .filter((address) => !isId(address) && !address.includes('\u0000'))
      .flatMap((address) => [address, address.toUpperCase()]),
  ),
];

/** The ids of what is addressed by number or id; positions without an answer are absent or hidden. */
export async function idsOf(
  context: Context,
  type: RecordType,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const ids = addresses.filter(isId).map((id) => id.toLowerCase());
  const numbers = numbersIn(addresses);
  const found = await rows<{ id: string; number: string }>(
    context.db,
    sql`select r.id, r.number from record r
        where r.type = ${type.type} and ${whereAny(type.sees, context.actor)}
          and (${ids.length > 0 ? sql`r.id ${among(ids)}` : sql`false`}
            or ${numbers.length > 0 ? sql`r.number ${among(numbers, 'text')}` : sql`false`})`,
  );
  const map = new Map<string, string>();
  for (const row of found) {
    map.set(row.id, row.id);
    map.set(row.number, row.id);
  }
  for (const address of addresses) {
    const id = map.get(address) ?? map.get(address.toLowerCase()) ?? map.get(address.toUpperCase());
    if (id) map.set(address, id);
  }
  return map;
}

/**
 * Whole rows (kernel's and practice's columns in one) of what the caller may see, addressed by id or number, in id
 * order; `lock` keeps others from changing them until the transaction ends. Both tables are locked: otherwise a waiting
 * reader would see the practice's row as it was before it waited.
 */
export async function load(
  context: Context,
  type: RecordType,
  addresses: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Row[]> {
  const ids = addresses.filter(isId);
  const numbers = numbersIn(addresses);
  if (ids.length + numbers.length === 0) return [];
  const named = any([
    ...(ids.length > 0 ? [sql`r.id ${among(ids)}`] : []),
    ...(numbers.length > 0 ? [sql`r.number ${among(numbers, 'text')}`] : []),
  ]);
  return rows<Row>(
    context.db,
    sql`select ${selection(type)} from record r join ${sql.table(type.table)} o on o.id = r.id
        where ${named} and r.type = ${type.type} and ${whereAny(type.sees, context.actor)}
        order by r.id ${options.lock ? sql`for update` : sql``}`,
  );
}

export function selection(_type: RecordType): Sql {
  return sql`o.*, r.*`;
}
