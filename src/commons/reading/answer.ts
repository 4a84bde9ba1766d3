import { fieldValue } from '../../kernel/apply';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { type Field, isReference } from '../../kernel/field';
import { mapInside, textsInside, untold } from '../../kernel/inside';
import type { RecordType } from '../../kernel/record';
import { offersOf, refusedOf } from './offers';
import { show } from './show';

const always = ['id', 'number', 'type', 'version'];

/** The ids a set of rows refers to, through these fields. */
function referred(rows: readonly Row[], fields: readonly [string, Field][]): string[] {
  const ids: string[] = [];
  for (const row of rows)
    for (const [name, field] of fields) {
      const value = fieldValue(row, name, field);
      if (field.inside) ids.push(...textsInside(field, value).map(({ text }) => text));
      else if (typeof value === 'string') ids.push(value);
      else if (Array.isArray(value)) ids.push(...value.map(String));
    }
  return ids;
}

/**
 * Rows as the outside sees them: instants as texts, references as `{id, number, name}`, with `offers`. `only` picks
 * fields; `single` adds why some verbs of the state are not for this caller.
 */
export async function answer(
  context: Context,
  type: RecordType,
  rows: readonly Row[],
  options: { only?: readonly string[]; single?: boolean; offers?: boolean } = {},
): Promise<Row[]> {
  const all = Object.entries(context.house.fieldsOf(type));
  const wanted = options.only
    ? all.filter(([name]) => options.only!.includes(name) || always.includes(name))
    : all.filter(([name]) => name !== 'state_category' || options.single);
  const shown = await show(
    context,
    referred(
      rows,
      wanted.filter(([, field]) => isReference(field) || field.inside),
    ),
  );
  return rows.map((row) => {
    const out: Row = {};
    for (const [name, field] of wanted) {
      const value = fieldValue(row, name, field);
      // As a text at once: whoever writes JSON is several times slower where it meets an instant.
      out[name] = value instanceof Date ? value.toISOString() : shownValue(name, field, value, shown);
    }
    if (!options.only || options.offers) {
      out.offers = offersOf(context, context.house, row);
      if (options.single) out.refused = refusedOf(context, context.house, row);
    }
    return out;
  });
}

/** The address of something in a list: `goals.0.goal_id`. */
const inList = /\.\d+(\.|$)/;

/** A field's value as the outside sees it: references by number and name, also those inside a `json` field. */
export function shownValue(name: string, field: Field, value: unknown, shown: Parameters<typeof asShown>[1]): unknown {
  if (field.inside)
    return mapInside(
      field,
      name,
      value,
      (id, _to, place) => asShown(id, shown) ?? (inList.test(place) ? untold : null),
    );
  return isReference(field) ? asShown(value, shown) : value;
}

export function asShown(
  value: unknown,
  shown: ReadonlyMap<string, { id: string; number: string; name: string }>,
): unknown {
  if (Array.isArray(value)) return value.map((id) => asShown(id, shown)).filter((one) => one !== null);
  const found = shown.get(String(value));
  return found ? { id: found.id, number: found.number, name: found.name } : null;
}
