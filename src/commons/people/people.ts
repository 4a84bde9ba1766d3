import { z } from 'zod';
import { type Verb, verb } from '../../kernel/command';
import type { Lifecycle } from '../../kernel/lifecycle';
import { both, everyone, person as named, outsideWalls, role, theSystem } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { departmentField, keepingVerbs, keptFields, reason } from '../keeping/verbs';
import { checkAddresses, withOwnAddresses } from './addresses';
import { awayVerbs, leadsThem } from './away';
import { mergeVerbs, notMergedAway } from './merge';
import { protectionVerbs } from './protection';
import { roles, staffRoles } from './roles';

/** Everybody who works in the platform reads the directory, but for what is walled off. */
export const staff = role(...staffRoles);
export const staffOutsideWalls = both(staff, outsideWalls);
export const administrator = role('administrator');

const plain = { life: plainLife, team: [staff] };
/** Membership, set on one side, is written on the other by the product itself. */
const regroup = { active: ['active'], retired: ['retired'] };

export const department: RecordType = record({
  ...plain,
  type: 'department',
  plural: 'departments',
  prefix: 'DEP',
  table: 'department',
  label: 'Department',
  labels: 'Departments',
  sees: [everyone],
  knownBy: ['key'],
  numberedBy: 'key',
  fields: {
    ...keptFields,
    key: { kind: 'text', label: 'Key', required: true, max: 40, help: 'Its short name, such as it or hr.' },
    confidential: {
      kind: 'boolean',
      label: 'Confidential',
      standard: false,
      help: 'Its records do not exist for others.',
    },
    desk: { kind: 'boolean', label: 'Takes what no other department takes', standard: false },
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    read_by_ids: { kind: 'references', label: 'Read by the agents of', to: 'department' },
  },
});

export const organization: RecordType = record({
  ...plain,
  type: 'organization',
  plural: 'organizations',
  prefix: 'ORG',
  table: 'organization',
  label: 'Organization',
  labels: 'Organizations',
  sees: [staff],
  named: [everyone],
  knownBy: [],
  fields: { ...keptFields, domains: { kind: 'texts', label: 'Mail domains' } },
});

const shift = z.strictObject({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).optional(),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  until: z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/),
  person_ids: z.array(z.string()).optional(),
});

export const team: RecordType = record({
  ...plain,
  life: { ...plainLife, verbs: { ...plainLife.verbs, regroup } },
  type: 'team',
  plural: 'teams',
  prefix: 'TEAM',
  table: 'team',
  label: 'Team',
  labels: 'Teams',
  sees: [staffOutsideWalls],
  named: [both(everyone, outsideWalls)],
  knownBy: [],
  fields: {
    ...keptFields,
    department: departmentField,
    lead_id: { kind: 'reference', label: 'Lead', to: 'person' },
    member_ids: { kind: 'references', label: 'Members', to: 'person' },
    skills: { kind: 'texts', label: 'Skills' },
    shifts: { kind: 'json', label: 'Shifts', shape: z.array(shift).max(50), inside: { '*.person_ids.*': 'person' } },
  },
});

const self = named('id', say`this is you`);

/** What people change about themselves. */
const personLife: Lifecycle = {
  ...plainLife,
  verbs: {
    ...plainLife.verbs,
    regroup,
    adjust: { active: ['active'] },
    relieve: { active: ['active'] },
    return: { active: ['active'] },
    erase: { active: ['retired'], retired: ['retired'] },
    secure: { active: ['active'] },
    unsecure: { active: ['active'] },
    recover: { active: ['active'] },
    unlock: { active: ['active'], retired: ['retired'] },
    merge: { active: ['retired'], retired: ['retired'] },
    unmerge: { retired: ['active', 'retired'] },
    absorb: { active: ['active'], retired: ['retired'] },
    release: { active: ['active'], retired: ['retired'] },
  },
};

