import { type Db, rows, sql } from '../../../kernel/database';

/** Who answers for a rule that names no owner: the administrators. */
export async function administratorsOf(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select p.id from person p join record r on r.id = p.id
        where 'administrator' = any(p.roles) and r.state = 'active' order by r.serial limit 20`,
  );
  return found.map(({ id }) => id);
}
