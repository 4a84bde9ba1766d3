export { calendar, calendarVerbs, definitionOf } from './calendar';
export * from './calendar.contract';
export { countries, gather, holidaysOf, regions } from './holidays';
export { mostYears, observing } from './holidays.contract';
export { observeVerbs, readObserving, type Weighed, weigh, withDays } from './observe';
export {
  addWorkingDays,
  addWorkingTime,
  type Calendar,
  calendarFrom,
  type Direction,
  holidaysWithin,
  isWorkingTime,
  lastWorkingTime,
  nextWorkingTime,
  type Span,
  spansBetween,
  workingTimeBetween,
} from './working-time.rules';
export { type Instant, toInstant, toWall, zoneNamed } from './zone.rules';
