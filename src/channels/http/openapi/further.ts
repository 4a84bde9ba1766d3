import { sizes } from '../../../commons/practice';
import { noticeOperations, noticeSchemas } from './notices';
import type { Operation } from './operations';
import { mergingOperation, protectionOperations, protectionSchemas } from './protection';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const maybe: Json = { type: ['string', 'null'] };
const instant: Json = { type: 'string', format: 'date-time' };
const maybeInstant: Json = { type: ['string', 'null'], format: 'date-time' };
const closed = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  ...object(properties, required),
  additionalProperties: false,
});
const page = (items: Json, more: Json = {}): Json =>
  object({ items: { type: 'array', items }, next: { type: ['string', 'null'] }, ...more });
const texts: Json = { type: 'array', items: text };

const field = object(
  {
    name: text,
    kind: text,
    label: text,
    writable: { type: ['boolean', 'string'], description: 'true, false, or creation: by the creating verb alone' },
    required: { type: 'boolean' },
    custom: { type: 'boolean' },
    choices: texts,
    to: { ...texts, description: 'The kinds of record it may point to' },
    min: { type: 'number' },
    max: { type: 'number' },
    help: text,
  },
  ['name', 'kind', 'label', 'writable', 'required', 'custom'],
);

/** Shapes of what is no record. */
export const furtherSchemas: Json = {
  ...noticeSchemas,
  ...protectionSchemas,
  Session: object({
    id: text,
    device: text,
    address: text,
    created_at: instant,
    seen_at: instant,
    ends_at: instant,
    current: { type: 'boolean' },
  }),
  SessionPage: page(ref('Session')),
  Token: object(
    {
      id: text,
      name: text,
      scope: { type: 'string', enum: ['all', 'read', 'hooks'] },
      created_at: instant,
      seen_at: maybeInstant,
      ends_at: maybeInstant,
      token: { type: 'string', description: 'Its text, once: when it is made' },
    },
    ['id', 'name', 'scope', 'created_at', 'seen_at', 'ends_at'],
  ),
  TokenPage: page(ref('Token')),
  RecordType: object({
    type: text,
    plural: text,
    prefix: text,
    label: text,
    labels: text,
    standard_sort: text,
    fields: { type: 'array', items: field },
    states: { type: 'array', items: object({ name: text, category: text }) },
    verbs: {
      type: 'array',
      items: object({
        verb: text,
        label: text,
        creates: { type: 'boolean' },
        own_route: { type: 'boolean' },
        undo: { type: 'boolean' },
        from: texts,
        to: texts,
        one_of: texts,
        input: { type: 'array', items: field },
      }),
    },
    administered: { type: 'boolean', description: 'Kept by administrators, as opposed to work somebody has' },
    may_create: { type: 'boolean' },
  }),
  RecordTypePage: page(ref('RecordType')),
  WhoCanSee: page(object({ person: object({ id: text, name: text }), because: texts, team: { type: 'boolean' } }), {
    total: { type: 'integer' },
  }),
  NotificationPage: page(
    object({
      id: text,
      kind: text,
      reason: text,
      topic: maybe,
      at: instant,
      read_at: maybeInstant,
      line_id: maybe,
      record: object({ type: text, id: text, number: text, name: text }),
    }),
    { unread: { type: 'integer' } },
  ),
  MailPage: page(
    object({
      id: text,
      address: text,
      subject: text,
      text: maybe,
      reason: text,
      at: instant,
      state: text,
      sent_at: maybeInstant,
      due_at: instant,
      attempts: { type: 'integer' },
      problem: maybe,
      topic: maybe,
    }),
  ),
  DeliveryPage: page(
    object({
      id: text,
      seq: { type: 'integer' },
      name: text,
      at: instant,
      state: text,
      attempts: { type: 'integer' },
      status: { type: ['integer', 'null'] },
      problem: maybe,
      due_at: instant,
    }),
  ),
  PersonalData: object({
    exported_at: instant,
    person: ref('Person'),
    acts: { type: 'array', items: { type: 'object' } },
  }),
  RetentionPreview: object({
    count: { type: 'integer' },
    sample: { type: 'array', items: object({ number: text, title: text, ended_at: instant }) },
    fields: texts,
    conversation: { type: 'boolean' },
    attachments: { type: 'boolean' },
  }),
};

const number: Json = { $ref: '#/components/parameters/number' };
const key: Json = { $ref: '#/components/parameters/idempotency' };
const query = (name: string, schema: Json): Json => ({ name, in: 'query', description: name, schema });
const paging = [
  query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 50 }),
  query('cursor', { type: 'string' }),
];
type Given = Pick<Operation, 'method' | 'path' | 'id' | 'tag' | 'summary' | 'problems'> & Partial<Operation>;
const plain = (one: Given): Operation => ({ status: 200, parameters: [], ...one });
const open = { open: true as const };

