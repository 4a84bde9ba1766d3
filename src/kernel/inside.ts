import { type Field, targetsOf } from './field';

/** What becomes of one reference found inside a value; `place` is its dotted address: `match.service_id`. */
type Step = (text: string, to: readonly string[], place: string) => unknown;

/** What a step answers when nothing may be told: the item of the list it lies in is left out. */
export const untold = Symbol('untold');

/**
 * References that lie inside a `json` field, at the paths its declaration names (`service_id`, `*.goal_id`; `*` is
 * every item of a list). Answers the value with each one replaced by what `step` makes of it.
 */
export function mapInside(field: Field, name: string, value: unknown, step: Step): unknown {
  let mapped = value;
  for (const [path, to] of Object.entries(field.inside ?? {}))
    mapped = along(mapped, path.split('.'), name, (text, place) => step(text, targetsOf({ ...field, to }), place));
  return mapped === untold ? null : mapped;
}

/** The references inside a value, as they are written there. */
export function textsInside(field: Field, value: unknown): { text: string; to: readonly string[] }[] {
  const found: { text: string; to: readonly string[] }[] = [];
  mapInside(field, '', value, (text, to) => {
    found.push({ text, to });
    return text;
  });
  return found;
}

function along(
  value: unknown,
  steps: readonly string[],
  place: string,
  step: (text: string, place: string) => unknown,
): unknown {
  const [first, ...rest] = steps;
  if (first === undefined) return typeof value === 'string' ? step(value, place) : value;
  if (first === '*')
    return Array.isArray(value)
      ? value.map((item, at) => along(item, rest, `${place}.${at}`, step)).filter((item) => item !== untold)
      : value;
  if (typeof value !== 'object' || value === null || !(first in value)) return value;
  const inner = (value as Record<string, unknown>)[first];
  const mapped = along(inner, rest, `${place}.${first}`, step);
  return mapped === untold ? untold : { ...value, [first]: mapped };
}
