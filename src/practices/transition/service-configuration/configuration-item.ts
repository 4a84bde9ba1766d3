import { hangingVerbs } from '../../../commons/keeping/hangings';
import { besides } from '../../../commons/keeping/life';
import { checkWall, departmentField, keptFields, move } from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import { type Verb, verb } from '../../../kernel/command';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { role } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';

const states = {
  planned: 'open',
  in_build: 'open',
  in_stock: 'paused',
  live: 'open',
  maintenance: 'paused',
  decommissioning: 'open',
  retired: 'final',
} as const;

const life = lifecycle({
  initial: Object.keys(states),
  states,
  verbs: {
    edit: { from: everyState(states), to: '=' },
    build: { from: ['planned'], to: 'in_build' },
    receive: { from: ['planned', 'in_build'], to: 'in_stock' },
    install: { from: ['in_build', 'in_stock'], to: 'live' },
    maintain: { from: ['live'], to: 'maintenance' },
    resume: { from: ['maintenance'], to: 'live' },
    withdraw: { from: ['live', 'maintenance'], to: 'in_stock' },
    decommission: { from: ['live', 'maintenance', 'in_stock'], to: 'decommissioning' },
    retire: { from: ['decommissioning'], to: 'retired' },
    ...besides(states),
  },
});

/** A component: something a service stands on. */
export const configurationItem: RecordType = record({
  type: 'configuration_item',
  plural: 'configuration-items',
  prefix: 'CI',
  table: 'configuration_item',
  label: 'Component',
  labels: 'Components',
  life,
  sees: [staffOutsideWalls],
  team: [staff],
  knownBy: ['serial_number'],
  standardSort: 'name',
  fields: {
    ...keptFields,
    department: departmentField,
    team_id: { kind: 'reference', label: 'Looked after by', on: 'record', to: 'team' },
    class: { kind: 'text', label: 'Class', max: 100, searched: true },
    serial: { kind: 'text', label: 'Serial', column: 'serial_number', max: 200, searched: true },
    service_ids: { kind: 'references', label: 'Carries', to: 'service' },
    depends_on_ids: { kind: 'references', label: 'Depends on', to: 'configuration_item' },
  },
});

const may = [administrator, role('configuration_manager')];

export const configurationItemVerbs: Verb[] = [
  verb({
    on: configurationItem,
    verb: 'create',
    past: 'created',
    label: 'Create',
    creates: true,
    takes: 'writable',
    input: { state: { kind: 'choice', label: 'State', choices: Object.keys(states) } },
    allow: may,
    decide: (record, input, _facts, context) => {
      checkWall(record, input, context);
      return { set: { ...input, state: input.state ?? 'live' } };
    },
  }),
  verb({
    on: configurationItem,
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
  move(configurationItem, 'build', 'built', 'Build', may),
  move(configurationItem, 'receive', 'received', 'Receive', may),
  move(configurationItem, 'install', 'installed', 'Install', may),
  {
    ...move(configurationItem, 'maintain', 'maintained', 'Take into maintenance', may, ['reason']),
    done: 'taken into maintenance',
  },
  { ...move(configurationItem, 'resume', 'resumed', 'Back to live', may), done: 'brought back to live' },
  move(configurationItem, 'withdraw', 'withdrawn', 'Withdraw', may),
  move(configurationItem, 'decommission', 'decommissioned', 'Decommission', may),
  move(configurationItem, 'retire', 'retired', 'Retire', may),
  ...hangingVerbs(configurationItem, [staff]),
];
