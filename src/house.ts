import { customField, customFieldVerbs, type KnownFields } from './commons/custom-field';
import { peopleTypes, peopleVerbs } from './commons/people';
import { searchTogether } from './commons/search';
import { type House, openHouse } from './kernel/house';
import { service, serviceVerbs } from './practices/design/service-catalogue';
import { incident, incidentModel, incidentVerbs } from './practices/operation/incident';
import { problem, problemVerbs } from './practices/operation/problem';
import { goal, goalVerbs } from './practices/strategy/strategy';
import { change, changeVerbs } from './practices/transition/change-enablement';
import { configurationItem, configurationItemVerbs } from './practices/transition/service-configuration';

/** The composition: every noun, verb and reaction of the product, in the order of the floors. */
export function throughline(customFields: KnownFields): House {
  const house: House = openHouse({
    types: [...peopleTypes, goal, service, configurationItem, change, problem, incident, incidentModel, customField],
    verbs: [
      ...peopleVerbs,
      ...goalVerbs,
      ...serviceVerbs,
      ...configurationItemVerbs,
      ...changeVerbs,
      ...problemVerbs,
      ...incidentVerbs,
      ...customFieldVerbs(() => new Set(house.types.keys())),
    ],
    together: [searchTogether],
    afterwards: [],
    customFields,
  });
  return house;
}
