import type { Afterwards, House, Together, Verb } from './command';
import type { Field } from './field';
import type { RecordType } from './record';

export type { Afterwards, House, Together } from './command';

export function verbsOf(house: House, type: RecordType): Verb[] {
  return [...house.verbs.values()].filter((verb) => verb.on.type === type.type);
}

export function creatingVerb(house: House, type: RecordType): Verb | undefined {
  return verbsOf(house, type).find((verb) => verb.creates && !verb.hidden);
}

export interface CustomFields {
  of(type: string): Readonly<Record<string, Field>>;
  version(): number;
}

/** Opens the house. Throws when two things have one name or a verb is missing from its record's life. */
export function openHouse(parts: {
  types: readonly RecordType[];
  verbs: readonly Verb[];
  together?: readonly Together[];
  afterwards?: readonly Afterwards[];
  customFields?: CustomFields;
}): House {
  const types = keyed(parts.types, (type) => type.type);
  const verbs = keyed(parts.verbs, (verb) => `${verb.on.type}.${verb.verb}`);
  for (const verb of parts.verbs) {
    if (verb.allow.length === 0) throw new Error(`Nobody may ${verb.on.type}.${verb.verb}.`);
    if (!verb.creates && !verb.on.life.verbs[verb.verb])
      throw new Error(`${verb.on.type}.${verb.verb} is not in the life of its record.`);
  }
  const merged = new Map<string, { version: number; fields: Record<string, Field> }>();
  const custom = parts.customFields;
  return {
    types,
    plurals: keyed(parts.types, (type) => type.plural),
    verbs,
    together: parts.together ?? [],
    afterwards: parts.afterwards ?? [],
    fieldsOf(type) {
      if (!custom) return type.fields;
      const known = merged.get(type.type);
      if (known?.version === custom.version()) return known.fields;
      const fields = { ...type.fields, ...custom.of(type.type) };
      merged.set(type.type, { version: custom.version(), fields });
      return fields;
    },
    fieldsVersion: () => custom?.version() ?? 0,
  };
}

function keyed<T>(things: readonly T[], key: (thing: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const thing of things) {
    if (map.has(key(thing))) throw new Error(`Two things are called ${key(thing)}.`);
    map.set(key(thing), thing);
  }
  return map;
}
