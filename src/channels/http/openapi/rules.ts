import { assignmentRuleOperations, assignmentRuleSchemas } from './assignment-rules';
import { holidayOperations, holidaySchemas } from './holidays';
import type { Operation } from './operations';
import { queueOperations, queueSchemas } from './queue';
import type { Json } from './schemas';

/** What an organisation decides by rows, and tries before it holds. */
export const ruleSchemas: Json = { ...assignmentRuleSchemas, ...queueSchemas, ...holidaySchemas };

export const ruleOperations = (): Operation[] => [
  ...assignmentRuleOperations(),
  ...queueOperations(),
  ...holidayOperations(),
];
