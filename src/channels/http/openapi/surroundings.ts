import type { Operation } from './operations';
import { agreementQuestions } from './promises';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const maybe: Json = { type: ['string', 'null'] };
const instant: Json = { type: 'string', format: 'date-time' };
const maybeInstant: Json = { type: ['string', 'null'], format: 'date-time' };
const number: Json = { type: 'integer' };
const texts: Json = { type: 'array', items: text };
const list = (items: Json): Json => ({ type: 'array', items });
const orNothing = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });

const brief = { type: text, id: text, number: text, name: text, state: text };
const why = object({ rule: text, inputs: { type: 'object' }, alternatives: { type: 'object' } });
const near = {
  ...texts,
  description: 'What brings it near: component, needed_component, service, or named by the incident itself',
};
const change = object({
  ...brief,
  kind: maybe,
  outcome: maybe,
  planned_start: maybeInstant,
  planned_end: maybeInstant,
  actual_start: maybeInstant,
  actual_end: maybeInstant,
  why: object({
    near,
    hours_before: { type: ['number', 'null'], description: 'Hours from its beginning to that of the incident' },
  }),
});
const similar = object({
  ...brief,
  opened_at: instant,
  resolved_at: maybeInstant,
  resolution_code: maybe,
  resolution_note: maybe,
  why: object({ words: texts, same: texts, score: { type: 'number' } }),
});
const health: Json = { type: 'string', enum: ['good', 'at_risk', 'broken', 'unknown'] };

/** What stands around an incident, and what stands in the way of a change. */
export const surroundingSchemas: Json = {
  IncidentContext: object({
    requester: orNothing(
      object({
        person: object({ id: text, number: text, name: text }),
        email: maybe,
        location: maybe,
        language: maybe,
        time_zone: maybe,
        absent: orNothing(object({ from: maybe, until: maybe, delegate: orNothing(object(brief)) })),
        devices: list(object({ ...brief, class: maybe })),
        open: object({ items: list(object(brief)), total: number }),
      }),
    ),
    service: orNothing(object({ number: text, name: text, health, stake: maybe })),
    assignment: orNothing(object({ sentence: text, why })),
    handed: orNothing(
      object({
        at: instant,
        by: maybe,
        from: maybe,
        reason: maybe,
        notes: list(object({ at: instant, by: maybe, text })),
      }),
    ),
    promise: orNothing(
      object({
        agreement: object({ id: text, number: text, name: text }),
        targets: list(
          object({
            target: text,
            state: text,
            target_s: { type: ['number', 'null'] },
            due_at: maybeInstant,
            breached: { type: 'boolean' },
          }),
        ),
      }),
    ),
    changes: object({ recent: list(change), planned: list(change), why }),
    similar: object({ open: list(similar), solved: list(similar), why }),
    known_errors: object({
      items: list(
        object({
          ...brief,
          known_error: { type: 'boolean' },
          known_error_at: maybeInstant,
          root_cause: maybe,
          workaround: maybe,
          why: object({ near }),
        }),
      ),
      why,
    }),
    goals: list(object({ number: text, name: text, health, weight: { type: 'number' } })),
    affected: object({
      items: list(object({ ...brief, priority: number, opened_at: instant, why: object({ near }) })),
      total: number,
      people: number,
      children: object({ items: list(object(brief)), total: number }),
      why,
    }),
  }),
  ConflictPage: object({
    items: list(
      object({
        ...brief,
        planned_start: instant,
        planned_end: instant,
        components: list(object({ id: text, number: text, name: text })),
      }),
    ),
    next: { type: 'null' },
  }),
};

/** What may be asked of an incident, a change, an agreement besides what every record answers. */
export function ownQuestions(
  type: string,
  one: Pick<Operation, 'tag' | 'parameters' | 'problems'>,
  number: Json,
  paging: readonly Json[],
): Operation[] {
  if (type === 'agreement') return agreementQuestions(one, number);
  if (type === 'incident')
    return [
      {
        ...one,
        method: 'get',
        path: '/api/v1/incidents/{number}/context',
        id: 'getIncidentContext',
        summary: 'What stands around it, for its team, each part with the reason',
        status: 200,
        answers: ref('IncidentContext'),
        problems: [400, 401, 403, 404],
      },
    ];
  if (type === 'sign_in_rule')
    return [
      {
        ...one,
        method: 'get',
        path: '/api/v1/sign-in-rules/{number}/without-second-factor',
        id: 'listWithoutSecondFactor',
        summary: 'Whoever it asks for a second factor and has none yet',
        parameters: [number, ...paging],
        status: 200,
        answers: ref('WithoutSecondFactor'),
        problems: [400, 401, 404],
      },
    ];
  if (type === 'change')
    return [
      {
        ...one,
        method: 'get',
        path: '/api/v1/changes/{number}/conflicts',
        id: 'listChangeConflicts',
        summary: 'Other changes on its components whose window overlaps',
        status: 200,
        answers: ref('ConflictPage'),
        problems: [400, 401, 404],
      },
    ];
  return [];
}
