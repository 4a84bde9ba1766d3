import type { Context } from '../../kernel/command';
import { all, any, sql } from '../../kernel/database';
import { isReference, targetsOf } from '../../kernel/field';
import { whereAny } from '../../kernel/policy';
import { columnOf, type RecordType } from '../../kernel/record';
import { countOf, type Effect, effect, type Foretell, many } from './effect';

/** The conditions under which a record of this kind names one of `which`. */
function naming(
  type: RecordType,
  to: readonly string[],
  which: (column: string, list: boolean) => ReturnType<typeof sql>,
) {
  return Object.entries(type.fields)
    .filter(
      ([, field]) =>
        isReference(field) && field.on !== 'custom' && targetsOf(field).some((target) => to.includes(target)),
    )
    .map(([name, field]) =>
      which(`${field.on === 'record' ? 'r' : 'o'}.${columnOf(name, field)}`, field.kind === 'references'),
    );
}

/** Does the record end with this act? Then what still names it is told. */
const ends = (type: RecordType, state: unknown) => type.life.states[String(state)] === 'final';

/** Open records in sight that go on naming what is retired: by kind. */
export const stillNamed: Foretell = async (context, { type, before, after }) => {
  if (!before || ends(type, before.state) || !ends(type, after.state)) return [];
  const found: Effect[] = [];
  for (const other of context.house.types.values()) {
    const names = naming(other, [type.type], (column, list) =>
      list ? sql`${sql.ref(column)} @> array[${after.id}::uuid]` : sql`${sql.ref(column)} = ${after.id}::uuid`,
    );
    if (names.length === 0) continue;
    const counted = await countOf(
      context,
      sql`record r join ${sql.table(other.table)} o on o.id = r.id
          where ${all([sql`r.type = ${other.type}`, sql`r.state_category in ('open', 'paused')`, any(names), whereAny(other.sees, context.actor)])}`,
    );
    const [label, labels] = [other.label.toLowerCase(), other.labels.toLowerCase()];
    found.push(
      ...effect(
        'still_named',
        counted,
        { type: other.type },
        `${many(counted, label, labels)} still ${counted.count === 1 ? 'names' : 'name'} it and ${counted.count === 1 ? 'goes' : 'go'} on doing so.`,
      ),
    );
  }
  return found;
};

/** Records in sight that name something of kinds that go out of use: the field goes, its values stay kept. */
export async function namingKinds(context: Context, kinds: readonly string[]): Promise<Effect[]> {
  const found: Effect[] = [];
  for (const other of context.house.types.values()) {
    if (kinds.includes(other.type)) continue;
    const names = naming(other, kinds, (column, list) =>
      list ? sql`cardinality(${sql.ref(column)}) > 0` : sql`${sql.ref(column)} is not null`,
    );
    const only = Object.values(other.fields).filter(
      (field) =>
        isReference(field) && targetsOf(field).length > 0 && targetsOf(field).every((to) => kinds.includes(to)),
    );
    if (names.length === 0 || only.length === 0) continue;
    const counted = await countOf(
      context,
      sql`record r join ${sql.table(other.table)} o on o.id = r.id
          where ${all([sql`r.type = ${other.type}`, any(names), whereAny(other.sees, context.actor)])}`,
    );
    const fields = only.map(({ label }) => label).join(', ');
    found.push(
      ...effect(
        'fields_go',
        counted,
        { type: other.type, fields },
        `${many(counted, other.label.toLowerCase(), other.labels.toLowerCase())} no longer ${counted.count === 1 ? 'shows' : 'show'} ${fields}; what is in it is kept.`,
      ),
    );
  }
  return found;
}
