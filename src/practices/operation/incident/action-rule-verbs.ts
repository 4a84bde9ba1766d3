import { keepingVerbs, move } from '../../../commons/keeping/verbs';
import { taskVerbs } from '../../../commons/task';
import { type Context, type FactItem, type Verb, verb } from '../../../kernel/command';
import { among, rows, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { theSystem } from '../../../kernel/policy';
import { actionRule, checkActionRule } from './action-rule';
import { ruleMakers } from './assignment-rule';
import { administratorsOf } from './keepers';

interface FaultFacts {
  /** The same is waiting to be looked at already. */
  readonly known: boolean;
  /** Whom it reaches: the owner, and where there is none the administrators. */
  readonly to: readonly string[];
}

async function faultFacts(
  context: Context,
  items: readonly FactItem<{ sentence: string }>[],
): Promise<Map<string, FaultFacts>> {
  const open = await rows<{ record_id: string; title: string }>(
    context.db,
    sql`select t.record_id, t.title from task t where t.record_id ${among(items.map(({ key }) => key))}
        and not exists (select 1 from task_tick k where k.id = t.id)`,
  );
  const keepers = items.every(({ record }) => record.owner_id) ? [] : await administratorsOf(context.db);
  return new Map(
    items.map(({ key, record, input }) => [
      key,
      {
        known: open.some(({ record_id, title }) => record_id === key && title === input.sentence),
        to: record.owner_id ? [String(record.owner_id)] : keepers,
      },
    ]),
  );
}

/** It could not do what it says: a line, and a step for whoever answers for it, until that is ticked. */
const fault = verb<{ sentence: string; incident?: string | null }, FaultFacts>({
  on: actionRule,
  verb: 'fault',
  past: 'faulted',
  label: 'Fault',
  hidden: true,
  input: {
    sentence: { kind: 'text', label: 'What went wrong', max: 300 },
    incident: { kind: 'text', label: 'On the incident', max: 60 },
  },
  required: ['sentence'],
  allow: [theSystem],
  facts: faultFacts,
  decide: (_record, { sentence, incident }, { known, to }, context) =>
    known
      ? {}
      : {
          remember: { fault: sentence },
          why: { sentence, ...(incident ? { incident: { id: incident } } : {}), to: to.map((id) => ({ id })) },
          children: [
            {
              table: 'task',
              insert: { id: newId(context.now), title: sentence, mandatory: false, author_id: null, at: context.now },
            },
          ],
        },
});

export const actionRuleVerbs: Verb[] = [
  ...keepingVerbs(actionRule, { make: ruleMakers }, checkActionRule),
  verb({
    on: actionRule,
    verb: 'activate',
    past: 'activated',
    done: 'switched on',
    label: 'Switch on',
    undo: true,
    allow: ruleMakers,
    decide: (record, _input, _facts, context) => {
      // A field it asks for or sets may have gone since it was drafted.
      const { condition, set_fields } = record;
      checkActionRule(record, { condition, set_fields }, context);
      return { set: { state: 'active' } };
    },
  }),
  { ...move(actionRule, 'deactivate', 'deactivated', 'Switch off', ruleMakers), done: 'switched off' },
  fault,
  ...taskVerbs(actionRule, [...ruleMakers, theSystem]),
];
