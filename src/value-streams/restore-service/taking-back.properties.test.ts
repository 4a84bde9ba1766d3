import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation } from '../../../test/door';
import { type Hung, hangAll, hangingActs, hangingOn, inputFor } from '../../../test/hung';
import { type Story, story } from '../../../test/story';
import { undoOf } from '../../commons/taking-back';
import { undo } from '../../commons/taking-back/take-back';
import { type Row, rows, sql } from '../../kernel/database';
import { readClocks } from '../../practices/design/service-level';
import { foldMeasures, rebuildMeasures } from '../../practices/improvement/measurement-and-reporting';
import { incident, incidentPromises } from '../../practices/operation/incident';

let told: Story;
const sam = 'sam@x.test';

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
  await told.act('calendar.create', null, {
    name: 'Office',
    timezone: 'Europe/Berlin',
    hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['08:00', '18:00']]])),
  });
  const one = await told.act('agreement.create', null, {
    name: 'Standard',
    calendar_id: 'Office',
    targets: [
      { target: 'first_response', seconds: 1800 },
      { target: 'update', seconds: 3600 },
      { target: 'resolution', seconds: 14_400 },
      { target: 'team', seconds: 7200 },
    ],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  await told.act('agreement.publish', String(one.id));
});
afterAll(() => told.end());

/** Everything that can be taken back, with inputs that change something. */
const acts = [
  ['assign', { team_id: 'Network' }],
  ['assign', { team_id: 'Service desk', assignee_id: sam }],
  ['pass', { assignee_id: 'cho@x.test' }],
  ['start', {}],
  ['hold', { hold_reason: 'requester' }],
  ['hold', { hold_reason: 'supplier', hold_until: '2026-06-01T00:00:00Z' }],
  ['resume', {}],
  ['resolve', { resolution_code: 'fixed', resolution_note: 'Done.' }],
  ['resolve', { resolution_code: 'fixed', resolution_note: 'With all.', children: true }],
  ['reopen', { reason: 'Not so.' }],
  ['close', {}],
  ['cancel', { reason: 'Not needed.' }],
  ['edit', { impact: 1, urgency: 1, service_id: 'Card payments', tags: ['a', 'b'], major: true }],
  ['edit', { description: 'More.', deadline_at: '2026-05-01T10:00:00Z', beneficiary_id: 'fred@x.test' }],
  ['merge', {}],
  ['unmerge', {}],
  ['link', { kind: 'relates', to: 'Card payments' }],
  ['watch', { person_id: 'cho@x.test' }],
  ['comment', { text: 'We look at it.' }],
  ['note', { text: 'The cable?' }],
  ...hangingActs,
] as const;

/** Every way into a state, so that each act is taken back from each. */
const lives: Record<string, readonly (readonly [string, Row])[]> = {
  new: [],
  assigned: [['assign', { team_id: 'Service desk' }]],
  in_progress: [['start', {}]],
  on_hold: [
    ['start', {}],
    ['hold', { hold_reason: 'supplier', hold_until: '2026-05-20T00:00:00Z' }],
  ],
  resolved: [['resolve', { resolution_code: 'fixed', resolution_note: 'Once.' }]],
  closed: [
    ['assign', { team_id: 'Service desk' }],
    ['resolve', { resolution_code: 'fixed', resolution_note: 'Once.' }],
    ['close', {}],
  ],
  cancelled: [['cancel', { reason: 'No.' }]],
  merged: [
    ['start', {}],
    ['hold', { hold_reason: 'supplier', hold_until: '2026-05-20T00:00:00Z' }],
    ['merge', {}],
  ],
};

let master: string;
let hung: Hung;

async function live(life: readonly (readonly [string, Row])[]): Promise<string> {
  master = String((await told.act('incident.log', null, { title: 'The one' }, sam)).id);
  const id = String((await told.act('incident.log', null, { title: 'Till', requester_id: 'rita@x.test' }, sam)).id);
  const child = String((await told.act('incident.log', null, { title: 'A part', parent_id: id }, sam)).id);
  expect((await told.row('incident', child)).parent_id).toBe(id);
  hung = await hangAll(told, 'incident', id, sam, master);
  for (const [verb, input] of life) {
    await told.later(17);
    await told.act(`incident.${verb}`, id, inputOf(verb, input), sam);
  }
  await told.later(13);
  return id;
}

const inputOf = (verb: string, input: Row) =>
  verb === 'merge' ? { into: master } : (inputFor(hung, verb) ?? { ...input });

const figures = async () => {
  while ((await foldMeasures(told.db)) > 0);
  return rows(
    told.db,
    sql`select day::text, measure, key, department, team_id, service_id, priority, sum(count)::int as count,
          round(sum(amount)::numeric, 3) as amount
        from measure_day group by 1, 2, 3, 4, 5, 6, 7 having sum(count) <> 0 or abs(sum(amount)) > 0.001
        order by 1, 2, 3, 4, 5, 6, 7`,
  );
};

