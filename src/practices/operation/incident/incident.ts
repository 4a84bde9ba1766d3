import { besides } from '../../../commons/keeping/life';
import { departmentField } from '../../../commons/keeping/verbs';
import type { Row } from '../../../kernel/database';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { person, readsDepartment } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { type Sentence, say } from '../../../kernel/sentence.contract';
import type { PromisedType } from '../../design/service-level';
import { holdReasons, openStates, incidentStates as states } from './incident.contract';

const open = [...openStates];

/** An unplanned interruption of a service, or a loss of its quality, until service is restored. */
const life = lifecycle({
  initial: ['new', 'assigned'],
  states,
  verbs: {
    assign: [
      { from: ['new', 'assigned', 'in_progress'], to: 'assigned' },
      { from: ['on_hold'], to: '=' },
    ],
    pass: [
      { from: ['new', 'assigned', 'in_progress'], to: ['assigned', 'new'] },
      { from: ['on_hold'], to: '=' },
    ],
    start: { from: ['new', 'assigned'], to: 'in_progress' },
    hold: { from: ['new', 'assigned', 'in_progress'], to: 'on_hold' },
    resume: { from: ['on_hold'], to: ['in_progress', 'assigned'] },
    resolve: { from: open, to: 'resolved' },
    reopen: { from: ['resolved', 'closed'], to: ['in_progress', 'assigned'] },
    close: { from: ['resolved'], to: 'closed' },
    cancel: { from: open, to: 'cancelled' },
    merge: { from: open, to: 'closed' },
    unmerge: { from: ['closed'], to: open },
    edit: { from: everyState(states, 'closed', 'cancelled'), to: '=' },
    doubt: { from: everyState(states), to: '=' },
    warn: { from: open, to: '=' },
    breach: { from: everyState(states), to: '=' },
    escalate: { from: open, to: '=' },
    expire: { from: ['closed', 'cancelled'], to: '=' },
    declare: { from: open, to: '=' },
    inform: { from: open, to: '=' },
    downgrade: { from: open, to: '=' },
    miss: { from: open, to: '=' },
    propose: { from: open, to: '=' },
    dismiss: { from: open, to: '=' },
    wait: { from: everyState(states, 'closed', 'cancelled'), to: '=' },
    call: { from: everyState(states), to: '=' },
    halt: { from: everyState(states), to: '=' },
    ...besides(states),
  },
});

const kept = { writable: false } as const;
const onRecord = { on: 'record' } as const;

/** Refuses what a merged incident no longer takes. */
export const notMerged = (record: Row): Sentence | null =>
  record.merged_into_id ? say`${String(record.number)} was merged into another incident: unmerge it first.` : null;

export const isRequester = person('requester_id', say`they asked for it`);
export const isBeneficiary = person('beneficiary_id', say`it was logged for them`);

/** How the states of an incident end its clocks: a cancelled one keeps no promise. */
export const incidentPromises: PromisedType = {
  type: 'incident',
  stop_states: ['resolved', 'closed', 'cancelled'],
  cancel_states: ['cancelled'],
};

export const incident: RecordType = record({
  type: 'incident',
  plural: 'incidents',
  prefix: 'INC',
  table: 'incident',
  label: 'Incident',
  labels: 'Incidents',
  life,
  sees: [readsDepartment, isRequester, isBeneficiary],
  team: [readsDepartment],
  standardSort: '-opened_at',
  bound: [
    ['impact', 'urgency', 'priority', 'department', 'organization_id'],
    ['state', 'team_id', 'assignee_id', 'hold_reason', 'hold_until', 'resolved_at', 'closed_at', 'cancelled_at'],
  ],
  fields: {
    title: { kind: 'text', label: 'Title', ...onRecord, required: true, max: 300, searched: true },
    description: { kind: 'markdown', label: 'Description', searched: true },
    impact: { kind: 'integer', label: 'Impact', min: 1, max: 3, standard: 3, required: true },
    urgency: { kind: 'integer', label: 'Urgency', min: 1, max: 3, standard: 3, required: true },
    priority: { kind: 'integer', label: 'Priority', ...onRecord, ...kept, min: 1, max: 5, sorted: 'never null' },
    category: { kind: 'text', label: 'Category', max: 100, searched: true },
    subcategory: { kind: 'text', label: 'Subcategory', max: 100, searched: true },
    service_id: { kind: 'reference', label: 'Service', to: 'service' },
    configuration_item_id: { kind: 'reference', label: 'Component', to: 'configuration_item' },
    requester_id: { kind: 'reference', label: 'Requester', ...onRecord, to: 'person' },
    beneficiary_id: { kind: 'reference', label: 'Beneficiary', ...onRecord, to: 'person' },
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    department: departmentField,
    team_id: { kind: 'reference', label: 'Team', ...onRecord, to: 'team', writable: 'creation' },
    assignee_id: { kind: 'reference', label: 'Assignee', ...onRecord, to: 'person', writable: 'creation' },
    channel: { kind: 'text', label: 'Channel', standard: 'api', required: true, max: 60 },
    opened_at: { kind: 'instant', label: 'Opened', ...onRecord, ...kept, sorted: 'never null' },
    acknowledged_at: { kind: 'instant', label: 'Acknowledged', ...kept },
    resolved_at: { kind: 'instant', label: 'Resolved', ...kept },
    closed_at: { kind: 'instant', label: 'Closed', ...kept },
    cancelled_at: { kind: 'instant', label: 'Cancelled', ...kept },
    due_at: { kind: 'instant', label: 'Due', ...onRecord, ...kept, sorted: 'indexed', madeOf: 'agreement' },
    queue_at: { kind: 'instant', label: 'Place in the queue', ...onRecord, ...kept, sorted: 'indexed' },
    deadline_at: { kind: 'instant', label: 'Deadline' },
    resolution_code: { kind: 'text', label: 'Resolution code', ...kept, max: 100 },
    resolution_note: { kind: 'markdown', label: 'Resolution', ...kept, searched: true },
    hold_reason: { kind: 'choice', label: 'Waiting for', ...kept, choices: holdReasons },
    hold_until: { kind: 'instant', label: 'On hold until', ...kept },
    reopen_count: { kind: 'integer', label: 'Reopened', ...kept },
    reassignment_count: { kind: 'integer', label: 'Moved between teams', ...kept },
    merged_into_id: { kind: 'reference', label: 'Merged into', ...onRecord, ...kept, to: 'incident' },
    parent_id: { kind: 'reference', label: 'Parent', to: 'incident' },
    problem_id: { kind: 'reference', label: 'Problem', to: 'problem' },
    caused_by_change_id: { kind: 'reference', label: 'Caused by change', to: 'change' },
    major: { kind: 'boolean', label: 'Major incident', standard: false },
    major_message: { kind: 'text', label: 'What users are told', ...kept, max: 500 },
    down_service_ids: { kind: 'references', label: 'Services that are down', to: 'service', ...kept },
    next_update_at: { kind: 'instant', label: 'Next update', ...kept },
    major_since: { kind: 'instant', label: 'Major since', ...kept },
    tags: { kind: 'texts', label: 'Tags' },
    source: { kind: 'text', label: 'Source', writable: 'creation', max: 100 },
    source_number: { kind: 'text', label: 'Number at the source', writable: 'creation', max: 100, searched: true },
  },
});
