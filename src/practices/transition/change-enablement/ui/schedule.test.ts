import { describe, expect, test } from 'vitest';
import { daysFrom, inConflict, mondayOf, onDay, type Planned, wallOf } from './schedule.rules';

const change = (number: string, from: string, to: string, ...components: string[]): Planned => ({
  number,
  planned_start: `2026-03-${from}:00Z`,
  planned_end: `2026-03-${to}:00Z`,
  components,
});

describe('the calendar of changes', () => {
  test('begins on the Monday of the week, also on a Sunday and over the end of a month', () => {
    expect(mondayOf(Date.parse('2026-03-01T23:59:00Z'))).toBe('2026-02-23');
    expect(mondayOf(Date.parse('2026-03-02T00:00:00Z'))).toBe('2026-03-02');
    expect(daysFrom('2026-02-27', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  });

  test('counts days as the reader’s wall clock does', () => {
    expect(wallOf('2026-03-02T23:30:00Z', 'Europe/Berlin')).toBe('2026-03-03T00:30:00Z');
    expect(wallOf('2026-03-02T23:30:00Z', 'UTC')).toBe('2026-03-02T23:30:00Z');
  });

  test('shows a window on every day it touches, and not on the day at whose first instant it ends', () => {
    const night = change('a', '02T22:00', '04T00:00');
    expect(
      ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].filter((date) => onDay([night], date).length),
    ).toEqual(['2026-03-02', '2026-03-03']);
  });

  test('calls a conflict what meets on a component, not what only follows or stands elsewhere', () => {
    const rows = [
      change('a', '02T10:00', '02T12:00', 'db'),
      change('b', '02T11:00', '02T13:00', 'db', 'web'),
      change('c', '02T12:00', '02T13:00', 'gw'),
      change('d', '02T13:00', '02T14:00', 'db'),
    ];
    expect([...inConflict(rows)].sort()).toEqual(['a', 'b']);
  });
});
