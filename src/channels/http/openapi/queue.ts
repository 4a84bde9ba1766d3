import { mostOf, weightNames } from '../../../practices/operation/incident';
import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';
import { count, counted, instant, text, trialOperations } from './trials';

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
    ...counted('Open incidents gone through'),
    moved: { ...count, description: 'How many would stand at another place' },
    before: standing,
    after: standing,
  }),
};

/** The order of the queue: why, and what another order would do. */
export function queueOperations(): Operation[] {
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
    ...trialOperations({
      plural: 'queue-orders',
      tag: 'Queue orders',
      name: 'QueueOrder',
      draft: 'QueueOrderDraft',
      trial: 'QueueOrderTrial',
      noun: 'an order',
      says: (what) => `How the queue would stand under ${what}`,
    }),
  ];
}
