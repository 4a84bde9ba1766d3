import { describe, expect, it } from 'vitest';
import { clockFigure, dueGroup, dueWords, durationWords, onDay, stampWords, whenWords } from './time';

const units = { s: 's', min: 'min', h: 'h', d: 'd' };
const now = Date.parse('2026-11-21T17:00:00Z');

describe('the same time on another day', () => {
  it('is that day and time of the zone, also over a night in which its clock changes', () => {
    const moved = (at: string, day: string, zone?: string) => onDay(at, day, zone).toISOString();
    expect(moved('2026-11-21T17:30:00Z', '2026-11-19', 'UTC')).toBe('2026-11-19T17:30:00.000Z');
    // In Berlin the clocks went forward on 29 March and back on 25 October 2026.
    expect(moved('2026-03-30T21:30:00Z', '2026-03-27', 'Europe/Berlin')).toBe('2026-03-27T22:30:00.000Z');
    expect(moved('2026-03-27T23:30:00Z', '2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:30:00.000Z');
    expect(moved('2026-10-26T23:15:00Z', '2026-10-20', 'Europe/Berlin')).toBe('2026-10-19T22:15:00.000Z');
    // There was no half past two in this night.
    expect(moved('2026-03-28T01:30:00Z', '2026-03-29', 'Europe/Berlin').slice(0, 10)).toBe('2026-03-29');
  });
});

describe('words for time', () => {
  it('say a duration in at most two parts, never rounded up', () => {
    expect([59, 60, 3599, 3600, 4320, 86_400, 100_800].map((seconds) => durationWords(seconds, units))).toEqual([
      '59 s',
      '1 min',
      '59 min',
      '1 h',
      '1 h 12',
      '1 d',
      '1 d 4 h',
    ]);
  });

  it('keep seconds where sums must add up', () => {
    expect([146, 3716, 7200].map(clockFigure)).toEqual(['2:26', '1:01:56', '2:00:00']);
  });

  it('name an instant as shortly as today allows', () => {
    expect(whenWords('2026-11-21T20:30:00Z', now, 'en', 'Europe/Lisbon')).toBe('20:30');
    expect(whenWords('2026-11-23T11:00:00Z', now, 'en', 'Europe/Lisbon')).toBe('Mon 11:00');
    expect(whenWords('2026-10-02T11:00:00Z', now, 'en', 'Europe/Lisbon')).toBe('2 Oct');
    expect(whenWords('2016-03-02T11:00:00Z', now, 'en', 'Europe/Lisbon')).toBe('2 Mar 2016');
  });

  it('keep their time on an older day where there is room', () => {
    expect(stampWords('2026-11-21T20:30:00Z', now, 'en', 'Europe/Lisbon')).toBe('20:30');
    expect(stampWords('2026-11-23T11:00:00Z', now, 'en', 'Europe/Lisbon')).toBe('Mon 11:00');
    expect(stampWords('2016-03-02T11:00:00Z', now, 'en', 'Europe/Lisbon')).toBe('2 Mar 2016, 11:00');
  });

  it('count the day in the reader’s zone', () => {
    expect(whenWords('2026-11-21T23:30:00Z', now, 'en', 'Europe/Berlin')).toBe('Sun 00:30');
  });

  it('tell what is left near the promise, and how late it is after it', () => {
    expect(dueWords('2026-11-21T17:58:00Z', now, 'en', units, 'UTC')).toMatchObject({
      words: '58 min',
      tone: 'broken',
      late: false,
    });
    expect(dueWords('2026-11-21T18:30:00Z', now, 'en', units, 'UTC')).toMatchObject({ words: '1 h 30', tone: 'calm' });
    expect(dueWords('2026-11-21T16:30:00Z', now, 'en', units, 'UTC')).toMatchObject({ words: '−30 min', late: true });
    expect(dueWords('2026-11-21T22:00:00Z', now, 'en', units, 'UTC').words).toBe('22:00');
  });

  it('group promises by what they ask of me now', () => {
    const at = (text: string | null) => dueGroup(text, now, 'UTC');
    expect([
      at('2026-11-21T16:00:00Z'),
      at('2026-11-21T18:00:00Z'),
      at('2026-11-21T22:00:00Z'),
      at('2026-11-22T09:00:00Z'),
      at('2026-11-24T09:00:00Z'),
      at(null),
    ]).toEqual(['late', 'soon', 'today', 'tomorrow', 'later', 'none']);
  });
});
