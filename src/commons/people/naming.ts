import type { Context } from '../../kernel/command';
import { type Row, rows, type Sql, sql } from '../../kernel/database';
import { type Field, isReference, targetsOf } from '../../kernel/field';
import { same } from '../../kernel/history';
import { mapInside } from '../../kernel/inside';
import { columnOf, type RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';

/** A webhook sees with the eyes of whoever set it up: nobody else's eyes are put into it. */
const untouchedTypes = new Set(['webhook']);
/** Memberships are written on both sides by the product itself. */
const untouchedFields = new Set(['team.member_ids', 'person.team_ids', 'person.merged_into_id']);

/**
 * The fields of a kind of record that say whose something is. What somebody did (`approved_by_id`, authors, ticks, time)
 * stays theirs: it says what happened.
 */
export function fieldsNaming(context: Context, type: RecordType): [string, Field][] {
  if (untouchedTypes.has(type.type)) return [];
  return Object.entries(context.house.fieldsOf(type)).filter(([name, field]) => {
    if (name.endsWith('_by_id') || untouchedFields.has(`${type.type}.${name}`)) return false;
    if (isReference(field)) return targetsOf(field).length === 0 || targetsOf(field).includes('person');
    return Object.values(field.inside ?? {}).some((to) => [to].flat().includes('person'));
  });
}

function holds(name: string, field: Field, person: string): Sql {
  if (field.on === 'custom') return sql`r.custom @> ${JSON.stringify({ [name]: person })}::jsonb`;
  const column = sql.ref(`${field.on === 'record' ? 'r' : 'o'}.${columnOf(name, field)}`);
  if (field.kind === 'reference') return sql`${column} = ${person}::uuid`;
  if (field.kind === 'references') return sql`${person}::uuid = any(${column})`;
  return sql`${column}::text like ${`%${person}%`}`;
}

/** A statement that finds every record that names a person: `id`, `type` and `field`, `watcher` among them. */
function naming(context: Context, person: string): Sql {
  const arms = [...context.house.types.values()].flatMap((type) =>
    fieldsNaming(context, type).map(
      ([name, field]) => sql`select r.id, r.type, ${name}::text as field from record r
        ${(field.on ?? 'own') === 'own' ? sql`join ${sql.table(type.table)} o on o.id = r.id` : sql``}
        where r.type = ${type.type} and r.id <> ${person}::uuid and ${holds(name, field, person)}`,
    ),
  );
  arms.push(sql`select r.id, r.type, 'watcher'::text as field from watcher w join record r on r.id = w.record_id
    where w.person_id = ${person}::uuid and r.type <> all(${[...untouchedTypes]}::text[])`);
  return sql.join(arms, sql` union all `);
}

/** The records that name a person, whoever sees them, by kind. */
export async function recordsNaming(context: Context, person: string): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string; type: string }>(
    context.db,
    sql`select distinct n.id, n.type from (${naming(context, person)}) n order by n.type, n.id`,
  );
  const byType = new Map<string, string[]>();
  for (const { id, type } of found) byType.set(type, [...(byType.get(type) ?? []), id]);
  return byType;
}

/** How often a person is named, by kind of record and field, in records the caller sees. */
export function countNaming(context: Context, person: string) {
  return rows<{ type: string; field: string; count: number }>(
    context.db,
    sql`select n.type, n.field, count(*)::int as count from (${naming(context, person)}) n join record r on r.id = n.id
        where ${sightOf(context, [...context.house.types.values()])} group by n.type, n.field order by n.type, n.field`,
  );
}

/** What of a row changes when one person takes the place of another. Nobody becomes their own manager or delegate. */
export function renamed(context: Context, type: RecordType, row: Row, from: string, to: string): Row {
  const set: Row = {};
  for (const [name, field] of fieldsNaming(context, type)) {
    const value = field.on === 'custom' ? (row.custom as Row)[name] : row[columnOf(name, field)];
    const next = inPlace(field, name, value, from, row.id === to ? null : to);
    if (!same(value, next)) set[name] = next;
  }
  return set;
}

function inPlace(field: Field, name: string, value: unknown, from: string, to: string | null): unknown {
  if (value === null || value === undefined) return value;
  if (field.kind === 'reference') return value === from ? to : value;
  if (field.kind === 'references') {
    const ids = value as string[];
    if (!ids.includes(from)) return ids;
    return [...new Set(ids.map((id) => (id === from ? to : id)).filter((id) => id !== null))];
  }
  return mapInside(field, name, value, (text, kinds) => (text === from && kinds.includes('person') ? to : text));
}
