import type { Operation } from './operations';
import { type Json, object } from './schemas';
import { count, flag, instant, list, maybe, named, pastTrial, ruleOperations, text } from './trials';

export const actionRuleSchemas: Json = {
  ActionRuleTrial: pastTrial(
    {
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
    },
    {
      at: instant,
      line: { ...maybe, description: 'What it would have acted on; null: nothing had happened for long enough' },
      changes: list(object({ field: text, before: {}, after: {} })),
      tells: flag,
      note: flag,
      watches: flag,
      major: flag,
      inputs: { type: 'object', description: 'What its condition looked at, as it was then' },
    },
    'The first fifty times something would have happened',
  ),
};

/** Trying action rules. */
export function actionRuleOperations(): Operation[] {
  return ruleOperations({
    plural: 'action-rules',
    tag: 'Action rules',
    name: 'ActionRule',
    draft: 'ActionRuleEditInput',
    fields: 'listActionConditionFields',
    whose: 'an action rule',
  });
}
