import { weekdays } from '../commons/calendar';
import { keepChoices } from '../commons/notification';
import { theSystemItself } from '../kernel/actor';
import type { Context } from '../kernel/command';
import { one, type Row, sql } from '../kernel/database';
import { newId } from '../kernel/id';
import { load } from '../kernel/load';
import { type PastCase, performPast } from '../kernel/past';
import { found, type Made } from './founding';
import type { Known } from './known';

const exchange = {
  name: 'Exchange of a card reader',
  description: 'Whenever a reader leaves a delivery point.',
  points: [
    { title: 'Write down the serial of the old reader', mandatory: true },
    { title: 'Pair the new one with the till', mandatory: false },
    { title: 'Test payment of one cent', mandatory: true },
    { title: 'Send the old reader back', mandatory: false },
  ],
};

const morningWork = [
  {
    title: 'Reader battery drains before the evening is over, DP 12',
    points: exchange.points,
    minutes: 12,
    what: 'Battery test with the manager on the phone',
  },
  { title: 'No calls reach DP 31 Station', points: [], minutes: 25, what: 'Call with Voxline' },
];

/** What the service desk made for itself: views, texts, macros, checklists. */
export async function furnishDesk(context: Context, known: Known, at: Date): Promise<void> {
  const mine = (name: string) => ({ audience: 'own', owner_id: known.person(name), person_id: known.person(name) });
  const all = { audience: 'all', owner_id: known.person('Ada Rossi') };
  const team = { audience: 'team', owner_id: known.person('Ada Rossi'), team_id: known.id('team', 'Service desk') };
  const made = (things: readonly ({ name: string } & Row)[], by = 'Ada Rossi'): Made[] =>
    things.map((set) => ({ name: set.name, at, by, set }));

  await found(
    context,
    known,
    'view',
    made([
      {
        ...team,
        name: 'Cards, open',
        record_type: 'incident',
        rank: 10,
        filter: 'service:"Card payments" state:open',
        sort: 'due_at',
        columns: [],
      },
      {
        ...all,
        name: 'Critical and high',
        record_type: 'incident',
        rank: 20,
        filter: 'state:open priority:1,2',
        sort: 'priority,due_at',
        columns: ['priority', 'title', 'state', 'team_id', 'due_at'],
      },
      {
        ...all,
        name: 'Without a component',
        record_type: 'incident',
        rank: 30,
        filter: 'state:open component:none',
        sort: '-opened_at',
        columns: [],
      },
    ]),
  );
  await found(
    context,
    known,
    'view',
    made(
      [
        {
          ...mine('Sam Okafor'),
          name: 'I wait for an answer',
          record_type: 'incident',
          rank: 100,
          filter: 'assignee:me state:on_hold',
          sort: '-updated_at',
          columns: [],
        },
      ],
      'Sam Okafor',
    ),
  );
  await found(
    context,
    known,
    'text_template',
    made([
      {
        ...all,
        name: 'We have it',
        mode: 'comment',
        rank: 10,
        text: 'Hello {{requester.first_name}},\n\nwe have your report {{number}} and look into it now.\n\n{{me.first_name}}, Pizza&Pizza IT',
      },
      {
        ...all,
        name: 'Wir haben es',
        mode: 'comment',
        rank: 20,
        text: 'Hallo {{requester.first_name}},\n\ndeine Meldung {{number}} ist da, wir sehen sie uns gleich an.\n\n{{me.first_name}}, Pizza&Pizza IT',
      },
      {
        ...team,
        name: 'Reader restarted',
        mode: 'both',
        rank: 30,
        text: 'The card reader was switched off for ten seconds and on again; a test payment of one cent went through.',
      },
      { ...team, name: 'What I tried', mode: 'note', rank: 40, text: '**Tried**\n- \n\n**Not tried yet**\n- ' },
    ]),
  );
  await found(
    context,
    known,
    'macro',
    made([
      {
        ...team,
        name: 'Ask for a picture and wait',
        record_type: 'incident',
        rank: 10,
        next: true,
        steps: [
          {
            verb: 'comment',
            input: {
              text: 'Hello {{requester.first_name}}, could you send us a picture of what you see? You can answer to this message. {{me.first_name}}',
            },
          },
          { verb: 'hold', input: { hold_reason: 'requester' } },
        ],
      },
      {
        ...team,
        name: 'Solved by restarting the reader',
        record_type: 'incident',
        rank: 20,
        next: true,
        steps: [
          {
            verb: 'comment',
            input: { text: 'The reader is up again after a restart. Call us if it goes dark once more.' },
          },
          {
            verb: 'resolve',
            input: { resolution_code: 'restarted', resolution_note: 'Reader restarted, test payment went through.' },
          },
        ],
      },
    ]),
  );
  await found(
    context,
    known,
    'checklist',
    made([
      {
        ...exchange,
        owner_id: known.person('Ada Rossi'),
        department: known.id('department', 'it'),
      },
    ]),
  );
}

/** Whom the house lets through at night, and an evening of one's own. */
export async function letPeopleRest(context: Context, known: Known, at: Date): Promise<void> {
  await found(
    context,
    known,
    'notice_rule',
    ['incident_manager', 'team_lead'].map((role) => {
      const name = `Major incidents reach ${role === 'team_lead' ? 'leads' : 'incident managers'} at night`;
      const set = { name, role, topic: 'major', way: 'at_once', passes: true, owner_id: known.person('Ada Rossi') };
      return { name, at, by: 'Ada Rossi', set };
    }),
  );
  const quiet = [
    { days: [...weekdays], from: '19:00', until: '07:30' },
    { days: ['sat' as const, 'sun' as const], from: '00:00', until: '00:00' },
  ];
  await keepChoices(context.db, known.person('Ines Duarte'), { quiet, passes: { approval: true } }, at);
}

/** What Sam did this morning beside writing: steps on one incident, time on two. `end` is when the story ends. */
export async function workThisMorning(context: Context, known: Known, end: Date): Promise<void> {
  const type = context.house.types.get('incident')!;
  const sam = known.person('Sam Okafor');
  const line = { actor_id: sam, actor_kind: 'person' as const, cause: null, set: {}, internal: true, at: end };
  const find = async (title: string) => {
    const found = await one<{ id: string }>(
      context.db,
      sql`select id from record where type = 'incident' and title = ${title} order by serial desc limit 1`,
    );
    return found ? (await load({ ...context, actor: theSystemItself }, type, [found.id]))[0] : undefined;
  };
  const cases: PastCase[] = [];
  for (const { title, points, minutes, what } of morningWork) {
    const record = await find(title);
    if (!record) continue;
    const steps = points.map((step) => ({ id: newId(context.now), ...step }));
    const time = { id: newId(context.now), minutes, what };
    const checklist_id = points.length > 0 ? known.id('checklist', exchange.name) : null;
    cases.push({
      record,
      lines: [
        ...(steps.length > 0 ? [{ ...line, past: 'tasked', remember: { tasks: steps } }] : []),
        { ...line, past: 'booked', remember: { time } },
      ],
      children: [
        ...steps.map((step) => ({ table: 'task', insert: { ...step, checklist_id, author_id: sam, at: end } })),
        { table: 'time_entry', insert: { ...time, person_id: sam, author_id: sam, at: end } },
      ],
    });
  }
  if (cases.length > 0) await performPast(context, type, cases);
}
