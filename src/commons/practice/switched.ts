import type { Verb } from '../../kernel/command';
import { type Sql, sql } from '../../kernel/database';
import { type Field, isReference, targetsOf } from '../../kernel/field';
import type { Registry } from '../../kernel/house';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';

/**
 * The registry without what is off: its kinds and their verbs are not there, nor fields that could only name them, nor
 * verbs that need such a field, nor records that are about them (`record_type`). Nothing else has to know.
 */
export function switched(whole: Registry, off: ReadonlySet<string>): Registry {
  if (off.size === 0) return whole;
  const types = new Map<string, RecordType>();
  for (const [name, type] of whole.types) if (!off.has(name)) types.set(name, without(type, off));
  const verbs = new Map<string, Verb>();
  for (const [name, verb] of whole.verbs) {
    const on = types.get(verb.on.type);
    const kept = on && verbWithout(verb, on, off);
    if (kept) verbs.set(name, kept);
  }
  return { types, plurals: new Map([...types.values()].map((type) => [type.plural, type])), verbs };
}

/** Could this field only ever name what is off, or is it worked out from that? */
export function namesOnly(field: Field, off: ReadonlySet<string>): boolean {
  if (field.madeOf !== undefined && off.has(field.madeOf)) return true;
  const targets = field.inside
    ? Object.values(field.inside).flatMap((to) => targetsOf({ ...field, to }))
    : isReference(field)
      ? targetsOf(field)
      : [];
  return targets.length > 0 && targets.every((name) => off.has(name));
}

function choicesWithout(field: Field, off: ReadonlySet<string>): Field {
  const { choices, choicesOf } = field;
  if (!choices || !choicesOf || !Object.values(choicesOf).some((kind) => off.has(kind))) return field;
  return { ...field, choices: choices.filter((one) => !off.has(choicesOf[one] ?? '')) };
}

function fieldsWithout(fields: Readonly<Record<string, Field>>, off: ReadonlySet<string>): Record<string, Field> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      namesOnly(field, off) ? [] : [[name, choicesWithout(field, off)]],
    ),
  );
}

function without(type: RecordType, off: ReadonlySet<string>): RecordType {
  const fields = fieldsWithout(type.fields, off);
  if (!('record_type' in fields)) return { ...type, fields };
  const about = (relation: Relation) => aboutWhatIsOn(type, relation, off);
  return { ...type, fields, sees: type.sees.map(about), ...(type.named ? { named: type.named.map(about) } : {}) };
}

/** The same relation, but for records about a kind that is off: by a set of ids, as every condition of sight. */
function aboutWhatIsOn(type: RecordType, relation: Relation, off: ReadonlySet<string>): Relation {
  const kinds = [...off];
  const on = sql`r.id <> all(array(select id from ${sql.table(type.table)} where record_type = any(${kinds}::text[])))`;
  return {
    name: `${relation.name}, of ${type.plural} in use`,
    because: relation.because,
    holds: (row, actor) => !off.has(String(row.record_type)) && relation.holds(row, actor),
    where: (actor): Sql | boolean => {
      const inner = relation.where(actor);
      if (inner === false) return false;
      return inner === true ? on : sql`(${inner} and ${on})`;
    },
  };
}

/** Names of the lines that speak for what is off: `incident.breached`. */
export function linesOff(verbs: ReadonlyMap<string, Verb>, off: ReadonlySet<string>): string[] {
  if (off.size === 0) return [];
  return [...verbs.values()].flatMap(({ on, past, speaksFor }) =>
    speaksFor !== undefined && off.has(speaksFor) ? [`${on.type}.${past}`] : [],
  );
}

function verbWithout(verb: Verb, on: RecordType, off: ReadonlySet<string>): Verb | undefined {
  if (verb.speaksFor !== undefined && off.has(verb.speaksFor)) return undefined;
  const whole = verb.on.fields;
  const gone = (name: string) => {
    const field = verb.input?.[name] ?? whole[name];
    return field !== undefined && namesOnly(field, off);
  };
  const input = verb.input && fieldsWithout(verb.input, off);
  const oneOf = verb.oneOf?.filter((name) => !gone(name));
  if (verb.required?.some(gone) || (oneOf && oneOf.length === 0)) return undefined;
  const takes = verb.takes === 'writable' ? verb.takes : verb.takes?.filter((name) => !gone(name));
  // A verb may stand on a life of its own; its fields and who sees it are those of the kind.
  return { ...verb, on: { ...on, life: verb.on.life }, input, takes, oneOf };
}
