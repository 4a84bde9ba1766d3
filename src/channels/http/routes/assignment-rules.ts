import type { FastifyInstance } from 'fastify';
import type { Vocabulary } from '../../../commons/expression';
import { assignmentRule, mayTryRules, tryRule, vocabularyOf } from '../../../practices/operation/incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { trialRoutes } from '../trials';

/** Types by the names people know. */
const spoken: Record<string, string> = { 'list<string>': 'list', 'google.protobuf.Timestamp': 'timestamp' };

/** What a condition may ask, by name and kind. */
export function conditionFields(vocabulary: Vocabulary) {
  const items = Object.entries(vocabulary).flatMap(([name, type]) =>
    typeof type === 'string'
      ? [{ name, type: spoken[type] ?? type }]
      : Object.entries(type).map(([part, inner]) => ({ name: `${name}.${part}`, type: spoken[inner] ?? inner })),
  );
  return { items, next: null };
}

/** Trying a rule before it is switched on, and what its condition may ask. The rule itself is a record. */
export function assignmentRuleRoutes(server: FastifyInstance, app: App): void {
  trialRoutes(server, app, assignmentRule, tryRule);

  server.get('/api/v1/assignment-rules/condition-fields', async (request) => {
    const context = contextOf(app, request);
    mayTryRules(context);
    return conditionFields(vocabularyOf(app.house));
  });
}
