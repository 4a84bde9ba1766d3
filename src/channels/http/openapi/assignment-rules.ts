import { actionRuleOperations, actionRuleSchemas } from './action-rules';
import type { Operation } from './operations';
import { type Json, object } from './schemas';
import { count, flag, instant, list, maybe, named, pastTrial, ruleOperations, text } from './trials';

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
  AssignmentRuleTrial: pastTrial(
    {
      team: named,
      fits: { ...count, description: 'How many the rule fits: taken by it, by a rule before it, or given by hand' },
      takes: { ...count, description: 'How many it would take' },
      by_hand: { ...count, description: 'How many it fits that somebody gave to a team themselves' },
      changes: { ...count, description: 'How many of those it takes went to another team in fact, or to none' },
      came_anyway: { ...count, description: 'How many of these are with its team now' },
      undecided: { ...count, description: 'How many it could not judge: a field it asks for is empty' },
      went: list(
        object({ by, team: named, rule: named, count, changes: count }),
        'Where those it takes went in fact, the most first',
      ),
      behind: list(object({ rule: named, count }), 'Rules that go before it and take what it fits too'),
    },
    {
      opened_at: instant,
      by,
      was: named,
      rule: named,
      rule_version: { type: ['integer', 'null'] },
      now: named,
      changes: flag,
      inputs: { type: 'object', description: 'What the rule looked at, as it was when it was logged' },
    },
    'The first fifty it takes, those where something would change first',
  ),
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
  return [
    ...actionRuleOperations(),
    ...ruleOperations({
      plural: 'assignment-rules',
      tag: 'Assignment rules',
      name: 'AssignmentRule',
      draft: 'AssignmentRuleDraft',
      fields: 'listConditionFields',
      whose: 'a rule',
    }),
  ];
}
