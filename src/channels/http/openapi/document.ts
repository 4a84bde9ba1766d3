import { listWords } from '../../../commons/reading';
import type { House } from '../../../kernel/command';
import { verbsOf } from '../../../kernel/house';
import type { RecordType } from '../../../kernel/record';
import { partNames } from '../parts';
import { foresightOperations, foresightSchemas } from './foresight';
import { furtherOperations, furtherSchemas } from './further';
import { monitoringOperations, monitoringSchemas } from './monitoring';
import { fixedOperations, type Operation } from './operations';
import { childParameter, keyParameter, numberParameter } from './parameters';
import { problems } from './problem-words';
import { promiseSchemas } from './promises';
import { ruleOperations, ruleSchemas } from './rules';
import { type Json, recordSchema, ref, schemaName } from './schemas';
import { sharedSchemas } from './shared-schemas';
import { ownQuestions, surroundingSchemas } from './surroundings';
import { verbOperations } from './verb-operations';
import { atOnceOperations, presenceOperations, writingOperations, writingSchemas } from './writing';

const problem = (status: number): Json => ({ $ref: `#/components/responses/Problem${status}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const withParameter: Json = { $ref: '#/components/parameters/with' };

function operation(one: Operation): Json {
  const responses: Json = {
    [one.status]: {
      description: one.summary,
      ...(one.headers ? { headers: one.headers } : {}),
      ...(one.answers ? { content: one.media ?? json(one.answers) } : {}),
    },
  };
  if (one.alsoEmpty) responses[one.alsoEmpty] = { description: one.summary };
  // An address whose parameter cannot be decoded never reaches its route.
  const unread = one.path.includes('{') ? [400] : [];
  for (const status of new Set([...one.problems, ...unread])) responses[status] = problem(status);
  return {
    operationId: one.id,
    summary: one.summary,
    description: one.description ?? `${one.summary}.`,
    tags: [one.tag],
    ...(one.parameters.length > 0 ? { parameters: one.parameters } : {}),
    ...(one.body
      ? { requestBody: { required: one.bodyRequired ?? true, content: one.bodyMedia ?? json(one.body) } }
      : {}),
    responses,
    ...(one.open ? { security: [] } : {}),
  };
}

/** The interface, described whole: every kind of record with its verbs, and what is no record. */
export function openApi(house: House): Json {
  const paths: Record<string, Json> = {};
  const schemas: Json = {
    ...sharedSchemas,
    ...promiseSchemas,
    ...surroundingSchemas,
    ...furtherSchemas,
    ...foresightSchemas,
    ...monitoringSchemas,
    ...writingSchemas,
    ...ruleSchemas,
  };
  const add = (one: Operation) => {
    paths[one.path] = { ...paths[one.path], [one.method]: operation(one) };
  };
  for (const type of house.types.values()) {
    const name = schemaName(type.type);
    schemas[name] = recordSchema(house, type);
    schemas[`${name}Page`] = {
      type: 'object',
      required: ['items', 'next'],
      properties: {
        items: { type: 'array', items: ref(name) },
        next: { type: ['string', 'null'] },
        total: { type: 'integer' },
        total_exact: { type: 'boolean' },
      },
    };
    for (const one of recordOperations(house, type)) {
      if (one.body && one.input && !one.bodyMedia) schemas[one.input.name] = one.input.schema;
      add(one);
    }
  }
  for (const one of [
    ...fixedOperations(),
    ...furtherOperations(),
    ...monitoringOperations(),
    ...writingOperations(),
    ...ruleOperations(),
  ])
    add(one);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline',
      version: '1.0.0',
      summary: 'Service management, from the business goal to the ticket that endangers it',
      description:
        'Everything the web application does. Instants are RFC 3339 in UTC, durations seconds, references ids, numbers, e-mails or unique names.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      contact: { name: 'The Throughline authors', url: 'https://throughline.invalid/' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    security: [{ token: [] }, { session: [] }],
    tags: [
      ...new Set(
        Object.values(paths).flatMap((path) => Object.values(path).flatMap((one) => (one as { tags: string[] }).tags)),
      ),
    ]
      .sort()
      .map((tag) => ({ name: tag, description: `${tag}.` })),
    paths,
    components: {
      schemas,
      parameters: {
        with: {
          name: 'with',
          in: 'query',
          description: `Parts to answer with it: ${partNames(house).join(', ')}`,
          schema: { type: 'string' },
        },
        number: {
          name: 'number',
          in: 'path',
          required: true,
          description: 'The human number or the id',
          schema: { type: 'string' },
        },
        idempotency: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key and body replays the answer for a day',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
        ifMatch: {
          name: 'If-Match',
          in: 'header',
          required: false,
          description: 'The version in quotes, several separated by commas, or *; refuses a stale write',
          schema: { type: 'string' },
        },
      },
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          { description, content: { 'application/problem+json': { schema: ref('Refusal') } } },
        ]),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal token, tl_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'tl_session', description: 'The cookie of a signed-in browser' },
      },
    },
  };
}

const whole = new Set(['line-of-sight', 'clocks']);

const listParameters: Json[] = [
  { name: 'q', in: 'query', description: 'Full text', schema: { type: 'string', maxLength: 500 } },
  { name: 'sort', in: 'query', description: 'Fields, - for falling: priority,-opened_at', schema: { type: 'string' } },
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
    description: 'At most this many',
  },
  { name: 'cursor', in: 'query', description: 'Where the page before ended', schema: { type: 'string' } },
  { name: 'count', in: 'query', description: 'Also the total', schema: { type: 'string', enum: ['true', 'false'] } },
  { name: 'fields', in: 'query', description: 'Only these fields', schema: { type: 'string' } },
  {
    name: 'format',
    in: 'query',
    description: 'The whole list as a file',
    schema: { type: 'string', enum: ['csv', 'jsonl'] },
  },
];

const paging = listParameters.filter(({ name }) => name === 'limit' || name === 'cursor');

function recordOperations(house: House, type: RecordType): Operation[] {
  const name = schemaName(type.type);
  const base = `/api/v1/${type.plural}`;
  const shared = { tag: type.labels, parameters: [] as Json[], problems: [400, 401] };
  const one = { ...shared, parameters: [numberParameter], problems: [400, 401, 404] };
  const child = (path: string, schema: string, what: string): Operation => ({
    ...one,
    method: 'get',
    path: `${base}/{number}/${path}`,
    id: `list${name}${schemaName(path)}`,
    summary: what,
    // Paged as lists are; the line of sight and the clocks come whole.
    parameters: whole.has(path) ? [numberParameter] : [numberParameter, ...paging],
    status: 200,
    answers: ref(schema),
  });
  const filters: Json[] = Object.entries(house.fieldsOf(type))
    // A field called as the list's own words are cannot be asked for.
    .filter(([field, { kind }]) => kind !== 'json' && !listWords.has(field) && field !== 'format')
    .map(([field, { label }]) => ({
      name: field,
      in: 'query',
      description: `${label}: any of, by comma; also ${field}.ne, .gt, .gte, .lt, .lte, .contains, .empty where they fit`,
      schema: { type: 'string' },
    }));
  const found: Operation[] = [
    {
      ...shared,
      method: 'get',
      path: base,
      id: `list${name}`,
      summary: `List ${type.labels.toLowerCase()}`,
      parameters: [...listParameters, ...filters],
      status: 200,
      answers: ref(`${name}Page`),
      problems: [400, 401, 422],
    },
    {
      ...one,
      method: 'get',
      path: `${base}/{number}`,
      id: `get${name}`,
      summary: `One ${type.label.toLowerCase()}`,
      status: 200,
      answers: ref(name),
      parameters: [
        numberParameter,
        {
          name: 'as_of',
          in: 'query',
          description: 'As it stood at this instant',
          schema: { type: 'string', format: 'date-time' },
        },
        { name: 'fields', in: 'query', description: 'Only these fields', schema: { type: 'string' } },
        withParameter,
      ],
    },
    child('history', 'LinePage', 'Its history, newest first'),
    child('comments', 'CommentPage', 'Its conversation, oldest first'),
    {
      ...one,
      method: 'get',
      path: `${base}/{number}/comments/{id}`,
      id: `get${name}Comment`,
      summary: 'One entry of its conversation',
      parameters: [numberParameter, childParameter],
      status: 200,
      answers: ref('Comment'),
      problems: [401, 404],
    },
    child('attachments', 'AttachmentPage', 'Its files'),
    child('links', 'LinkPage', 'Its links, from both ends'),
    child('watchers', 'WatcherPage', 'Who watches it'),
    child('tasks', 'TaskPage', 'Its steps, for the team'),
    child('time-entries', 'TimeEntryPage', 'The time booked on it, for the team'),
    ...presenceOperations(one, base, name),
    child('line-of-sight', 'LineOfSight', 'The goals it endangers, with the path'),
    child('who-can-see', 'WhoCanSee', 'Who can see it, and why'),
    ...(house.verbs.has(`${type.type}.breach`)
      ? [child('clocks', 'ClockPage', 'Its promises, explained to the second')]
      : []),
    ...ownQuestions(type.type, one, numberParameter, paging),
  ];
  for (const verb of verbsOf(house, type)) if (!verb.hidden) found.push(...verbOperations(house, type, verb));
  found.push(...atOnceOperations(house, type, base, name));
  found.push(...foresightOperations(house, type, base, name, one));
  if (verbsOf(house, type).some((verb) => !verb.hidden && !verb.creates))
    found.push({
      ...shared,
      method: 'post',
      path: `${base}/bulk`,
      id: `bulk${name}`,
      summary: `One verb on many ${type.labels.toLowerCase()}`,
      parameters: [keyParameter],
      body: ref('BulkInput'),
      status: 200,
      answers: ref('BulkResult'),
      problems: [400, 401, 409, 413, 415, 422],
    });
  return found;
}
