import type { House } from '../../../kernel/house';
import { kindOf } from '../in-use';
import type { Json } from './schemas';
import { withoutWords } from './without';

/** Every schema this part of the description names. */
function named(part: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(part)) for (const one of part) named(one, found);
  else if (typeof part === 'object' && part !== null)
    for (const [key, value] of Object.entries(part)) {
      const name = key === '$ref' ? /^#\/components\/schemas\/(\w+)$/.exec(String(value))?.[1] : undefined;
      if (name) found.add(name);
      else named(value, found);
    }
  return found;
}

/** The description without what is switched off: its addresses, and the schemas and tags nothing else names. */
export function describedInUse(house: House, all: Json): Json {
  if (house.off.size === 0) return all;
  const document = withoutWords(all, house.off);
  const paths = Object.fromEntries(
    Object.entries(document.paths as Json).filter(([path]) => !house.off.has(kindOf(house, path) ?? '')),
  );
  const components = document.components as Json;
  const schemas = components.schemas as Json;
  const used = named([paths, components.responses]);
  for (const name of used) for (const inner of named(schemas[name])) used.add(inner);
  const tags = new Set(
    Object.values(paths).flatMap((path) =>
      Object.values(path as Json).flatMap((one) => (one as { tags: string[] }).tags),
    ),
  );
  return {
    ...document,
    tags: (document.tags as { name: string }[]).filter(({ name }) => tags.has(name)),
    paths,
    components: {
      ...components,
      schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
    },
  };
}
