import { z } from 'zod';
import { clockStates, segmentKinds, targetNames, trial } from '../../../practices/design/service-level';
import type { Operation } from './operations';
import { type Json, ref } from './schemas';

const text: Json = { type: 'string' };
const instant: Json = { type: 'string', format: 'date-time' };
const maybe: Json = { type: ['string', 'null'], format: 'date-time' };
const seconds: Json = { type: 'number', description: 'Seconds' };

const named = (more: Json = {}): Json => ({
  type: 'object',
  properties: { id: text, number: text, name: text, ...more },
});

const clock: Json = {
  type: 'object',
  required: ['target', 'state', 'started_at', 'due_at', 'target_s', 'elapsed_s', 'paused_s', 'breached', 'explain'],
  properties: {
    target: { type: 'string', enum: [...targetNames] },
    cycle: { type: 'integer', description: 'Which run of this target it is' },
    state: { type: 'string', enum: [...clockStates] },
    started_at: instant,
    ended_at: maybe,
    due_at: { ...maybe, description: 'Null while paused or ended' },
    promised_at: { ...maybe, description: 'The last due instant there was' },
    warn_at: maybe,
    target_s: { type: ['number', 'null'], description: 'Null for working days and fixed instants' },
    elapsed_s: seconds,
    paused_s: seconds,
    breached: { type: 'boolean' },
    breached_at: maybe,
    agreement: named({ version: { type: 'integer' } }),
    calendar: named(),
    team: {
      description: 'Of target team: who holds the record',
      anyOf: [named(), { type: 'null' }],
    },
    slice: {
      description: 'Of target team where teams have slices: the whole slice, and what was used of it before this run',
      anyOf: [
        {
          type: 'object',
          required: ['whole_s', 'before_s'],
          properties: { whole_s: seconds, before_s: seconds },
        },
        { type: 'null' },
      ],
    },
    teams: {
      type: 'array',
      description: 'Of target resolution: which team used how much; adds up to elapsed_s. Without a team: null',
      items: {
        type: 'object',
        required: ['team', 'elapsed_s', 'slice_s'],
        properties: {
          team: { anyOf: [named(), { type: 'null' }] },
          elapsed_s: seconds,
          slice_s: { type: ['number', 'null'], description: 'Its slice of the whole' },
        },
      },
    },
    explain: {
      type: 'array',
      description: 'Gapless from the start; what counts adds up to elapsed_s',
      items: {
        type: 'object',
        required: ['from', 'to', 'kind', 'seconds', 'counts', 'calendar', 'rule'],
        properties: {
          from: instant,
          to: instant,
          kind: { type: 'string', enum: [...segmentKinds] },
          seconds,
          counts: { type: 'boolean' },
          calendar: text,
          rule: { type: 'string', description: 'Why it counts or does not, in a sentence' },
          state: text,
        },
      },
    },
  },
};

const list = (items: Json): Json => ({
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items } },
});

/** Clocks, trials, plain words. */
export const promiseSchemas: Json = {
  Clock: clock,
  ClockPage: list(ref('Clock')),
  TrialInput: withoutDraft(z.toJSONSchema(trial, { io: 'input', target: 'draft-2020-12' }) as Json),
  TrialPage: list({
    type: 'object',
    required: ['at', 'clocks'],
    properties: { at: instant, clocks: { type: 'array', items: ref('Clock') } },
  }),
  PlainWords: {
    type: 'object',
    required: ['language', 'title', 'sentences'],
    properties: {
      language: { type: 'string', enum: ['en', 'de'] },
      title: text,
      sentences: { type: 'array', items: text },
    },
  },
};

function withoutDraft({ $schema: _draft, ...schema }: Json): Json {
  return schema;
}

/** What may be asked of an agreement besides its record. */
export function agreementQuestions(one: Pick<Operation, 'tag' | 'parameters' | 'problems'>, number: Json): Operation[] {
  const base = '/api/v1/agreements/{number}';
  return [
    {
      ...one,
      method: 'post',
      path: `${base}/try`,
      id: 'tryAgreement',
      summary: 'How clocks would stand under it, as it is written now',
      body: ref('TrialInput'),
      status: 200,
      answers: ref('TrialPage'),
      problems: [400, 401, 404, 409, 413, 415, 422],
    },
    {
      ...one,
      method: 'get',
      path: `${base}/plain-words`,
      id: 'getAgreementPlainWords',
      summary: 'The agreement in plain sentences',
      parameters: [
        number,
        { name: 'language', in: 'query', description: 'en or de', schema: { type: 'string', enum: ['en', 'de'] } },
      ],
      status: 200,
      answers: ref('PlainWords'),
    },
  ];
}
