import { calendar, calendarVerbs, observeVerbs } from './commons/calendar';
import { customField, customFieldVerbs } from './commons/custom-field';
import { signInRule, signInRuleVerbs } from './commons/identity';
import { noticeRule, noticeRuleVerbs, notifyOf, planAnewTogether, untellTogether } from './commons/notification';
import { peopleTypes, peopleVerbs } from './commons/people';
import { practice, practiceVerbs } from './commons/practice';
import { retentionRule, retentionVerbs } from './commons/retention';
import { searchTogether } from './commons/search';
import { putAsideTogether } from './commons/taking-back';
import { checklist, checklistVerbs } from './commons/task';
import { macro, macroVerbs, textTemplate, textTemplateVerbs } from './commons/template';
import { view, viewVerbs } from './commons/view';
import { webhook, webhookVerbs } from './commons/webhook';
import { vocabulary, vocabularyVerbs } from './commons/wording';
import { type House, openHouse } from './kernel/house';
import type { KnownRows } from './known';
import { service, serviceVerbs } from './practices/design/service-catalogue';
import { agreement, agreementVerbs } from './practices/design/service-level';
import { measuresTogether } from './practices/improvement/measurement-and-reporting';
import { outage, outageVerbs } from './practices/operation/availability';
import {
  actionRule,
  assignmentRule,
  incident,
  incidentModel,
  incidentVerbs,
  queueOrder,
  queueTogether,
} from './practices/operation/incident';
import { alert, alertSource, alertSourceVerbs, alertVerbs } from './practices/operation/monitoring-and-event';
import { problem, problemVerbs } from './practices/operation/problem';
import { goal, goalVerbs } from './practices/strategy/strategy';
import { change, changeVerbs } from './practices/transition/change-enablement';
import { configurationItem, configurationItemVerbs } from './practices/transition/service-configuration';
import { followRules } from './value-streams/follow-rules';
import { guardAccountsTogether } from './value-streams/guard-accounts';
import { handOverTogether } from './value-streams/hand-over-work';
import { keepPromisesTogether } from './value-streams/keep-service-promises';
import { keepTeamsTogether } from './value-streams/keep-teams';
import { protectPrivacyTogether } from './value-streams/protect-privacy';
import { restoreServiceTogether, similarReports } from './value-streams/restore-service';
import { unitePeopleTogether } from './value-streams/unite-people';
import { heartbeats } from './value-streams/watch-services';

/** The composition: every noun, verb and reaction of the product, in the order of the floors. */
export function throughline(known: KnownRows, publicUrl: () => string = () => 'http://localhost'): House {
  const house: House = openHouse({
    types: [
      ...peopleTypes,
      signInRule,
      calendar,
      goal,
      service,
      agreement,
      configurationItem,
      change,
      problem,
      incident,
      incidentModel,
      assignmentRule,
      actionRule,
      queueOrder,
      alertSource,
      alert,
      outage,
      customField,
      webhook,
      retentionRule,
      noticeRule,
      view,
      textTemplate,
      macro,
      checklist,
      practice,
      vocabulary,
    ],
    verbs: [
      ...peopleVerbs,
      ...signInRuleVerbs,
      ...calendarVerbs,
      ...observeVerbs,
      ...goalVerbs,
      ...serviceVerbs,
      ...agreementVerbs,
      ...configurationItemVerbs,
      ...changeVerbs,
      ...problemVerbs,
      ...incidentVerbs,
      ...alertSourceVerbs,
      ...alertVerbs,
      ...outageVerbs,
      ...checklistVerbs,
      ...practiceVerbs,
      ...vocabularyVerbs(() => house),
      ...viewVerbs(() => house),
      ...textTemplateVerbs(() => house),
      ...macroVerbs(() => house),
      ...webhookVerbs,
      ...retentionVerbs(() => house.types),
      ...noticeRuleVerbs,
      ...customFieldVerbs(() => new Set(house.types.keys())),
    ],
    together: [
      putAsideTogether,
      ...keepPromisesTogether,
      searchTogether,
      measuresTogether,
      ...restoreServiceTogether,
      ...protectPrivacyTogether,
      ...keepTeamsTogether,
      ...handOverTogether,
      ...guardAccountsTogether,
      ...unitePeopleTogether,
      ...queueTogether,
      untellTogether,
      planAnewTogether,
    ],
    afterwards: [notifyOf(publicUrl), similarReports, heartbeats, ...followRules],
    customFields: known.fields,
    switches: known.practices,
  });
  return house;
}
