import { workingTimeBetween } from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
import type { ClockState, TargetName } from './clock.contract';
import { explain, type Segment } from './explain.rules';
import { type Measure, measure } from './measure.rules';
import { sharesOf, type TeamShare } from './team-shares.rules';
import {
  type AgreementName,
  type ClockDefinition,
  type ClockEvent,
  definitionAfter,
  promiseFor,
  shareOf,
} from './terms.rules';
import { type Cycle, cyclesOf, lastingStop, type Mark, phasesOf } from './timeline.rules';

/** One promise about one record, as it stands at an instant. Instants are UTC milliseconds, durations seconds. */
export interface Clock {
  target: TargetName;
  /** 1 for the first run of this target; an `update` clock runs again with each question, a `team` clock per team. */
  cycle: number;
  state: ClockState;
  started_at: Instant;
  ended_at: Instant | null;
  /** Null while paused or ended. */
  due_at: Instant | null;
  /** The last due instant there was. */
  promised_at: Instant | null;
  /** Null for targets in working days and fixed deadlines. */
  target_s: number | null;
  elapsed_s: number;
  paused_s: number;
  breached: boolean;
  /** When the promise was or will be broken: the first instant past it. Null while paused or ended in time. */
  breach_at: Instant | null;
  /** When the warning was or will be due. Null while paused or ended. */
  warn_at: Instant | null;
  agreement: AgreementName | null;
  calendar: string;
  /** Of a `team` clock: who holds the record. */
  team: string | null;
  /** Of a slice: what it is in whole, and what was used of it before this run. */
  slice: { whole_s: number; before_s: number } | null;
  /** Of `resolution`, where it is explained: which team used how much; sums to `elapsed_s`. Null: no team. */
  shares: TeamShare[];
  /** The slices in force, in seconds by team. */
  slices: Readonly<Record<string, number>>;
  explain: Segment[];
}

export interface ReplayOptions {
  /** False leaves `explain` empty, for sweeps that only want to know how things stand. */
  explain?: boolean;
  /** True answers with every run of a target, earlier ones first; false with the last one only. */
  every_cycle?: boolean;
}

interface Ending extends Mark {
  /** True when the promise could be kept by this ending, false when it was dropped. */
  keeps: boolean;
}

/** What ended a cycle: a reply or hand-over, or the stop that lasts until now. */
const endingOf = (
  events: readonly ClockEvent[],
  cycle: Cycle,
  at: Instant,
  definition: ClockDefinition,
): Ending | null => {
  if (cycle.end) return { ...cycle.end, keeps: true };
  const stop = lastingStop(phasesOf(events, cycle, at, definition.terms, false));
  if (!stop) return null;
  // Resolving keeps what is promised about the work; a reply that never came is not kept by it.
  const keeps = !stop.cancelled && (cycle.target === 'resolution' || cycle.target === 'team');
  return { at: stop.from, index: Math.max(stop.index, cycle.start.index), keeps };
};

const stateOf = (ending: Ending | null, paused: boolean, breached: boolean): ClockState => {
  if (ending) return breached ? 'breached' : ending.keeps ? 'met' : 'stopped';
  if (paused) return 'paused';
  return breached ? 'breached' : 'running';
};

type Promised = NonNullable<ReturnType<typeof promiseFor>>;

/**
 * What a team may use in this run: its slice, less what it used of it before. Those without a slice of their own share
 * what is left to the others. Null where no slices are promised.
 */
const sliceOf = (
  definition: ClockDefinition,
  events: readonly ClockEvent[],
  cycles: readonly Cycle[],
  cycle: Cycle,
  at: Instant,
): { whole: number; before: number } | null => {
  const { terms, calendar } = definition;
  const slices = terms.slices ?? {};
  if (cycle.target !== 'team' || Object.keys(slices).length === 0) return null;
  const mine = shareOf(slices, cycle.team);
  const rest = terms.targets.team;
  const whole = mine === null ? (rest && 'seconds' in rest ? rest.seconds : 0) : slices[mine]!;
  if (whole <= 0) return null;
  const pausable = terms.pause_targets?.includes('team') ?? true;
  const before = cycles
    .filter((one) => one.target === 'team' && one.number < cycle.number && shareOf(slices, one.team) === mine)
    .flatMap((one) => phasesOf(events, one, at, terms, pausable))
    .reduce(
      (sum, phase) =>
        sum + (phase.kind === 'running' ? workingTimeBetween(calendar.calendar, phase.from, phase.to) : 0),
      0,
    );
  return { whole: Math.round(whole * 1000), before };
};

