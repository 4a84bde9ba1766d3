import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organisation } from '../../../test/door';
import { type Hung, hangAll, hangingActs, hangingOn, inputFor } from '../../../test/hung';
import { type Story, story } from '../../../test/story';
import { undoOf } from '../../commons/taking-back';
import { undo } from '../../commons/taking-back/take-back';
import { type Row, rows, sql } from '../../kernel/database';
import { foldMeasures, rebuildMeasures } from '../../practices/improvement/measurement-and-reporting';

type Act = readonly [verb: string, input: Row];

let told: Story;
const mia = 'mia@x.test';
let template = '';
let hung: Hung;

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await organisation(told);
  await told.act('person.create', null, {
    name: 'Mia Test',
    email: mia,
    roles: ['agent', 'change_manager', 'problem_manager', 'team_lead'],
    departments: ['it'],
  });
  const done = await live('change', [
    ...lives.change!.implementing!,
    ['review', { outcome: 'successful' }],
    ['close', {}],
  ]);
  template = String((await told.row('change', done)).number);
}, 120_000);
afterAll(() => told?.end());

const hours = (from: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + from * 3_600_000).toISOString();
const whole = {
  description: 'The old one ends.',
  reason: 'It ends.',
  service_id: 'Card payments',
  configuration_item_ids: ['pay-gw-2'],
  implementation_plan: 'Put it in.',
  test_plan: 'One payment.',
  backout_plan: 'Put the old one back.',
  planned_start: hours(-100),
  planned_end: hours(100_000),
};
const referred: Act = ['refer', { risk_level: 'low', impact: 2, assessment: 'Fine.' }];
const cause = { root_cause: 'A chain that is not whole.', workaround: 'The old one.' };
const assessed: Act = [
  'assess',
  { priority: 2, assignee_id: 'sam@x.test', service_id: 'Card payments', origin: 'incidents' },
];

/** Everything of each kind that can be taken back, with inputs that change something. */
const acts: Record<string, readonly Act[]> = {
  change: [
    ['submit', {}],
    ['schedule', {}],
    ['assess', {}],
    referred,
    ['approve', {}],
    ['reject', { reason: 'No.' }],
    ['revise', { reason: 'Once more.' }],
    ['implement', {}],
    ['review', { outcome: 'failed' }],
    ['document', { implementation_plan: 'As it was done.', test_plan: 'Two payments.' }],
    ['close', { review_note: 'Well.' }],
    ['cancel', { reason: 'Not needed.' }],
    ['edit', { title: 'Another title' }],
    ['edit', { implementation_plan: 'Another way.', planned_end: hours(90_000), configuration_item_ids: [] }],
    ['assign', { team_id: 'Network' }],
    ['pass', { assignee_id: 'cho@x.test' }],
    ['link', { kind: 'relates', to: 'Card payments' }],
    ['watch', { person_id: 'cho@x.test' }],
    ['comment', { text: 'We look at it.' }],
    ['note', { text: 'The cable?' }],
    ...hangingActs,
    ['adopt', {}],
  ],
  problem: [
    assessed,
    ['investigate', { analysis_method: 'Five whys' }],
    ['document', cause],
    ['fix', { supplier_reference: 'S-1', root_cause: 'A chain that is not whole.' }],
    ['drop', { reason: 'It did not help.' }],
    ['resolve', { resolution_note: 'Gone.', no_change_reason: 'By itself.', root_cause: 'A chain.' }],
    ['reopen', { reason: 'It came back.' }],
    ['close', { lessons: 'Many.' }],
    ['accept', { accepted_risk_reason: 'Cheap.' }],
    ['cancel', { reason: 'None.' }],
    ['edit', { title: 'Another title', root_cause: 'Something else.', priority: 1 }],
    ['assign', { team_id: 'Network' }],
    ['pass', { assignee_id: 'cho@x.test' }],
    ['link', { kind: 'relates', to: 'Card payments' }],
    ['watch', { person_id: 'cho@x.test' }],
    ['comment', { text: 'We look at it.' }],
    ['note', { text: 'The cable?' }],
    ...hangingActs,
    ['adopt', {}],
  ],
};

const normal: Act[] = [['submit', {}], ['assess', {}], referred, ['approve', {}]];
const known: Act[] = [assessed, ['investigate', { analysis_method: 'Five whys' }], ['document', cause]];
const fixing: Act[] = [...known, ['fix', { supplier_reference: 'S-2' }]];
const lives: Record<string, Record<string, readonly Act[]>> = {
  change: {
    draft: [],
    'standard draft': [],
    submitted: normal.slice(0, 1),
    assessing: normal.slice(0, 2),
    awaiting_authorization: normal.slice(0, 3),
    'emergency awaiting_authorization': normal.slice(0, 1),
    scheduled: normal,
    implementing: [...normal, ['implement', {}]],
    'emergency implementing': [
      ['submit', {}],
      ['approve', {}],
    ],
    'emergency documentation': [
      ['submit', {}],
      ['approve', {}],
      ['review', { outcome: 'successful' }],
    ],
    review: [...normal, ['implement', {}], ['review', { outcome: 'failed' }]],
    cancelled: [['cancel', { reason: 'No.' }]],
  },
  problem: {
    new: [],
    assessed: known.slice(0, 1),
    investigating: known.slice(0, 2),
    known_error: known,
    fix_in_progress: fixing,
    resolved: [...fixing, ['resolve', { resolution_note: 'Gone.', no_change_reason: 'By itself.' }]],
    closed: [...known, ['accept', { accepted_risk_reason: 'Cheap.' }]],
    cancelled: [['cancel', { reason: 'No.' }]],
  },
};

