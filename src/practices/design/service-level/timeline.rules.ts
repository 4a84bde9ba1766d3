import type { Instant } from '../../../commons/calendar/zone.rules';
import type { TargetName } from './clock.contract';
import type { ClockEvent, Terms } from './terms.rules';

/** Where something happened: its time, and its place among the events, which decides between equal times. */
export interface Mark {
  at: Instant;
  index: number;
}

/** One run of a clock from its start to the event that ended it. Only `update` and `team` have more than one. */
export interface Cycle {
  target: TargetName;
  number: number;
  start: Mark;
  end: Mark | null;
  /** Of a `team` cycle: who holds the record. */
  team?: string;
}

/** A stretch in one state of the record, as one target sees it. */
export interface Phase {
  from: Instant;
  to: Instant;
  kind: 'running' | 'paused' | 'stopped';
  state: string;
  /** The place of the event that began the state. */
  index: number;
  cancelled: boolean;
}

/**
 * The cycles that the events begin and end. `first_response` ends with the first agent reply, `update` runs from a
 * customer's reply to the agent's, `team` while one team holds the record; `resolution` only stops with the state.
 */
export const cyclesOf = (events: readonly ClockEvent[]): Cycle[] => {
  const cycles: Cycle[] = [];
  const running = (target: TargetName) => cycles.findLast((cycle) => cycle.target === target && cycle.end === null);
  const begin = (target: TargetName, start: Mark, holder?: string) => {
    const number = cycles.filter((cycle) => cycle.target === target).length + 1;
    cycles.push({ target, number, start, end: null, ...(holder === undefined ? {} : { team: holder }) });
  };
  const finish = (target: TargetName, end: Mark) => {
    const cycle = running(target);
    if (cycle) cycle.end = end;
  };
  let team: string | null = null;
  const handOver = (to: string | null, mark: Mark) => {
    if (to === team) return;
    finish('team', mark);
    if (to !== null) begin('team', mark, to);
    team = to;
  };
  events.forEach((event, index) => {
    const mark = { at: event.at, index };
    if (event.type === 'created') {
      begin('first_response', mark);
      begin('resolution', mark);
      handOver(event.team ?? null, mark);
    } else if (event.type === 'agent_reply') {
      finish('first_response', mark);
      finish('update', mark);
    } else if (event.type === 'customer_reply') {
      if (!running('update')) begin('update', mark);
    } else if (event.type === 'team_change') {
      handOver(event.to, mark);
    }
  });
  return cycles;
};

const kindOf = (state: string, terms: Terms, pausable: boolean): Phase['kind'] => {
  if (terms.stop_states.includes(state) || terms.cancel_states.includes(state)) return 'stopped';
  return pausable && terms.pause_states.includes(state) ? 'paused' : 'running';
};

/**
 * The states of the record from the start of a cycle to its end (or to `until`), as the terms see them. Gapless; only
 * the last, which says how things stand now, may be empty.
 */
export const phasesOf = (
  events: readonly ClockEvent[],
  cycle: Cycle,
  until: Instant,
  terms: Terms,
  pausable: boolean,
): Phase[] => {
  const phases: Phase[] = [];
  const end = cycle.end?.at ?? until;
  events.forEach((event, index) => {
    if (event.type !== 'created' && event.type !== 'state') return;
    if (cycle.end && index > cycle.end.index) return;
    const state = event.type === 'created' ? (event.state ?? 'open') : event.to;
    const from = Math.max(event.at, cycle.start.at);
    const last = phases.at(-1);
    if (last) last.to = from;
    if (last && last.from === from) phases.pop();
    const cancelled = terms.cancel_states.includes(state) || (event.type === 'state' && event.cancelled === true);
    phases.push({ from, to: end, kind: kindOf(state, terms, pausable), state, index, cancelled });
  });
  return phases;
};

/** The first phase of the stop that lasts until now; null while the clock may run. */
export const lastingStop = (phases: readonly Phase[]): Phase | null => {
  const before = phases.findLastIndex((phase) => phase.kind !== 'stopped');
  return phases[before + 1] ?? null;
};
