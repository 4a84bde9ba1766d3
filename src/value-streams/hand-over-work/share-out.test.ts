import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Colleague, shareOut } from './share-out.rules';

const colleague = (id: string, more: Partial<Colleague> = {}): Colleague => ({
  id,
  name: id,
  absent: false,
  on_shift: true,
  open: 0,
  last_at: 0,
  handles: ['it'],
  ...more,
});
const orphans = (count: number, department = 'it') =>
  Array.from({ length: count }, (_, at) => ({ id: `w${at}`, department, team_id: 't' }));

describe('work is shared out', () => {
  test('among those who are there, off shift and absent ones passed over with the reason', () => {
    const team = [colleague('a', { absent: true }), colleague('b', { on_shift: false }), colleague('c', { open: 9 })];
    const share = shareOut(orphans(1), new Map([['t', team]]), 1).get('w0');
    expect(share?.person?.id).toBe('c');
    expect(share?.alternatives).toEqual([
      { id: 'a', because: 'is absent' },
      { id: 'b', because: 'is off shift' },
    ]);
  });

  test('never to somebody who does no work of its department', () => {
    const team = [colleague('a', { handles: ['finance'] }), colleague('b', { open: 5 })];
    const shares = shareOut(orphans(2), new Map([['t', team]]), 1);
    expect([...shares.values()].map(({ person }) => person?.id)).toEqual(['b', 'b']);
    expect(shares.get('w0')?.alternatives).toEqual([{ id: 'a', because: 'works elsewhere' }]);
  });

  test('to nobody where nobody is there, or where there is no team', () => {
    const none = new Map([['t', [colleague('a', { absent: true })]]]);
    expect(shareOut(orphans(1), none, 1).get('w0')?.person).toBeNull();
    expect(shareOut([{ id: 'x', department: 'it', team_id: null }], none, 1).get('x')?.person).toBeNull();
  });

  test('evenly: whoever has less gets the next, so that loads differ by one at most where they began equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (people, count) => {
        const team = Array.from({ length: people }, (_, at) => colleague(`p${at}`));
        const shares = shareOut(orphans(count), new Map([['t', team]]), 1);
        const loads = team.map(({ id }) => [...shares.values()].filter(({ person }) => person?.id === id).length);
        expect(loads.reduce((sum, one) => sum + one, 0)).toBe(count);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
