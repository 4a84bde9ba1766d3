import { mostOf, weightNames } from '../../../practices/operation/incident';
import type { Operation } from './operations';
import { type Json, ref } from './schemas';

const text: Json = { type: 'string' };
const count: Json = { type: 'integer' };
const instant: Json = { type: 'string', format: 'date-time' };
const object = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  type: 'object',
  required,
  properties,
});

const place: Json = {
  id: text,
  number: text,
  name: text,
  queue_at: { ...instant, description: 'The instant it is worth: the base and all parts' },
  sentence: { ...text, description: 'Base, parts and result in the language of the reader' },
  order: {
    description: 'The order in force for it; null for the delivered one',
    anyOf: [object({ id: text, number: text, name: text, version: count }), { type: 'null' }],
  },
  base: object({ kind: { type: 'string', enum: ['due', 'held', 'opened'] }, at: instant }),
  parts: {
    type: 'array',
    items: object({
      kind: { type: 'string', enum: ['impact', 'goal', 'major', 'answer', 'age', 'hold'] },
      minutes: { ...count, description: 'Below zero: it counts so much earlier' },
      words: text,
    }),
  },
};

const standing: Json = {
  type: 'array',
  description: 'The first twenty',
  items: object({
    ...place,
    place: count,
    was: { ...count, description: 'Its place by the orders in force now' },
  }),
};

export const queueSchemas: Json = {
  QueuePlaces: object({ items: { type: 'array', items: object(place) }, next: { type: 'null' } }),
  QueueOrderDraft: {
    type: 'object',
    additionalProperties: false,
    description: 'What is left out is as the order has it, or as it is delivered',
    properties: {
      department: { type: ['string', 'null'] },
      team_id: { type: ['string', 'null'] },
      ...Object.fromEntries(weightNames.map((name) => [name, { ...count, minimum: 0, maximum: mostOf(name) }])),
    },
  },
  QueueOrderTrial: object({
    read: { ...count, description: 'Open incidents gone through' },
    more: { type: 'boolean', description: 'There were more than are gone through' },
    moved: { ...count, description: 'How many would stand at another place' },
    before: standing,
    after: standing,
  }),
};

/** The order of the queue: why, and what another order would do. */
export function queueOperations(): Operation[] {
  const base = '/api/v1/queue-orders';
  const trial = {
    method: 'post',
    tag: 'Queue orders',
    body: ref('QueueOrderDraft'),
    bodyRequired: false,
    status: 200,
    answers: ref('QueueOrderTrial'),
  } as const;
  return [
    {
      method: 'get',
      path: '/api/v1/queue-places',
      id: 'listQueuePlaces',
      tag: 'Queue orders',
      summary: 'Why incidents stand where they stand in the queue',
      parameters: [
        {
          name: 'incident',
          in: 'query',
          required: true,
          description: 'Numbers or ids, at most 100, separated by commas',
          schema: text,
        },
        {
          name: 'language',
          in: 'query',
          required: false,
          description: 'Of the sentences',
          schema: { enum: ['en', 'de'] },
        },
      ],
      status: 200,
      answers: ref('QueuePlaces'),
      problems: [400, 401],
    },
    {
      ...trial,
      path: `${base}/try`,
      id: 'tryQueueOrderDraft',
      summary: 'How the queue would stand under an order that is not kept yet; nothing is written',
      parameters: [],
      problems: [400, 401, 403, 413, 415, 422],
    },
    {
      ...trial,
      path: `${base}/{number}/try`,
      id: 'tryQueueOrder',
      summary: 'How the queue would stand under an order, as it is or as the body changes it',
      parameters: [{ $ref: '#/components/parameters/number' }],
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
  ];
}
