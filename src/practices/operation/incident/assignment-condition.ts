import { type Language, languageOf, type Vocabulary, type WordType } from '../../../commons/expression';
import type { Context, House } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import type { Field, FieldKind } from '../../../kernel/field';
import { isId } from '../../../kernel/id';
import { sightOf } from '../../../kernel/references';
import type { Sentence } from '../../../kernel/sentence.contract';
import type { Sorted } from './assignment.rules';
import { incident } from './incident';

const typeOf: Partial<Record<FieldKind, WordType>> = {
  text: 'string',
  markdown: 'string',
  choice: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
  instant: 'google.protobuf.Timestamp',
  date: 'string',
  reference: 'string',
  texts: 'list<string>',
  references: 'list<string>',
};

const requester = {
  number: 'string',
  email: 'string',
  location: 'string',
  language: 'string',
  time_zone: 'string',
  organization_id: 'string',
  departments: 'list<string>',
  team_ids: 'list<string>',
  roles: 'list<string>',
} as const;
const service = {
  number: 'string',
  name: 'string',
  customer_name: 'string',
  state: 'string',
  department: 'string',
  team_id: 'string',
  criticality: 'int',
} as const;

/** What a condition is asked about: an incident as it is logged, or as it stands at any time. */
export type Scope = 'logged' | 'any';

/** What is only there once it is logged; the team is what the rules of assignment are there to find. */
const later = new Set(['team_id', 'assignee_id']);
const neverAsked = new Set(['id', 'type', 'version']);

function fieldsOf(house: House, scope: Scope): [string, Field][] {
  return Object.entries(house.fieldsOf(incident)).filter(
    ([name, field]) =>
      typeOf[field.kind] !== undefined &&
      (scope === 'any'
        ? !neverAsked.has(name)
        : (field.writable !== false || name === 'priority' || name === 'opened_at') && !later.has(name)),
  );
}

/** What has just happened to it: which fields changed, and what was said. */
const happened = { changed: 'list<string>', comment: 'string' } as const;

/** What a condition may ask: the incident's fields, `requester.…`, `service.…`, and what has just happened. */
export function vocabularyOf(house: House, scope: Scope = 'logged'): Vocabulary {
  return {
    ...Object.fromEntries(fieldsOf(house, scope).map(([name, { kind }]) => [name, typeOf[kind]!])),
    requester,
    ...(house.off.has('service') ? {} : { service }),
    ...(scope === 'any' ? happened : {}),
  };
}

const languages: Record<Scope, WeakMap<House, { version: number; language: Language }>> = {
  logged: new WeakMap(),
  any: new WeakMap(),
};

function languageOfHouse(house: House, scope: Scope): Language {
  const known = languages[scope].get(house);
  if (known?.version === house.fieldsVersion()) return known.language;
  const language = languageOf(vocabularyOf(house, scope));
  languages[scope].set(house, { version: house.fieldsVersion(), language });
  return language;
}

/** Why a condition cannot be kept, in a sentence with the place; null when it can. */
export function wrongInCondition(house: House, condition: string, scope: Scope = 'logged'): Sentence | null {
  const read = languageOfHouse(house, scope).read(condition);
  return 'problem' in read ? read.problem : null;
}

/** Anything that bears a condition. */
interface Conditioned {
  readonly condition?: string | null;
}

/** What rules ask about incidents, answered for a whole set. */
export interface Asked {
  /** Does the condition hold? Null: a field it asks for is empty. */
  readonly judge: (rule: Conditioned, incident: Sorted) => boolean | null;
  /** Why it cannot be judged at all, in a sentence; null when it can. */
  readonly fault: (rule: Conditioned, incident: Sorted) => Sentence | null;
  /** What the condition of a rule looks at, by its words. */
  readonly values: (rule: Conditioned, incident: Sorted) => Row;
}

/** A record that is named by an incident, as conditions speak of it. */
type Named = Row & { readonly id: string; readonly number: string };

/**
 * Reads what the conditions of rules ask about these incidents: one statement for all, none where no rule has a
 * condition. With `seen` only what the caller may see is known.
 */
