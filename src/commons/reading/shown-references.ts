import type { Context } from '../../kernel/command';
import { type Sql, sql } from '../../kernel/database';
import { type Field, targetsOf } from '../../kernel/field';
import { outsideWalls } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';

const policyOf = (type: RecordType) => type.named ?? type.sees;

/** The kinds of record a reference may point to, when this caller does not see all of them anyway. */
function partlyHidden(context: Context, field: Field): RecordType[] | undefined {
  if (context.actor.kind !== 'person') return undefined;
  const { types } = context.house;
  const names = field.to === undefined ? [...types.keys()] : targetsOf(field);
  const targets = names.map((name) => types.get(name)).filter((type) => type !== undefined);
  const open = targets.every((type) => policyOf(type).some((relation) => relation.where(context.actor) === true));
  return open ? undefined : targets;
}

/** Is the id `z.c` in sight? The ids are named so because the sight speaks of `r`, which the asker's row is called, too. */
const seen = (context: Context, targets: readonly RecordType[], which: Sql) =>
  sql`exists (select 1 from record r where ${which} and ${sightOf(context, targets, policyOf)})`;

/**
 * The column of a reference as this caller sees it: null where it points to what is hidden from them, so that no sort
 * tells more than the answer.
 */
export function shownColumn(context: Context, field: Field, column: Sql): Sql {
  const targets = field.kind === 'reference' ? partlyHidden(context, field) : undefined;
  if (!targets) return column;
  return sql`(select z.c from (select ${column} as c) z where ${seen(context, targets, sql`r.id = z.c`)})`;
}

/** Is this reference, or list of references, empty for this caller? What is hidden counts as nothing. */
export function emptyReference(context: Context, field: Field, column: Sql): Sql {
  const list = field.kind === 'references';
  const nothing = list ? sql`(${column} is null or cardinality(${column}) = 0)` : sql`${column} is null`;
  const targets = partlyHidden(context, field);
  if (!targets) return nothing;
  // What lies behind walls is little: named once, it leaves the index on the column its use.
  const walled = targets.every((type) => policyOf(type).some((relation) => relation.name.includes(outsideWalls.name)));
  if (walled && !list)
    return sql`(${column} is null or ${column} = any(array(select r.id from record r
      where r.type = any(${targets.map((type) => type.type)}::text[]) and not ${sightOf(context, targets, policyOf)})))`;
  const which = list ? sql`r.id = any(z.c)` : sql`r.id = z.c`;
  return sql`(${nothing} or not (select ${seen(context, targets, which)} from (select ${column} as c) z))`;
}
