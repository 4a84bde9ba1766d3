import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const yes: Json = { type: 'boolean' };
const topic: Json = {
  type: 'string',
  enum: ['work', 'answer', 'mention', 'progress', 'watch', 'promise', 'approval', 'major'],
};
const way: Json = { type: 'string', enum: ['at_once', 'digest', 'in_app', 'never'] };
const time: Json = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
const date: Json = { type: ['string', 'null'], format: 'date' };
const closed = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  ...object(properties, required),
  additionalProperties: false,
});
const maybe = (schema: Json): Json => ({ oneOf: [schema, { type: 'null' }] });
const perTopic = (names: readonly string[], value: Json): Json =>
  maybe(closed(Object.fromEntries(names.map((name) => [name, maybe(value)])), []));

const quiet: Json = {
  type: 'array',
  maxItems: 20,
  description: 'Local hours in which mails are kept; one that ends before it begins goes over midnight',
  items: closed({
    days: {
      type: 'array',
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      items: { type: 'string', enum: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    },
    from: time,
    until: time,
  }),
};
const digest: Json = {
  oneOf: [
    closed({ every: { type: 'string', const: 'hour' } }),
    closed({ every: { type: 'string', const: 'day' }, at: time }),
  ],
};

/** Shapes of what people are told and when. */
export const noticeSchemas: Json = {
  Notices: object({
    topics: {
      type: 'array',
      items: object({
        topic,
        way,
        source: { type: 'string', enum: ['own', 'role', 'delivered'] },
        critical: yes,
        passes: { type: 'boolean', description: 'It comes in quiet hours too' },
      }),
    },
    quiet,
    digest,
    time_zone: text,
    absent_from: date,
    absent_until: date,
  }),
  NoticesInput: {
    ...closed(
      {
        ways: perTopic(topic.enum as string[], way),
        passes: perTopic(['promise', 'approval', 'major'], yes),
        quiet: maybe(quiet),
        digest: maybe(digest),
      },
      [],
    ),
    description: 'What is named changes; null gives it back to the roles and the product',
  },
  NoticePlan: object({
    way,
    gathered: { type: 'boolean', description: 'It waits and comes with others' },
    because: { type: ['string', 'null'], enum: ['chosen', 'quiet', 'absent', 'passes', null] },
    at: { type: ['string', 'null'], format: 'date-time' },
    local: { type: ['string', 'null'], description: 'The same where the person is' },
    open_end: { type: 'boolean', description: 'Nobody knows when the absence ends' },
  }),
  NoticeLink: object({ topic, way, ways: { type: 'array', items: way } }),
};

const key: Json = { $ref: '#/components/parameters/idempotency' };

/** What one is told, quiet hours, the link in a mail's foot. */
export function noticeOperations(): Operation[] {
  const shared = { tag: 'Notifications', status: 200, parameters: [] as Json[] };
  const writing = [400, 401, 403, 409, 413, 415, 422];
  const open = { ...shared, open: true as const, path: '/api/v1/notice-link', answers: ref('NoticeLink') };
  return [
    {
      ...shared,
      method: 'get',
      path: '/api/v1/me/notices',
      id: 'getNotices',
      summary: 'What you are told and how, your quiet hours, your digest',
      answers: ref('Notices'),
      problems: [400, 401],
    },
    {
      ...shared,
      method: 'patch',
      path: '/api/v1/me/notices',
      id: 'chooseNotices',
      summary: 'Choose what you are told and how',
      parameters: [key],
      body: ref('NoticesInput'),
      answers: ref('Notices'),
      problems: writing,
    },
    {
      ...shared,
      method: 'post',
      path: '/api/v1/me/notices/preview',
      id: 'previewNotice',
      summary: 'When a message of a kind would come, by what holds or by choices not kept yet',
      parameters: [key],
      body: closed(
        {
          topic,
          at: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$', description: 'Where you are' },
          choices: ref('NoticesInput'),
        },
        ['topic', 'at'],
      ),
      answers: ref('NoticePlan'),
      problems: [400, 401, 409, 413, 415, 422],
    },
    {
      ...open,
      method: 'get',
      id: 'readNoticeLink',
      summary: 'What the link in a mail’s foot is about; changes nothing',
      parameters: [{ name: 'token', in: 'query', required: true, description: 'From the mail', schema: text }],
      problems: [400, 422],
    },
    {
      ...open,
      method: 'post',
      id: 'followNoticeLink',
      summary: 'Choose how this kind of message comes, by the link in a mail’s foot',
      body: closed({ token: { type: 'string', minLength: 1, maxLength: 300 }, way }),
      problems: [400, 403, 413, 415, 422],
    },
  ];
}
