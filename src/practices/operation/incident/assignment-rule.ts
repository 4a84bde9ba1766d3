import { z } from 'zod';
import { plainLife } from '../../../commons/keeping/life';
import { type Check, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff } from '../../../commons/people';
import type { Verb } from '../../../kernel/command';
import { role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';

const reference = z.string({ error: 'This must name a record.' }).min(1, 'This must name a record.').max(300);
const match = z.strictObject(
  {
    service_id: reference.nullish(),
    department: reference.nullish(),
    organization_id: reference.nullish(),
    category: z.string().min(1).max(100).nullish(),
    subcategory: z.string().min(1).max(100).nullish(),
    priority: z.int().min(1).max(5).nullish(),
  },
  { error: 'A rule matches by service_id, department, organization_id, category, subcategory and priority.' },
);

/** Which team takes what, when nobody says so: the first rule that fits, from the lowest rank on. */
export const assignmentRule: RecordType = record({
  type: 'assignment_rule',
  plural: 'assignment-rules',
  prefix: 'RULE',
  table: 'assignment_rule',
  label: 'Assignment rule',
  labels: 'Assignment rules',
  life: plainLife,
  sees: [staff],
  team: [staff],
  knownBy: [],
  standardSort: 'rank',
  fields: {
    ...keptFields,
    match: {
      kind: 'json',
      label: 'For incidents with',
      shape: match,
      standard: {},
      inside: { service_id: 'service', department: 'department', organization_id: 'organization' },
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

const tidy: Check = (_record, input) => {
  if (input.match === null) input.match = {};
  if (input.match)
    input.match = Object.fromEntries(Object.entries(input.match as object).filter(([, value]) => value !== null));
};

const makers = [administrator, role('incident_manager')];

export const assignmentRuleVerbs: Verb[] = keepingVerbs(assignmentRule, { make: makers }, tidy);
