import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Delta, deltasOf, movesFigures, summed } from './measure.rules';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);
const opened = {
  type: 'incident',
  opened_at: at(0),
  state: 'new',
  state_since: at(0),
  department: 'd',
  team_id: 'a',
  priority: 3,
};

function total(deltas: readonly Delta[], measure: string, only: Partial<Delta> = {}): number {
  return deltas
    .filter(
      (delta) =>
        delta.measure === measure && Object.entries(only).every(([key, value]) => delta[key as keyof Delta] === value),
    )
    .reduce((sum, delta) => sum + delta.count, 0);
}

describe('figures over time', () => {
  it('count an opening once and take it along when the team changes', () => {
    const first = deltasOf([{ at: at(0), before: null, after: opened }]);
    const moved = deltasOf([{ at: at(5), before: opened, after: { ...opened, team_id: 'b' } }]);
    const all = [...first, ...moved];
    expect(total(all, 'logged')).toBe(1);
    expect(total(all, 'logged', { team_id: 'a' })).toBe(0);
    expect(total(all, 'logged', { team_id: 'b' })).toBe(1);
  });

  it('take a resolution back when the record is reopened', () => {
    const resolved = { ...opened, state: 'resolved', state_since: at(60), resolved_at: at(60) };
    const solving = deltasOf([{ at: at(60), before: opened, after: resolved }]);
    expect(solving.find((delta) => delta.measure === 'resolved')?.amount).toBe(3600);
    const reopened = { ...resolved, state: 'in_progress', state_since: at(90), resolved_at: null };
    expect(total([...solving, ...deltasOf([{ at: at(90), before: resolved, after: reopened }])], 'resolved')).toBe(0);
  });

  it('count the time in a state for the state that was left', () => {
    const started = { ...opened, state: 'in_progress', state_since: at(30) };
    const stay = deltasOf([{ at: at(30), before: opened, after: started }]).find((delta) => delta.measure === 'stay');
    expect(stay).toMatchObject({ key: 'new', count: 1, amount: 1800 });
  });

  it('stand at the last state whatever the way there: openings are one, resolutions and ends as the record says', () => {
    const step = fc.record({
      state: fc.constantFrom('new', 'in_progress', 'resolved', 'closed'),
      team_id: fc.constantFrom('a', 'b', null),
      priority: fc.constantFrom(1, 2, 3),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let row: Record<string, unknown> = opened;
        const all = deltasOf([{ at: at(0), before: null, after: opened }]);
        for (const [index, one] of steps.entries()) {
          const when = at(index + 1);
          const after = {
            ...row,
            ...one,
            state_since: one.state === row.state ? row.state_since : when,
            resolved_at: one.state === 'resolved' || one.state === 'closed' ? (row.resolved_at ?? when) : null,
            closed_at: one.state === 'closed' ? (row.closed_at ?? when) : null,
          };
          all.push(...deltasOf([{ at: when, before: row, after }]));
          row = after;
        }
        const sums = summed(all);
        expect(total(sums, 'logged', { team_id: row.team_id as string | null, priority: row.priority as number })).toBe(
          1,
        );
        expect(total(sums, 'logged')).toBe(1);
        expect(total(sums, 'resolved')).toBe(row.resolved_at ? 1 : 0);
        expect(total(sums, 'ended')).toBe(row.closed_at ? 1 : 0);
      }),
    );
  });

  it('are not moved by a line that changes nothing they are made of', () => {
    expect(movesFigures({ before: opened, changes: [{ field: 'title' }] })).toBe(false);
    expect(movesFigures({ before: opened, changes: [{ field: 'team_id' }] })).toBe(true);
    expect(movesFigures({ before: null, changes: [] })).toBe(true);
  });
});
