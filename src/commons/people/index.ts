export { actorOf, actorsOf, allActors } from './actor';
export { personAt } from './addresses';
export { everyoneAtWork } from './at-work';
export { checkSame, type Same } from './merge';
export { countNaming, recordsNaming, renamed } from './naming';
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
