import { describe, expect, it } from 'vitest';
import { wholeWords } from './excerpt';

describe('an excerpt', () => {
  it('begins and ends between words where it was cut', () => {
    expect(wholeWords('…n money because people pay by card. Please switc…')).toBe(
      '… money because people pay by card. Please …',
    );
  });
  it('stays as it is where nothing was cut', () => {
    expect(wholeWords('Every card is refused.')).toBe('Every card is refused.');
  });
});
