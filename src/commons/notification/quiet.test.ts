import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Weekday, weekdays } from '../calendar';
import { toInstant, toWall, zoneNamed } from '../calendar/zone.rules';
import { choiceChange, delivered, loudMinutes, type QuietWindow, type Way } from './notice.contract';
import { nextDigest, planOf, quietUntil, type Reachable } from './quiet.rules';

const every: Weekday[] = [...weekdays];
const nights: QuietWindow[] = [
  { days: every, from: '18:00', until: '08:00' },
  { days: ['sat', 'sun'], from: '00:00', until: '00:00' },
];
const berlin: Reachable = {
  ...delivered,
  zone: 'Europe/Berlin',
  quiet: nights,
  absent_from: null,
  absent_until: null,
};
const at = (text: string) => Date.parse(text);
const local = (person: Reachable, instant: number | null) =>
  instant === null ? null : new Date(toWall(zoneNamed(person.zone), instant)).toISOString().slice(0, 16);

describe('quiet hours', () => {
  it('keep what comes on Saturday night until Monday morning', () => {
    const plan = planOf(berlin, 'answer', at('2026-11-21T22:10:00Z'));
    expect(plan).toMatchObject({ way: 'at_once', gathered: true, because: 'quiet' });
    expect(local(berlin, plan.at)).toBe('2026-11-23T08:00');
  });

  it('begin with their first minute and are over with their last', () => {
    expect(planOf(berlin, 'answer', at('2026-11-23T16:59:59Z')).gathered).toBe(false);
    expect(planOf(berlin, 'answer', at('2026-11-23T17:00:00Z')).gathered).toBe(true);
    expect(planOf(berlin, 'answer', at('2026-11-24T07:00:00Z')).gathered).toBe(false);
  });

  it('end at eight by the clock on the wall, also in the nights in which clocks change', () => {
    const nightly = { ...berlin, quiet: [{ days: every, from: '22:00', until: '08:00' }] };
    for (const [night, morning] of [
      ['2026-03-28T23:00:00Z', '2026-03-29T06:00:00Z'],
      ['2026-10-24T23:00:00Z', '2026-10-25T07:00:00Z'],
    ])
      expect(planOf(nightly, 'work', at(night!)).at).toBe(at(morning!));
    // 02:30 does not exist on that day: the window ends when it would have.
    const short = { ...berlin, quiet: [{ days: every, from: '01:00', until: '02:30' }] };
    expect(planOf(short, 'work', at('2026-03-29T00:30:00Z')).at).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('let pass what somebody lets pass, and nothing that is not critical', () => {
    const open = { ...berlin, passes: { promise: true, approval: false, major: false } };
    const night = at('2026-11-21T22:10:00Z');
    expect(planOf(open, 'promise', night)).toEqual({ way: 'at_once', at: night, gathered: false, because: 'passes' });
    expect(planOf(open, 'major', night).gathered).toBe(true);
    expect(planOf(open, 'answer', night).gathered).toBe(true);
  });

  it('never hold back for ever, and what is planned lies outside of them', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const window = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 7 }),
      from: time,
      until: time,
    });
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC');
    const way = fc.constantFrom<Way>('at_once', 'digest');
    fc.assert(
      fc.property(
        fc.array(window, { maxLength: 5 }).filter((quiet) => loudMinutes(quiet) >= 60),
        zone,
        way,
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        (quiet, zoneName, chosen, from) => {
          const person: Reachable = {
            ...berlin,
            zone: zoneName,
            quiet,
            ways: { ...delivered.ways, answer: chosen },
          };
          const plan = planOf(person, 'answer', from);
          expect(plan.at).toBeGreaterThanOrEqual(from);
          expect(plan.at! - from).toBeLessThan(16 * 86_400_000);
          expect(quietUntil(person, plan.at!)).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('absence', () => {
  const away = { ...berlin, quiet: [], absent_from: '2026-03-03', absent_until: '2026-03-05' };
  it('keeps what is not critical until the day after, where the person is', () => {
    const plan = planOf(away, 'answer', at('2026-03-04T09:00:00Z'));
    expect(plan).toMatchObject({ gathered: true, because: 'absent', at: at('2026-03-05T23:00:00Z') });
    expect(planOf(away, 'major', at('2026-03-04T09:00:00Z')).gathered).toBe(false);
    expect(planOf(away, 'answer', at('2026-03-02T22:59:00Z')).gathered).toBe(false);
  });

  it('that ends in the night goes on until quiet hours are over', () => {
    expect(local(berlin, planOf({ ...away, quiet: nights }, 'answer', at('2026-03-04T09:00:00Z')).at)).toBe(
      '2026-03-06T08:00',
    );
  });
});

describe('a digest', () => {
  it('comes at the chosen time, every hour or day, and in quiet hours at their end', () => {
    expect(nextDigest({ every: 'day', at: '08:00' }, 'Europe/Berlin', at('2026-03-02T07:00:00Z'))).toBe(
      at('2026-03-03T07:00:00Z'),
    );
    expect(nextDigest({ every: 'hour' }, 'Asia/Kolkata', at('2026-03-02T07:05:00Z'))).toBe(at('2026-03-02T07:30:00Z'));
    const gathering = { ...berlin, ways: { ...delivered.ways, watch: 'digest' as const } };
    expect(local(berlin, planOf(gathering, 'watch', at('2026-11-20T10:00:00Z')).at)).toBe('2026-11-23T08:00');
  });

  it('of each hour comes once in the hour that comes twice', () => {
    const before = at('2026-10-25T00:30:00Z');
    const first = nextDigest({ every: 'hour' }, 'Europe/Berlin', before);
    expect(first).toBeGreaterThan(before);
    expect(first - before).toBeLessThanOrEqual(90 * 60_000);
    expect(toInstant(zoneNamed('Europe/Berlin'), toWall(zoneNamed('Europe/Berlin'), first))).toBe(first);
  });
});

describe('choices', () => {
  it('that leave no hour of the week, or name what does not exist, are refused with a sentence', () => {
    const whole = choiceChange.safeParse({ quiet: [{ days: every, from: '00:00', until: '00:00' }] });
    expect(String(whole.error?.issues[0]?.message)).toMatch(/one hour of the week/);
    expect(choiceChange.safeParse({ ways: { gossip: 'never' } }).success).toBe(false);
    expect(choiceChange.safeParse({ passes: { answer: true } }).success).toBe(false);
    expect(choiceChange.safeParse({ quiet: [{ days: ['mon'], from: '25:00', until: '08:00' }] }).success).toBe(false);
    expect(choiceChange.safeParse({ ways: { answer: null }, digest: null }).success).toBe(true);
  });
});
