import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import { drainReactions } from '../../kernel/afterwards';
import type { Db } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { seal } from '../../kernel/seal';
import { fireTimers } from '../../kernel/timers';

/** One kind of background work: does what is due, answers how much it did. */
export type Chore = (now: Date) => Promise<number | null>;

/** A chore that need not be looked at more often than this. */
export function nowAndThen(everyMs: number, chore: Chore): Chore {
  let next = Number.NEGATIVE_INFINITY;
  return async (now) => {
    if (now.getTime() < next) return 0;
    next = now.getTime() + everyMs;
    return chore(now);
  };
}

export interface Worker {
  nudge(): void;
  /** Everything due up to now, until nothing is left: after the clock was moved. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

/** How long work that is nudged gathers. */
const gatherMs = 100;

/**
 * The background of one server process: seals history, fires timers, runs reactions and the chores it is given. Polling
 * is the truth; a nudge only makes it sooner.
 */
export function startWorker(
  db: Db,
  house: House,
  clock: Clock,
  log: Logger,
  holder: string,
  chores: Record<string, Chore> = {},
): Worker {
  const report = (problem: unknown) => log.warn({ err: problem }, 'a reaction or timer failed and will be tried again');
  const work: { name: string; everyMs: number; run: Chore; nudged?: boolean }[] = [
    { name: 'seal', everyMs: 250, nudged: true, run: () => seal(db, holder, new Date()) },
    { name: 'reactions', everyMs: 500, nudged: true, run: (now) => drainReactions(db, house, now, report) },
    { name: 'timers', everyMs: 500, run: (now) => fireTimers(db, house, now, report) },
    ...Object.entries(chores).map(([name, run]) => ({ name, everyMs: 500, run })),
  ];
  let stopped = false;
  const wakers = new Set<() => void>();
  const all = new Set<() => void>();
  const rest = (ms: number, nudged = false) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        all.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      if (nudged || ms > gatherMs) all.add(wake);
      if (nudged) wakers.add(wake);
    });
  // Whoever catches up works alone: what a loop has begun is ended first, or its work would be missed.
  let alone: Promise<void> | undefined;
  const begun = new Set<Promise<unknown>>();
  const inTurn = async (run: Chore): Promise<number | null> => {
    while (alone) await alone;
    const running = run(clock.now());
    begun.add(running);
    try {
      return await running;
    } finally {
      begun.delete(running);
    }
  };
  const everything = async () => {
    await Promise.allSettled([...begun]);
    for (let round = 0; round < 1_000; round++) {
      let did = 0;
      for (const { run } of work) did += (await run(clock.now())) ?? 0;
      if (did === 0) return;
    }
  };
  const loops = work.map(async ({ name, everyMs, run, nudged }) => {
    while (!stopped) {
      let did: number | null = 0;
      try {
        did = await inTurn(run);
      } catch (error) {
        if (!stopped) log.error({ err: error, chore: name }, 'background work failed; it is tried again');
        await rest(1_000);
      }
      // What is nudged gathers for a moment, so that a burst of requests is one set of work.
      if (nudged && !stopped) await rest(gatherMs);
      if (!did && !stopped) await rest(everyMs, nudged);
    }
  });
  return {
    nudge: () => {
      for (const wake of [...wakers]) wake();
    },
    async catchUp() {
      while (alone) await alone;
      const caught = everything();
      alone = caught.then(
        () => undefined,
        () => undefined,
      );
      try {
        await caught;
      } finally {
        alone = undefined;
      }
    },
    async stop() {
      stopped = true;
      for (const wake of [...all]) wake();
      await Promise.all(loops);
    },
  };
}
