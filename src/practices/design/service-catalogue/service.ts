import { z } from 'zod';
import { hangingVerbs } from '../../../commons/keeping/hangings';
import { besides } from '../../../commons/keeping/life';
import { checkWall, departmentField, keptFields, move } from '../../../commons/keeping/verbs';
import { administrator, staff } from '../../../commons/people';
import { type Verb, verb } from '../../../kernel/command';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { both, everyone, outsideWalls, role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';

const states = {
  idea: 'open',
  analysis: 'open',
  approved: 'open',
  design: 'open',
  transition: 'open',
  live: 'open',
  suspended: 'paused',
  retiring: 'open',
  retired: 'final',
  rejected: 'final',
} as const;

/** From idea through pipeline and catalogue to retirement. */
const life = lifecycle({
  initial: Object.keys(states),
  states,
  verbs: {
    edit: { from: everyState(states), to: '=' },
    accept: [
      { from: ['idea'], to: 'analysis' },
      { from: ['design'], to: 'transition' },
    ],
    reject: { from: ['idea', 'analysis'], to: 'rejected' },
    approve: { from: ['analysis'], to: 'approved' },
    charter: { from: ['approved'], to: 'design' },
    launch: { from: ['transition'], to: 'live' },
    suspend: { from: ['live'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'live' },
    rework: { from: ['live'], to: 'analysis' },
    announce: { from: ['live', 'suspended'], to: 'retiring' },
    retire: { from: ['retiring'], to: 'retired' },
    ...besides(states),
  },
});

export const service: RecordType = record({
  type: 'service',
  plural: 'services',
  prefix: 'SVC',
  table: 'service',
  label: 'Service',
  labels: 'Services',
  life,
  sees: [both(everyone, outsideWalls)],
  team: [staff],
  knownBy: ['customer_name'],
  standardSort: 'name',
  fields: {
    ...keptFields,
    department: departmentField,
    customer_name: { kind: 'text', label: 'Name for customers', max: 300, searched: true },
    team_id: { kind: 'reference', label: 'Operated by', on: 'record', to: 'team' },
    criticality: { kind: 'integer', label: 'Criticality', min: 1, max: 4, help: '1 is the highest.' },
    goals: {
      kind: 'json',
      label: 'Goals it serves',
      inside: { '*.goal_id': 'goal' },
      shape: z
        .array(z.strictObject({ goal_id: z.string().min(1).max(300), weight: z.number().min(0).max(1000) }))
        .max(50),
    },
  },
});

const may = [administrator, role('service_owner')];

export const serviceVerbs: Verb[] = [
  verb({
    on: service,
    verb: 'create',
    past: 'created',
    label: 'Create',
    creates: true,
    takes: 'writable',
    input: { state: { kind: 'choice', label: 'State', choices: Object.keys(states) } },
    allow: may,
    decide: (record, input, _facts, context) => {
      checkWall(record, input, context);
      return { set: { ...input, state: input.state ?? 'live', goals: input.goals ?? [] } };
    },
  }),
  verb({
    on: service,
    verb: 'edit',
    past: 'edited',
    label: 'Edit',
    undo: true,
    takes: 'writable',
    allow: may,
    decide: (record, input, _facts, context) => {
      checkWall(record, input, context);
      return { set: input };
    },
  }),
  move(service, 'accept', 'accepted', 'Accept', may),
  move(service, 'reject', 'rejected', 'Reject', may, ['reason']),
  move(service, 'approve', 'approved', 'Approve', may),
  move(service, 'charter', 'chartered', 'Charter', may),
  move(service, 'launch', 'launched', 'Launch', may),
  move(service, 'suspend', 'suspended', 'Suspend', may, ['reason']),
  move(service, 'resume', 'resumed', 'Resume', may, ['reason']),
  move(service, 'rework', 'reworked', 'Rework', may, ['reason']),
  { ...move(service, 'announce', 'announced', 'Announce retirement', may), done: 'announced for retirement' },
  move(service, 'retire', 'retired', 'Retire', may),
  ...hangingVerbs(service, [staff]),
];
