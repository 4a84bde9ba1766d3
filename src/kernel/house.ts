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

/** What a question about the house goes by. */
export interface Registry {
  readonly types: ReadonlyMap<string, RecordType>;
  readonly plurals: ReadonlyMap<string, RecordType>;
  readonly verbs: ReadonlyMap<string, Verb>;
}

export interface CustomFields {
  of(type: string): Readonly<Record<string, Field>>;
  version(): number;
}

/** What an organisation has switched off, as this process knows it. */
export interface Switches {
  /** Kinds of record that are off. */
  off(): ReadonlySet<string>;
  /** Rises whenever that changes. */
  version(): number;
  /** The registry without what is off. */
  without(whole: Registry): Registry;
  /** Does a field go with what is off? */
  takes(field: Field): boolean;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Opens the house. What is switched off is not in it, for whoever asks; `whole` has everything. Throws when two things
 * have one name or a verb is missing from its record's life.
 */
export function openHouse(parts: {
  types: readonly RecordType[];
  verbs: readonly Verb[];
  together?: readonly Together[];
  afterwards?: readonly Afterwards[];
  customFields?: CustomFields;
  switches?: Switches;
}): House {
  const all: Registry = {
    types: keyed(parts.types, (type) => type.type),
    plurals: keyed(parts.types, (type) => type.plural),
    verbs: keyed(parts.verbs, (verb) => `${verb.on.type}.${verb.verb}`),
  };
  for (const verb of parts.verbs) {
    if (verb.allow.length === 0) throw new Error(`Nobody may ${verb.on.type}.${verb.verb}.`);
    if (!verb.creates && !verb.on.life.verbs[verb.verb])
      throw new Error(`${verb.on.type}.${verb.verb} is not in the life of its record.`);
  }
  const { customFields: custom, switches } = parts;
  const reactions = { together: parts.together ?? [], afterwards: parts.afterwards ?? [] };
  const version = () => (custom?.version() ?? 0) + (switches?.version() ?? 0);
  const whole: House = {
    ...all,
    ...reactions,
    off: nothing,
    get whole() {
      return whole;
    },
    fieldsOf: fieldsIn(() => all, undefined, custom, version),
    fieldsVersion: version,
  };
  if (!switches) return whole;
  let made = { version: -1, registry: all };
  const now = () => {
    if (made.version !== switches.version()) made = { version: switches.version(), registry: switches.without(all) };
    return made.registry;
  };
  return {
    ...reactions,
    whole,
    get types() {
      return now().types;
    },
    get plurals() {
      return now().plurals;
    },
    get verbs() {
      return now().verbs;
    },
    get off() {
      return switches.off();
    },
    fieldsOf: fieldsIn(now, switches, custom, version),
    fieldsVersion: version,
  };
}

/** Declared fields and the organisation's own, merged once for each version. */
function fieldsIn(
  registry: () => Registry,
  switches: Switches | undefined,
  custom: CustomFields | undefined,
  version: () => number,
): House['fieldsOf'] {
  const merged = new Map<string, { version: number; fields: Readonly<Record<string, Field>> }>();
  return (type) => {
    const known = merged.get(type.type);
    if (known?.version === version()) return known.fields;
    const declared = registry().types.get(type.type)?.fields ?? type.fields;
    const own = Object.entries(custom?.of(type.type) ?? {}).filter(([, field]) => !switches?.takes(field));
    const fields = own.length > 0 ? { ...declared, ...Object.fromEntries(own) } : declared;
    merged.set(type.type, { version: version(), fields });
    return fields;
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