/** Whoever is not its requester decides; the rest is Cho's. */
const by = (verb: string) => (['submit', 'draft', 'log'].includes(verb) ? 'cho@x.test' : mia);

async function live(type: string, life: readonly Act[], name = ''): Promise<string> {
  const kind = name.includes('emergency') ? 'emergency' : name.includes('standard') ? 'standard' : 'normal';
  const { implementation_plan, test_plan, ...rest } = whole;
  const incident = kind === 'emergency' ? await told.act('incident.log', null, { title: 'Down' }, 'sam@x.test') : null;
  const made =
    type === 'change'
      ? await told.act(
          'change.draft',
          null,
          {
            title: 'A certificate',
            kind,
            ...rest,
            ...(kind === 'normal' ? { implementation_plan, test_plan } : {}),
            ...(kind === 'standard' ? { backout_plan: undefined, template_id: template } : {}),
            ...(incident ? { incident_id: String(incident.id), risk_level: 'low' } : {}),
          },
          'cho@x.test',
        )
      : await told.act('problem.log', null, { title: 'Certificates by hand' }, 'cho@x.test');
  for (const [verb, input] of life) {
    await told.later(7);
    await told.act(`${type}.${verb}`, String(made.id), { ...input }, by(verb));
  }
  await told.later(5);
  hung = await hangAll(told, type, String(made.id), mia, 'Card payments');
  return String(made.id);
}

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

/** All there is of it, but for what counts the acts themselves. */
async function all(type: string, id: string) {
  const { version, updated_at, ...fields } = await told.row(type, id);
  return {
    fields,
    timers: await rows(
      told.db,
      sql`select key, verb, due_at, input from timer where record_id = ${id}::uuid order by 1`,
    ),
    hanging: await hangingOn(told.db, id),
    figures: await figures(),
  };
}

/** Performs an act and takes it back when there is nearly no time left; answers whether it was one that may be done. */
async function thereAndBack(type: string, id: string, [verb, input]: Act): Promise<boolean> {
  const [done] = await told.actAll(`${type}.${verb}`, [{ id, input: inputFor(hung, verb) ?? { ...input } }], mia);
  if (!done!.ok || !done!.line) return false;
  const context = await told.context(mia);
  const offered = undoOf(context, done!.line);
  expect(offered, `${verb} can be taken back`).toBeDefined();
  await told.later(0.15, false);
  const of = told.house.types.get(type)!;
  const [back] = await undo({ ...context, now: told.now() }, of, [{ id, input: { line: offered!.line } }]);
  expect(back!.ok ? 'taken back' : back!.refusal.message).toBe('taken back');
  return true;
}

describe.each(['change', 'problem'])('what is taken back of a %s leaves no trace but its two lines', (type) => {
  test.each(Object.keys(lives[type]!))('every act on one that is %s', async (state) => {
    const id = await live(type, lives[type]![state]!, state);
    const { state: is } = await told.row(type, id);
    expect(is).toBe(state.split(' ').at(-1));
    let performed = 0;
    for (const act of acts[type]!) {
      const before = await all(type, id);
      if (!(await thereAndBack(type, id, act))) continue;
      performed += 1;
      expect(await all(type, id), `${act[0]} on ${state}`).toEqual(before);
    }
    expect(performed).toBeGreaterThan(1);
    const kept = await figures();
    await rebuildMeasures(told.db, told.house);
    expect(await figures()).toEqual(kept);
  });

  test('no verb that can be taken back is missing here', () => {
    const named = new Set(acts[type]!.map(([verb]) => verb));
    const declared = [...told.house.verbs.values()].filter((verb) => verb.undo && verb.on.type === type);
    expect(declared.length).toBeGreaterThan(12);
    expect(declared.map(({ verb }) => verb).filter((verb) => !named.has(verb))).toEqual([]);
  });

  test('whatever came before', async () => {
    const step = fc.nat(acts[type]!.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), step, async (steps, last) => {
        const id = await live(type, []);
        for (const at of steps) {
          const [verb, input] = acts[type]![at]!;
          await told.actAll(`${type}.${verb}`, [{ id, input: inputFor(hung, verb) ?? { ...input } }], by(verb));
          await told.later(11);
        }
        const before = await all(type, id);
        if (await thereAndBack(type, id, acts[type]![last]!)) expect(await all(type, id)).toEqual(before);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

test('an edit of the plan is not taken back under an approval that came after it', async () => {
  const id = await live('change', normal.slice(0, 2));
  const [edited] = await told.actAll('change.edit', [{ id, input: { backout_plan: 'None.' } }], mia);
  expect(edited!.ok && edited!.record.state).toBe('draft');
  for (const [verb, input] of normal)
    await told.act(`change.${verb}`, id, { ...input }, verb === 'approve' ? 'ines@x.test' : 'cho@x.test');
  const line = edited!.ok ? edited!.line!.id : '';
  const [back] = await undo(await told.context(mia), told.house.types.get('change')!, [{ id, input: { line } }]);
  expect(back!.ok ? '' : back!.refusal.message).toMatch(/was changed since/);
});
