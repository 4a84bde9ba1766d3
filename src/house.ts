import { calendar, calendarVerbs } from './commons/calendar';
import { customField, customFieldVerbs, type KnownFields } from './commons/custom-field';
import { noticeRule, noticeRuleVerbs, notifyOf, planAnewTogether, untellTogether } from './commons/notification';
import { peopleTypes, peopleVerbs } from './commons/people';
import { retentionRule, retentionVerbs } from './commons/retention';
import { searchTogether } from './commons/search';
import { checklist, checklistVerbs } from './commons/task';
import { macro, macroVerbs, textTemplate, textTemplateVerbs } from './commons/template';
import { view, viewVerbs } from './commons/view';
import { webhook, webhookVerbs } from './commons/webhook';
import { type House, openHouse } from './kernel/house';
import { service, serviceVerbs } from './practices/design/service-catalogue';
import { agreement, agreementVerbs } from './practices/design/service-level';
import { measuresTogether } from './practices/improvement/measurement-and-reporting';
import { outage, outageVerbs } from './practices/operation/availability';
import { assignmentRule, incident, incidentModel, incidentVerbs } from './practices/operation/incident';
import { alert, alertSource, alertSourceVerbs, alertVerbs } from './practices/operation/monitoring-and-event';
import { problem, problemVerbs } from './practices/operation/problem';
import { goal, goalVerbs } from './practices/strategy/strategy';
import { change, changeVerbs } from './practices/transition/change-enablement';
import { configurationItem, configurationItemVerbs } from './practices/transition/service-configuration';
import { handOverTogether } from './value-streams/hand-over-work';
import { keepPromisesTogether } from './value-streams/keep-service-promises';
import { keepTeamsTogether } from './value-streams/keep-teams';
import { protectPrivacyTogether } from './value-streams/protect-privacy';
import { restoreServiceTogether, similarReports } from './value-streams/restore-service';
import { heartbeats } from './value-streams/watch-services';

/** The composition: every noun, verb and reaction of the product, in the order of the floors. */
export function throughline(customFields: KnownFields, publicUrl: () => string = () => 'http://localhost'): House {
  const house: House = openHouse({
    types: [
      ...peopleTypes,
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
    ],
    verbs: [
      ...peopleVerbs,
      ...calendarVerbs,
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
      ...viewVerbs(() => house),
      ...textTemplateVerbs(() => house),
      ...macroVerbs(() => house),
      ...webhookVerbs,
      ...retentionVerbs(() => house.types),
      ...noticeRuleVerbs,
      ...customFieldVerbs(() => new Set(house.types.keys())),
    ],
    together: [
      ...keepPromisesTogether,
      searchTogether,
      measuresTogether,
      ...restoreServiceTogether,
      ...protectPrivacyTogether,
      ...keepTeamsTogether,
      ...handOverTogether,
      untellTogether,
      planAnewTogether,
    ],
    afterwards: [notifyOf(publicUrl), similarReports, heartbeats],
    customFields,
  });
  return house;
}
