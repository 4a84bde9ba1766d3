import { z } from 'zod';
import type { House, Verb } from '../../../kernel/command';
import type { Field } from '../../../kernel/field';
import { inputFields, isRequired } from '../../../kernel/input';
import type { RecordType } from '../../../kernel/record';

export type Json = { [key: string]: unknown };

/** An object; all its properties are there where nothing else is said. */
export const object = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  type: 'object',
  required,
  properties,
});

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const nullable = (schema: Json): Json =>
  '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : { ...schema, type: [schema.type, 'null'].flat() };

/** `configuration_item` → `ConfigurationItem`. */
export function schemaName(type: string): string {
  return type
    .split(/[_-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

const money: Json = {
  type: 'object',
  additionalProperties: false,
  required: ['amount', 'currency'],
  properties: { amount: { type: 'string' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
};

function described(field: Field, schema: Json): Json {
  return { ...schema, description: field.help ? `${field.label}. ${field.help}` : field.label };
}

/** A field as it is answered. */
function answered(field: Field): Json {
  switch (field.kind) {
    case 'reference':
      return { anyOf: [ref('Reference'), { type: 'null' }], description: field.label };
    case 'references':
      return described(field, { type: 'array', items: ref('Reference') });
    case 'texts':
      return described(field, { type: 'array', items: { type: 'string' } });
    case 'json':
      return { description: field.label };
    case 'choice':
      return described(field, { type: ['string', 'null'] });
    default:
      return described(field, nullable(scalar(field)));
  }
}

function scalar(field: Field): Json {
  switch (field.kind) {
    case 'integer':
      return {
        type: 'integer',
        ...(field.min !== undefined ? { minimum: field.min } : {}),
        ...(field.max !== undefined ? { maximum: field.max } : {}),
      };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'choice':
      return { type: 'string', enum: field.choices };
    case 'money':
      return money;
    default:
      return { type: 'string', ...(field.max ? { maxLength: field.max } : {}) };
  }
}

/** A `json` field by its own shape. */
function shaped(field: Field, required: boolean): Json {
  if (!field.shape) return { description: field.label };
  const { $schema: _draft, ...schema } = z.toJSONSchema(field.shape, { io: 'input', unrepresentable: 'any' }) as Json;
  const shape = withItems(schema) as Json;
  return described(field, required ? shape : { anyOf: [shape, { type: 'null' }] });
}

/** A pair of things of one kind as a list of that length: some readers want every list to say what is in it. */
function withItems(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withItems);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { prefixItems, ...rest } = schema as Json & { prefixItems?: unknown[] };
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, withItems(value)]));
  if (!prefixItems) return inner;
  return { ...inner, items: withItems(prefixItems[0]), minItems: prefixItems.length, maxItems: prefixItems.length };
}

/** A field as it is written: references as text, by id, number, e-mail or unique name. */
function written(field: Field, required: boolean): Json {
  if (field.kind === 'json') return shaped(field, required);
  if (field.kind === 'references' || field.kind === 'texts')
    return described(field, { type: required ? 'array' : ['array', 'null'], items: { type: 'string' } });
  if (field.kind === 'choice' && !required)
    return described(field, { type: ['string', 'null'], enum: [...(field.choices ?? []), null] });
  const schema = field.kind === 'reference' ? { type: 'string', minLength: 1, maxLength: 300 } : scalar(field);
  return described(field, required ? schema : nullable(schema));
}

export function recordSchema(house: House, type: RecordType): Json {
  const properties: Json = {};
  for (const [name, field] of Object.entries(house.fieldsOf(type))) properties[name] = answered(field);
  properties.offers = { type: 'array', items: { type: 'string' }, description: 'The verbs this caller may use now' };
  properties.with = {
    type: 'object',
    description: 'The parts asked for with it, each as its own address answers it; on a single record',
  };
  properties.refused = {
    type: 'array',
    description: 'Verbs of its state this caller may not use; on a single record',
    items: {
      type: 'object',
      required: ['verb', 'sentence'],
      properties: { verb: { type: 'string' }, sentence: { type: 'string' } },
    },
  };
  properties.undo = ref('Undo');
  properties.stays = ref('Stays');
  return { type: 'object', required: ['id', 'number', 'type', 'version'], properties };
}

export function inputSchemaOf(house: House, verb: Verb): Json {
  const properties: Json = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(inputFields(house, verb))) {
    const needed = isRequired(verb, name, field);
    properties[name] = written(field, needed);
    if (needed) required.push(name);
  }
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...(verb.oneOf ? { anyOf: verb.oneOf.map((name) => ({ required: [name] })) } : {}),
  };
}
