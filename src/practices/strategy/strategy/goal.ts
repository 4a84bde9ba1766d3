import { hangingVerbs } from '../../../commons/keeping/hangings';
import { plainLife } from '../../../commons/keeping/life';
import { checkWall, departmentField, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import type { Verb } from '../../../kernel/command';
import { role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';

/** What the organisation wants to reach, and how it is measured. */
export const goal: RecordType = record({
  type: 'goal',
  plural: 'goals',
  prefix: 'GOAL',
  table: 'goal',
  label: 'Goal',
  labels: 'Goals',
  life: plainLife,
  sees: [staffOutsideWalls],
  team: [staff],
  knownBy: [],
  fields: {
    ...keptFields,
    department: departmentField,
    parent_id: { kind: 'reference', label: 'Part of', to: 'goal' },
    measure: { kind: 'text', label: 'Measure', max: 500 },
    target: { kind: 'text', label: 'Target', max: 500 },
    weight: { kind: 'number', label: 'Weight', min: 0, max: 1000 },
  },
});

export const goalVerbs: Verb[] = [
  ...keepingVerbs(goal, { make: [administrator, role('cio')] }, checkWall),
  ...hangingVerbs(goal, [staff]),
];
