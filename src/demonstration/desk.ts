import { actorOf } from '../commons/people';
import { automatic } from '../kernel/actor';
import type { Context } from '../kernel/command';
import { one, type Row, sql } from '../kernel/database';
import { performOne } from '../kernel/perform';
import { found, type Made } from './founding';
import type { Known } from './known';

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
        name: 'Exchange of a card reader',
        description: 'Whenever a reader leaves a delivery point.',
        owner_id: known.person('Ada Rossi'),
        department: known.id('department', 'it'),
        points: [
          { title: 'Write down the serial of the old reader', mandatory: true },
          { title: 'Pair the new one with the till' },
          { title: 'Test payment of one cent', mandatory: true },
          { title: 'Send the old reader back' },
        ],
      },
    ]),
  );
}

/** What Sam did this morning beside writing: steps on one incident, time on another. */
export async function workThisMorning(context: Context, known: Known): Promise<void> {
  const sam = await actorOf(context.db, known.person('Sam Okafor'));
  const acting: Context = { ...context, actor: sam ?? automatic('import', 'Demonstration') };
  const act = async (title: string, verb: string, input: Row) => {
    const record = await one<{ id: string }>(
      context.db,
      sql`select id from record where type = 'incident' and title = ${title} and state_category <> 'final' order by serial desc limit 1`,
    );
    if (record) await performOne(acting, context.house.verbs.get(`incident.${verb}`)!, { id: record.id, input });
  };
  const reader = 'Reader battery drains before the evening is over, DP 12';
  await act(reader, 'task', { checklist_id: known.id('checklist', 'Exchange of a card reader') });
  await act(reader, 'book', { minutes: 12, what: 'Battery test with the manager on the phone' });
  await act('No calls reach DP 31 Station', 'book', { minutes: 25, what: 'Call with Voxline' });
}