export const person: RecordType = record({
  ...plain,
  life: personLife,
  type: 'person',
  plural: 'people',
  prefix: 'PER',
  table: 'person',
  label: 'Person',
  labels: 'People',
  sees: [self, staff],
  named: [everyone],
  knownBy: ['email', 'further_emails'],
  standardSort: 'name',
  bound: [['state', 'merged_into_id']],
  fields: {
    ...keptFields,
    email: { kind: 'text', label: 'E-mail', max: 254, searched: true },
    further_emails: {
      kind: 'texts',
      label: 'Further e-mail addresses',
      searched: true,
      help: 'Found and signed in by these too. Mail goes to the first.',
    },
    roles: { kind: 'texts', label: 'Roles', choices: roles },
    departments: { kind: 'references', label: 'Departments', to: 'department' },
    team_ids: { kind: 'references', label: 'Teams', to: 'team' },
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    manager_id: { kind: 'reference', label: 'Manager', to: 'person' },
    delegate_id: { kind: 'reference', label: 'Delegate while absent', to: 'person' },
    phone: { kind: 'text', label: 'Telephone', max: 60 },
    language: { kind: 'choice', label: 'Language', choices: ['en', 'de'] },
    time_zone: { kind: 'text', label: 'Time zone', max: 60 },
    location: { kind: 'text', label: 'Location', max: 200, searched: true },
    skills: { kind: 'texts', label: 'Skills' },
    absent_from: { kind: 'date', label: 'Absent from' },
    absent_until: { kind: 'date', label: 'Absent until' },
    merged_into_id: { kind: 'reference', label: 'Merged into', on: 'record', writable: false, to: 'person' },
  },
});

/** What is personal about a person, beside the name. */
const personal = [
  'description',
  'email',
  'further_emails',
  'manager_id',
  'delegate_id',
  'phone',
  'language',
  'time_zone',
  'location',
  'absent_from',
  'absent_until',
];

function checkPerson(_record: unknown, input: Record<string, unknown>): void {
  checkAddresses(input);
  for (const name of (input.roles as string[] | undefined) ?? [])
    if (!(roles as readonly string[]).includes(name)) throw invalid('roles', say`There is no role ${name}.`);
  if (typeof input.time_zone === 'string') {
    try {
      new Intl.DateTimeFormat('en', { timeZone: input.time_zone });
    } catch {
      throw invalid('time_zone', say`There is no time zone ${input.time_zone}.`);
    }
  }
}

function checkDepartment(_record: unknown, input: Record<string, unknown>): void {
  if (typeof input.key === 'string' && !/^[a-z][a-z0-9-]*$/.test(input.key))
    throw invalid('key', say`A key has small letters, digits and hyphens, and begins with a letter.`);
}

export const peopleTypes: RecordType[] = [department, organization, team, person];

export const peopleVerbs: Verb[] = [
  ...keepingVerbs(department, { make: [administrator] }, checkDepartment),
  ...keepingVerbs(organization, { make: [administrator] }),
  ...keepingVerbs(team, { make: [administrator] }),
  ...(
    [
      [team, 'member_ids'],
      [person, 'team_ids'],
    ] as const
  ).map(([type, field]) =>
    verb({
      on: type,
      verb: 'regroup',
      past: 'regrouped',
      label: 'Regroup',
      takes: [field],
      allow: [theSystem],
      hidden: true,
      decide: (_record, input) => ({ set: input }),
    }),
  ),
  // Who leaves may leave work behind: retiring a person is a verb of its own.
  ...keepingVerbs(person, { make: [administrator] }, checkPerson)
    .filter((one) => one.verb !== 'retire')
    .map((one) => (one.verb === 'restore' ? one : withOwnAddresses(one)))
    .map((one) => (one.creates ? one : { ...one, unfit: notMergedAway })),
  ...awayVerbs(person, {
    lead: [leadsThem, administrator],
    back: [self, leadsThem, administrator],
    keep: [administrator],
  }),
  ...protectionVerbs(person, { self: [self], keep: [administrator] }),
  ...mergeVerbs(person, [administrator]),
  verb({
    on: person,
    verb: 'erase',
    past: 'erased',
    label: 'Erase personal data',
    input: { reason },
    required: ['reason'],
    allow: [administrator],
    decide: (record, input) => ({
      set: {
        state: 'retired',
        name: `Erased person ${record.number}`,
        ...Object.fromEntries(personal.map((name) => [name, null])),
        ...Object.fromEntries(Object.keys((record.custom as object | null) ?? {}).map((name) => [name, null])),
        roles: [],
        departments: [],
        team_ids: [],
        skills: [],
      },
      remember: { reason: input.reason },
      blank: 'all',
    }),
  }),
  verb({
    on: person,
    verb: 'adjust',
    past: 'adjusted',
    label: 'Adjust',
    takes: ['language', 'time_zone', 'phone', 'location', 'absent_from', 'absent_until', 'delegate_id'],
    allow: [self],
    decide: (record, input) => {
      checkPerson(record, input);
      return { set: input };
    },
  }),
];
