import type { Operation } from './operations';
import { type Json, ref } from './schemas';

const text: Json = { type: 'string' };
const maybe: Json = { type: ['string', 'null'] };
const count: Json = { type: 'integer' };
const flag: Json = { type: 'boolean' };
const instant: Json = { type: 'string', format: 'date-time' };
const object = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  type: 'object',
  required,
  properties,
});
const list = (items: Json, description?: string): Json => ({
  type: 'array',
  items,
  ...(description ? { description } : {}),
});
const named: Json = { anyOf: [object({ id: text, number: text, name: text }), { type: 'null' }] };

export const actionRuleSchemas: Json = {
  ActionRuleTrial: object({
    from: instant,
    to: instant,
    read: { ...count, description: 'Incidents gone through, the newest first' },
    more: { ...flag, description: 'There were more than are gone through' },
    fits: { ...count, description: 'How often it would have been its turn' },
    acts: { ...count, description: 'How often something would have happened' },
    incidents: { ...count, description: 'On how many incidents' },
    nothing: { ...count, description: 'How often all it sets was so already' },
    undecided: { ...count, description: 'How often a field its condition asks for was empty' },
    does: list(object({ act: text, count }), 'How often it would have done what: a field, watch, tell, note, major'),
    behind: list(object({ rule: named, count }), 'Rules before it that let none act after them'),
    clashes: list(
      object({ rule: named, fields: list(text), count, example: text }),
      'Rules with which it would go in circles: each takes back what the other sets',
    ),
    items: list(
      object({
        id: text,
        number: text,
        name: text,
        at: instant,
        line: { ...maybe, description: 'What it would have acted on; null: nothing had happened for long enough' },
        changes: list(object({ field: text, before: {}, after: {} })),
        tells: flag,
        note: flag,
        watches: flag,
        major: flag,
        inputs: { type: 'object', description: 'What its condition looked at, as it was then' },
      }),
      'The first fifty times something would have happened',
    ),
    next: maybe,
  }),
};

/** Trying action rules. */
export function actionRuleOperations(): Operation[] {
  const base = '/api/v1/action-rules';
  const trial = {
    method: 'post',
    tag: 'Action rules',
    body: ref('ActionRuleEditInput'),
    bodyRequired: false,
    status: 200,
    answers: ref('ActionRuleTrial'),
  } as const;
  return [
    {
      ...trial,
      path: `${base}/try`,
      id: 'tryActionRuleDraft',
      summary: 'What a rule that is not kept yet would have done in the last 90 days; nothing is written',
      parameters: [],
      problems: [400, 401, 403, 413, 415, 422],
    },
    {
      ...trial,
      path: `${base}/{number}/try`,
      id: 'tryActionRule',
      summary: 'What a rule would have done in the last 90 days, as it is or as the body changes it',
      parameters: [{ $ref: '#/components/parameters/number' }],
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
    {
      method: 'get',
      path: `${base}/condition-fields`,
      id: 'listActionConditionFields',
      tag: 'Action rules',
      summary: 'What the condition of an action rule may ask about',
      parameters: [],
      status: 200,
      answers: ref('ConditionFieldPage'),
      problems: [400, 401, 403],
    },
  ];
}
