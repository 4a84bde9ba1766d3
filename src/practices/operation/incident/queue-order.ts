import { plainLife } from '../../../commons/keeping/life';
import { departmentField, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff } from '../../../commons/people';
import type { Verb } from '../../../kernel/command';
import type { Field } from '../../../kernel/field';
import { role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
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
  sees: [staff],
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
    goal_minutes: weight('goal_minutes', 'Minutes per point of a goal', 'For the heaviest goal its service is for.'),
    major_minutes: weight('major_minutes', 'Minutes for a major incident'),
    answer_minutes: weight('answer_minutes', 'Minutes for an answer that waits', 'The requester spoke last.'),
    hold_minutes: weight('hold_minutes', 'Minutes for being on hold', 'So much later it counts, without a date.'),
    age_percent: weight('age_percent', 'Percent for age', 'Of the time between opening and due, counted earlier.'),
  },
});

export const mayOrderQueues = [administrator, role('incident_manager')];

export const queueOrderVerbs: Verb[] = keepingVerbs(queueOrder, { make: mayOrderQueues });
