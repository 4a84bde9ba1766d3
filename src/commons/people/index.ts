export { actorOf, actorsOf, allActors } from './actor';
export { type OpenWork, openWorkOf } from './open-work';
export {
  administrator,
  department,
  organization,
  peopleTypes,
  peopleVerbs,
  person,
  staff,
  staffOutsideWalls,
  team,
} from './people';
export { agentRoles, overseeingRoles, readingRoles, roles, staffRoles } from './roles';
