/**
 * The product's clock. The only place that asks the machine for the time: everywhere else time is an argument,
 * so that demonstrations and tests can move it.
 */
export interface Clock {
  now(): Date;
  /** Moves the clock forward; only a settable clock has it. */
  advance?(seconds: number): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that starts at an instant and runs on from there, as the machine's time runs. */
export function settableClock(start: Date): Required<Clock> {
  let ahead = start.getTime() - Date.now();
  const now = () => new Date(Date.now() + ahead);
  return {
    now,
    advance(seconds) {
      ahead += seconds * 1000;
      return now();
    },
  };
}

/** A clock that stands still until it is moved: for tests. */
export function stoppedClock(start: Date): Required<Clock> {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance(seconds) {
      at += seconds * 1000;
      return new Date(at);
    },
  };
}
