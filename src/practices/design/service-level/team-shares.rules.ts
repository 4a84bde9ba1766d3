import { type Calendar, workingTimeBetween } from '../../../commons/calendar/working-time.rules';
import type { Cycle, Phase } from './timeline.rules';

/** What one team used of a whole, in working seconds; null: nobody held the record. */
export interface TeamShare {
  team: string | null;
  elapsed_s: number;
}

/**
 * Which team used how much of a clock: its running phases, cut where the record changed hands. Working time between
 * instants adds up to the millisecond, so the shares sum to what the clock used.
 */
export const sharesOf = (calendar: Calendar, phases: readonly Phase[], cycles: readonly Cycle[]): TeamShare[] => {
  const holdings = cycles.filter(({ target }) => target === 'team');
  const used = new Map<string | null, number>();
  const add = (team: string | null, from: number, to: number) => {
    const work = to > from ? workingTimeBetween(calendar, from, to) : 0;
    if (work > 0) used.set(team, (used.get(team) ?? 0) + work);
  };
  for (const { kind, from, to } of phases) {
    if (kind !== 'running') continue;
    let at = from;
    for (const { start, end, team } of holdings) {
      const begins = Math.max(at, Math.min(to, start.at));
      const ends = Math.max(begins, Math.min(to, end?.at ?? to));
      add(null, at, begins);
      add(team ?? null, begins, ends);
      at = ends;
    }
    add(null, at, to);
  }
  return [...used].map(([team, work]) => ({ team, elapsed_s: work / 1000 }));
};