export async function asked(
  context: Context,
  rules: readonly Conditioned[],
  incidents: readonly Sorted[],
  seen = false,
  scope: Scope = 'logged',
): Promise<Asked> {
  const asking = rules.filter(({ condition }) => condition);
  if (asking.length === 0) return { judge: () => true, fault: () => null, values: () => ({}) };
  // A rule that is kept may ask for what is switched off by now: it stays what it was.
  const language = languageOfHouse(context.house.whole, scope);
  const fields = fieldsOf(context.house.whole, scope);
  const references = fields.filter(([, { kind }]) => kind === 'reference' || kind === 'references');
  const ids = incidents.flatMap((one) => references.flatMap(([name]) => [one[name]].flat().map(String)).filter(isId));
  const known = await namedBy(context, [...new Set(ids)], seen);
  const worked = new Map<Sorted, Row>();
  const valuesOf = (one: Sorted) => {
    const found = worked.get(one);
    if (found) return found;
    const made = valuesFor(fields, known, one);
    if (scope === 'any') Object.assign(made, { changed: one.changed ?? [], comment: one.comment ?? '' });
    worked.set(one, made);
    return made;
  };
  const readOf = (rule: Conditioned) => (rule.condition ? language.read(rule.condition) : undefined);
  const conditionOf = (rule: Conditioned) => {
    const read = readOf(rule);
    return read && 'condition' in read ? read.condition : undefined;
  };
  return {
    // A condition whose field has gone fits nothing until it is written anew.
    judge: (rule, one) => (rule.condition ? (conditionOf(rule)?.judge(valuesOf(one)) ?? null) : true),
    fault: (rule, one) => {
      const read = readOf(rule);
      return read ? ('problem' in read ? read.problem : read.condition.fault(valuesOf(one))) : null;
    },
    values: (rule, one) => {
      const values = valuesOf(one);
      return Object.fromEntries(
        (conditionOf(rule)?.asks ?? []).map((word) => {
          const [name = '', part] = word.split('.');
          return [word, plain(part ? (values[name] as Row)[part] : values[name])];
        }),
      );
    },
  };
}

/** History is kept for ever: of what was asked it keeps no free text and nothing about a person. */
const kept = new Set([
  'impact',
  'urgency',
  'priority',
  'category',
  'subcategory',
  'channel',
  'department',
  'opened_at',
  'state',
  'hold_reason',
  'reopen_count',
  'reassignment_count',
  'major',
  'changed',
]);
export const inputsOf = (values: Row): Row =>
  Object.fromEntries(Object.entries(values).filter(([name]) => kept.has(name)));

const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Date ? value.toISOString() : (value ?? null);
};

async function namedBy(context: Context, ids: readonly string[], seen: boolean): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const types = [...context.house.types.values()];
  const found = await rows<Named>(
    context.db,
    sql`select r.id, r.number, r.title as name, r.state, d.number as department, t.number as team_id,
          s.customer_name, s.criticality, p.email, p.location, p.language, p.time_zone, o.number as organization_id,
          p.roles, array(select one.number from record one where one.id = any(p.departments)) as departments,
          array(select one.number from record one where one.id = any(p.team_ids)) as team_ids
        from record r left join record d on d.id = r.department left join record t on t.id = r.team_id
          left join service s on s.id = r.id left join person p on p.id = r.id
          left join record o on o.id = p.organization_id
        where r.id ${among(ids)}
          ${seen ? sql`and ${sightOf(context, types, (type) => type.named ?? type.sees)}` : sql``}`,
  );
  return new Map(found.map((row) => [row.id, row]));
}

/** Long texts are looked at from their beginning: a condition is short work whatever somebody pasted. */
const longest = 20_000;

function valuesFor(fields: readonly [string, Field][], known: ReadonlyMap<string, Named>, one: Sorted): Row {
  const values: Row = {};
  for (const [name, { kind }] of fields) {
    const value = wordOf(typeOf[kind]!, kind, known, one[name]);
    if (value !== undefined) values[name] = value;
  }
  values.requester = partsOf(requester, known.get(String(one.requester_id)));
  values.service = partsOf(service, known.get(String(one.service_id)));
  return values;
}

const partsOf = (parts: Readonly<Record<string, WordType>>, from: Named | undefined): Row =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([name, type]) => {
      const value = wordOf(type, 'text', new Map(), from?.[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** A value as conditions compare it: an empty text is `""`, an empty number or instant is not known. */
function wordOf(type: WordType, kind: FieldKind, known: ReadonlyMap<string, Named>, value: unknown): unknown {
  const numberOf = (id: unknown) => known.get(String(id))?.number;
  switch (type) {
    case 'string':
      if (value === null || value === undefined) return '';
      return kind === 'reference' ? (numberOf(value) ?? '') : String(value).slice(0, longest);
    case 'list<string>': {
      const all = Array.isArray(value) ? value : [];
      return kind === 'references' ? all.map(numberOf).filter((one) => one !== undefined) : all.map(String);
    }
    case 'bool':
      return value === true;
    case 'int':
      return Number.isInteger(Number(value ?? Number.NaN)) ? BigInt(Number(value)) : undefined;
    case 'double':
      return Number.isFinite(Number(value ?? Number.NaN)) ? Number(value) : undefined;
    case 'google.protobuf.Timestamp': {
      const at = value instanceof Date ? value : new Date(String(value));
      return Number.isNaN(at.getTime()) ? undefined : at;
    }
  }
}
