import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Story, story } from '../../../test/story';
import { type Row, rows, sql } from '../../kernel/database';
import { performPast } from '../../kernel/past';
import { readClocks } from '../../practices/design/service-level';
import { incident, incidentPromises } from '../../practices/operation/incident';

let told: Story;
const agent = 'sam@x.test';
const office = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
    day,
    [
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ],
  ]),
);

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('person.create', null, { name: 'Sam', email: agent, roles: ['agent'], departments: ['it'] });
  await told.act('person.create', null, { name: 'Rita', email: 'rita@x.test', roles: ['requester'] });
  await told.act('team.create', null, { name: 'Desk', department: 'it' });
  await told.act('team.create', null, { name: 'Network', department: 'it' });
  await told.act('calendar.create', null, { name: 'Office', timezone: 'Europe/Berlin', hours: office });
  const one = await told.act('agreement.create', null, {
    name: 'Standard',
    calendar_id: 'Office',
    targets: [
      { target: 'first_response', seconds: 1800 },
      { target: 'update', seconds: 3600 },
      { target: 'resolution', seconds: 14_400 },
      { target: 'resolution', working_days: 1, end_of_day: true, priority: 4 },
      { target: 'team', seconds: 7200 },
    ],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  await told.act('agreement.publish', String(one.id));
});
afterAll(() => told.end());

const happenings = [
  ['assign', { team_id: 'Desk' }],
  ['assign', { team_id: 'Network' }],
  ['start', {}],
  ['hold', { hold_reason: 'supplier' }],
  ['hold', { hold_reason: 'requester' }],
  ['resume', {}],
  ['resolve', { resolution_code: 'fixed', resolution_note: 'Done.' }],
  ['reopen', { reason: 'Not so.' }],
  ['close', {}],
  ['cancel', { reason: 'Not needed.' }],
  ['comment', { text: 'An answer.' }],
  ['edit', { impact: 1, urgency: 2 }],
  ['edit', { impact: 2, urgency: 3 }],
  ['note', { text: 'For us.' }],
] as const;

const step = fc.record({
  wait: fc.integer({ min: 0, max: 300 }),
  what: fc.nat(happenings.length - 1),
  rita: fc.boolean(),
});

const columns = sql`target, cycle, state, agreement_version, target_s, started_at, ended_at, due_at, promised_at, breached,
  breach_at, warn_at, elapsed_s, paused_s, told, next_at`;
const clocks = (id: unknown) =>
  rows<Row>(told.db, sql`select ${columns} from clock where record_id = ${id}::uuid order by target, cycle`);

/** What the replay of the history says of the last run of each target, beside what is kept of it. */
async function expectReplay(id: string) {
  const record = await told.row('incident', id);
  const replayed = await readClocks(await told.context(), incidentPromises, record);
  const keptRows = await clocks(id);
  const last = keptRows.filter(
    (row) => !keptRows.some((other) => other.target === row.target && Number(other.cycle) > Number(row.cycle)),
  );
  const same = (clock: Row) => ({
    target: clock.target,
    cycle: clock.cycle,
    state: clock.state,
    due_at: clock.due_at,
    promised_at: clock.promised_at,
    breached: clock.breached,
    ended_at: clock.ended_at,
  });
  const byTarget = (a: Row, b: Row) => (String(a.target) < String(b.target) ? -1 : 1);
  expect(last.map(same)).toEqual(replayed.map(same).sort(byTarget));
  for (const clock of replayed) {
    const segments = clock.explain as { from: Date; to: Date; seconds: number; counts: boolean }[];
    const counted = segments.reduce((sum, one) => (one.counts ? sum + one.seconds : sum), 0);
    expect(counted).toBeCloseTo(Number(clock.elapsed_s), 6);
    for (const [at, one] of segments.entries()) if (at > 0) expect(one.from).toEqual(segments[at - 1]!.to);
  }
  const dues = replayed.map((clock) => clock.due_at as Date | null).filter((due) => due !== null);
  expect(record.due_at).toEqual(dues.length === 0 ? null : new Date(Math.min(...dues.map((due) => due.getTime()))));
}

test('what is kept is what the history replays to, after whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, watched) => {
      const made = await told.act('incident.log', null, { title: 'It fails' }, 'rita@x.test');
      const id = String(made.id);
      for (const { wait, what, rita } of steps) {
        await told.later(wait, watched);
        const [verb, input] = happenings[what]!;
        await told.actAll(`incident.${verb}`, [{ id, input }], rita ? 'rita@x.test' : agent);
      }
      await told.later(1);
      await expectReplay(id);
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('many at once end as one by one do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const title = { title: 'It fails' };
      const one = await told.act('incident.log', null, title, agent);
      const many = await told.actAll('incident.log', [{ input: title }, { input: title }, { input: title }], agent);
      const ids = many.map((result) => String(result.ok && result.record.id));
      for (const { wait, what } of steps) {
        await told.later(wait);
        const [verb, input] = happenings[what]!;
        await told.actAll(`incident.${verb}`, [{ id: String(one.id), input }], agent);
        await told.actAll(
          `incident.${verb}`,
          ids.map((id) => ({ id, input })),
          agent,
        );
      }
      const alone = await clocks(one.id);
      for (const id of ids) expect(await clocks(id)).toEqual(alone);
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('a past that is imported ends as its lines say, and nobody is told of it', async () => {
  const context = await told.context();
  const [department] = await rows<{ id: string }>(told.db, sql`select id from department`);
  const at = (minute: number) => new Date(Date.UTC(2026, 1, 2, 8, minute));
  const life = (source: string) => ({
    lines: (
      [
        ['logged', 0, { title: source, state: 'new', impact: 3, urgency: 3, priority: 5, department: department!.id }],
        ['started', 20, { state: 'in_progress' }],
        ['held', 60, { state: 'on_hold', hold_reason: 'supplier' }],
        ['resumed', 120, { state: 'in_progress' }],
        ['resolved', 330, { state: 'resolved', resolved_at: at(330) }],
      ] as const
    ).map(([past, minute, set]) => ({
      past,
      at: at(minute),
      actor_id: null,
      cause: { file: 'a.csv', row: minute },
      set:
        past === 'logged'
          ? { ...set, channel: 'import', opened_at: at(0), reopen_count: 0, reassignment_count: 0, major: false }
          : set,
    })),
  });
  const done = await performPast(context, incident, [life('A'), life('B')]);
  for (const record of done) {
    const [first, resolution] = await clocks(record.id);
    // Ten minutes of lunch lie within, and an hour of waiting.
    expect(first).toMatchObject({ target: 'first_response', state: 'breached', elapsed_s: 14_400 - 3600 + 1800 - 0 });
    expect(resolution).toMatchObject({ target: 'resolution', state: 'met', paused_s: 3600, next_at: null });
    await expectReplay(String(record.id));
  }
  await told.catchUp();
  for (const record of done) expect(await told.lines(String(record.id))).toHaveLength(5);
});
