import type { FastifyInstance } from 'fastify';
import type { Context, Verb } from '../../../kernel/command';
import { type Field, targetsOf } from '../../../kernel/field';
import { verbsOf } from '../../../kernel/house';
import { inputFields, isRequired } from '../../../kernel/input';
import type { RecordType } from '../../../kernel/record';
import type { App } from '../app';
import { contextOf } from '../caller';
import { asksNothing } from '../query';

/** A field as forms, lists and filters need to know it. */
export function describeField(name: string, field: Field) {
  return {
    name,
    kind: field.kind,
    label: field.label,
    writable: field.writable ?? true,
    required: field.required ?? false,
    custom: field.on === 'custom',
    ...(field.choices ? { choices: field.choices } : {}),
    ...(field.to ? { to: targetsOf(field) } : {}),
    ...(field.min !== undefined ? { min: field.min } : {}),
    ...(field.max !== undefined ? { max: field.max } : {}),
    ...(field.help ? { help: field.help } : {}),
  };
}

function describeVerb(context: Context, verb: Verb) {
  const states = verb.on.life.verbs[verb.verb] ?? {};
  return {
    verb: verb.verb,
    label: verb.label,
    creates: verb.creates ?? false,
    own_route: verb.ownRoute !== undefined,
    undo: verb.undo !== undefined,
    from: Object.keys(states),
    to: [...new Set(Object.values(states).flat())],
    one_of: verb.oneOf ?? [],
    input: Object.entries(inputFields(context.house, verb)).map(([name, field]) => ({
      ...describeField(name, field),
      required: isRequired(verb, name, field),
    })),
  };
}

function describe(context: Context, type: RecordType) {
  return {
    type: type.type,
    plural: type.plural,
    prefix: type.prefix,
    label: type.label,
    labels: type.labels,
    standard_sort: type.standardSort ?? 'number',
    fields: Object.entries(context.house.fieldsOf(type)).map(([name, field]) => describeField(name, field)),
    states: Object.entries(type.life.states).map(([name, category]) => ({ name, category })),
    verbs: verbsOf(context.house, type)
      .filter((verb) => !verb.hidden)
      .map((verb) => describeVerb(context, verb)),
    administered: isAdministered(context, type),
    may_create: verbsOf(context.house, type).some(
      (verb) => verb.creates && !verb.hidden && verb.allow.some((relation) => relation.holds({}, context.actor)),
    ),
  };
}

/** What administrators keep, as opposed to work somebody has: rules, people, words, what is in use. */
function isAdministered(context: Context, type: RecordType): boolean {
  if (type.fields.assignee_id) return false;
  return verbsOf(context.house, type).some(
    (verb) =>
      keeping.has(verb.verb) &&
      !verb.hidden &&
      verb.allow.some(({ name }) => name.split(', ').includes('administrator')),
  );
}
const keeping = new Set(['edit', 'switch_off']);

/** What kinds of record there are, for screens that draw any of them. */
export function recordTypeRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/record-types', async (request) => {
    asksNothing(request);
    const context = contextOf(app, request);
    const mine = [...app.house.types.values()].filter((type) => couldSee(context, type));
    return { items: mine.map((type) => describe(context, type)), next: null };
  });
}

/** Could a record of this type be in sight of the caller at all? */
function couldSee(context: Context, type: RecordType): boolean {
  return type.sees.some((relation) => relation.where(context.actor) !== false);
}
