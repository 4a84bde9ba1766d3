import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Match, Promised } from './agreement.contract';
import { type AgreementVersion, chooseAgreement, inForce, type Matched, targetsFor } from './choice.rules';

const content = (more: Partial<AgreementVersion['content']> = {}): AgreementVersion['content'] => ({
  name: 'An agreement',
  calendar_id: 'calendar',
  match: {},
  targets: [{ target: 'resolution', seconds: 60 }],
  pause_states: [],
  pause_targets: [],
  warn_share: null,
  escalations: [],
  effective_on: '2026-01-01',
  valid_until: null,
  review_on: null,
  parties: [],
  ...more,
});

const version = (serial: number, more: Partial<AgreementVersion> = {}): AgreementVersion => ({
  id: `agreement ${serial}`,
  number: `SLA-${serial}`,
  serial,
  version: 1,
  published_at: 0,
  retired_at: null,
  content: content(),
  ...more,
});

const opened = Date.parse('2026-03-02T10:00:00Z');
const nothing: Matched = { service_id: null, organization_id: null, department: null, priority: null };

describe('the versions in force', () => {
  test('a later version ends an earlier one from its own first day on, and not before', () => {
    const first = version(1);
    const second = version(1, { version: 2, content: content({ effective_on: '2026-03-03' }) });
    expect(inForce([first, second], opened)).toEqual([first]);
    expect(inForce([first, second], opened + 86_400_000)).toEqual([second]);
  });

  test('when the later one is over, the earlier does not come back', () => {
    const second = version(1, {
      version: 2,
      content: content({ effective_on: '2026-02-01', valid_until: '2026-03-01' }),
    });
    expect(inForce([version(1), second], opened)).toEqual([]);
    expect(inForce([version(1), second], Date.parse('2026-03-01T23:59:59Z'))).toEqual([second]);
  });

  test('what was not published yet, or was retired by then, does not hold', () => {
    expect(inForce([version(1, { published_at: opened + 1 })], opened, opened)).toEqual([]);
    expect(inForce([version(1, { retired_at: opened })], opened)).toEqual([]);
    expect(inForce([version(1, { retired_at: opened + 1 })], opened)).toHaveLength(1);
  });
});

describe('the agreement a record falls under', () => {
  const ids = ['a', 'b'] as const;
  const match = fc.record(
    {
      service_id: fc.constantFrom(...ids),
      organization_id: fc.constantFrom(...ids),
      department: fc.constantFrom(...ids),
      priority: fc.constantFrom(1, 2),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Match>;
  const record: fc.Arbitrary<Matched> = fc.record({
    service_id: fc.constantFrom('a', 'b', null),
    organization_id: fc.constantFrom('a', 'b', null),
    department: fc.constantFrom('a', 'b', null),
    priority: fc.constantFrom(1, 2, null),
  });

  test('its whole match holds, none that holds says more, and ties go by field and then to the newest', () => {
    // The contract as weights: the count of fields decides, then each field in its order, then the serial.
    const order = ['service_id', 'organization_id', 'department', 'priority'] as const;
    const weight = (one: AgreementVersion) => {
      const named = order.map((name) => (one.content.match[name] === undefined ? 0 : 1));
      const count = named.reduce<number>((sum, flag) => sum + flag, 0);
      return [count, ...named, one.serial];
    };
    const heavier = (a: number[], b: number[]) => {
      const at = a.findIndex((value, index) => value !== b[index]);
      return at >= 0 && a[at]! > b[at]!;
    };
    fc.assert(
      fc.property(fc.array(match, { maxLength: 12 }), record, (matches, given) => {
        const all = matches.map((one, at) => version(at + 1, { content: content({ match: one }) }));
        const fitting = all.filter((one) =>
          order.every((name) => one.content.match[name] === undefined || one.content.match[name] === given[name]),
        );
        const chosen = chooseAgreement(all, given, opened);
        expect(chosen === null).toBe(fitting.length === 0);
        if (chosen === null) return;
        expect(fitting).toContain(chosen);
        for (const other of fitting) if (other !== chosen) expect(heavier(weight(chosen), weight(other))).toBe(true);
      }),
    );
  });

  test('an agreement that names nothing is for everything', () => {
    expect(chooseAgreement([version(1)], nothing, opened)?.number).toBe('SLA-1');
  });
});

test('a target that names the priority goes before one that names none; others have none', () => {
  const targets: Promised[] = [
    { target: 'resolution', seconds: 10, priority: 1 },
    { target: 'resolution', seconds: 20 },
    { target: 'update', working_days: 1, end_of_day: true, priority: 2 },
  ];
  expect(targetsFor({ targets }, 1)).toEqual({ resolution: { seconds: 10 } });
  expect(targetsFor({ targets: [...targets].reverse() }, 1)).toEqual({ resolution: { seconds: 10 } });
  expect(targetsFor({ targets }, 2)).toEqual({
    resolution: { seconds: 20 },
    update: { working_days: 1, end_of_day: true },
  });
});
