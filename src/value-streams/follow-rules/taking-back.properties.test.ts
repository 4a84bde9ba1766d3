import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation } from '../../../test/door';
import { type Hung, hangAll, hangingActs, hangingOn, inputFor } from '../../../test/hung';
import { type Story, story } from '../../../test/story';
import { undoOf } from '../../commons/taking-back';
import { undo } from '../../commons/taking-back/take-back';
import { type Row, rows, sql } from '../../kernel/database';
import { foldMeasures } from '../../practices/improvement/measurement-and-reporting';
import { incident } from '../../practices/operation/incident';

let told: Story;
const sam = 'sam@x.test';

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
}, 120_000);
afterAll(() => told?.end());

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 2 });
const rule = fc.record(
  {
    occasion: fc.constantFrom('edited', 'edited', 'moved', 'commented'),
    condition: maybe(
      fc.constantFrom(
        'impact == 1',
        'urgency != 1',
        'category == "A"',
        '"urgency" in changed',
        'team_id == "TEAM-1001"',
        'state == "assigned"',
      ),
    ),
    set_impact: maybe(fc.integer({ min: 1, max: 3 })),
    set_urgency: maybe(fc.integer({ min: 1, max: 3 })),
    set_category: maybe(fc.constantFrom('A', 'B')),
    set_service_id: maybe(fc.constant('Card payments')),
    add_tags: fc.subarray(['one', 'two']),
    watcher_ids: fc.subarray(['cho@x.test', 'rita@x.test']),
    to_team_id: maybe(fc.constantFrom('Service desk', 'Network')),
    tell_roles: fc.constant(['agent']),
    tell_text: fc.constant('Please look.'),
    note: maybe(fc.constant('A rule was here.')),
    propose_major: fc.boolean(),
    rank: fc.integer({ min: 1, max: 3 }),
    stop: fc.boolean(),
  },
  { noNullPrototype: true },
);
const acts: readonly (readonly [string, Row])[] = [
  ['edit', { urgency: 1, category: 'A' }],
  ['edit', { impact: 1, tags: ['mine'] }],
  ['assign', { team_id: 'Network' }],
  ['assign', { team_id: 'Service desk', assignee_id: sam }],
  ['start', {}],
  ['hold', { hold_reason: 'supplier' }],
  ['resolve', { resolution_code: 'fixed', resolution_note: 'Done.' }],
  ['cancel', { reason: 'Not needed.' }],
  ['comment', { text: 'Hello.' }],
  ['note', { text: 'The cable?' }],
  ...hangingActs,
];

const figures = async () => {
  while ((await foldMeasures(told.db)) > 0);
  return rows(
    told.db,
    sql`select day::text, measure, key, team_id, service_id, priority, sum(count)::int as count from measure_day
        group by 1, 2, 3, 4, 5, 6 having sum(count) <> 0 order by 1, 2, 3, 4, 5, 6`,
  );
};

/** All there is of it, but for what counts the acts themselves. */
async function whole(id: string) {
  const { version, updated_at, ...fields } = await told.row('incident', id);
  return {
    fields,
    hanging: await hangingOn(told.db, id),
    proposals: await rows(told.db, sql`select * from incident_proposal where record_id = ${id}::uuid order by id`),
    figures: await figures(),
  };
}

const unread = () =>
  rows<Row>(
    told.db,
    sql`select n.id from notification n join history h on h.id = n.line_id join history u on u.record_id = h.record_id
        and u.name like '%.undone' and u.cause ->> 'line' = h.id::text`,
  );

test('act, rules, undo: the record is as before, whatever the act and the rules were', async () => {
  let led = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(acts.length - 1), { maxLength: 3 }),
      // Rules listen to the first of the acts; the others are to be no worse for them.
      fc.oneof({ weight: 4, arbitrary: fc.nat(8) }, { weight: 1, arbitrary: fc.nat(acts.length - 1) }),
      fc.constantFrom(true, true, true, false),
      async (rules, before, last, waited) => {
        const other = String((await told.act('incident.log', null, { title: 'Other' }, sam)).id);
        const { id } = await told.act('incident.log', null, { title: 'It fails', team_id: 'Service desk' }, sam);
        const mine = String(id);
        const hung: Hung = await hangAll(told, 'incident', mine, sam, other);
        const kept: string[] = [];
        for (const one of rules) {
          const made = await told.act('action_rule.create', null, { name: 'Any', ...one });
          await told.act('action_rule.activate', String(made.id));
          kept.push(String(made.id));
        }
        const perform = async (at: number) => {
          const [verb, input] = acts[at]!;
          return (
            await told.actAll(`incident.${verb}`, [{ id: mine, input: inputFor(hung, verb) ?? { ...input } }], sam)
          )[0]!;
        };
        for (const at of before) {
          await perform(at);
          await told.later(1);
        }
        await told.catchUp();
        const was = await whole(mine);
        const done = await perform(last);
        const context = await told.context(sam);
        const offered = done.ok ? undoOf(context, done.line) : undefined;
        // Rules have acted, or will only after it was taken back.
        if (waited) await told.catchUp();
        if (offered) {
          const lines = await told.lines(mine);
          led += lines.filter((line) => line.actor_kind === 'rule' && String(line.id) > offered.line).length;
          const [back] = await undo({ ...context, now: told.now() }, incident, [
            { id: mine, input: { line: offered.line } },
          ]);
          expect(back!.ok ? 'taken back' : back!.refusal.message).toBe('taken back');
          expect(back!.stays).toBeUndefined();
          await told.catchUp();
          expect(await whole(mine)).toEqual(was);
          expect(await unread()).toEqual([]);
        }
        for (const one of kept) await told.act('action_rule.retire', one);
      },
    ),
    { numRuns: 40 },
  );
  // Rules did act in a good part of it.
  expect(led).toBeGreaterThan(4);
}, 240_000);
