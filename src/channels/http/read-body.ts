import type { z } from 'zod';
import { invalidFields, Refusal } from '../../kernel/refusal';

/** Checks a body by its schema; 422 names the wrong fields. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof (body ?? {}) !== 'object' || Array.isArray(body))
    throw new Refusal('invalid', 'The body must be a JSON object.', [
      { field: '', message: 'This must be an object.' },
    ]);
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalidFields(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            field: [...issue.path, key].join('.'),
            message: `There is no field ${key} here.`,
          }))
        : [{ field: issue.path.join('.'), message: issue.message }],
    ),
  );
}
