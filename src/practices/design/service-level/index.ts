export * from './clock.contract';
export { type Clock, nextDue, type ReplayOptions, replay } from './clock.rules';
export type { Segment } from './explain.rules';
export {
  type AgreementName,
  type ClockDefinition,
  type ClockEvent,
  defaultTerms,
  type NamedCalendar,
  type Target,
  type Targets,
  type Terms,
} from './terms.rules';
export { type KindSummary, summarise, type Verdict, verify } from './verify.rules';
