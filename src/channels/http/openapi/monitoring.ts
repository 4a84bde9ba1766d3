import { z } from 'zod';
import { forms, mapping, severities } from '../../../practices/operation/monitoring-and-event';
import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const maybe: Json = { type: ['string', 'null'] };
const instant: Json = { type: 'string', format: 'date-time' };
const maybeInstant: Json = { type: ['string', 'null'], format: 'date-time' };
const page = (items: Json, more: Json = {}): Json => object({ items: { type: 'array', items }, next: maybe, ...more });
const named = object({ id: text, number: text, name: text });

function withoutDraft({ $schema: _draft, ...schema }: Json): Json {
  return schema;
}

/** Shapes around alerts, outages and major incidents that are no records. */
export const monitoringSchemas: Json = {
  AlertMapping: withoutDraft(z.toJSONSchema(mapping, { io: 'input', target: 'draft-2020-12' }) as Json),
  AlertTrial: object({
    items: {
      type: 'array',
      items: object({
        group: text,
        fingerprint: text,
        name: text,
        resource: maybe,
        severity: { type: 'string', enum: [...severities] },
        state: { type: 'string', enum: ['firing', 'recovered'] },
        summary: maybe,
        service: maybe,
        labels: { type: 'object', additionalProperties: text },
        started_at: maybe,
      }),
    },
    problem: { ...maybe, description: 'Why it says nothing, when it does' },
  }),
  AlertBodyPage: page(
    object({
      id: text,
      at: instant,
      state: { type: 'string', enum: ['waiting', 'done', 'failed'] },
      problem: maybe,
      done_at: maybeInstant,
      body: { ...text, description: 'As it was sent' },
    }),
  ),
  OutageNoticePage: page(
    object({
      id: text,
      number: text,
      name: text,
      service: named,
      message: maybe,
      next_update_at: maybeInstant,
      started_at: instant,
      joined: { type: 'integer', description: 'How many said that it hits them' },
      mine: { type: 'boolean', description: 'Whether you are told of it: you said so, or reported it' },
    }),
  ),
  Availability: object({
    from: instant,
    to: instant,
    seconds: { type: 'number' },
    down_s: { type: 'number' },
    availability: { type: ['number', 'null'], description: 'From 0 to 1, around the clock' },
    items: {
      type: 'array',
      items: object({
        id: text,
        number: text,
        name: text,
        state: text,
        message: maybe,
        started_at: instant,
        ended_at: maybeInstant,
        seconds: { type: 'number' },
      }),
    },
  }),
  ProposalPage: page(
    object({
      kind: { type: 'string', enum: ['major', 'resolve'] },
      reason: text,
      at: instant,
      related: { type: 'array', items: named },
    }),
  ),
  MajorIncident: page(
    object({
      id: text,
      at: instant,
      name: text,
      kind: { type: 'string', enum: ['told', 'state', 'action', 'report'] },
      text: maybe,
      actor: object({ id: maybe, name: maybe, kind: text }),
      record: object({ type: text, id: text, number: text }),
    }),
    { reports: { type: 'integer' }, joined: { type: 'integer' } },
  ),
};

const number: Json = { $ref: '#/components/parameters/number' };
const key: Json = { $ref: '#/components/parameters/idempotency' };
const inQuery = (name: string, schema: Json = text): Json => ({ name, in: 'query', description: name, schema });
const inPath = (name: string, schema: Json = text): Json => ({
  name,
  in: 'path',
  required: true,
  description: name,
  schema,
});
const paging = [inQuery('limit', { type: 'integer', minimum: 1, maximum: 500, default: 50 }), inQuery('cursor')];
type Given = Pick<Operation, 'method' | 'path' | 'id' | 'tag' | 'summary' | 'problems'> & Partial<Operation>;
const plain = (one: Given): Operation => ({ status: 200, parameters: [], ...one });

/** Alerts in, what came in, what is out of order, and how a major incident goes. */
export function monitoringOperations(): Operation[] {
  const alerts = 'Alert sources';
  const incidents = 'Incidents';
  return [
    plain({
      method: 'post',
      path: '/hooks/{source}',
      id: 'sendAlerts',
      tag: alerts,
      summary: 'Alerts in: the body is kept, answered, and gone through afterwards in the order of arrival',
      description:
        'With a token of scope hooks, or of somebody who works here, as bearer or as ?token=. The source alertmanager stands from the beginning and takes the webhook of Alertmanager; others take any JSON by their mapping.',
      parameters: [inPath('source'), inQuery('token')],
      body: { type: ['object', 'array'] },
      status: 202,
      answers: object({ id: text }),
      problems: [400, 401, 403, 404, 413, 415, 422],
    }),
    plain({
      method: 'post',
      path: '/api/v1/alert-sources/try',
      id: 'tryAlertMapping',
      tag: alerts,
      summary: 'What a body would become; nothing is kept. For administrators',
      body: {
        ...object(
          {
            form: { type: 'string', enum: [...forms] },
            mapping: { oneOf: [ref('AlertMapping'), { type: 'null' }] },
            body: { type: ['object', 'array'] },
          },
          ['form', 'body'],
        ),
        additionalProperties: false,
      },
      answers: ref('AlertTrial'),
      problems: [400, 401, 403, 413, 415, 422],
    }),
    plain({
      method: 'get',
      path: '/api/v1/alert-sources/{number}/bodies',
      id: 'listAlertBodies',
      tag: alerts,
      summary: 'What was sent to it, newest first: for administrators',
      parameters: [number, inQuery('state', { type: 'string', enum: ['waiting', 'done', 'failed'] }), ...paging],
      answers: ref('AlertBodyPage'),
      problems: [400, 401, 403, 404],
    }),
    plain({
      method: 'post',
      path: '/api/v1/alert-sources/{number}/bodies/{id}/replay',
      id: 'replayAlertBody',
      tag: alerts,
      summary: 'Go through a body again that could not be understood: for administrators',
      parameters: [number, inPath('id', { type: 'string', format: 'uuid' }), key],
      answers: object({ id: text }),
      problems: [400, 401, 403, 404, 409, 415, 422],
    }),
    plain({
      method: 'get',
      path: '/api/v1/me/outages',
      id: 'listOngoingOutages',
      tag: 'Outages',
      summary: 'What is out of order now, the youngest first',
      answers: ref('OutageNoticePage'),
      problems: [400, 401],
    }),
    plain({
      method: 'get',
      path: '/api/v1/services/{number}/availability',
      id: 'getAvailability',
      tag: 'Services',
      summary: 'How much of a period it was there, by its outages; the last 30 days when none is named',
      parameters: [number, inQuery('from'), inQuery('to')],
      answers: ref('Availability'),
      problems: [400, 401, 404],
    }),
    plain({
      method: 'get',
      path: '/api/v1/incidents/{number}/proposals',
      id: 'listProposals',
      tag: incidents,
      summary: 'What the product proposes on it: for the team',
      parameters: [number],
      answers: ref('ProposalPage'),
      problems: [400, 401, 403, 404],
    }),
    plain({
      method: 'get',
      path: '/api/v1/incidents/{number}/major',
      id: 'getMajorIncident',
      tag: incidents,
      summary: 'How a major incident goes, written from history, oldest first: for the team',
      parameters: [number],
      answers: ref('MajorIncident'),
      problems: [400, 401, 403, 404],
    }),
  ];
}
