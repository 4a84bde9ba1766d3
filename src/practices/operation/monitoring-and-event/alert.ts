import { departmentField } from '../../../commons/keeping/verbs';
import { type Verb, verb } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import { lifecycle } from '../../../kernel/lifecycle';
import { readsDepartment, theSystem } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { severities } from './monitoring.contract';

const states = { firing: 'open', recovered: 'stopped' } as const;

const life = lifecycle({
  initial: 'firing',
  states,
  verbs: {
    refire: { from: ['recovered'], to: 'firing' },
    recover: { from: ['firing'], to: 'recovered' },
    raise: { from: ['firing', 'recovered'], to: '=' },
  },
});

const told = { writable: false } as const;

/** What monitoring noticed. It changes by what its source tells, never by hand. */
export const alert: RecordType = record({
  type: 'alert',
  plural: 'alerts',
  prefix: 'ALR',
  table: 'alert',
  label: 'Alert',
  labels: 'Alerts',
  life,
  sees: [readsDepartment],
  team: [readsDepartment],
  standardSort: '-opened_at',
  fields: {
    title: { kind: 'text', label: 'Title', on: 'record', ...told, max: 300, searched: true },
    severity: { kind: 'choice', label: 'Severity', choices: severities, ...told },
    summary: { kind: 'text', label: 'Summary', ...told, max: 2000, searched: true },
    resource: { kind: 'text', label: 'Resource', ...told, max: 300, searched: true },
    service_id: { kind: 'reference', label: 'Service', to: 'service', ...told },
    configuration_item_id: { kind: 'reference', label: 'Component', to: 'configuration_item', ...told },
    incident_id: { kind: 'reference', label: 'Incident', to: 'incident', ...told },
    source_id: { kind: 'reference', label: 'Source', to: 'alert_source', ...told },
    department: { ...departmentField, ...told },
    opened_at: { kind: 'instant', label: 'First fired', on: 'record', ...told, sorted: 'never null' },
    started_at: { kind: 'instant', label: 'Firing since', ...told },
    recovered_at: { kind: 'instant', label: 'Recovered', ...told },
    fire_count: { kind: 'integer', label: 'Times it fired', ...told },
    group_key: { kind: 'text', label: 'Group', ...told, max: 10_000 },
    fingerprint: { kind: 'text', label: 'Fingerprint', ...told, max: 500 },
    labels: { kind: 'json', label: 'Labels', ...told },
    key: { kind: 'text', label: 'Key', ...told, max: 64 },
    group_digest: { kind: 'text', label: 'Digest of its group', ...told, max: 64 },
  },
});

const bySystem = { on: alert, hidden: true, allow: [theSystem] } as const;
const fresh = [
  'title',
  'severity',
  'summary',
  'resource',
  'service_id',
  'configuration_item_id',
  'source_id',
  'department',
  'started_at',
  'group_key',
  'fingerprint',
  'labels',
  'key',
  'group_digest',
] as const;
const again = ['severity', 'summary', 'started_at'] as const;

export const alertVerbs: Verb[] = [
  verb<Row>({
    ...bySystem,
    verb: 'fire',
    past: 'fired',
    label: 'Fire',
    creates: true,
    takes: fresh,
    decide: (_record, input) => ({ set: { ...input, state: 'firing', fire_count: 1 } }),
  }),
  verb<Row>({
    ...bySystem,
    verb: 'refire',
    past: 'refired',
    done: 'fired again',
    label: 'Fire again',
    takes: again,
    decide: (record, input) => ({
      set: { ...input, state: 'firing', recovered_at: null, fire_count: Number(record.fire_count) + 1 },
    }),
  }),
  verb<Row>({
    ...bySystem,
    verb: 'recover',
    past: 'recovered',
    label: 'Recover',
    decide: (_record, _input, _facts, context) => ({ set: { state: 'recovered', recovered_at: context.now } }),
  }),
  verb<Row>({
    ...bySystem,
    verb: 'raise',
    past: 'raised',
    label: 'Raise',
    takes: ['incident_id'],
    required: ['incident_id'],
    decide: (_record, input) => ({ set: { incident_id: input.incident_id } }),
  }),
];
