import { z } from 'zod';
import { besides } from '../../../commons/keeping/life';
import { type Check, checkWall, departmentField, keptFields } from '../../../commons/keeping/verbs';
import { roles, staff, staffOutsideWalls } from '../../../commons/people';
import { calledField } from '../../../kernel/called';
import type { Context } from '../../../kernel/command';
import { type Row, sql } from '../../../kernel/database';
import { schemaOf } from '../../../kernel/field';
import { everyState, lifecycle } from '../../../kernel/lifecycle';
import { both, type Relation } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { invalid } from '../../../kernel/refusal';
import { asIs, say, wrong } from '../../../kernel/sentence.contract';
import { occasions, quietKinds, actionRuleStates as states } from './action-rule.contract';
import { wrongInCondition } from './assignment-condition';
import { incident } from './incident';
import { incidentStates } from './incident.contract';

/** A draft until it is switched on; what is switched off or brought back is a draft again. */
const life = lifecycle({
  initial: 'draft',
  states,
  verbs: {
    edit: { from: everyState(states), to: '=' },
    activate: { from: ['draft'], to: 'active' },
    deactivate: { from: ['active'], to: 'draft' },
    retire: { from: ['draft', 'active'], to: 'retired' },
    restore: { from: ['retired'], to: 'draft' },
    fault: { from: everyState(states), to: '=' },
    ...besides(states),
  },
});

const teamsOf = (row: Row): unknown[] => [
  row.to_team_id,
  ...((row.tell_team_ids as unknown[] | null | undefined) ?? []),
];

/** A rule follows the teams it gives to and tells: it stands behind a wall while one of them does. */
const outsideWallsOfTeams: Relation = {
  name: 'no wall before the teams it names',
  because: say`no department of the teams it names is confidential`,
  holds: (row, actor) => !teamsOf(row).some((id) => actor.walledTeams.includes(String(id))),
  where: ({ walledTeams }) => {
    if (walledTeams.length === 0) return true;
    const walled = sql`${[...walledTeams]}::uuid[]`;
    return sql`r.id <> all(array(select id from action_rule where to_team_id = any(${walled}) or tell_team_ids && ${walled}))`;
  },
};

const score = { kind: 'integer', min: 1, max: 3 } as const;

/** What happens by itself to an incident when something is done to it, or nothing for a while. */
export const actionRule: RecordType = record({
  type: 'action_rule',
  plural: 'action-rules',
  prefix: 'ACT',
  table: 'action_rule',
  label: 'Action rule',
  labels: 'Action rules',
  life,
  sees: [both(staffOutsideWalls, outsideWallsOfTeams)],
  team: [staff],
  knownBy: [],
  standardSort: 'rank',
  fields: {
    ...keptFields,
    department: { ...departmentField, help: 'Empty: for every department.' },
    occasion: { kind: 'choice', label: 'When', choices: occasions, standard: 'logged', required: true },
    states: {
      kind: 'texts',
      label: 'In the states',
      choices: Object.keys(incidentStates),
      help: 'None: in every state; a quiet rule in every open one.',
    },
    since: { kind: 'choice', label: 'Counted from', choices: quietKinds, help: 'Only when nothing happens.' },
    minutes: { kind: 'integer', label: 'Minutes', min: 1, max: 525_600, help: 'Only when nothing happens.' },
    working_time: {
      kind: 'boolean',
      label: 'In the working time of its agreement',
      standard: false,
      madeOf: 'agreement',
    },
    condition: {
      kind: 'text',
      label: 'Condition',
      max: 2_000,
      help: 'Over the fields of the incident, requester and service: impact == 1 && "till" in tags.',
    },
    set_impact: { ...score, label: 'Set impact' },
    set_urgency: { ...score, label: 'Set urgency' },
    set_category: { kind: 'text', label: 'Set category', max: 100 },
    set_subcategory: { kind: 'text', label: 'Set subcategory', max: 100 },
    set_service_id: { kind: 'reference', label: 'Set service', to: 'service' },
    set_fields: {
      kind: 'json',
      label: 'Set fields of your own',
      shape: z.record(
        z.string().regex(/^x_[a-z][a-z0-9_]{0,60}$/, wrong`A field of your own begins with x_.`),
        z.json(),
        wrong`This must be an object: the field and its value.`,
      ),
      standard: {},
    },
    add_tags: { kind: 'texts', label: 'Add tags' },
    to_team_id: { kind: 'reference', label: 'Give to the team', to: 'team' },
    watcher_ids: { kind: 'references', label: 'Add watchers', to: 'person' },
    tell_team_ids: { kind: 'references', label: 'Tell the teams', to: 'team' },
    tell_lead: { kind: 'boolean', label: 'Tell the lead of its team', standard: false },
    tell_roles: { kind: 'texts', label: 'Tell the roles', choices: roles.filter((role) => role !== 'requester') },
    tell_text: { kind: 'text', label: 'What they are told', max: 500 },
    note: { kind: 'markdown', label: 'Write a note', max: 4_000 },
    propose_major: { kind: 'boolean', label: 'Propose a major incident', standard: false },
    rank: { kind: 'integer', label: 'Rank', min: 0, max: 100_000, standard: 100, required: true },
    stop: { kind: 'boolean', label: 'No rule after it', standard: false },
  },
});

/** Names of the fields that say what it does; at least one is needed. */
const acts = [
  'set_impact',
  'set_urgency',
  'set_category',
  'set_subcategory',
  'set_service_id',
  'set_fields',
  'add_tags',
  'to_team_id',
  'watcher_ids',
  'tell_team_ids',
  'tell_lead',
  'tell_roles',
  'note',
  'propose_major',
] as const;

const says = (value: unknown): boolean => {
  if (value === null || value === undefined || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
};

/** Refuses what cannot be kept: 422 with the field, and for a condition the place. */
export const checkActionRule: Check = (before, input, context) => {
  checkWall(before, input, context);
  if (input.set_fields === null) input.set_fields = {};
  const after: Row = { ...before, ...input };
  if (typeof input.condition === 'string') {
    if (input.condition.trim() === '') input.condition = null;
    else {
      const wrong = wrongInCondition(context.house, input.condition, 'any');
      if (wrong) throw invalid('condition', wrong);
    }
  }
  for (const state of (input.states as string[] | null | undefined) ?? [])
    if (!(state in incidentStates)) throw invalid('states', say`Incidents have no state ${state}.`);
  for (const role of (input.tell_roles as string[] | null | undefined) ?? [])
    if (!(roles as readonly string[]).includes(role)) throw invalid('tell_roles', say`There is no role ${role}.`);
  checkOwnFields(context, (input.set_fields as Row | undefined) ?? {});
  if (after.occasion === 'quiet') {
    if (after.minutes == null) throw invalid('minutes', say`Say after how many minutes.`);
    if (after.since == null) input.since = 'change';
  }
  if (!acts.some((name) => says(after[name]))) throw invalid('note', say`Say what the rule does.`);
  const tells = says(after.tell_team_ids) || says(after.tell_lead) || says(after.tell_roles);
  if (tells && !says(after.tell_text)) throw invalid('tell_text', say`Say what they are told.`);
};

function checkOwnFields({ house }: Context, set: Row): void {
  for (const [name, value] of Object.entries(set)) {
    const field = house.fieldsOf(incident)[name];
    if (field?.on !== 'custom') throw invalid('set_fields', say`Incidents have no field ${name}.`);
    const read = schemaOf(field).safeParse(value);
    if (!read.success)
      throw invalid('set_fields', say`${calledField(name, field)}: ${asIs(read.error.issues[0]!.message)}`);
  }
}
