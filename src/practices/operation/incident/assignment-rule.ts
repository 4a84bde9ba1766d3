import { z } from 'zod';
import { besides } from '../../../commons/keeping/life';
import {
  type Check,
  departmentField,
  departmentOfMatch,
  keepingVerbs,
  keptFields,
} from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import { type Verb, verb } from '../../../kernel/command';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { both, outsideTeamWalls, role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { invalid } from '../../../kernel/refusal';
import { wrong } from '../../../kernel/sentence.contract';
import { wrongInCondition } from './assignment-condition';

const reference = z.string(wrong`This must name a record.`).min(1, wrong`This must name a record.`).max(300);
const match = z.strictObject(
  {
    service_id: reference.nullish(),
    department: reference.nullish(),
    organization_id: reference.nullish(),
    category: z.string().min(1).max(100).nullish(),
    subcategory: z.string().min(1).max(100).nullish(),
    priority: z.int().min(1).max(5).nullish(),
  },
  wrong`A rule matches by service_id, department, organization_id, category, subcategory and priority.`,
);

const states = { draft: 'open', active: 'open', retired: 'final' } as const;

/** Kept as a draft to be tried, switched on, given up. A draft assigns nothing. */
const life = lifecycle({
  initial: ['active', 'draft'],
  states,
  verbs: {
    edit: { from: everyState(states), to: '=' },
    activate: { from: ['draft'], to: 'active' },
    retire: { from: ['draft', 'active'], to: 'retired' },
    restore: { from: ['retired'], to: 'active' },
    ...besides(states),
  },
});

/** Which team takes what, when nobody says so: the first rule that fits, from the lowest rank on. */
export const assignmentRule: RecordType = record({
  type: 'assignment_rule',
  plural: 'assignment-rules',
  prefix: 'RULE',
  table: 'assignment_rule',
  label: 'Assignment rule',
  labels: 'Assignment rules',
  life,
  sees: [both(staffOutsideWalls, outsideTeamWalls)],
  team: [staff],
  knownBy: [],
  standardSort: 'rank',
  fields: {
    ...keptFields,
    department: { ...departmentField, help: 'Empty: for every department.' },
    match: {
      kind: 'json',
      label: 'For incidents with',
      shape: match,
      standard: {},
      inside: { service_id: 'service', department: 'department', organization_id: 'organization' },
    },
    condition: {
      kind: 'text',
      label: 'Condition',
      max: 2_000,
      help: 'Over the fields of the incident, requester and service: impact == 1 && service.name.startsWith("Card"). It must hold as well.',
    },
    team_id: { kind: 'reference', label: 'Team', on: 'record', to: 'team', required: true },
    balance: {
      kind: 'choice',
      label: 'Person',
      choices: ['none', 'round_robin'],
      standard: 'none',
      required: true,
      help: 'none leaves the choice to the team; round_robin takes whoever has the fewest open ones.',
    },
    rank: { kind: 'integer', label: 'Rank', min: 0, max: 100_000, standard: 100, required: true },
  },
});

/** Takes empty parts off and refuses a condition that cannot be read: 422 with the place. */
export const checkAssignmentRule: Check = (record, input, context) => {
  if (input.match === null) input.match = {};
  if (input.match)
    input.match = Object.fromEntries(Object.entries(input.match as object).filter(([, value]) => value !== null));
  departmentOfMatch(record, input, context);
  if (typeof input.condition !== 'string') return;
  if (input.condition.trim() === '') input.condition = null;
  else {
    const wrong = wrongInCondition(context.house, input.condition);
    if (wrong) throw invalid('condition', wrong);
  }
};

export const ruleMakers = [administrator, role('incident_manager')];

export const assignmentRuleVerbs: Verb[] = [
  verb({
    on: assignmentRule,
    verb: 'create',
    past: 'created',
    label: 'Create',
    creates: true,
    takes: 'writable',
    input: {
      draft: { kind: 'boolean', label: 'As a draft', help: 'It assigns nothing until it is switched on.' },
    },
    allow: ruleMakers,
    decide: (_record, { draft, ...input }, _facts, context) => {
      checkAssignmentRule({}, input, context);
      return { set: { ...input, state: draft === true ? 'draft' : 'active' } };
    },
  }),
  ...keepingVerbs(assignmentRule, { make: ruleMakers }, checkAssignmentRule).filter(({ creates }) => !creates),
  verb({
    on: assignmentRule,
    verb: 'activate',
    past: 'activated',
    done: 'switched on',
    label: 'Switch on',
    undo: true,
    allow: ruleMakers,
    decide: (record, _input, _facts, context) => {
      // A field it asks for may have gone since it was drafted.
      checkAssignmentRule(record, { condition: record.condition }, context);
      return { set: { state: 'active' } };
    },
  }),
];
