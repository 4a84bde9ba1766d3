import { z } from 'zod';
import { calendarDefinition } from '../../../commons/calendar/calendar.contract';
import { wrong } from '../../../kernel/sentence.contract';
import { targetName } from './clock.contract';

/** Cases by which a clock engine can be checked: working-time arithmetic and whole timelines. Instants are UTC, amounts
 * seconds. */

const instant = z.iso.datetime(wrong`An instant is written in UTC, such as "2026-03-02T09:00:00Z".`);
const common = { id: z.string(), calendar: calendarDefinition };
const perTarget = <T extends z.ZodType>(value: T) => z.partialRecord(targetName, value);

const targetValue = z.union([
  z.number().nonnegative(),
  z.object({ working_days: z.number().int().nonnegative(), end_of_day: z.boolean().optional() }),
  z.object({ at: instant }),
]);
export type CaseTarget = z.output<typeof targetValue>;

const targets = perTarget(targetValue);

const event = z.discriminatedUnion('type', [
  z.object({ at: instant, type: z.literal('created'), state: z.string().optional(), team: z.string().optional() }),
  z.object({ at: instant, type: z.literal('state'), to: z.string() }),
  z.object({ at: instant, type: z.literal('agent_reply') }),
  z.object({ at: instant, type: z.literal('customer_reply') }),
  z.object({ at: instant, type: z.literal('team_change'), to: z.string().nullable() }),
  z.object({ at: instant, type: z.literal('sla_change'), sla: z.object({ targets }) }),
  z.object({ at: instant, type: z.literal('calendar_change'), calendar: calendarDefinition }),
]);
export type CaseEvent = z.output<typeof event>;

const checkpoint = z.object({
  at: instant,
  due: perTarget(instant.nullable()).optional(),
  elapsed_s: perTarget(z.number()).optional(),
  paused_s: perTarget(z.number()).optional(),
  breached: perTarget(z.boolean()).optional(),
});
export type Checkpoint = z.output<typeof checkpoint>;

export const verifyCase = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('add_working_time'),
    input: z.object({ start: instant, seconds: z.number(), direction: z.enum(['forward', 'backward']).optional() }),
    expected: z.object({ at: instant }),
  }),
  z.object({
    ...common,
    kind: z.literal('working_time_between'),
    input: z.object({ from: instant, to: instant }),
    expected: z.object({ seconds: z.number() }),
  }),
  z.object({
    ...common,
    kind: z.literal('is_working_time'),
    input: z.object({ at: instant }),
    expected: z.object({ working: z.boolean() }),
  }),
  z.object({
    ...common,
    kind: z.literal('add_working_days'),
    input: z.object({ start: instant, days: z.number().int(), end_of_day: z.boolean().optional() }),
    expected: z.object({ at: instant }),
  }),
  z.object({
    ...common,
    kind: z.literal('sla_timeline'),
    sla: z.object({
      targets,
      pause_states: z.array(z.string()).optional(),
      pause_targets: z.array(targetName).optional(),
      stop_states: z.array(z.string()).optional(),
    }),
    events: z.array(event),
    expected: z.array(checkpoint),
  }),
]);
export type VerifyCase = z.output<typeof verifyCase>;