/** Setting up, notifications, outbox, the clock, health: what needs no record or asks one a question of its own. */
export function furtherOperations(): Operation[] {
  const identity = 'Signing in';
  const system = 'System';
  return [
    ...noticeOperations(),
    ...protectionOperations(),
    plain({
      ...open,
      method: 'post',
      path: '/api/v1/set-up',
      id: 'setUp',
      tag: identity,
      summary: 'The first administrator, by the one-time link the server printed',
      body: closed(
        {
          token: text,
          organization: text,
          name: text,
          email: text,
          password: text,
          size: { type: 'string', enum: [...sizes], default: 'everything' },
        },
        ['token', 'organization', 'name', 'email', 'password'],
      ),
      status: 201,
      answers: object({ id: text }),
      problems: [400, 403, 413, 415, 422],
    }),
    plain({
      ...open,
      method: 'post',
      path: '/api/v1/password-reset',
      id: 'resetPassword',
      tag: identity,
      summary: 'With email: asks for a link by mail (202). With token and password: sets the password (204)',
      body: closed({ email: text, token: text, password: text }, []),
      status: 202,
      answers: { type: 'object' },
      alsoEmpty: 204,
      problems: [400, 403, 413, 415, 422, 429],
    }),
    plain({
      method: 'get',
      path: '/api/v1/words',
      id: 'listWords',
      tag: 'Words',
      summary: 'The words you read instead of the delivered ones',
      parameters: [query('language', { type: 'string', enum: ['en', 'de'] })],
      answers: ref('MyWords'),
      problems: [400, 401],
    }),
    plain({
      method: 'get',
      path: '/api/v1/me/notifications',
      id: 'listNotifications',
      tag: 'Notifications',
      summary: 'What you were told, newest first',
      parameters: paging,
      answers: ref('NotificationPage'),
      problems: [400, 401],
    }),
    plain({
      method: 'post',
      path: '/api/v1/me/notifications/read',
      id: 'readNotifications',
      tag: 'Notifications',
      summary: 'Mark as read: those named, or all',
      parameters: [key],
      body: closed({ ids: { type: 'array', maxItems: 500, items: { type: 'string', format: 'uuid' } } }, []),
      bodyRequired: false,
      answers: object({ read: { type: 'integer' } }),
      problems: [400, 401, 403, 409, 413, 415, 422],
    }),
    plain({
      method: 'post',
      path: '/api/v1/bulk/{id}/undo',
      id: 'undoBulk',
      tag: system,
      summary: 'Take back one verb on many records: as many of them as can be',
      parameters: [
        { name: 'id', in: 'path', required: true, description: 'The bulk_id of its answer', schema: text },
        key,
      ],
      body: closed({}),
      bodyRequired: false,
      answers: ref('BulkResult'),
      problems: [400, 401, 403, 404, 409, 413, 415, 422],
    }),
    plain({
      method: 'get',
      path: '/api/v1/mails',
      id: 'listMails',
      tag: 'Notifications',
      summary: 'The outbox, newest first: for administrators',
      parameters: paging,
      answers: ref('MailPage'),
      problems: [400, 401, 403],
    }),
    plain({
      method: 'get',
      path: '/api/v1/webhooks/{number}/deliveries',
      id: 'listWebhookDeliveries',
      tag: 'Webhooks',
      summary: 'What was sent to it, newest first',
      parameters: [number, ...paging],
      answers: ref('DeliveryPage'),
      problems: [400, 401, 404],
    }),
    plain({
      method: 'get',
      path: '/api/v1/people/{number}/personal-data',
      id: 'getPersonalData',
      tag: 'People',
      summary: 'Everything kept about a person: for them, and for administrators',
      parameters: [number],
      answers: ref('PersonalData'),
      problems: [401, 403, 404],
    }),
    mergingOperation(number),
    plain({
      method: 'get',
      path: '/api/v1/retention-rules/{number}/preview',
      id: 'previewRetention',
      tag: 'Retention rules',
      summary: 'What a run would take away now',
      parameters: [number],
      answers: ref('RetentionPreview'),
      problems: [401, 404],
    }),
    plain({
      method: 'post',
      path: '/api/v1/retention-rules/{number}/run',
      id: 'runRetention',
      tag: 'Retention rules',
      summary: 'Take away now what the rule says',
      parameters: [number, key],
      answers: object({ records: { type: 'integer' } }),
      problems: [400, 401, 403, 404, 409, 415, 422],
    }),
    plain({
      method: 'post',
      path: '/api/v1/clock',
      id: 'moveClock',
      tag: system,
      summary: 'Move the clock forward: only where it was set by THROUGHLINE_NOW, for administrators',
      parameters: [key],
      body: closed({ advance_s: { type: 'number', minimum: 0, maximum: 316_224_000 } }),
      answers: object({ now: instant }),
      problems: [400, 401, 403, 404, 409, 413, 415, 422],
    }),
    ...(['healthz', 'readyz'] as const).map((path) =>
      plain({
        ...open,
        method: 'get',
        path: `/${path}`,
        id: path,
        tag: system,
        summary:
          path === 'healthz'
            ? 'Whether the process answers'
            : 'Whether it is migrated and reaches its database; else 503',
        answers: object({ status: text }),
        problems: [429],
      }),
    ),
    plain({
      ...open,
      method: 'get',
      path: '/metrics',
      id: 'metrics',
      tag: system,
      summary: 'Figures for Prometheus',
      answers: {},
      media: { 'text/plain': { schema: text } },
      problems: [429],
    }),
  ];
}
