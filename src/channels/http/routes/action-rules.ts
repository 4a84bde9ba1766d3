import type { FastifyInstance } from 'fastify';
import { actionRule, mayTryRules, tryActionRule, vocabularyOf } from '../../../practices/operation/incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { trialRoutes } from '../trials';
import { conditionFields } from './assignment-rules';

/** Trying an action rule before it is switched on, and what its condition may ask. The rule itself is a record. */
export function actionRuleRoutes(server: FastifyInstance, app: App): void {
  trialRoutes(server, app, actionRule, tryActionRule);

  server.get('/api/v1/action-rules/condition-fields', async (request) => {
    const context = contextOf(app, request);
    mayTryRules(context);
    return conditionFields(vocabularyOf(app.house, 'any'));
  });
}
