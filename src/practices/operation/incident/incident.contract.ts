import { z } from 'zod';

/** The words of an incident that server and screen share. */
export const incidentStates = {
  new: 'open',
  assigned: 'open',
  in_progress: 'open',
  on_hold: 'paused',
  resolved: 'stopped',
  closed: 'final',
  cancelled: 'final',
} as const;
export type IncidentState = keyof typeof incidentStates;

export const openStates = ['new', 'assigned', 'in_progress', 'on_hold'] as const;

export const holdReasons = ['requester', 'supplier', 'change', 'problem', 'evidence', 'other'] as const;

/** What the product works out by itself on an incident, and somebody may call wrong. */
export const doubtSubjects = [
  'team',
  'priority',
  'promise',
  'changes',
  'similar',
  'known_errors',
  'affected',
  'goals',
  'rule',
] as const;

export const score = z.int().min(1).max(3);
/** Priority by impact and urgency: keys are the two digits, `"12"`: impact 1, urgency 2. */
export const matrix = z.strictObject(
  Object.fromEntries(
    [1, 2, 3].flatMap((impact) => [1, 2, 3].map((urgency) => [`${impact}${urgency}`, z.int().min(1).max(5)])),
  ) as Record<string, z.ZodInt>,
);
export type Matrix = z.infer<typeof matrix>;
