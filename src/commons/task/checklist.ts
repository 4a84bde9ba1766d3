import { z } from 'zod';
import type { Verb } from '../../kernel/command';
import { role } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { wrong } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { departmentField, departmentOfMatch, keepingVerbs, keptFields } from '../keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../people';

const step = z.strictObject({
  title: z.string(wrong`A step has a title.`).trim().min(1, wrong`A step has a title.`).max(300),
  mandatory: z.boolean(wrong`mandatory is true or false.`).default(false),
});
export type ChecklistStep = z.infer<typeof step>;

const points = z
  .array(step, wrong`This must be a list of steps, each with a title.`)
  .min(1, wrong`At least one step is needed.`)
  .max(50, wrong`At most fifty steps are possible.`);

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
  'A checklist matches by service_id, department, organization_id, category, subcategory and priority.',
);

/** Steps that belong to a kind of work. By hand it is laid on any record; where it says for which, on every new incident that fits. */
export const checklist: RecordType = record({
  type: 'checklist',
  plural: 'checklists',
  prefix: 'CHECK',
  table: 'checklist',
  label: 'Checklist',
  labels: 'Checklists',
  life: plainLife,
  sees: [staffOutsideWalls],
  team: [staff],
  knownBy: [],
  standardSort: 'name',
  fields: {
    ...keptFields,
    department: departmentField,
    points: { kind: 'json', label: 'Steps', shape: points, required: true },
    match: {
      kind: 'json',
      label: 'For new incidents with',
      shape: match,
      standard: {},
      inside: { service_id: 'service', department: 'department', organization_id: 'organization' },
    },
  },
});

const makers = [administrator, role('incident_manager', 'team_lead')];

export const checklistVerbs: Verb[] = keepingVerbs(checklist, { make: makers }, (record, input, context) => {
  if (input.match === null) input.match = {};
  if (input.match)
    input.match = Object.fromEntries(Object.entries(input.match as object).filter(([, value]) => value !== null));
  departmentOfMatch(record, input, context);
});
