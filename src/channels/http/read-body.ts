import type { z } from 'zod';
import { invalidFields, Refusal } from '../../kernel/refusal';
import { asIs, say } from '../../kernel/sentence.contract';

/** Checks a body by its schema; 422 names the wrong fields. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof (body ?? {}) !== 'object' || Array.isArray(body))
    throw new Refusal('invalid', say`The body must be a JSON object.`, [
      { field: '', message: say`This must be an object.` },
    ]);
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalidFields(
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            field: [...issue.path, key].join('.'),
            message: say`There is no field ${key} here.`,
          }))
        : [{ field: issue.path.join('.'), message: asIs(issue.message) }],
    ),
  );
}
