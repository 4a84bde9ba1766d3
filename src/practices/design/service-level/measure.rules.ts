import {
  addWorkingDays,
  addWorkingTime,
  type Calendar,
  workingTimeBetween,
} from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
import type { Phase } from './timeline.rules';

/** How much of a promise is used, in working milliseconds, and when it is used up. */
export interface Measure {
  elapsed: number;
  paused: number;
  breached: boolean;
  /** The instant the promise reaches to, by what is known of pauses so far; null when it never ran or never ends. */
  promised_at: Instant | null;
  /** The first instant that lies past the promise: a promise used up exactly is still kept. */
  breach_at: Instant | null;
  /** The instant at which the given share of the promise is used. */
  warn_at: Instant | null;
}

type Promised = { seconds: number } | { working_days: number; end_of_day: boolean } | { deadline: Instant };

/** Sums the working time of the phases of one kind. */
const workIn = (calendar: Calendar, phases: readonly Phase[], kind: Phase['kind']): number =>
  phases.reduce(
    (sum, phase) => (phase.kind === kind ? sum + workingTimeBetween(calendar, phase.from, phase.to) : sum),
    0,
  );

/** The instant at which `amount` working milliseconds were or will be used, going on from the last running phase. */
const usedUpAt = (calendar: Calendar, phases: readonly Phase[], amount: number): Instant | null => {
  const running = phases.filter(({ kind }) => kind === 'running');
  let rest = amount;
  for (const [index, phase] of running.entries()) {
    const work =
      index === running.length - 1 ? Number.POSITIVE_INFINITY : workingTimeBetween(calendar, phase.from, phase.to);
    if (work >= rest) return addWorkingTime(calendar, phase.from, rest);
    rest -= work;
  }
  return null;
};

/**
 * A due instant counted in days, moved by the working time of each interruption that began before it. States that
 * follow each other without running in between are one interruption.
 */
const movedBy = (calendar: Calendar, phases: readonly Phase[], due: Instant | null): Instant | null => {
  let moved = due;
  let began: Instant | null = null;
  const last = phases.findLastIndex(({ kind }) => kind === 'running');
  for (const phase of phases.slice(0, last + 1)) {
    if (phase.kind !== 'running') began ??= phase.from;
    else {
      if (began !== null && moved !== null && began < moved) {
        const lost = workingTimeBetween(calendar, began, phase.from);
        if (lost > 0) moved = addWorkingTime(calendar, moved, lost);
      }
      began = null;
    }
  }
  return moved;
};

/**
 * Measures the phases of a clock that started at `start` against what was promised.
 * An amount of working time is past when more was used; a promise in days or at an instant, when time ran beyond it.
 */
export const measure = (
  calendar: Calendar,
  start: Instant,
  phases: readonly Phase[],
  promised: Promised,
  warnShare: number | null,
): Measure => {
  const elapsed = workIn(calendar, phases, 'running');
  const paused = workIn(calendar, phases, 'paused');
  const ran = phases.findLast(({ kind }) => kind === 'running');
  const warning = (allowance: number): Instant | null =>
    warnShare === null || allowance <= 0
      ? null
      : usedUpAt(calendar, phases, Math.max(1, Math.round(allowance * warnShare)));
  if (!ran) return { elapsed, paused, breached: false, promised_at: null, breach_at: null, warn_at: null };
  if ('seconds' in promised) {
    const allowance = Math.round(promised.seconds * 1000);
    return {
      elapsed,
      paused,
      breached: elapsed > allowance,
      promised_at: usedUpAt(calendar, phases, allowance),
      breach_at: usedUpAt(calendar, phases, allowance + 1),
      warn_at: warning(allowance),
    };
  }
  const first =
    'deadline' in promised
      ? promised.deadline
      : addWorkingDays(calendar, start, promised.working_days, promised.end_of_day);
  const due = 'deadline' in promised ? first : movedBy(calendar, phases, first);
  return {
    elapsed,
    paused,
    breached: due !== null && ran.to > due,
    promised_at: due,
    breach_at: due === null ? null : Math.max(due + 1, start),
    warn_at: first === null ? null : warning(workingTimeBetween(calendar, start, first)),
  };
};
