import { z } from 'zod';
import { calledField, calledOne } from './called';
import type { Context, Verb } from './command';
import type { Row } from './database';
import { type Field, fieldNamed, isReference, schemaOf, targetsOf } from './field';
import type { House } from './house';
import { mapInside, textsInside } from './inside';
import { type Ask, lookUp } from './references';
import { type FieldError, invalidFields, Refusal } from './refusal';
import { asIs, or, type Sentence, say } from './sentence.contract';

/** The fields a verb takes, in the order they are declared: the dialog on the screen, the check at the door. */
export function inputFields(house: House, verb: Verb): Record<string, Field> {
  const fields = house.fieldsOf(verb.on);
  const taken: Record<string, Field> = {};
  if (verb.takes === 'writable') {
    for (const [name, field] of Object.entries(fields)) if (isWritable(verb, field)) taken[name] = field;
  } else for (const name of verb.takes ?? []) if (fields[name]) taken[name] = fields[name];
  return { ...taken, ...verb.input };
}

function isWritable(verb: Verb, field: Field): boolean {
  return field.writable === 'creation' ? verb.creates === true : field.writable !== false;
}

interface Compiled {
  version: number;
  schema: z.ZodType<Row>;
  fields: Record<string, Field>;
}
const compiled = new WeakMap<Verb, Compiled>();

/** The input schema of a verb, compiled on first use and again after a change of custom fields. */
function inputSchema(house: House, verb: Verb): Compiled {
  const known = compiled.get(verb);
  if (known?.version === house.fieldsVersion()) return known;
  const fields = inputFields(house, verb);
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = schemaOf(field);
    shape[name] = isRequired(verb, name, field) ? value : value.nullable().optional();
  }
  const made = { version: house.fieldsVersion(), schema: z.strictObject(shape) as z.ZodType<Row>, fields };
  compiled.set(verb, made);
  return made;
}

export function isRequired(verb: Verb, name: string, field: Field): boolean {
  if (verb.required?.includes(name)) return true;
  return verb.creates === true && verb.takes === 'writable' && field.required === true && field.standard === undefined;
}

/** Checks the shape of one input. Throws 422 naming every wrong field; references are still texts. */
export function readInput(house: House, verb: Verb, input: unknown): Row {
  const { schema, fields } = inputSchema(house, verb);
  if (input !== undefined && (typeof input !== 'object' || input === null || Array.isArray(input)))
    throw new Refusal('invalid', say`The body must be a JSON object.`, [
      { field: '', message: say`This must be an object.` },
    ]);
  const parsed = schema.safeParse(input ?? {});
  if (!parsed.success)
    throw invalidFields(parsed.error.issues.flatMap((issue) => sentences(verb, issue, input as Row)));
  const errors: FieldError[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = parsed.data[name];
    const empty = value === null || (typeof value === 'string' && value.trim() === '');
    if (isRequired(verb, name, field) && empty)
      errors.push({ field: name, message: say`${calledField(name, field)} is needed.` });
    else if (empty && verb.verb === 'edit' && (field.required || field.sorted === 'never null'))
      errors.push({ field: name, message: say`${calledField(name, field)} cannot be emptied.` });
    else if (value === null && field.standard !== undefined) delete parsed.data[name];
  }
  if (verb.oneOf && !verb.oneOf.some((name) => parsed.data[name] != null))
    errors.push({
      field: verb.oneOf[0]!,
      message: say`${or(verb.oneOf.map((name) => calledField(name, fields[name])))} is needed.`,
    });
  if (errors.length > 0) throw invalidFields(errors);
  return parsed.data;
}

function sentences(verb: Verb, issue: z.core.$ZodIssue, input: Row): FieldError[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      message: unknownKey(verb, issue, key),
    }));
  const field = issue.path.join('.');
  const missing = issue.path.length === 1 && input?.[String(issue.path[0])] === undefined;
  const called = calledField(field, verb.on.fields[field] ?? verb.input?.[field]);
  return [{ field, message: missing ? say`${called} is needed.` : asIs(issue.message) }];
}

function unknownKey(verb: Verb, issue: z.core.$ZodIssue, key: string): Sentence {
  // Inside a field its own shape may have a sentence for it.
  if (issue.path.length > 0 && !String(issue.message).startsWith('Unrecognized')) return asIs(issue.message);
  const field = issue.path.length === 0 ? fieldNamed(verb.on.fields, key) : undefined;
  return field ? say`${calledField(key, field)} is not set this way.` : say`There is no field ${key} here.`;
}

/** Every reference in the inputs becomes an id; what is not found is the same 422 as what is hidden. */
export async function resolveReferences(
  context: Context,
  verb: Verb,
  inputs: readonly Row[],
): Promise<(Row | Refusal)[]> {
  const { fields } = inputSchema(context.house, verb);
  const references = Object.entries(fields).filter(([, field]) => isReference(field) || field.inside);
  const asks: Ask[] = [];
  for (const input of inputs)
    for (const [name, field] of references)
      if (field.inside) asks.push(...textsInside(field, input[name]));
      else
        for (const text of [input[name]].flat())
          if (typeof text === 'string') asks.push({ to: targetsOf(field), text });
  if (asks.length === 0) return [...inputs];
  const found = await lookUp(context, asks);
  return inputs.map((input) => {
    const errors: FieldError[] = [];
    const out: Row = { ...input };
    for (const [name, field] of references) {
      const resolve = (text: string, place: string, to = targetsOf(field)) => {
        const id = found({ to, text });
        if (id && id !== 'several') return id;
        const kinds = to.map((name) => calledOne(context.house.types.get(name) ?? { type: name, label: name }));
        const message =
          id === 'several'
            ? say`Several are called “${text}”; give the number.`
            : say`There is no ${kinds.length > 0 ? or(kinds) : say`record`} “${text}”.`;
        errors.push({ field: place, message });
        return null;
      };
      const value = input[name];
      if (value == null) continue;
      if (field.inside) out[name] = mapInside(field, name, value, (text, to, place) => resolve(text, place, to));
      else if (typeof value === 'string') out[name] = resolve(value, name);
      else if (Array.isArray(value))
        out[name] = [...new Set(value.map((text, at) => resolve(String(text), `${name}.${at}`)))];
    }
    return errors.length > 0 ? invalidFields(errors) : out;
  });
}
