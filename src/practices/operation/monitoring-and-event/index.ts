export { alert, alertVerbs } from './alert';
export { alertSource, alertSourceVerbs } from './alert-source';
export {
  bodiesOf,
  finishBodies,
  forgetBodies,
  type Gone,
  type KeptBody,
  keepBody,
  replayBody,
  waitingBodies,
} from './bodies';
export {
  alertsByKey,
  deskDepartment,
  digestOf,
  type GroupIncident,
  incidentsOfGroups,
  type KnownAlert,
  type Source,
  sourcesBy,
} from './known';
export { checkMapping } from './mapping';
export {
  alertmanagerBody,
  forms,
  type Mapping,
  mapping,
  type Notice,
  type Severity,
  severities,
} from './monitoring.contract';
export { atLeast, scores, worstOf } from './notice.rules';
export { type Understood, understand } from './understand';
