import { calledField } from '../../kernel/called';
import type { Context } from '../../kernel/command';
import { all, any, type Sql, sql } from '../../kernel/database';
import { decimal, type Field, fieldNamed, isReference, targetsOf } from '../../kernel/field';
import { isId } from '../../kernel/id';
import { columnOf, type RecordType } from '../../kernel/record';
import { type Ask, lookUp } from '../../kernel/references';
import { malformed } from '../../kernel/refusal';
import { listed, type Sentence, say } from '../../kernel/sentence.contract';
import { isRecordColumn } from '../../kernel/write';
import { isDay, readInstant } from './instant.rules';
import { emptyReference } from './shown-references';

/** One condition of a list's address: `priority.lte=2`, `state=new,assigned`. */
export interface Condition {
  readonly name: string;
  readonly field: Field;
  readonly operator: Operator;
  readonly values: readonly string[];
}
export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'empty';

const operators = new Set<string>(['ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'empty']);
const ordered = new Set(['integer', 'number', 'instant', 'date', 'money']);

/** Words of the list itself, never fields. */
export const listWords = new Set(['q', 'sort', 'limit', 'cursor', 'count', 'fields']);

/** Reads the conditions of an address. Unknown fields and operators are refused by name (400). */
export function readConditions(
  fields: Readonly<Record<string, Field>>,
  query: Readonly<Record<string, string>>,
): Condition[] {
  const conditions: Condition[] = [];
  for (const [key, text] of Object.entries(query)) {
    if (listWords.has(key)) continue;
    const dot = key.lastIndexOf('.');
    const name = dot > 0 ? key.slice(0, dot) : key;
    const suffix = dot > 0 ? key.slice(dot + 1) : '';
    const field = fieldNamed(fields, name);
    if (!field || field.kind === 'json') throw malformed(key, say`There is no field ${name} to filter by.`);
    if (suffix !== '' && !operators.has(suffix)) throw malformed(key, say`There is no operator ${suffix}.`);
    const operator = (suffix === '' ? 'eq' : suffix) as Operator;
    const single = operator === 'contains' || ['gt', 'gte', 'lt', 'lte'].includes(operator);
    const values = single ? [text] : text.split(',').filter((value) => value !== '');
    if (single && operator !== 'contains' && !ordered.has(field.kind) && name !== 'number')
      throw malformed(key, say`${calledField(name, field)} has no order to compare by.`);
    if (operator === 'contains' && !['text', 'markdown', 'texts'].includes(field.kind))
      throw malformed(key, say`${calledField(name, field)} is not a text.`);
    if (operator === 'empty' && text !== 'true' && text !== 'false')
      throw malformed(key, say`${key} is true or false.`);
    if (operator !== 'empty' && operator !== 'contains')
      for (const value of values) checkValue(key, name, field, value);
    if (single && name === 'number' && operator !== 'contains' && !/\d{1,12}$/.test(text))
      throw malformed(key, say`${calledField(name, field)} is compared by a number such as INC-1042.`);
    conditions.push({ name, field, operator, values });
  }
  return conditions;
}

function checkValue(key: string, name: string, field: Field, value: string): void {
  const wrong = (what: Sentence) => malformed(key, say`${calledField(name, field)} must be ${what}.`);
  switch (field.kind) {
    case 'integer':
      if (!/^-?\d{1,9}$/.test(value)) throw wrong(say`a whole number`);
      return;
    case 'number':
    case 'money':
      if (!decimal.test(value)) throw wrong(say`a number`);
      return;
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw wrong(say`true or false`);
      return;
    case 'instant':
      if (!readInstant(value)) throw wrong(say`an instant or a date`);
      return;
    case 'date':
      if (!isDay(value)) throw wrong(say`a date`);
      return;
    case 'choice':
      if (!field.choices?.includes(value)) throw wrong(say`one of ${listed(field.choices ?? [])}`);
      return;
    default:
      if (name === 'id' && !isId(value)) throw wrong(say`an id`);
  }
}

/** The column of a field over the aliases `r` (record) and `o` (the practice's own table). */
export function columnSql(name: string, field: Field): Sql {
  if (field.on === 'custom') {
    const text = sql`(r.custom ->> ${sql.lit(name)})`;
    switch (field.kind) {
      case 'integer':
      case 'number':
        return sql`(${text})::numeric`;
      case 'money':
        return sql`(r.custom -> ${sql.lit(name)} ->> 'amount')::numeric`;
      case 'boolean':
        return sql`(${text})::boolean`;
      case 'instant':
        return sql`(${text})::timestamptz`;
      case 'date':
        return sql`(${text})::date`;
      case 'reference':
        return sql`(${text})::uuid`;
      default:
        return text;
    }
  }
  const column = name === 'number' ? 'number' : columnOf(name, field);
  const ref = sql.ref(`${isRecordColumn(column) ? 'r' : 'o'}.${column}`);
  return field.kind === 'money' ? sql`(${ref} ->> 'amount')::numeric` : ref;
}

/** What a value of a field is in the database, where that is no text. */
export const castOf: Partial<Record<Field['kind'], string>> = {
  integer: 'int',
  number: 'numeric',
  money: 'numeric',
  boolean: 'boolean',
  instant: 'timestamptz',
  date: 'date',
};

/** The conditions as SQL. References that find nothing match nothing. */
export async function conditionsSql(
  context: Context,
  type: RecordType,
  conditions: readonly Condition[],
): Promise<Sql> {
  const asks: Ask[] = conditions.flatMap(({ field, operator, values }) =>
    isReference(field) && operator !== 'empty' ? values.map((text) => ({ to: targetsOf(field), text })) : [],
  );
  const found = asks.length > 0 ? await lookUp(context, asks) : undefined;
  const parts: Sql[] = conditions.map((condition) => {
    const { name, field, operator, values } = condition;
    const column = columnSql(name, field);
    if (operator === 'empty') {
      const nothing = isReference(field) ? emptyReference(context, field, column) : emptiness(field, column);
      return values[0] === 'true' ? nothing : sql`not ${nothing}`;
    }
    if (isReference(field)) {
      const ids = values
        .map((text) => found!({ to: targetsOf(field), text }))
        .filter((id) => id && id !== 'several') as string[];
      const hit = field.kind === 'references' ? sql`${column} && ${ids}::uuid[]` : isOneOf(column, ids, 'uuid');
      return operator === 'ne' ? sql`(${hit}) is not true` : hit;
    }
    return comparison(name, field, operator, column, values);
  });
  const category = impliedCategories(type, conditions);
  if (category) parts.push(category);
  return all(parts);
}

function emptiness(field: Field, column: Sql): Sql {
  return field.kind === 'texts' ? sql`(${column} is null or cardinality(${column}) = 0)` : sql`(${column} is null)`;
}

function comparison(name: string, field: Field, operator: Operator, column: Sql, values: readonly string[]): Sql {
  if (operator === 'contains') {
    const pattern = `%${values[0]!.replace(/[\\%_]/g, '\\$&')}%`;
    return field.kind === 'texts'
      ? sql`array_to_string(${column}, ' ') ilike ${pattern}`
      : sql`${column} ilike ${pattern}`;
  }
  const cast = castOf[field.kind] ?? (name === 'id' ? 'uuid' : 'text');
  if (operator === 'eq' || operator === 'ne') {
    if (field.kind === 'texts') {
      const hit = sql`${column} && ${[...values]}::text[]`;
      return operator === 'ne' ? sql`(${hit}) is not true` : hit;
    }
    const hit = field.on === 'custom' ? containing(name, field, values) : isOneOf(column, values, cast);
    return operator === 'ne' ? sql`(${hit}) is not true` : hit;
  }
  const sign = sql.raw({ gt: '>', gte: '>=', lt: '<', lte: '<=' }[operator as 'gt']);
  if (name === 'number') return sql`r.serial ${sign} ${Number(/\d{1,12}$/.exec(values[0]!)![0])}`;
  return sql`${column} ${sign} ${values[0]}::${sql.raw(cast)}`;
}

/** One value is compared by itself: of a list, even of one, the planner does not see that an index keeps the order. */
function isOneOf(column: Sql, values: readonly string[], cast: string): Sql {
  const type = sql.raw(cast);
  return values.length === 1 ? sql`${column} = ${values[0]}::${type}` : sql`${column} = any(${[...values]}::${type}[])`;
}

/** Equality on a custom field as containment, which the index on `custom` serves. */
function containing(name: string, field: Field, values: readonly string[]): Sql {
  const read = (value: string): unknown => {
    if (field.kind === 'number' || field.kind === 'integer') return Number(value);
    if (field.kind === 'boolean') return value === 'true';
    if (field.kind === 'instant') return new Date(value).toISOString();
    return value;
  };
  if (field.kind === 'money') return sql`${columnSql(name, field)} = any(${[...values]}::numeric[])`;
  return any(values.map((value) => sql`r.custom @> ${JSON.stringify({ [name]: read(value) })}::jsonb`));
}

/** Asked states that are all unfinished also say so by category: then the partial indexes of open work serve. */
function impliedCategories(type: RecordType, conditions: readonly Condition[]): Sql | undefined {
  const states = conditions.find(
    ({ name, operator }) => (name === 'state' || name === 'state_category') && operator === 'eq',
  );
  if (!states) return undefined;
  const categories = new Set<string | undefined>(
    states.values.map((state) => (states.name === 'state' ? type.life.states[state] : state)),
  );
  if (categories.has('final') || categories.has('stopped') || categories.size === 0) return undefined;
  return sql`r.state_category in ('open', 'paused')`;
}
