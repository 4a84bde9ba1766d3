import type { FastifyInstance } from 'fastify';
import { actionRule, mayTryRules, tryActionRule, vocabularyOf } from '../../../practices/operation/incident';
import type { App } from '../app';
import { contextOf } from '../caller';
import { conditionFields } from './assignment-rules';
import { find } from './records';

/** Trying an action rule before it is switched on, and what its condition may ask. The rule itself is a record. */
export function actionRuleRoutes(server: FastifyInstance, app: App): void {
  // Nothing is kept, so there is nothing to do only once.
  server.post('/api/v1/action-rules/try', async (request) => {
    return tryActionRule(contextOf(app, request), request.body ?? {});
  });

  server.post<{ Params: { number: string } }>('/api/v1/action-rules/:number/try', async (request) => {
    const context = contextOf(app, request);
    const rule = await find(context, actionRule, request.params.number);
    return tryActionRule(context, request.body ?? {}, rule);
  });

  server.get('/api/v1/action-rules/condition-fields', async (request) => {
    const context = contextOf(app, request);
    mayTryRules(context);
    return conditionFields(vocabularyOf(app.house, 'any'));
  });
}
