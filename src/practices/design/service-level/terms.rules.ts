import type { Calendar } from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
import type { TargetName } from './clock.contract';

/** What is promised for one target. Nothing promised is `undefined`, or an amount of 0, or a deadline not set. */
export type Target =
  | { seconds: number }
  | { working_days: number; end_of_day?: boolean | undefined }
  /** A fixed deadline: the name of the field that holds the instant. Pauses do not move it. */
  | { at_field: string };

export type Targets = Partial<Record<TargetName, Target>>;

/** The agreement a clock is held to, as its explanation names it. */
export interface AgreementName {
  number: string;
  name: string;
  version: number;
}

/** The part of an agreement a clock needs, already chosen for one record (its priority, its department). */
export interface Terms {
  agreement: AgreementName | null;
  targets: Targets;
  /**
   * Slices of the whole, in seconds by team: what each may use of it, however often it holds the record. Where there are
   * some, the target `team` is what all the others have together.
   */
  slices?: Readonly<Record<string, number>>;
  pause_states: readonly string[];
  /** The targets that a pause state pauses; null: all of them. */
  pause_targets: readonly TargetName[] | null;
  stop_states: readonly string[];
  /** Stop states in which the promise is dropped rather than kept: cancelled. */
  cancel_states: readonly string[];
  /** The share of a target (0 to 1) after which a warning is due; null: no warning. */
  warn_share: number | null;
}

export interface NamedCalendar {
  name: string;
  calendar: Calendar;
}

/** Everything that decides what the clocks of one record say, besides what happened to it. */
export interface ClockDefinition {
  terms: Terms;
  calendar: NamedCalendar;
  /** The instants of fields that targets name by `at_field`. */
  deadlines: Readonly<Record<string, Instant | null>>;
}

/** What happened to a record, in time order; instants are UTC milliseconds. */
export type ClockEvent = { at: Instant } & (
  | { type: 'created'; state?: string | undefined; team?: string | null | undefined }
  /** `cancelled` marks a stop that drops the promise in a state that usually keeps it: a merge. */
  | { type: 'state'; to: string; cancelled?: boolean | undefined }
  | { type: 'agent_reply' }
  | { type: 'customer_reply' }
  | { type: 'team_change'; to: string | null }
  /** New terms from the original start: another agreement, version or priority. What is left out stays. */
  | { type: 'sla_change'; terms: Partial<Terms> }
  | { type: 'calendar_change'; calendar: NamedCalendar }
  | { type: 'deadline_change'; field: string; to: Instant | null }
);

export const defaultTerms: Terms = {
  agreement: null,
  targets: {},
  pause_states: [],
  pause_targets: null,
  stop_states: ['resolved', 'closed', 'cancelled'],
  cancel_states: ['cancelled'],
  warn_share: 0.75,
};

/** The definition as it stood after the event at `index`; changes hold from the original start, not from their time. */
export const definitionAfter = (
  definition: ClockDefinition,
  events: readonly ClockEvent[],
  index: number,
): ClockDefinition => {
  let { terms, calendar, deadlines } = definition;
  for (const event of events.slice(0, index + 1)) {
    if (event.type === 'sla_change') terms = { ...terms, ...event.terms };
    else if (event.type === 'calendar_change') calendar = event.calendar;
    else if (event.type === 'deadline_change') deadlines = { ...deadlines, [event.field]: event.to };
  }
  return { terms, calendar, deadlines };
};

/** Whose time a holding is counted with: the team itself where it has a slice, else all the others together. */
export const shareOf = (slices: Readonly<Record<string, number>>, team: string | undefined): string | null =>
  team !== undefined && Object.hasOwn(slices, team) ? team : null;

/** The promise for a target, with a deadline looked up; null when nothing is promised. */
export const promiseFor = (
  definition: ClockDefinition,
  name: TargetName,
): { seconds: number } | { working_days: number; end_of_day: boolean } | { deadline: Instant } | null => {
  const target = definition.terms.targets[name];
  if (target === undefined) return null;
  if ('seconds' in target) return target.seconds > 0 ? target : null;
  if ('working_days' in target) {
    return target.working_days > 0
      ? { working_days: target.working_days, end_of_day: target.end_of_day ?? false }
      : null;
  }
  const deadline = definition.deadlines[target.at_field] ?? null;
  return deadline === null ? null : { deadline };
};
