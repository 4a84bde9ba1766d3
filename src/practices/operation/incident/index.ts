import { attachmentVerbs } from '../../../commons/attachment';
import { conversationVerbs } from '../../../commons/conversation';
import { linkVerbs } from '../../../commons/link';
import { expireVerb } from '../../../commons/retention';
import { taskVerbs } from '../../../commons/task';
import { timeVerbs } from '../../../commons/time-entry';
import { watchVerbs } from '../../../commons/watch';
import type { Verb } from '../../../kernel/command';
import { handlesDepartment, theSystem } from '../../../kernel/policy';
import { promiseVerbs } from '../../design/service-level';
import { actionRule } from './action-rule';
import { actionRuleVerbs } from './action-rule-verbs';
import { tryActionRule } from './action-trial';
import { asked, inputsOf, vocabularyOf } from './assignment-condition';
import { assignmentRule, assignmentRuleVerbs } from './assignment-rule';
import { mayTryRules, tryRule } from './assignment-trial';
import { doubt } from './commands/doubt';
import { edit } from './commands/edit';
import { cancel, close, reopen, resolve, wakesOf } from './commands/finish';
import { call, halt, wait } from './commands/follow';
import { log } from './commands/log';
import { declare, downgrade, inform, miss } from './commands/major';
import { merge, unmerge } from './commands/merge';
import { dismiss, propose } from './commands/propose';
import { assign, hold, pass, resume, start } from './commands/work';
import { incident, incidentPromises, isBeneficiary, isRequester } from './incident';
import { incidentModel, incidentModelVerbs } from './incident-model';
import { queueOrder, queueOrderVerbs } from './queue-order';

export {
  type ActionRule,
  type Acts,
  actsOf,
  type Clash,
  calledInTexts,
  clashesOf,
  countsFrom,
  isFor,
  isNothing,
  longestChain,
  occasionsOf,
  without,
} from './action.rules';
export {
  actionRulesInForce,
  anyActionRule,
  asSorted,
  type ByRule,
  doneByRules,
  watchersNow,
} from './action-rules-in-force';
export { candidatesOf, rulesFor } from './assignment';
export type { AssignmentRule } from './assignment.rules';
export { dateOf, modelsIn } from './facts';
export { incidentStates, type Matrix, matrix } from './incident.contract';
export { deliveredMatrix, deliveredModel, type Model, modelFor, priorityOf } from './priority.rules';
export { openProposals, proposalsOf } from './proposals';
export { deliveredWeights, mostOf, triedOrder, weightNames } from './queue.contract';
export { placeAnew, placePending, queueTogether } from './queue-place';
export { readPlaces, tryOrder } from './queue-trial';
export { childrenOf, type OpenReport, reportsSince } from './similar';
export { type Likeness, likeness } from './similar.rules';
export {
  actionRule,
  asked,
  assignmentRule,
  incident,
  incidentModel,
  incidentPromises,
  inputsOf,
  isBeneficiary,
  isRequester,
  mayTryRules,
  queueOrder,
  tryActionRule,
  tryRule,
  vocabularyOf,
  wakesOf,
};

export const incidentVerbs: Verb[] = [
  log,
  assign,
  pass,
  start,
  hold,
  resume,
  resolve,
  reopen,
  close,
  cancel,
  declare,
  inform,
  downgrade,
  miss,
  propose,
  dismiss,
  merge,
  unmerge,
  edit,
  doubt,
  wait,
  call,
  halt,
  ...conversationVerbs(incident, {
    comment: [handlesDepartment, isRequester, isBeneficiary, theSystem],
    note: [handlesDepartment, theSystem],
  }),
  ...attachmentVerbs(incident, {
    attach: [handlesDepartment, isRequester, isBeneficiary, theSystem],
    detach: [handlesDepartment],
  }),
  ...linkVerbs(incident, [handlesDepartment, theSystem]),
  ...watchVerbs(incident, [handlesDepartment, isRequester, isBeneficiary]),
  ...taskVerbs(incident, [handlesDepartment, theSystem]),
  ...timeVerbs(incident, [handlesDepartment]),
  ...promiseVerbs(incident),
  expireVerb(incident),
  ...incidentModelVerbs,
  ...assignmentRuleVerbs,
  ...actionRuleVerbs,
  ...queueOrderVerbs,
];
