import { z } from 'zod';
import { say, told, wrong } from '../../../kernel/sentence.contract';
import { type TargetName, targetName } from './clock.contract';

/** The words of an agreement: for whom it holds, what is promised, who is told, by which cases it is proven. */

const reference = z.string(wrong`This must name a record.`).min(1, wrong`This must name a record.`).max(300);
const seconds = z
  .int(wrong`This must be a whole number of seconds.`)
  .min(0, wrong`This must not be negative.`)
  .max(315_360_000, wrong`This may be at most ten years.`);
const priority = z.int(wrong`A priority is a whole number from 1 to 5.`).min(1).max(5);
const instant = z.iso.datetime({ offset: true, ...wrong`This must be an instant such as 2026-11-21T17:50:00Z.` });

/** A record falls under an agreement when every field that is named here has this value. */
export const match = z.strictObject(
  {
    service_id: reference.nullish(),
    priority: priority.nullish(),
    department: reference.nullish(),
    organization_id: reference.nullish(),
  },
  wrong`An agreement matches by service_id, priority, department and organization_id.`,
);
export type Match = { service_id?: string; priority?: number; department?: string; organization_id?: string };

const promisedBy = ['seconds', 'working_days', 'at_field'] as const;

export const promise = z
  .strictObject({
    target: targetName,
    seconds: seconds.optional(),
    working_days: z.int().min(0).max(3650).optional(),
    end_of_day: z.boolean().optional(),
    at_field: z
      .string()
      .regex(/^(deadline_at|x_[a-z0-9_]{1,60})$/, wrong`This must be deadline_at or a field of yours (x_…).`)
      .optional(),
    priority: priority.optional(),
    /** Of the target `team`: the slice of this team; without it, what a team has that has none of its own. */
    team_id: reference.optional(),
  })
  .superRefine((value, context) => {
    if (value.team_id !== undefined && (value.target !== 'team' || value.seconds === undefined))
      context.addIssue(told(say`Only the target team has a team_id, and its slice is given in seconds.`));
    if (promisedBy.filter((name) => value[name] !== undefined).length !== 1)
      context.addIssue(told(say`A target has exactly one of seconds, working_days and at_field.`));
    if (value.end_of_day !== undefined && value.working_days === undefined)
      context.addIssue(told(say`Only a target in working days can end with the day.`));
  });
export type Promised = z.output<typeof promise>;

export const promises = z
  .array(promise, wrong`Targets are a list.`)
  .min(1, wrong`An agreement promises something: give at least one target.`)
  .max(60)
  .superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [at, { target, priority: of, team_id }] of list.entries()) {
      const key = `${target} ${of ?? ''} ${team_id ?? ''}`;
      if (seen.has(key))
        context.addIssue({
          path: [at],
          ...told(say`${target} is promised twice for the same priority.`),
        });
      seen.add(key);
    }
  });

/** A step of the escalation chain: whom to tell, how long after the warning or the breach, in whose hours. */
export const escalation = z
  .strictObject({
    from: z.enum(['warning', 'breach']).default('breach'),
    after_s: seconds,
    target: targetName.optional(),
    person_id: reference.optional(),
    team_lead: z.literal(true).optional(),
    role: z.string().min(1).max(60).optional(),
    /** The hours in which `after_s` is counted; those of the agreement when none are named. */
    calendar_id: reference.optional(),
  })
  .superRefine((value, context) => {
    if ([value.person_id, value.team_lead, value.role].filter((one) => one !== undefined).length !== 1)
      context.addIssue(told(say`A step tells exactly one of person_id, team_lead and role.`));
  });
export type Escalation = z.output<typeof escalation>;
export const escalations = z.array(escalation, wrong`Escalations are a list of steps.`).max(20);

const at = { at: instant };
const state = z.string().min(1).max(60);
/** What may be tried: what happened to a record, as plain words. */
export const triedEvent = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      ...at,
      type: z.literal('created'),
      state: state.optional(),
      team: z.string().max(300).nullish(),
      priority: priority.optional(),
    }),
    z.strictObject({ ...at, type: z.literal('state'), to: state }),
    z.strictObject({ ...at, type: z.literal('agent_reply') }),
    z.strictObject({ ...at, type: z.literal('customer_reply') }),
    z.strictObject({ ...at, type: z.literal('team_change'), to: z.string().max(300).nullable() }),
    z.strictObject({ ...at, type: z.literal('priority_change'), to: priority }),
    z.strictObject({ ...at, type: z.literal('deadline_change'), field: z.string().max(80), to: instant.nullable() }),
  ],
  wrong`An event is one of created, state, agent_reply, customer_reply, team_change, priority_change, deadline_change.`,
);
export type TriedEvent = z.output<typeof triedEvent>;

export const triedEvents = z
  .array(triedEvent, wrong`Events are a list.`)
  .min(1, wrong`Nothing happened yet: begin with {"at": …, "type": "created"}.`)
  .max(500);

export const trial = z.strictObject({
  events: triedEvents,
  at: z.array(instant, wrong`This must be a list of instants.`).min(1, wrong`Name an instant to look at.`).max(100),
});

/** A kept case: what was tried, and what must come out of it before a version is published. */
export const keptCase = z.strictObject({
  name: z.string().min(1).max(300),
  events: triedEvents,
  at: instant,
  expected: z.partialRecord(
    targetName,
    z.strictObject({
      due_at: instant.nullish(),
      state: z.enum(['running', 'paused', 'met', 'breached', 'stopped']).optional(),
      breached: z.boolean().optional(),
      elapsed_s: z.number().optional(),
    }),
  ),
});
export type KeptCase = z.output<typeof keptCase>;
export const keptCases = z.array(keptCase, wrong`Cases are a list.`).max(200);

/** The part of an agreement that is published, word for word. */
export interface AgreementContent {
  readonly name: string;
  readonly calendar_id: string;
  readonly match: Match;
  readonly targets: readonly Promised[];
  readonly pause_states: readonly string[];
  readonly pause_targets: readonly TargetName[];
  readonly warn_share: number | null;
  readonly escalations: readonly Escalation[];
  readonly effective_on: string;
  readonly valid_until: string | null;
  readonly review_on: string | null;
  readonly parties: readonly string[];
}
