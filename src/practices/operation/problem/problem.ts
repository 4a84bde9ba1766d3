import { besides } from '../../../commons/keeping/life';
import { departmentField } from '../../../commons/keeping/verbs';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { readsDepartment } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { openProblemStates, origins, problemStates as states } from './problem.contract';

const open = [...openProblemStates];

/** The cause behind incidents, from the suspicion until it has stayed away. */
const life = lifecycle({
  initial: ['new', 'imported'],
  states,
  verbs: {
    adopt: { from: ['imported'], to: 'new' },
    assess: { from: ['new'], to: 'assessed' },
    investigate: { from: ['assessed'], to: 'investigating' },
    document: [
      { from: ['investigating'], to: 'known_error' },
      { from: ['known_error', 'fix_in_progress'], to: '=' },
    ],
    fix: { from: ['investigating', 'known_error'], to: 'fix_in_progress' },
    drop: { from: ['fix_in_progress'], to: 'known_error' },
    resolve: { from: ['investigating', 'known_error', 'fix_in_progress'], to: 'resolved' },
    reopen: { from: ['resolved'], to: 'investigating' },
    close: { from: ['resolved'], to: 'closed' },
    accept: { from: ['known_error'], to: 'closed' },
    cancel: { from: ['new', 'assessed'], to: 'cancelled' },
    assign: { from: open, to: '=' },
    pass: { from: open, to: '=' },
    edit: { from: everyState(states, 'closed', 'cancelled'), to: '=' },
    ...besides(states),
  },
});

const kept = { writable: false } as const;
const onRecord = { on: 'record' } as const;

export const problem: RecordType = record({
  type: 'problem',
  plural: 'problems',
  prefix: 'PRB',
  table: 'problem',
  label: 'Problem',
  labels: 'Problems',
  life,
  sees: [readsDepartment],
  team: [readsDepartment],
  standardSort: '-opened_at',
  bound: [
    [
      'state',
      'known_error',
      'root_cause',
      'root_cause_at',
      'workaround',
      'change_id',
      'supplier_reference',
      'resolution_note',
      'lessons',
    ],
    ['team_id', 'assignee_id'],
  ],
  fields: {
    title: { kind: 'text', label: 'Title', ...onRecord, required: true, max: 300, searched: true },
    description: { kind: 'markdown', label: 'Description', searched: true },
    priority: { kind: 'integer', label: 'Priority', ...onRecord, min: 1, max: 5 },
    origin: { kind: 'choice', label: 'Known from', choices: origins },
    service_id: { kind: 'reference', label: 'Service', to: 'service' },
    configuration_item_ids: { kind: 'references', label: 'Components', to: 'configuration_item' },
    department: departmentField,
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    team_id: { kind: 'reference', label: 'Team', ...onRecord, to: 'team', writable: 'creation' },
    assignee_id: { kind: 'reference', label: 'Assignee', ...onRecord, to: 'person', writable: 'creation' },
    analysis_method: { kind: 'text', label: 'Method of analysis', max: 200 },
    root_cause: { kind: 'markdown', label: 'Cause', searched: true },
    workaround: { kind: 'markdown', label: 'Workaround', searched: true },
    known_error: { kind: 'boolean', label: 'Known error', ...kept },
    known_error_at: { kind: 'instant', label: 'Known error since', ...kept },
    change_id: { kind: 'reference', label: 'Change that fixes it', to: 'change' },
    supplier_reference: { kind: 'text', label: 'Number at the supplier', max: 200 },
    resolution_note: { kind: 'markdown', label: 'Resolution', ...kept, searched: true },
    no_change_reason: { kind: 'text', label: 'Why without a change', ...kept, max: 4000 },
    lessons: { kind: 'markdown', label: 'Lessons learnt', searched: true },
    accepted_risk_reason: { kind: 'text', label: 'Why the risk is accepted', ...kept, max: 4000 },
    reopen_count: { kind: 'integer', label: 'Reopened', ...kept },
    opened_at: { kind: 'instant', label: 'Opened', ...onRecord, ...kept, sorted: 'never null' },
    assessed_at: { kind: 'instant', label: 'Assessed', ...kept },
    investigation_started_at: { kind: 'instant', label: 'Analysis began', ...kept },
    root_cause_at: { kind: 'instant', label: 'Cause known since', ...kept },
    fix_started_at: { kind: 'instant', label: 'Fix began', ...kept },
    resolved_at: { kind: 'instant', label: 'Resolved', ...kept },
    closed_at: { kind: 'instant', label: 'Closed', ...kept },
    cancelled_at: { kind: 'instant', label: 'Cancelled', ...kept },
    source: { kind: 'text', label: 'Source', writable: 'creation', max: 100 },
    source_number: { kind: 'text', label: 'Number at the source', writable: 'creation', max: 100, searched: true },
  },
});
