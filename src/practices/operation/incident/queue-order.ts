import { plainLife } from '../../../commons/keeping/life';
import { checkWall, departmentField, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import { type Context, type FactItem, type Verb, verb } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import type { Field } from '../../../kernel/field';
import { both, outsideTeamWalls, role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { invalid } from '../../../kernel/refusal';
import { deliveredWeights, mostOf, type WeightName } from './queue.contract';

const weight = (name: WeightName, label: string, help?: string): Field => ({
  kind: 'integer',
  label,
  min: 0,
  max: mostOf(name),
  standard: deliveredWeights[name],
  required: true,
  help: `${help ? `${help} ` : ''}Delivered: ${deliveredWeights[name].toLocaleString('en')}.`,
});

/** By which weights the queue of a team, a department or everybody is ordered. Its versions are its history. */
export const queueOrder: RecordType = record({
  type: 'queue_order',
  plural: 'queue-orders',
  prefix: 'QO',
  table: 'queue_order',
  label: 'Queue order',
  labels: 'Queue orders',
  life: plainLife,
  sees: [both(staffOutsideWalls, outsideTeamWalls)],
  team: [staff],
  standardSort: 'name',
  fields: {
    ...keptFields,
    department: { ...departmentField, help: 'Empty: for every department.' },
    team_id: { kind: 'reference', label: 'Team', on: 'record', to: 'team', help: 'Empty: for every team.' },
    without_due_hours: weight(
      'without_due_hours',
      'Hours to a due time without a promise',
      'What has no promise counts as due so long after it was opened.',
    ),
    impact_1_minutes: weight('impact_1_minutes', 'Minutes for impact 1', 'So much earlier it counts.'),
    impact_2_minutes: weight('impact_2_minutes', 'Minutes for impact 2'),
    goal_minutes: {
      ...weight('goal_minutes', 'Minutes per point of a goal', 'For the heaviest goal its service is for.'),
      madeOf: 'goal',
    },
    major_minutes: weight('major_minutes', 'Minutes for a major incident'),
    answer_minutes: weight('answer_minutes', 'Minutes for an answer that waits', 'The requester spoke last.'),
    hold_minutes: weight('hold_minutes', 'Minutes for being on hold', 'So much later it counts, without a date.'),
    age_percent: weight('age_percent', 'Percent for age', 'Of the time between opening and due, counted earlier.'),
  },
});

export const mayOrderQueues = [administrator, role('incident_manager')];

/** The departments of teams that stand behind a wall, by team. */
async function walledTeams(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; department: string }>(
    context.db,
    sql`select r.id, r.department from record r join department d on d.id = r.department
        where r.id ${among(ids)} and d.confidential`,
  );
  return new Map(found.map(({ id, department }) => [id, department]));
}

/** An order for a team behind a wall stands behind it as well. */
const behindWall = (one: Verb): Verb =>
  verb<Row, string | null>({
    ...one,
    facts: async (context, items) => {
      const team = ({ record, input }: FactItem<Row>) => (input.team_id === undefined ? record.team_id : input.team_id);
      const walled = await walledTeams(
        context,
        items.map((item) => String(team(item) ?? '')).filter((id) => id !== ''),
      );
      return new Map(items.map((item) => [item.key, walled.get(String(team(item))) ?? null]));
    },
    decide: (record, input, walled, context) => {
      const own = input.department === undefined ? record.department : input.department;
      const given = walled === null || own === walled ? input : { ...input, department: walled };
      if (walled !== null && own != null && own !== walled)
        throw invalid('department', 'This team belongs to another department, which is confidential.');
      return one.decide(record, given, undefined, context);
    },
  });

export const queueOrderVerbs: Verb[] = keepingVerbs(queueOrder, { make: mayOrderQueues }, checkWall).map((one) =>
  one.verb === 'create' || one.verb === 'edit' ? behindWall(one) : one,
);
