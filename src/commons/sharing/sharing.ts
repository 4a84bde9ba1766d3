import { calledOne } from '../../kernel/called';
import { type Verb, verb } from '../../kernel/command';
import { type Db, type Row, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import type { Lifecycle } from '../../kernel/lifecycle';
import { both, outsideWalls, person, type Relation, role, theSystem } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { type Check, checkWall, departmentField, nameField } from '../keeping/verbs';
import { administrator, staff } from '../people';

/**
 * Things somebody makes for themselves and may share: views, templates, macros. Whose they are stands in the columns
 * every record has, so that one policy holds for lists, single records and search: the owner in `assignee_id`; the one
 * person who sees it in `requester_id`; else a team, a department, or nobody in particular, which is everybody at work.
 */
export const audiences = ['own', 'team', 'department', 'all'] as const;

export const sharedFields: Record<string, Field> = {
  name: { ...nameField, searched: false },
  audience: { kind: 'choice', label: 'For whom', choices: audiences, standard: 'own', required: true },
  team_id: { kind: 'reference', label: 'Team', on: 'record', to: 'team' },
  department: departmentField,
  rank: { kind: 'integer', label: 'Rank', min: 0, max: 100_000, standard: 100, required: true },
  owner_id: { kind: 'reference', label: 'Owner', on: 'record', column: 'assignee_id', to: 'person', writable: false },
  person_id: {
    kind: 'reference',
    label: 'Only for',
    on: 'record',
    column: 'requester_id',
    to: 'person',
    writable: false,
  },
};

/** Whoever has left a confidential department leaves there what they made for it. */
const owned = both(person('assignee_id', say`they made it`), outsideWalls);

const forTheirTeam: Relation = {
  name: 'shared with their team',
  because: say`it is shared with a team of theirs`,
  holds: (row, actor) => typeof row.team_id === 'string' && actor.teams.includes(row.team_id),
  where: (actor) => (actor.teams.length === 0 ? false : sql`r.team_id = any(${[...actor.teams]}::uuid[])`),
};

const forTheirDepartment: Relation = {
  name: 'shared with a department they read',
  because: say`it is shared with a department they read`,
  holds: (row, actor) => typeof row.department === 'string' && actor.reads.includes(row.department),
  where: (actor) => (actor.reads.length === 0 ? false : sql`r.department = any(${[...actor.reads]}::uuid[])`),
};

const forEverybody: Relation = {
  name: 'shared with everybody',
  because: say`it is shared with everybody at work`,
  holds: (row) => row.requester_id == null && row.team_id == null && row.department == null,
  where: () => sql`(r.requester_id is null and r.team_id is null and r.department is null)`,
};

const lead = role('team_lead');

/** Who has a shared thing in sight. */
export const seesShared: Relation[] = [
  owned,
  both(staff, forTheirTeam),
  both(staff, forTheirDepartment),
  both(staff, forEverybody),
];

/** Who may change it: whoever made it, leads the team it is for, or administrates what is for many. */
export const changesShared: Relation[] = [
  owned,
  both(lead, forTheirTeam),
  both(administrator, forTheirDepartment),
  both(administrator, forEverybody),
];

export const makesShared: Relation[] = [staff];

/** Sets whose it is by `audience`, and refuses to share more widely than one's role allows. */
export const checkSharing: Check = (record, input, context) => {
  const { actor } = context;
  checkWall(record, input, context);
  const isNew = record.id === undefined;
  const named = (name: string) => (input[name] === undefined ? record[name] : input[name]);
  const audience = String(named('audience') ?? 'own');
  const owner = isNew ? actor.id : record.assignee_id;
  if (isNew) input.owner_id = owner;
  input.person_id = audience === 'own' ? owner : null;
  for (const [name, of] of [
    ['team_id', 'team'],
    ['department', 'department'],
  ] as const) {
    if (audience !== of) {
      if (input[name] != null && input.audience !== undefined && isNew)
        throw invalid(name, say`Only what is for a ${calledOne({ type: of, label: of })} names one.`);
      input[name] = null;
    } else if (named(name) == null) throw invalid(name, say`Name the ${calledOne({ type: of, label: of })} it is for.`);
  }
  const stays =
    !isNew &&
    ['audience', 'team_id', 'department'].every((name) => input[name] == null || input[name] === record[name]);
  if (audience === 'own' || stays || actor.kind !== 'person' || actor.roles.includes('administrator')) return;
  if (!actor.roles.includes('team_lead'))
    throw new Refusal('forbidden', say`Only a team lead or an administrator shares with others.`);
  if (audience === 'team' && !actor.teams.includes(String(named('team_id'))))
    throw new Refusal('forbidden', say`A team lead shares with teams of their own.`);
  if (audience === 'department' && !actor.handles.includes(String(named('department'))))
    throw new Refusal('forbidden', say`A team lead shares with departments of their own.`);
};

/** A life with one more end: what a person kept for themselves goes with the person. */
export const sharedLife: Lifecycle = {
  ...plainLife,
  verbs: { ...plainLife.verbs, forget: { active: ['retired'], retired: ['retired'] } },
};

/** Takes away what was written in it, and its traces in history. Only the product itself does so. */
export function forgetVerb(type: RecordType, empty: Row): Verb {
  return verb({
    on: type,
    verb: 'forget',
    past: 'forgotten',
    label: 'Forget',
    hidden: true,
    allow: [theSystem],
    decide: (record) => ({
      set: { state: 'retired', name: `Forgotten ${type.label.toLowerCase()} ${record.number}`, ...empty },
      blank: 'all',
    }),
  });
}

/** The things of these kinds that somebody kept for themselves alone. */
export async function ownThingsOf(db: Db, types: readonly string[], personId: string) {
  return rows<{ id: string; type: string }>(
    db,
    sql`select id, type from record where type = any(${[...types]}::text[]) and requester_id = ${personId}::uuid order by id`,
  );
}
