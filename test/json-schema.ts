import fc from 'fast-check';

export type Schema = { readonly [name: string]: unknown };
type Find = (ref: string) => Schema;

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** Where a value does not fit a schema, in words; empty when it does. As much of JSON Schema as our description uses. */
export function misfits(find: Find, schema: Schema, value: unknown, place = '$'): string[] {
  if (typeof schema.$ref === 'string') return misfits(find, find(schema.$ref), value, place);
  for (const word of ['anyOf', 'oneOf'] as const)
    if (schema[word])
      return (schema[word] as Schema[]).some((one) => misfits(find, one, value, place).length === 0)
        ? []
        : [`${place} fits none of what is possible: ${JSON.stringify(value)}`];
  const found: string[] = [];
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  const type = typeOf(value);
  if (types && !types.includes(type) && !(type === 'integer' && types.includes('number')))
    return [`${place} is ${type}, not ${types.join(' or ')}`];
  if (schema.enum && !(schema.enum as unknown[]).includes(value))
    found.push(`${place} is not one of its values: ${value}`);
  if (typeof value === 'string' && typeof schema.format === 'string' && formats[schema.format]?.test(value) === false)
    found.push(`${place} is no ${schema.format}: ${value}`);
  if (Array.isArray(value) && schema.items)
    for (const [at, item] of value.entries())
      found.push(...misfits(find, schema.items as Schema, item, `${place}[${at}]`));
  if (type === 'object') {
    const record = value as Record<string, unknown>;
    for (const name of (schema.required as string[] | undefined) ?? [])
      if (!(name in record)) found.push(`${place}.${name} is missing`);
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    for (const [name, inner] of Object.entries(properties))
      if (record[name] !== undefined) found.push(...misfits(find, inner, record[name], `${place}.${name}`));
  }
  return found;
}

/** Texts that break what is built for plain ones. */
export const oddTexts = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\u202e\u0007',
    '🍕'.repeat(50),
    "'; drop table record; --",
    '%',
    '%zz',
    '../../etc/passwd',
    '$$7*7',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '1e999',
    '-0',
    '٣',
    'é',
    'İ',
    'x'.repeat(5_000),
    '2026-13-45',
    '0000-00-00T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
    '00000000-0000-0000-0000-000000000000',
    'INC-99999999999999999999',
  ),
);

const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  oddTexts,
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 31,
    Number.MIN_VALUE,
    [],
    {},
    [[]],
    [null],
    { a: { b: {} } },
    { amount: 'x', currency: 'EUR' },
    [{ goal_id: '\u0000', weight: 1e300 }],
  ),
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
);

/** Values of a schema: `wild` is how often, of a hundred, something else stands in its place. */
export function valuesOf(find: Find, schema: Schema, wild: number, texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const right = rightOf(find, schema, wild, texts);
  return wild === 0
    ? right
    : fc.oneof({ arbitrary: right, weight: 100 - wild }, { arbitrary: oddValues, weight: wild });
}

function rightOf(find: Find, schema: Schema, wild: number, texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const within = (one: Schema) => valuesOf(find, one, wild, texts);
  if (typeof schema.$ref === 'string') return rightOf(find, find(schema.$ref), wild, texts);
  for (const word of ['anyOf', 'oneOf'] as const)
    if (schema[word] && !schema.properties) return fc.oneof(...(schema[word] as Schema[]).map(within));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
  const type = [schema.type ?? 'string'].flat().find((one) => one !== 'null');
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(-1e9, Number(schema.minimum ?? -5)),
        max: Math.min(1e9, Number(schema.maximum ?? 5)),
      });
    case 'array':
      return fc.array(schema.items ? within(schema.items as Schema) : fc.constant('x'), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: 3,
      });
    case 'object': {
      const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      const required = (schema.required as string[] | undefined) ?? [];
      return fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, within(inner)])), {
        requiredKeys: wild === 0 ? required : required.filter((_, at) => at % 2 === 0),
      });
    }
    default:
      if (schema.format === 'date-time') return fc.constantFrom('2026-03-02T10:00:00Z', '2030-01-01T00:00:00+02:00');
      if (schema.format === 'date') return fc.constantFrom('2026-03-02', '2030-12-31');
      if (schema.format === 'uuid') return fc.uuid();
      return texts;
  }
}
