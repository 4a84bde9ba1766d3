import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation } from '../../../test/door';
import { type Story, story } from '../../../test/story';
import type { Row } from '../../kernel/database';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
}, 120_000);
afterAll(() => told?.end());

const teams = ['Service desk', 'Network'];
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });
const condition = fc.constantFrom(
  'impact == 1',
  'impact != 1',
  'urgency >= 2',
  'category == "A"',
  'category != "A"',
  '"urgency" in changed',
  'team_id == "TEAM-1001"',
  'team_id != "TEAM-1001"',
  'state == "assigned"',
  'int(title) == 1',
);
const rule = fc.record(
  {
    occasion: fc.constantFrom('logged', 'edited', 'moved', 'commented', 'quiet', 'edited', 'quiet'),
    since: fc.constantFrom('change', 'state', 'team'),
    minutes: fc.integer({ min: 1, max: 90 }),
    condition: maybe(condition),
    set_impact: maybe(fc.integer({ min: 1, max: 3 })),
    set_urgency: maybe(fc.integer({ min: 1, max: 3 })),
    set_category: maybe(fc.constantFrom('A', 'B')),
    to_team_id: maybe(fc.constantFrom(...teams)),
    note: fc.constant('A rule was here.'),
    rank: fc.integer({ min: 1, max: 3 }),
    stop: fc.boolean(),
  },
  { noNullPrototype: true },
);
const acts = [
  ['edit', { urgency: 1 }],
  ['edit', { category: 'A', impact: 2 }],
  ['assign', { team_id: 'Network' }],
  ['comment', { text: 'Hello.' }],
  ['hold', { hold_reason: 'supplier' }],
  ['start', {}],
] as const;

test('whatever the rules are, they come to an end, and act on nothing twice for one act of a person', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 2, maxLength: 7 }),
      fc.array(fc.nat(acts.length - 1), { maxLength: 3 }),
      async (rules, done) => {
        const kept: string[] = [];
        for (const one of rules) {
          const { id } = await told.act('action_rule.create', null, { name: 'Any', ...one });
          await told.act('action_rule.activate', String(id));
          kept.push(String(id));
        }
        const { id } = await told.act(
          'incident.log',
          null,
          { title: 'It fails', team_id: 'Service desk' },
          'sam@x.test',
        );
        await told.catchUp();
        for (const at of done) {
          const [verb, input] = acts[at]!;
          await told.actAll(`incident.${verb}`, [{ id: String(id), input }], 'sam@x.test');
          await told.catchUp();
        }
        for (let round = 0; round < 8; round++) await told.later(100);
        const before = await told.lines(String(id));
        for (let round = 0; round < 5; round++) await told.later(100);
        const lines = await told.lines(String(id));
        expect(lines.length).toBe(before.length);
        const notes = lines.filter((line) => line.name === 'incident.noted');
        const turns = notes.map(({ why }) => `${(why as Row).rule_id} ${(why as Row).root}`);
        expect(new Set(turns).size).toBe(turns.length);
        for (const one of kept) await told.act('action_rule.retire', one);
      },
    ),
    { numRuns: 25 },
  );
}, 240_000);
