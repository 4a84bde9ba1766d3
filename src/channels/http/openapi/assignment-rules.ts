import { actionRuleOperations, actionRuleSchemas } from './action-rules';
import type { Operation } from './operations';
import { type Json, ref } from './schemas';

const text: Json = { type: 'string' };
const maybe: Json = { type: ['string', 'null'] };
const count: Json = { type: 'integer' };
const instant: Json = { type: 'string', format: 'date-time' };
const object = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  type: 'object',
  required,
  properties,
});
const named: Json = { anyOf: [object({ id: text, number: text, name: text }), { type: 'null' }] };
const by: Json = {
  type: 'string',
  enum: ['rule', 'service', 'hand', 'nobody'],
  description: 'How it found its team in fact',
};

export const assignmentRuleSchemas: Json = {
  ...actionRuleSchemas,
  AssignmentRuleDraft: {
    type: 'object',
    additionalProperties: false,
    description: 'What is left out is as the rule has it, or as a new one would have it',
    properties: {
      match: {
        type: 'object',
        additionalProperties: false,
        properties: {
          service_id: text,
          department: text,
          organization_id: text,
          category: text,
          subcategory: text,
          priority: { type: 'integer', minimum: 1, maximum: 5 },
        },
      },
      condition: { type: ['string', 'null'], maxLength: 2_000 },
      team_id: text,
      rank: { type: 'integer', minimum: 0, maximum: 100_000 },
    },
  },
  AssignmentRuleTrial: object({
    from: instant,
    to: instant,
    read: { ...count, description: 'Incidents gone through, the newest first' },
    more: { type: 'boolean', description: 'There were more than are gone through' },
    team: named,
    fits: { ...count, description: 'How many the rule fits: taken by it, by a rule before it, or given by hand' },
    takes: { ...count, description: 'How many it would take' },
    by_hand: { ...count, description: 'How many it fits that somebody gave to a team themselves' },
    changes: { ...count, description: 'How many of those it takes went to another team in fact, or to none' },
    came_anyway: { ...count, description: 'How many of these are with its team now' },
    undecided: { ...count, description: 'How many it could not judge: a field it asks for is empty' },
    went: {
      type: 'array',
      description: 'Where those it takes went in fact, the most first',
      items: object({ by, team: named, rule: named, count, changes: count }),
    },
    behind: {
      type: 'array',
      description: 'Rules that go before it and take what it fits too',
      items: object({ rule: named, count }),
    },
    items: {
      type: 'array',
      description: 'The first fifty it takes, those where something would change first',
      items: object({
        id: text,
        number: text,
        name: text,
        opened_at: instant,
        by,
        was: named,
        rule: named,
        rule_version: { type: ['integer', 'null'] },
        now: named,
        changes: { type: 'boolean' },
        inputs: { type: 'object', description: 'What the rule looked at, as it was when it was logged' },
      }),
    },
    next: maybe,
  }),
  ConditionFieldPage: object({
    items: {
      type: 'array',
      items: object({ name: text, type: { ...text, description: 'string, int, double, bool, list, timestamp' } }),
    },
    next: maybe,
  }),
};

/** Trying assignment rules and action rules. */
export function assignmentRuleOperations(): Operation[] {
  const base = '/api/v1/assignment-rules';
  const trial = {
    method: 'post',
    tag: 'Assignment rules',
    body: ref('AssignmentRuleDraft'),
    bodyRequired: false,
    status: 200,
    answers: ref('AssignmentRuleTrial'),
  } as const;
  return [
    ...actionRuleOperations(),
    {
      ...trial,
      path: `${base}/try`,
      id: 'tryAssignmentRuleDraft',
      summary: 'What a rule that is not kept yet would have done in the last 90 days; nothing is written',
      parameters: [],
      problems: [400, 401, 403, 413, 415, 422],
    },
    {
      ...trial,
      path: `${base}/{number}/try`,
      id: 'tryAssignmentRule',
      summary: 'What a rule would have done in the last 90 days, as it is or as the body changes it',
      parameters: [{ $ref: '#/components/parameters/number' }],
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
    {
      method: 'get',
      path: `${base}/condition-fields`,
      id: 'listConditionFields',
      tag: 'Assignment rules',
      summary: 'What the condition of a rule may ask about',
      parameters: [],
      status: 200,
      answers: ref('ConditionFieldPage'),
      problems: [400, 401, 403],
    },
  ];
}
