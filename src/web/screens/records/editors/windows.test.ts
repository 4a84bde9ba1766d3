import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../practices/design/service-level/ui/calendar-parts';
import { readWindows, writeWindows } from './windows';

describe('hours as people write them', () => {
  it('are read and written', () => {
    expect(readWindows('09:00–12:00, 13-17')).toEqual([
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ]);
    expect(readWindows('')).toEqual([]);
    expect(readWindows('morning')).toBeNull();
    expect(writeWindows([['22:00', '06:00']])).toBe('22:00–06:00');
  });

  it('past midnight belong to the next morning on the line', () => {
    expect(partsOf([], [['18:00', '06:00']])).toEqual([{ from: 0, to: 25 }]);
    expect(partsOf([['18:00', '24:00']])).toEqual([{ from: 75, to: 100 }]);
  });
});
