import type { Context } from './command';
import { among, any, type Row, rows, type Sql, sql } from './database';
import { isId } from './id';
import { whereAny } from './policy';
import type { RecordType } from './record';

/** Records by their ids and numbers; a number as it was written or in capitals: `inc-1042` is INC-1042. */
function addressedBy(addresses: readonly string[]): Sql {
  const ids = addresses.filter(isId);
  const others = addresses.filter((address) => !isId(address) && !address.includes('\u0000'));
  const numbers = [...new Set(others.flatMap((address) => [address, address.toUpperCase()]))];
  return any([
    ...(ids.length > 0 ? [sql`r.id ${among(ids)}`] : []),
    ...(numbers.length > 0 ? [sql`r.number ${among(numbers, 'text')}`] : []),
  ]);
}

/** The ids of what is addressed by number or id; positions without an answer are absent or hidden. */
export async function idsOf(
  context: Context,
  type: RecordType,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ id: string; number: string }>(
    context.db,
    sql`select r.id, r.number from record r
        where r.type = ${type.type} and ${whereAny(type.sees, context.actor)} and ${addressedBy(addresses)}`,
  );
  const map = new Map(
    found.flatMap(({ id, number }) => [
      [id, id],
      [number, id],
    ]),
  );
  for (const address of addresses) {
    const id = map.get(address) ?? map.get(address.toLowerCase()) ?? map.get(address.toUpperCase());
    if (id) map.set(address, id);
  }
  return map;
}

/** Every column of a record and of its own table, over the aliases `r` and `o`; what both have is the record's. */
export const wholeRow: Sql = sql`o.*, r.*`;

/**
 * Whole rows (kernel's and practice's columns in one) of what the caller may see, addressed by id or number, in id
 * order; `lock` keeps others from changing them until the transaction ends. Both tables are locked: otherwise a waiting
 * reader would see the practice's row as it was before it waited. Others may point at what is locked: ids do not change,
 * and two who point at each other's record would wait for one another.
 */
export async function load(
  context: Context,
  type: RecordType,
  addresses: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Row[]> {
  if (addresses.length === 0) return [];
  return rows<Row>(
    context.db,
    sql`select ${wholeRow} from record r join ${sql.table(type.table)} o on o.id = r.id
        where ${addressedBy(addresses)} and r.type = ${type.type} and ${whereAny(type.sees, context.actor)}
        order by r.id ${options.lock ? sql`for no key update` : sql``}`,
  );
}
