export { calendar, calendarVerbs, definitionOf } from './calendar';
export * from './calendar.contract';
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