const readClock = (
  first: ClockDefinition,
  events: readonly ClockEvent[],
  cycles: readonly Cycle[],
  cycle: Cycle,
  at: Instant,
  withSegments: boolean,
): Clock | null => {
  const now = definitionAfter(first, events, events.length - 1);
  const ending = endingOf(events, cycle, at, now);
  // What has ended keeps its values: later changes of agreement, calendar or deadline do not judge it anew.
  const definition = ending ? definitionAfter(first, events, ending.index) : now;
  const slice = sliceOf(definition, events, cycles, cycle, at);
  const sliced = cycle.target === 'team' && Object.keys(definition.terms.slices ?? {}).length > 0;
  const promised: Promised | null = slice
    ? { seconds: Math.max(0, slice.whole - slice.before) / 1000 }
    : sliced
      ? null
      : promiseFor(definition, cycle.target);
  if (!promised) return null;
  const { terms, calendar } = definition;
  const pausable = !('deadline' in promised) && (terms.pause_targets?.includes(cycle.target) ?? true);
  const phases = phasesOf(events, { ...cycle, end: ending }, at, terms, pausable);
  const measured: Measure = measure(calendar.calendar, cycle.start.at, phases, promised, terms.warn_share);
  const state = stateOf(ending, phases.at(-1)?.kind === 'paused', measured.breached);
  const running = ending === null && state !== 'paused';
  return {
    target: cycle.target,
    cycle: cycle.number,
    state,
    started_at: cycle.start.at,
    ended_at: ending?.at ?? null,
    due_at: running ? measured.promised_at : null,
    promised_at: measured.promised_at,
    target_s: 'seconds' in promised ? promised.seconds : null,
    elapsed_s: measured.elapsed / 1000,
    paused_s: measured.paused / 1000,
    breached: measured.breached,
    breach_at: running || measured.breached ? measured.breach_at : null,
    warn_at: running ? measured.warn_at : null,
    agreement: terms.agreement,
    calendar: calendar.name,
    team: cycle.team ?? null,
    slice: slice && { whole_s: slice.whole / 1000, before_s: slice.before / 1000 },
    slices: terms.slices ?? {},
    shares: withSegments && cycle.target === 'resolution' ? sharesOf(calendar.calendar, phases, cycles) : [],
    explain: withSegments ? explain(calendar, terms, phases) : [],
  };
};

/**
 * How the clocks of a record stand at `at`: a pure function of what happened up to then (events at `at` included).
 * Events come in time order and begin with `created`; without it there are no clocks. Targets for which nothing is
 * promised have no clock, nor has `update` before a customer's reply or `team` before a team.
 */
export const replay = (
  definition: ClockDefinition,
  events: readonly ClockEvent[],
  at: Instant,
  options: ReplayOptions = {},
): Clock[] => {
  const past = events.filter((event) => event.at <= at);
  const cycles = cyclesOf(past);
  return cycles
    .filter((cycle) => options.every_cycle || !cycles.some((c) => c.target === cycle.target && c.number > cycle.number))
    .map((cycle) => readClock(definition, past, cycles, cycle, at, options.explain ?? true))
    .filter((clock) => clock !== null);
};

/** The next instant after `after` at which something about this clock is to be done; null while paused or ended. */
export const nextDue = (clock: Clock, after: Instant): { kind: 'warning' | 'breach'; at: Instant } | null => {
  if (clock.due_at === null) return null;
  if (clock.warn_at !== null && clock.warn_at > after && clock.warn_at < clock.due_at) {
    return { kind: 'warning', at: clock.warn_at };
  }
  return clock.breach_at !== null && clock.breach_at > after ? { kind: 'breach', at: clock.breach_at } : null;
};
