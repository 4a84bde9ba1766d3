import type { RecordType } from '../../api/types';

/** Which columns a list begins with; everything else can be added. */
const delivered: Record<string, string[]> = {
  person: ['title', 'email', 'roles', 'department', 'team_ids', 'state'],
  team: ['title', 'lead_id', 'member_ids', 'department', 'state'],
  department: ['title', 'key', 'confidential', 'state'],
  organization: ['title', 'domains', 'state'],
  service: ['title', 'customer_name', 'owner_id', 'team_id', 'criticality', 'state'],
  goal: ['title', 'measure', 'target', 'owner_id', 'weight', 'state'],
  configuration_item: ['title', 'class', 'serial', 'service_ids', 'owner_id', 'state'],
  calendar: ['title', 'time_zone', 'state'],
  agreement: ['title', 'calendar_id', 'effective_on', 'review_on', 'state'],
  action_rule: ['title', 'occasion', 'rank', 'owner_id', 'state'],
  queue_order: ['title', 'department', 'team_id', 'owner_id', 'state'],
  assignment_rule: ['title', 'team_id', 'rank', 'owner_id', 'state'],
  custom_field: ['title', 'record_type', 'key', 'kind', 'required', 'state'],
  problem: ['title', 'priority', 'state', 'known_error', 'service_id', 'assignee_id', 'opened_at'],
  change: ['title', 'kind', 'state', 'planned_start', 'planned_end', 'risk_level', 'assignee_id'],
  alert: ['title', 'severity', 'state', 'service_id', 'configuration_item_id', 'started_at'],
  outage: ['title', 'state', 'cause_id', 'started_at', 'ended_at'],
  incident: ['priority', 'title', 'state', 'team_id', 'assignee_id', 'service_id', 'opened_at', 'due_at'],
};

/** Fields the API serves in this order without reading everything. */
const sortable = new Set([
  'number',
  'opened_at',
  'updated_at',
  'due_at',
  'title',
  'name',
  'state',
  'priority',
  'planned_start',
  'planned_end',
]);

export function columnsOf(type: RecordType, chosen?: string): string[] {
  const names = chosen ? chosen.split(',') : (delivered[type.type] ?? ['title', 'owner_id', 'state', 'updated_at']);
  const known = new Set(type.fields.map((field) => field.name));
  return names.filter((name) => known.has(name) || name === 'title');
}

export function sortOf(field: string): string | undefined {
  return sortable.has(field) || field.startsWith('x_') ? field : undefined;
}

/** Instants between which something lasted or will: a day alone says too little. */
export const fromTo: ReadonlySet<string> = new Set(['started_at', 'ended_at', 'planned_start', 'planned_end']);

/** A grid track for a field: names may grow, marks and dates may not. */
export function widthOf(name: string, kind: string): string {
  if (name === 'title' || name === 'name') return 'minmax(200px, 3fr)';
  if (name === 'priority') return '64px';
  if (name === 'state') return 'minmax(128px, 1fr)';
  if (kind === 'integer' || kind === 'number' || kind === 'boolean') return '84px';
  if (fromTo.has(name)) return '132px';
  if (kind === 'instant' || kind === 'date') return '96px';
  return 'minmax(104px, 1fr)';
}
