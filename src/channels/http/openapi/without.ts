import type { Json } from './schemas';

/** What the description says of a kind of record outside its own addresses and fields. */
const said: Readonly<Record<string, { readonly names: readonly string[]; readonly values: readonly string[] }>> = {
  agreement: { names: ['promise'], values: ['promise', 'target', 'due'] },
  service: { names: ['service', 'service_id', 'service_ids'], values: ['service'] },
  goal: { names: ['goals', 'goal_minutes'], values: [] },
};

/** A part of the description without properties, parameters and choices that only speak of what is switched off. */
export function withoutWords(part: Json, off: ReadonlySet<string>): Json {
  const kinds = Object.entries(said).flatMap(([kind, words]) => (off.has(kind) ? [words] : []));
  if (kinds.length === 0) return part;
  const names = new Set(kinds.flatMap((one) => one.names));
  const values = new Set<unknown>(kinds.flatMap((one) => one.values));
  const isGone = (one: unknown) =>
    typeof one === 'object' && one !== null && 'in' in one && 'name' in one && names.has(String(one.name));
  const walk = (one: unknown, key = ''): unknown => {
    if (Array.isArray(one)) {
      if (key === 'enum') return one.filter((value) => !values.has(value));
      if (key === 'required') return one.filter((name) => !names.has(String(name)));
      return one.filter((item) => !isGone(item)).map((item) => walk(item));
    }
    if (typeof one !== 'object' || one === null) return one;
    const kept = Object.entries(one).filter(([name]) => key !== 'properties' || !names.has(name));
    return Object.fromEntries(kept.map(([name, inner]) => [name, walk(inner, key === 'properties' ? '' : name)]));
  };
  return walk(part) as Json;
}
