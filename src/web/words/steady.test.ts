import { describe, expect, it } from 'vitest';
import { steady } from './steady';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const ids = (list: { id: string }[]) => list.map((row) => row.id).join('');

describe('rows on the screen', () => {
  it('do not change places when the answer orders them anew', () => {
    expect(ids(steady(rows('a', 'b', 'c'), rows('c', 'a', 'b')))).toBe('abc');
  });
  it('let new ones in after the row they follow', () => {
    expect(ids(steady(rows('a', 'b'), rows('n', 'a', 'm', 'b', 'z')))).toBe('nambz');
  });
  it('lose those that left, but not the one that stands open', () => {
    expect(ids(steady(rows('a', 'b', 'c'), rows('a'), 'c'))).toBe('ac');
  });
  it('show what is new in a row that stayed', () => {
    expect(steady([{ id: 'a', state: 'new' }], [{ id: 'a', state: 'closed' }])[0]?.state).toBe('closed');
  });
});
