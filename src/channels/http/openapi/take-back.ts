import type { RecordType } from '../../../kernel/record';
import type { Operation } from './operations';
import { ref } from './schemas';

/** Taking back one line of a record of this kind. */
export function takeBackOperation(
  type: RecordType,
  base: string,
  name: string,
  one: Pick<Operation, 'tag' | 'parameters' | 'problems'>,
): Operation {
  return {
    ...one,
    method: 'post',
    path: `${base}/{number}/undo`,
    id: `undo${name}`,
    summary: `Take back one line of a ${type.label.toLowerCase()}`,
    description:
      'The inverse of the verb that left the line, within ten seconds and by whoever did it. 409 when that time is over, when it was taken back already, or when a field it set was changed since.',
    parameters: [
      { $ref: '#/components/parameters/number' },
      { $ref: '#/components/parameters/ifMatch' },
      { $ref: '#/components/parameters/idempotency' },
    ],
    body: ref('UndoInput'),
    status: 200,
    answers: ref(name),
    problems: [400, 401, 403, 404, 409, 412, 413, 415, 422],
  };
}
