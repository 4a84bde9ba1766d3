import { type Db, type Row, rows, sql } from '../../kernel/database';

/** Of these records, the people who were merged into another, each with the one who stands for them. */
export async function mergedAway(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; stays: string }>(
    db,
    sql`with recursive way (id, at) as (
        select id, merged_into_id from record where id = any(${[...ids]}::uuid[]) and type = 'person' and merged_into_id is not null
        union select w.id, r.merged_into_id from way w join record r on r.id = w.at where r.merged_into_id is not null)
      select w.id, w.at as stays from way w join record r on r.id = w.at where r.merged_into_id is null`,
  );
  return new Map(found.map(({ id, stays }) => [id, stays]));
}

/** What an old card still says of somebody who goes by another name and address now. */
export function withoutName({ name: _name, email: _email, ...rest }: Row): Row {
  return rest;
}