/** All there is of an incident and its children, but for what counts the acts themselves. */
async function whole(id: string, at = told.now()) {
  const family = [
    id,
    ...(await rows<{ id: string }>(told.db, sql`select id from incident where parent_id = ${id}::uuid`)).map(
      (one) => one.id,
    ),
  ];
  const found = [];
  for (const one of family) {
    const { version, updated_at, ...fields } = await told.row('incident', one);
    const record = await told.row('incident', one);
    found.push({
      fields,
      clocks: await rows(
        told.db,
        // That time runs out meanwhile is seen when somebody looks; the replay beside it says so at each instant.
        sql`select target, cycle, case when ended_at is null and state = 'breached' then 'running' else state end as state,
            target_s, started_at, ended_at, due_at, promised_at, breached and ended_at is not null as breached, breach_at,
            warn_at, elapsed_s, paused_s, told, next_at from clock where record_id = ${one}::uuid order by 1, 2`,
      ),
      explained: await readClocks({ ...(await told.context()), now: at }, incidentPromises, record),
      timers: await rows(
        told.db,
        sql`select key, verb, due_at, reason, input from timer where record_id = ${one}::uuid order by key`,
      ),
      hanging: await hangingOn(told.db, one),
      words: await rows(
        told.db,
        sql`select tsvector_to_array(words) as words, tsvector_to_array(team_words) as team
              from search_document where record_id = ${one}::uuid`,
      ),
    });
  }
  return { found, figures: await figures() };
}

const patience = 9;
const soon = () => new Date(told.now().getTime() + patience * 1000);

/** Performs an act and takes it back when there is nearly no time left; answers whether it was one that the state allows. */
async function thereAndBack(id: string, verb: string, input: Row): Promise<boolean> {
  const [done] = await told.actAll(`incident.${verb}`, [{ id, input: inputOf(verb, input) }], sam);
  if (!done!.ok || !done!.line) return false;
  const context = await told.context(sam);
  const offered = undoOf(context, done!.line);
  expect(offered, `${verb} can be taken back`).toBeDefined();
  await told.later(patience / 60, false);
  const [back] = await undo({ ...context, now: told.now() }, incident, [{ id, input: { line: offered!.line } }]);
  expect(back!.ok ? 'taken back' : back!.refusal.message).toBe('taken back');
  return true;
}

describe('what is taken back leaves no trace but its two lines', () => {
  test.each(Object.keys(lives))(
    'every act on one that is %s: fields, clocks, timers, children, figures',
    async (state) => {
      let performed = 0;
      const id = await live(lives[state]!);
      for (const [verb, input] of acts) {
        const before = await whole(id, soon());
        if (!(await thereAndBack(id, verb, input))) continue;
        performed += 1;
        expect(await whole(id), `${verb} on ${state}`).toEqual(before);
      }
      expect(performed).toBeGreaterThan(1);
      const kept = await figures();
      await rebuildMeasures(told.db, told.house);
      expect(await figures()).toEqual(kept);
    },
  );

  test('no verb that can be taken back is missing here', () => {
    const known = new Set<string>(acts.map(([verb]) => verb));
    const declared = [...told.house.verbs.values()].filter(
      (verb) => verb.undo && !verb.hidden && verb.on.type === 'incident',
    );
    expect(declared.length).toBeGreaterThan(12);
    expect(declared.map(({ verb }) => verb).filter((verb) => !known.has(verb))).toEqual([]);
  });

  test('whatever came before, and time goes on after it as if nothing had been', async () => {
    const step = fc.record({ wait: fc.integer({ min: 1, max: 200 }), what: fc.nat(acts.length - 1) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.nat(acts.length - 1), step, async (steps, what, last) => {
        const id = await live([]);
        for (const { wait, what: one } of steps) {
          await told.later(wait);
          const [verb, input] = acts[one]!;
          await told.actAll(`incident.${verb}`, [{ id, input: inputOf(verb, input) }], sam);
        }
        await told.later(7);
        const before = await whole(id, soon());
        if (await thereAndBack(id, acts[what]![0], acts[what]![1])) expect(await whole(id)).toEqual(before);
        await told.later(last.wait);
        await told.actAll(
          `incident.${acts[last.what]![0]}`,
          [{ id, input: inputOf(acts[last.what]![0], acts[last.what]![1]) }],
          sam,
        );
        const kept = await figures();
        await rebuildMeasures(told.db, told.house);
        expect(await figures()).toEqual(kept);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

describe('what was merged and is parted again', () => {
  test.each(['new', 'assigned', 'in_progress', 'on_hold'])('is whole as it was, from %s', async (state) => {
    const id = await live(lives[state]!);
    const before = await whole(id);
    await told.act('incident.merge', id, { into: master }, sam);
    const clocks = (await whole(id)).found[0]!.clocks as Row[];
    for (const clock of clocks)
      if (clock.state !== 'met') expect(clock.state).toBe(clock.breached ? 'breached' : 'stopped');
    await told.act('incident.unmerge', id, {}, 'cho@x.test');
    expect(await whole(id)).toEqual(before);
  });

  test('days later, with its clocks where they stood and the days of both parted truly', async () => {
    const id = await live(lives.on_hold!);
    const { fields } = (await whole(id)).found[0]!;
    const clocks = async () =>
      (await readClocks(await told.context(), incidentPromises, await told.row('incident', id))).map(
        ({ target, state, elapsed_s }) => [target, state, elapsed_s],
      );
    const stood = await clocks();
    await told.act('incident.merge', id, { into: master }, sam);
    await told.later(3 * 24 * 60);
    await told.act('incident.unmerge', id, {}, sam);
    expect((await whole(id)).found[0]!.fields).toEqual(fields);
    expect(await clocks()).toEqual(stood);
    const kept = await figures();
    await rebuildMeasures(told.db, told.house);
    expect(await figures()).toEqual(kept);
  });
});
