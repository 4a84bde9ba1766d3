import { type Sentence, say, type Word } from './sentence.contract';

/** Why something was not done, in a sentence for people. Every refusal a caller can meet is one of these. */

export interface FieldError {
  field: string;
  message: Sentence;
}

export type RefusalCode =
  | 'malformed' // 400
  | 'unauthenticated' // 401
  | 'second_factor_required' // 401: the password was right, something more is asked for
  | 'forbidden' // 403
  | 'second_factor_needed' // 403: nothing is open before one is shown
  | 'proof_needed' // 403: say again who you are
  | 'absent' // 404: absent or hidden, the same answer
  | 'wrong_state' // 409
  | 'conflict' // 409
  | 'stale' // 412
  | 'too_large' // 413
  | 'media_type' // 415
  | 'invalid' // 422
  | 'too_many'; // 429

const statusOf: Record<RefusalCode, number> = {
  malformed: 400,
  unauthenticated: 401,
  second_factor_required: 401,
  forbidden: 403,
  second_factor_needed: 403,
  proof_needed: 403,
  absent: 404,
  wrong_state: 409,
  conflict: 409,
  stale: 412,
  too_large: 413,
  media_type: 415,
  invalid: 422,
  too_many: 429,
};

export class Refusal extends Error {
  readonly status: number;
  constructor(
    readonly code: RefusalCode,
    readonly sentence: Sentence,
    readonly errors: FieldError[] = [],
    readonly retryAfter?: number,
  ) {
    super(String(sentence));
    this.name = 'Refusal';
    this.status = statusOf[code];
  }
}

/** A broken rule or wrong input on one field. */
export function invalid(field: string, message: Sentence): Refusal {
  return new Refusal('invalid', message, [{ field, message }]);
}

/** A wrong query, in one sentence. */
export function malformed(field: string, message: Sentence): Refusal {
  return new Refusal('malformed', message, [{ field, message }]);
}

/** Several wrong fields at once; the first sentence leads. */
export function invalidFields(errors: FieldError[]): Refusal {
  return new Refusal('invalid', errors[0]?.message ?? say`The input is not valid.`, errors);
}

/** The one answer for what does not exist and for what the caller may not see. */
export function absent(what: Sentence | Word): Refusal {
  return new Refusal('absent', say`There is no ${what} here that you can see.`);
}
