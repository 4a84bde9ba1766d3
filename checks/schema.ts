import type { Pool } from 'pg';

/** What a database consists of: per table or sequence its lines, sorted, so that two databases can be compared. */
export type Schema = Map<string, string[]>;

const ofTables = `
with part as (
  select c.oid, c.relname, c.relkind, c.relpersistence from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
     and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
)
select relname as name, 'kind ' || relkind::text || relpersistence::text as line from part
union all
select p.relname, format('column %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
         case when a.attnotnull then ' not null' else '' end,
         coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
         case when a.attgenerated <> '' then ' generated' when a.attidentity <> '' then ' identity' else '' end)
  from part p join pg_attribute a on a.attrelid = p.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = p.oid and d.adnum = a.attnum
union all
select p.relname, format('constraint %s %s', c.conname, pg_get_constraintdef(c.oid))
  from part p join pg_constraint c on c.conrelid = p.oid where c.contype <> 'n'
union all
select p.relname, 'index ' || pg_get_indexdef(i.indexrelid) from part p join pg_index i on i.indrelid = p.oid
union all
select p.relname, 'trigger ' || pg_get_triggerdef(t.oid) from part p join pg_trigger t on t.tgrelid = p.oid and not t.tgisinternal
union all
select p.relname, 'partitioned ' || pg_get_partkeydef(p.oid) from part p where p.relkind = 'p'
union all
select p.relname, 'view ' || pg_get_viewdef(p.oid) from part p where p.relkind in ('v', 'm')`;

const ofOthers = `
select s.sequencename as name, format('sequence from %s by %s', s.start_value, s.increment_by) as line
  from pg_sequences s join pg_class c on c.relname = s.sequencename and c.relnamespace = 'public'::regnamespace
 where s.schemaname = 'public'
   and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
union all
select p.proname, pg_get_functiondef(p.oid)
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
   and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

/** Reads the schema `public` of a database: tables, views, sequences and functions, without those of extensions. */
export async function schemaOf(pool: Pool): Promise<Schema> {
  const found = await pool.query<{ name: string; line: string }>(`${ofTables} union all ${ofOthers} order by 1, 2`);
  const schema: Schema = new Map();
  for (const { name, line } of found.rows) schema.set(name, [...(schema.get(name) ?? []), line]);
  schema.delete('migration');
  return schema;
}

/** The differences as sentences: what the migrations make on the left, what the definitions say on the right. */
export function differences(migrated: Schema, defined: Schema): string[] {
  const names = [...new Set([...migrated.keys(), ...defined.keys()])].sort();
  return names.flatMap((name) => {
    const made = migrated.get(name);
    const said = defined.get(name);
    if (!said) return [`"${name}" is made by the migrations and stands in no *.sql of the house`];
    if (!made) return [`"${name}" stands in a *.sql of the house and is made by no migration`];
    return [
      ...made.filter((line) => !said.includes(line)).map((line) => `"${name}": only the migrations have: ${line}`),
      ...said.filter((line) => !made.includes(line)).map((line) => `"${name}": only the definition has: ${line}`),
    ];
  });
}

/**
 * Runs definitions in whatever order their references allow: one that misses a table waits for the others. Throws what
 * the database says when no further one can be run.
 */
export async function runDefinitions(pool: Pool, definitions: { path: string; text: string }[]): Promise<void> {
  let waiting = definitions;
  while (waiting.length > 0) {
    const later: typeof waiting = [];
    let why: unknown;
    for (const definition of waiting) {
      try {
        await pool.query(definition.text);
      } catch (error) {
        why = new Error(`${definition.path}: ${(error as Error).message}`);
        later.push(definition);
      }
    }
    if (later.length === waiting.length) throw why;
    waiting = later;
  }
}
