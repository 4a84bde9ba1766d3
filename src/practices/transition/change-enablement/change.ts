import { besides } from '../../../commons/keeping/life';
import { departmentField } from '../../../commons/keeping/verbs';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { readsDepartment } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { approvedFields } from './approval.rules';
import { changeKinds, outcomes, plannedStates, riskLevels, changeStates as states } from './change.contract';

/** One life for the three kinds; the verbs know which way each kind takes. */
const life = lifecycle({
  initial: ['draft', 'imported'],
  states,
  verbs: {
    adopt: { from: ['imported'], to: 'draft' },
    submit: { from: ['draft'], to: ['submitted', 'awaiting_authorization'] },
    schedule: { from: ['draft'], to: 'scheduled' },
    assess: { from: ['submitted'], to: 'assessing' },
    refer: { from: ['assessing'], to: 'awaiting_authorization' },
    approve: { from: ['awaiting_authorization'], to: ['scheduled', 'implementing'] },
    reject: { from: ['awaiting_authorization'], to: 'rejected' },
    revise: { from: ['submitted', 'assessing', 'awaiting_authorization', 'scheduled'], to: 'draft' },
    implement: { from: ['scheduled'], to: 'implementing' },
    review: { from: ['implementing'], to: ['review', 'documentation'] },
    document: { from: ['documentation'], to: 'review' },
    close: { from: ['review'], to: 'closed' },
    cancel: { from: plannedStates, to: 'cancelled' },
    assign: { from: everyState(states, 'closed', 'rejected', 'cancelled', 'imported'), to: '=' },
    pass: { from: everyState(states, 'closed', 'rejected', 'cancelled', 'imported'), to: '=' },
    edit: [
      { from: ['draft', 'implementing', 'documentation', 'review', 'imported'], to: '=' },
      { from: ['submitted', 'assessing', 'awaiting_authorization', 'scheduled'], to: ['=', 'draft'] },
    ],
    ...besides(states),
  },
});

const kept = { writable: false } as const;
const onRecord = { on: 'record' } as const;

export const change: RecordType = record({
  type: 'change',
  plural: 'changes',
  prefix: 'CHG',
  table: 'change',
  label: 'Change',
  labels: 'Changes',
  life,
  sees: [readsDepartment],
  team: [readsDepartment],
  standardSort: '-opened_at',
  // What an approval stands on and the approval itself: an edit is not taken back under a yes that came after it.
  bound: [
    [
      'state',
      ...approvedFields,
      'assessment',
      'submitted_by_id',
      'approver_ids',
      'approved_by_id',
      'approved_at',
      'outcome',
      'actual_start',
      'actual_end',
    ],
    ['team_id', 'assignee_id'],
  ],
  fields: {
    title: { kind: 'text', label: 'Title', ...onRecord, required: true, max: 300, searched: true },
    description: { kind: 'markdown', label: 'Description', searched: true },
    kind: { kind: 'choice', label: 'Kind of change', choices: changeKinds, help: 'Normal, when nothing is chosen.' },
    reason: { kind: 'markdown', label: 'Reason', searched: true },
    service_id: { kind: 'reference', label: 'Service', to: 'service' },
    configuration_item_ids: { kind: 'references', label: 'Components', to: 'configuration_item' },
    planned_start: { kind: 'instant', label: 'Window begins' },
    planned_end: { kind: 'instant', label: 'Window ends' },
    risk_level: { kind: 'choice', label: 'Risk', choices: riskLevels },
    impact: { kind: 'integer', label: 'Impact', min: 1, max: 3 },
    implementation_plan: { kind: 'markdown', label: 'Plan', searched: true },
    test_plan: { kind: 'markdown', label: 'Test' },
    backout_plan: { kind: 'markdown', label: 'Way back' },
    template_id: { kind: 'reference', label: 'Done before as', to: 'change' },
    incident_id: { kind: 'reference', label: 'Because of incident', to: 'incident' },
    requester_id: { kind: 'reference', label: 'Requester', ...onRecord, to: 'person', writable: 'creation' },
    department: departmentField,
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    team_id: { kind: 'reference', label: 'Team', ...onRecord, to: 'team', writable: 'creation' },
    assignee_id: { kind: 'reference', label: 'Assignee', ...onRecord, to: 'person', writable: 'creation' },
    assessment: { kind: 'markdown', label: 'Assessment', ...kept },
    submitted_by_id: { kind: 'reference', label: 'Submitted by', ...kept, to: 'person' },
    approver_ids: { kind: 'references', label: 'Asked to decide', ...kept, to: 'person' },
    approved_by_id: { kind: 'reference', label: 'Approved by', ...kept, to: 'person' },
    approved_at: { kind: 'instant', label: 'Approved', ...kept },
    outcome: { kind: 'choice', label: 'Outcome', ...kept, choices: outcomes },
    review_note: { kind: 'markdown', label: 'Review', ...kept, searched: true },
    actual_start: { kind: 'instant', label: 'Work began', ...kept },
    actual_end: { kind: 'instant', label: 'Work ended', ...kept },
    opened_at: { kind: 'instant', label: 'Opened', ...onRecord, ...kept, sorted: 'never null' },
    submitted_at: { kind: 'instant', label: 'Submitted', ...kept },
    assessed_at: { kind: 'instant', label: 'Assessed', ...kept },
    scheduled_at: { kind: 'instant', label: 'Scheduled', ...kept },
    documented_at: { kind: 'instant', label: 'Documented', ...kept },
    closed_at: { kind: 'instant', label: 'Closed', ...kept },
    cancelled_at: { kind: 'instant', label: 'Cancelled', ...kept },
    source: { kind: 'text', label: 'Source', writable: 'creation', max: 100 },
    source_number: { kind: 'text', label: 'Number at the source', writable: 'creation', max: 100, searched: true },
  },
});
