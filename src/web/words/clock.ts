import type { Clock } from '../api/types';
import { clockFigure, durationWords, type Units } from './time';

/** What a clock says beside its bar. `key` names the sentence, `left` the figure in it. */
export interface ClockReading {
  key: 'met' | 'over' | 'left' | 'paused' | 'stopped' | 'late_end' | 'until';
  figure: string;
  of: string;
  tone: 'good' | 'risk' | 'broken' | 'calm' | 'quiet';
  elapsed: number;
}

/** Seconds counted until now: a running clock goes on since it was read at `readAt`, all others stand still. */
export function elapsedNow(clock: Clock, readAt: number, now: number): number {
  const last = clock.explain.at(-1);
  const counting = clock.state === 'running' && !(clock.breached && last && !last.counts) && (!last || last.counts);
  return clock.elapsed_s + (counting ? Math.max(0, (now - readAt) / 1000) : 0);
}

/** Reads one clock at an instant. Seconds in, words out; never says less than is true. */
export function readClock(clock: Clock, readAt: number, now: number, units: Units): ClockReading {
  const elapsed = elapsedNow(clock, readAt, now);
  const of = clock.target_s === null ? '' : clockFigure(clock.target_s);
  if (clock.state === 'met') return { key: 'met', figure: clockFigure(elapsed), of, tone: 'quiet', elapsed };
  if (clock.state === 'stopped') return { key: 'stopped', figure: clockFigure(elapsed), of, tone: 'quiet', elapsed };
  const over = clock.target_s === null ? null : elapsed - clock.target_s;
  if (clock.state === 'breached' || clock.breached) {
    const late = over !== null && over > 0 ? over : (now - Date.parse(clock.promised_at ?? clock.due_at ?? '')) / 1000;
    return { key: 'over', figure: durationWords(Number.isFinite(late) ? late : 0, units), of, tone: 'broken', elapsed };
  }
  const left = clock.target_s === null ? (Date.parse(clock.due_at ?? '') - now) / 1000 : clock.target_s - elapsed;
  if (clock.state === 'paused') {
    return {
      key: 'paused',
      figure: Number.isFinite(left) ? durationWords(left, units) : '',
      of,
      tone: 'quiet',
      elapsed,
    };
  }
  if (left < 0) return { key: 'over', figure: durationWords(-left, units), of, tone: 'broken', elapsed };
  const quarter = clock.target_s !== null && left <= clock.target_s / 4;
  return { key: 'left', figure: durationWords(left, units), of, tone: quarter ? 'risk' : 'calm', elapsed };
}

export interface TrackPart {
  kind: 'run' | 'pause';
  share: number;
}

/**
 * The bar of a clock: parts in their order, as shares (0–100) of the longer of target and what has passed. Closed hours
 * take no room: they are not time of this clock.
 */
export function trackOf(clock: Clock, readAt: number, now: number): { parts: TrackPart[]; promise: number } {
  const extra = elapsedNow(clock, readAt, now) - clock.elapsed_s;
  const raw: { kind: 'run' | 'pause'; seconds: number }[] = [];
  for (const segment of clock.explain) {
    if (segment.kind === 'closed' || segment.kind === 'stopped') continue;
    const kind = segment.counts ? 'run' : 'pause';
    const last = raw.at(-1);
    if (last?.kind === kind) last.seconds += segment.seconds;
    else raw.push({ kind, seconds: segment.seconds });
  }
  const tail = raw.at(-1);
  if (extra > 0) {
    if (tail?.kind === 'run') tail.seconds += extra;
    else raw.push({ kind: 'run', seconds: extra });
  }
  const run = raw.filter((part) => part.kind === 'run').reduce((sum, part) => sum + part.seconds, 0);
  const pause = raw.filter((part) => part.kind === 'pause').reduce((sum, part) => sum + part.seconds, 0);
  const target = clock.target_s ?? Math.max(run, 1);
  // A long wait may not swallow the bar: all pauses together take at most a sixth of it.
  const whole = Math.max(target, run) || 1;
  const room = pause > 0 ? Math.min(100 / 6, (pause / whole) * 100) : 0;
  const scale = 100 - room;
  const parts = raw.map((part) => ({
    kind: part.kind,
    share: part.kind === 'run' ? (part.seconds / whole) * scale : pause ? (part.seconds / pause) * room : 0,
  }));
  return { parts, promise: run > target ? (target / whole) * scale + room : 100 };
}
