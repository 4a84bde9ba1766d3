import { passVerb } from '../../../../commons/keeping/pass';
import { reason } from '../../../../commons/keeping/verbs';
import { type Context, type FactItem, verb, type Wake } from '../../../../kernel/command';
import { among, type Row, rows, sql } from '../../../../kernel/database';
import type { Field } from '../../../../kernel/field';
import { handlesDepartment, theSystem } from '../../../../kernel/policy';
import { invalid, Refusal } from '../../../../kernel/refusal';
import { type Sentence, say } from '../../../../kernel/sentence.contract';
import { bouncesOf } from '../bounces';
import { incident } from '../incident';
import { holdReasons } from '../incident.contract';

const agents = [handlesDepartment, theSystem];
const assignee: Field = { kind: 'reference', label: 'Assignee', to: 'person' };
const team: Field = { kind: 'reference', label: 'Team', to: 'team' };
const holdReason: Field = { kind: 'choice', label: 'Waiting for', choices: holdReasons };
const holdUntil: Field = { kind: 'instant', label: 'Until' };

/** The first assign or start by a person acknowledges the incident. */
function acknowledged(record: Row, context: Context): Row {
  return record.acknowledged_at == null && context.actor.kind === 'person' ? { acknowledged_at: context.now } : {};
}

interface AssignFacts {
  /** The teams of who is to have it. */
  readonly teams: readonly string[];
  /** Why this change of team is not the caller's to make. */
  readonly bounced: Sentence | undefined;
}

async function assignFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, AssignFacts>> {
  const teams = await teamsOfAssignees(context, items);
  const bounced = await bouncesOf(context, items);
  return new Map(items.map(({ key }) => [key, { teams: teams.get(key) ?? [], bounced: bounced.get(key) }]));
}

async function teamsOfAssignees(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string[]>> {
  const ids = items.map(({ input }) => input.assignee_id).filter((id) => typeof id === 'string');
  const found =
    ids.length === 0
      ? []
      : await rows<{ id: string; team_ids: string[] }>(
          context.db,
          sql`select id, team_ids from person where id ${among(ids)}`,
        );
  const teams = new Map(found.map((row) => [row.id, row.team_ids]));
  return new Map(items.map(({ key, input }) => [key, teams.get(String(input.assignee_id)) ?? []]));
}

/** Gives it to a team, a person, or both. Another team takes it from the person it had. */
export const assign = verb<Row, AssignFacts>({
  on: incident,
  verb: 'assign',
  past: 'assigned',
  label: 'Assign',
  undo: true,
  input: { team_id: team, assignee_id: assignee, reason },
  oneOf: ['team_id', 'assignee_id'],
  allow: agents,
  facts: assignFacts,
  decide: (record, input, { teams, bounced }, context) => {
    if (bounced) throw new Refusal('forbidden', bounced);
    const target = input.team_id ?? record.team_id ?? (teams.length > 0 ? teams[0] : null);
    const moved = record.team_id !== null && target !== record.team_id;
    const person =
      input.assignee_id !== undefined ? input.assignee_id : target === record.team_id ? record.assignee_id : null;
    return {
      set: {
        team_id: target,
        assignee_id: person,
        state: record.state === 'on_hold' ? 'on_hold' : 'assigned',
        reassignment_count: Number(record.reassignment_count) + (moved ? 1 : 0),
        ...acknowledged(record, context),
      },
      remember: { reason: input.reason },
    };
  },
});

/** Who is away or leaves passes it on, with what stands on it; nobody to take it lets it wait. */
export const pass = passVerb(incident, (record, { team_id, assignee_id }) => ({
  state: record.state === 'on_hold' ? 'on_hold' : team_id || assignee_id ? 'assigned' : 'new',
}));

/** Somebody works on it: the one named, the one who has it, or the caller. */
export const start = verb<Row>({
  on: incident,
  verb: 'start',
  past: 'started',
  label: 'Start',
  undo: true,
  input: { assignee_id: assignee },
  allow: agents,
  decide: (record, input, _facts, context) => ({
    set: {
      state: 'in_progress',
      assignee_id: input.assignee_id ?? record.assignee_id ?? context.actor.id,
      ...acknowledged(record, context),
    },
  }),
});

export const resumeTimer = (at: Date | null): Wake => ({
  key: 'resume',
  verb: 'resume',
  at,
  reason: String(say`the hold ends`),
});

/** It waits for somebody or something else. */
export const hold = verb<Row>({
  on: incident,
  verb: 'hold',
  past: 'held',
  label: 'Hold',
  undo: true,
  input: { hold_reason: holdReason, hold_until: holdUntil },
  required: ['hold_reason'],
  allow: agents,
  decide: (_record, input, _facts, context) => {
    const until = (input.hold_until as Date | null | undefined) ?? null;
    if (until && until <= context.now) throw invalid('hold_until', say`A hold ends in the future.`);
    return {
      set: { state: 'on_hold', hold_reason: input.hold_reason, hold_until: until },
      wake: [resumeTimer(until)],
    };
  },
});

/** What a record that is no longer on hold no longer says. */
export const heldNoLonger = { hold_reason: null, hold_until: null };
export const noResume = resumeTimer(null);

export const resume = verb<Row>({
  on: incident,
  verb: 'resume',
  past: 'resumed',
  label: 'Resume',
  undo: true,
  allow: agents,
  decide: (record) => ({
    set: { state: record.assignee_id ? 'in_progress' : 'assigned', ...heldNoLonger },
    wake: [noResume],
  }),
});
