import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

export const text: Json = { type: 'string' };
export const maybe: Json = { type: ['string', 'null'] };
export const count: Json = { type: 'integer' };
export const flag: Json = { type: 'boolean' };
export const instant: Json = { type: 'string', format: 'date-time' };
export const list = (items: Json, description?: string): Json => ({
  type: 'array',
  items,
  ...(description ? { description } : {}),
});
const label = { id: text, number: text, name: text };
export const named: Json = { anyOf: [object(label), { type: 'null' }] };

/** How much a trial has gone through. */
export const counted = (what: string): Json => ({
  read: { ...count, description: what },
  more: { ...flag, description: 'There were more than are gone through' },
});

/** A trial over the incidents of the last days, with its own figures and examples. */
export const pastTrial = (figures: Json, example: Json, examples: string): Json =>
  object({
    from: instant,
    to: instant,
    ...counted('Incidents gone through, the newest first'),
    ...figures,
    items: list(object({ ...label, ...example }), examples),
    next: maybe,
  });

/** Trying what is not kept yet, and a record as it is or as the body changes it. */
export function trialOperations(one: {
  readonly plural: string;
  readonly tag: string;
  readonly name: string;
  readonly draft: string;
  readonly trial: string;
  /** "What a rule … would have done", with what is tried in its place. */
  readonly says: (what: string) => string;
  readonly noun: string;
}): Operation[] {
  const shared = {
    method: 'post',
    tag: one.tag,
    body: ref(one.draft),
    bodyRequired: false,
    status: 200,
    answers: ref(one.trial),
  } as const;
  const base = `/api/v1/${one.plural}`;
  return [
    {
      ...shared,
      path: `${base}/try`,
      id: `try${one.name}Draft`,
      summary: `${one.says(`${one.noun} that is not kept yet`)}; nothing is written`,
      parameters: [],
      problems: [400, 401, 403, 413, 415, 422],
    },
    {
      ...shared,
      path: `${base}/{number}/try`,
      id: `try${one.name}`,
      summary: `${one.says(one.noun)}, as it is or as the body changes it`,
      parameters: [{ $ref: '#/components/parameters/number' }],
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
  ];
}

/** Rules with conditions: trying them over the last days, and what their conditions may ask about. */
export function ruleOperations(one: {
  readonly plural: string;
  readonly tag: string;
  readonly name: string;
  readonly draft: string;
  /** The id of the question about fields. */
  readonly fields: string;
  /** "What the condition of … may ask about". */
  readonly whose: string;
}): Operation[] {
  const { plural, tag, name, draft } = one;
  return [
    ...trialOperations({
      plural,
      tag,
      name,
      draft,
      trial: `${name}Trial`,
      noun: 'a rule',
      says: (what) => `What ${what} would have done in the last 90 days`,
    }),
    {
      method: 'get',
      path: `/api/v1/${plural}/condition-fields`,
      id: one.fields,
      tag,
      summary: `What the condition of ${one.whose} may ask about`,
      parameters: [],
      status: 200,
      answers: ref('ConditionFieldPage'),
      problems: [400, 401, 403],
    },
  ];
}
