import { expect, test } from 'vitest';
import { summarise, verify } from './verify.rules';

const calendar = { timezone: 'UTC', hours: { mon: [['09:00', '17:00']] }, holidays: [] };
const add = {
  id: 'add-1',
  kind: 'add_working_time',
  calendar,
  input: { start: '2026-03-02T16:00:00Z', seconds: 3600.5 },
};
const timeline = {
  id: 'line-1',
  kind: 'sla_timeline',
  calendar,
  sla: { targets: { resolution: 7200 } },
  events: [{ at: '2026-03-02T09:00:00Z', type: 'created' }],
};

test('a case that comes out as expected passes', () => {
  const good = [
    { ...add, expected: { at: '2026-03-09T09:00:00.500Z' } },
    {
      ...timeline,
      expected: [{ at: '2026-03-02T10:00:00Z', due: { resolution: '2026-03-02T11:00:00Z', update: null } }],
    },
  ];
  expect(verify(good).map(({ passed }) => passed)).toEqual([true, true]);
});

test('a case that comes out otherwise fails and says how', () => {
  const wrong = [
    { ...add, expected: { at: '2026-03-02T17:00:00Z' } },
    { ...timeline, expected: [{ at: '2026-03-02T12:00:00Z', breached: { resolution: false } }] },
    { ...timeline, id: 'line-2', expected: [{ at: '2026-03-02T12:00:00Z', elapsed_s: { update: 60 } }] },
  ];
  const verdicts = verify(wrong);
  expect(verdicts.map(({ difference }) => difference)).toEqual([
    'expected 2026-03-02T17:00:00.000Z, found 2026-03-09T09:00:00.500Z',
    '2026-03-02T12:00:00Z breached of resolution: expected false, found true',
    '2026-03-02T12:00:00Z elapsed of update: expected 60, found no clock',
  ]);
  expect(summarise(verdicts)).toEqual([
    { kind: 'add_working_time', passed: 0, failed: 1, failing_ids: ['add-1'] },
    { kind: 'sla_timeline', passed: 0, failed: 2, failing_ids: ['line-1', 'line-2'] },
  ]);
});

test('what is not a case fails with a sentence and stops no other', () => {
  const verdicts = verify([
    { ...add, calendar: { ...calendar, timezone: 'Nowhere' }, expected: { at: '2026-03-02T17:00:00Z' } },
    { id: 'odd', kind: 'guess' },
    7,
    { ...add, expected: { at: '2026-03-09T09:00:00.500Z' } },
  ]);
  expect(verdicts.map(({ kind, id, passed }) => [kind, id, passed])).toEqual([
    ['add_working_time', 'add-1', false],
    ['guess', 'odd', false],
    ['unknown', 'number 3', false],
    ['add_working_time', 'add-1', true],
  ]);
  expect(verdicts[0]?.difference).toContain('"Nowhere" is not a time zone we know');
  expect(verify({}).map(({ difference }) => difference)).toEqual(['The file is not a list of cases.']);
});
