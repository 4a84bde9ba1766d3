import { plainLife } from '../../../commons/keeping/life';
import { departmentField, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import { type Verb, verb } from '../../../kernel/command';
import { theSystem } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { invalid } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { checkMapping } from './mapping';
import { forms, type Mapping, mapping, recoveries, severities } from './monitoring.contract';

const life = {
  ...plainLife,
  verbs: {
    ...plainLife.verbs,
    beat: { active: ['active'], retired: ['retired'] },
    miss: { active: ['active'], retired: ['retired'] },
  },
};

/** Where alerts come from: an address, a form of body, and what its alerts lead to. */
export const alertSource: RecordType = record({
  type: 'alert_source',
  plural: 'alert-sources',
  prefix: 'MON',
  table: 'alert_source',
  label: 'Alert source',
  labels: 'Alert sources',
  life,
  sees: [staffOutsideWalls],
  team: [staff],
  knownBy: ['key'],
  standardSort: 'name',
  fields: {
    ...keptFields,
    key: {
      kind: 'text',
      label: 'Last word of its address',
      required: true,
      writable: 'creation',
      max: 60,
      help: 'Alerts are posted to /hooks/ and this word.',
    },
    form: { kind: 'choice', label: 'Form', choices: forms, standard: 'mapped', required: true },
    mapping: {
      kind: 'json',
      label: 'Mapping',
      shape: mapping,
      help: 'Expressions over body and alert: name, state and fingerprint are needed.',
    },
    department: departmentField,
    on_recovery: {
      kind: 'choice',
      label: 'When everything has recovered',
      choices: recoveries,
      standard: 'resolve',
      required: true,
      help: 'resolve resolves the incident; propose leaves that to the desk.',
    },
    opens_from: {
      kind: 'choice',
      label: 'Opens an incident from',
      choices: severities,
      standard: 'warning',
      required: true,
    },
    outage_from: {
      kind: 'choice',
      label: 'Is an outage of its service from',
      choices: severities,
      help: 'None: an alert alone is never an outage.',
    },
    reopen_minutes: {
      kind: 'integer',
      label: 'Reopens within minutes',
      min: 0,
      max: 20_160,
      standard: 60,
      required: true,
      help: 'What fires again within this time after resolving reopens its incident; later it opens a new one.',
    },
    heartbeats: { kind: 'texts', label: 'Heartbeats', help: 'Names of alerts that only say that monitoring lives.' },
    heartbeat_minutes: {
      kind: 'integer',
      label: 'Silent after minutes',
      min: 1,
      max: 10_080,
      help: 'Without a heartbeat for so long an incident is opened. None: never.',
    },
    silent_since: { kind: 'instant', label: 'Silent since', writable: false },
  },
});

const beatTimer = (at: Date | null) => ({ key: 'heartbeat', verb: 'miss', at, reason: String(say`no heartbeat came`) });

export const alertSourceVerbs: Verb[] = [
  ...keepingVerbs(alertSource, { make: [administrator, theSystem], change: [administrator] }, (before, input) => {
    const key = input.key ?? before.key;
    if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(String(key)))
      throw invalid('key', say`Use small letters, digits and hyphens.`);
    const form = input.form ?? before.form;
    const mapped = (input.mapping === undefined ? before.mapping : input.mapping) as Mapping | null | undefined;
    if (form === 'mapped' && !mapped) throw invalid('mapping', say`A mapped source needs a mapping.`);
    if (mapped) checkMapping(mapped);
    if (before.heartbeats === undefined) input.heartbeats ??= ['Watchdog'];
  }),
  // A heartbeat came. It only winds the timer, and says so when it had been missing.
  verb({
    on: alertSource,
    verb: 'beat',
    past: 'heard_again',
    done: 'heard again',
    label: 'Hear',
    hidden: true,
    allow: [theSystem],
    decide: (record, _input, _facts, context) => ({
      set: { silent_since: null },
      wake:
        record.heartbeat_minutes === null
          ? []
          : [beatTimer(new Date(context.now.getTime() + Number(record.heartbeat_minutes) * 60_000))],
    }),
  }),
  // None came in time.
  verb({
    on: alertSource,
    verb: 'miss',
    past: 'missed',
    label: 'Miss',
    hidden: true,
    allow: [theSystem],
    decide: (record, _input, _facts, context) =>
      record.state === 'active' && record.heartbeat_minutes !== null
        ? { set: { silent_since: record.silent_since ?? context.at ?? context.now } }
        : {},
  }),
];
