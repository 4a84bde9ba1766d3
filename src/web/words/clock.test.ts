import { describe, expect, it } from 'vitest';
import type { Clock } from '../api/types';
import { elapsedNow, readClock, trackOf } from './clock';

const units = { s: 's', min: 'min', h: 'h', d: 'd' };
const readAt = Date.parse('2026-11-21T18:21:30Z');
const segment = (kind: 'running' | 'paused' | 'closed', seconds: number) => ({
  from: '2026-11-21T17:12:04Z',
  to: '2026-11-21T18:21:30Z',
  kind,
  seconds,
  counts: kind === 'running',
  calendar: null,
  rule: null,
});
const clock = (part: Partial<Clock>): Clock => ({
  target: 'resolution',
  state: 'running',
  started_at: '2026-11-21T17:12:04Z',
  due_at: '2026-11-21T19:19:34Z',
  target_s: 7200,
  elapsed_s: 3716,
  paused_s: 450,
  breached: false,
  agreement: null,
  calendar: null,
  explain: [segment('running', 276), segment('paused', 450), segment('running', 3440)],
  ...part,
});

describe('a clock', () => {
  it('runs on since it was read, but only while it runs', () => {
    expect(elapsedNow(clock({}), readAt, readAt + 60_000)).toBe(3776);
    expect(elapsedNow(clock({ state: 'paused' }), readAt, readAt + 60_000)).toBe(3716);
    expect(
      elapsedNow(clock({ explain: [segment('running', 276), segment('closed', 9)] }), readAt, readAt + 60_000),
    ).toBe(3716);
  });

  it('says what is left, turns amber in the last quarter, and says how much over', () => {
    expect(readClock(clock({}), readAt, readAt, units)).toMatchObject({ key: 'left', figure: '58 min', tone: 'calm' });
    expect(readClock(clock({ elapsed_s: 5400 }), readAt, readAt, units)).toMatchObject({
      key: 'left',
      figure: '30 min',
      tone: 'risk',
    });
    expect(readClock(clock({ elapsed_s: 8520, breached: true }), readAt, readAt, units)).toMatchObject({
      key: 'over',
      figure: '22 min',
      tone: 'broken',
    });
    expect(readClock(clock({ state: 'met', elapsed_s: 146, target_s: 900 }), readAt, readAt, units)).toMatchObject({
      key: 'met',
      figure: '2:26',
      of: '15:00',
    });
  });

  it('draws runs and pauses in their order, within the whole bar', () => {
    const { parts, promise } = trackOf(clock({}), readAt, readAt);
    expect(parts.map((part) => part.kind)).toEqual(['run', 'pause', 'run']);
    expect(parts.reduce((sum, part) => sum + part.share, 0)).toBeLessThan(100);
    expect(promise).toBe(100);
  });

  it('moves the promise inside the bar once it is broken', () => {
    const late = trackOf(
      clock({ elapsed_s: 9000, explain: [segment('running', 9000)], breached: true }),
      readAt,
      readAt,
    );
    expect(late.promise).toBeCloseTo(80);
    expect(late.parts[0]?.share).toBeCloseTo(100);
  });
});
