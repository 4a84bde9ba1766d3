import { measureNames } from '../../../views/measures';
import { type Json, ref } from './schemas';

/** One way in: method, address, what it takes and answers. */
export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly Json[];
  readonly body?: Json;
  readonly bodyRequired?: boolean;
  readonly bodyMedia?: Json | undefined;
  /** A schema of its own for the body. */
  readonly input?: { name: string; schema: Json };
  readonly status: number;
  readonly answers?: Json;
  readonly media?: Json;
  readonly problems: readonly number[];
  /** What its head says: of an answer without a body how it is taken back. */
  readonly headers?: Json;
  /** Another good answer, without a body. */
  readonly alsoEmpty?: number;
  /** Needs no signing in. */
  readonly open?: boolean;
}

const query = (name: string, description: string, schema: Json = { type: 'string' }, required = false): Json => ({
  name,
  in: 'query',
  description,
  required,
  schema,
});
const limit = query('limit', 'At most this many', { type: 'integer', minimum: 1, maximum: 500, default: 50 });
const cursor = query('cursor', 'Where the page before ended');
const id: Json = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id',
  schema: { type: 'string', format: 'uuid' },
};
const object = (properties: Json, required: string[] = []): Json => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 ? { required } : {}),
});
const text: Json = { type: 'string' };
const get = (
  path: string,
  idOf: string,
  tag: string,
  summary: string,
  answers: Json,
  parameters: Json[] = [],
  problems: number[] = [400, 401],
): Operation => ({
  method: 'get',
  path,
  id: idOf,
  tag,
  summary,
  parameters,
  status: 200,
  answers,
  problems,
});

/** Everything that is no record. A test holds this against the routes the server has. */
export function fixedOperations(): Operation[] {
  const identity = 'Signing in';
  const history = 'History';
  const figures = 'Figures';
  const system = 'System';
  return [
    {
      method: 'post',
      path: '/api/v1/sign-in',
      id: 'signIn',
      tag: identity,
      summary: 'Sign in; sets the session cookie',
      description:
        'Where the account has a second factor: 401 with code second_factor_required, a challenge for the second step and the factors it takes (totp, passkey, recovery).',
      parameters: [],
      body: object({ email: text, password: text }, ['email', 'password']),
      status: 200,
      answers: ref('Me'),
      problems: [400, 401, 403, 413, 415, 422, 429],
      open: true,
    },
    {
      method: 'post',
      path: '/api/v1/sign-out',
      id: 'signOut',
      tag: identity,
      summary: 'Sign out on this device',
      parameters: [],
      status: 204,
      problems: [400, 401, 403, 409, 415, 422],
    },
    get('/api/v1/me', 'me', identity, 'Who you are', ref('Me')),
    {
      method: 'patch',
      path: '/api/v1/me',
      id: 'adjustMe',
      tag: identity,
      summary: 'Change your language, zone, absence, delegate',
      parameters: [],
      body: ref('PersonAdjustInput'),
      status: 200,
      answers: ref('Me'),
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
    {
      method: 'post',
      path: '/api/v1/me/password',
      id: 'changePassword',
      tag: identity,
      summary: 'Change your password; signs out everywhere else',
      parameters: [],
      body: object({ current: text, password: text }, ['current', 'password']),
      status: 204,
      problems: [400, 401, 403, 409, 413, 415, 422],
    },
    get('/api/v1/me/sessions', 'listSessions', identity, 'Where you are signed in', ref('SessionPage')),
    {
      method: 'delete',
      path: '/api/v1/me/sessions',
      id: 'closeSessions',
      tag: identity,
      summary: 'Sign out everywhere',
      parameters: [],
      status: 204,
      problems: [401, 403],
    },
    {
      method: 'delete',
      path: '/api/v1/me/sessions/{id}',
      id: 'closeSession',
      tag: identity,
      summary: 'Sign out on one device',
      parameters: [id],
      status: 204,
      problems: [401, 403, 404],
    },
    get('/api/v1/me/tokens', 'listTokens', identity, 'Your API tokens', ref('TokenPage')),
    {
      method: 'post',
      path: '/api/v1/me/tokens',
      id: 'makeToken',
      tag: identity,
      summary: 'Make an API token; its text is answered once',
      parameters: [],
      body: object(
        {
          name: text,
          scope: { type: 'string', enum: ['all', 'read', 'hooks'] },
          ends_at: { type: ['string', 'null'], format: 'date-time' },
        },
        ['name'],
      ),
      status: 201,
      answers: ref('Token'),
      problems: [400, 401, 403, 409, 413, 415, 422],
    },
    {
      method: 'delete',
      path: '/api/v1/me/tokens/{id}',
      id: 'dropToken',
      tag: identity,
      summary: 'Take a token back',
      parameters: [id],
      status: 204,
      problems: [401, 403, 404],
    },
    get(
      '/api/v1/record-types',
      'listRecordTypes',
      system,
      'The kinds of record, with fields, states and verbs',
      ref('RecordTypePage'),
    ),
    get(
      '/api/v1/history',
      'listHistory',
      history,
      'The history of all records in sight, oldest first',
      ref('LinePage'),
      [
        query('type', 'Record types'),
        query('name', 'Names of lines'),
        query('at.gte', 'From this instant'),
        query('at.lt', 'Before this instant'),
        query('after_seq', 'After this seq', { type: 'integer' }),
        query('order', 'newest: the newest first', { type: 'string', enum: ['newest'] }),
        limit,
        cursor,
      ],
    ),
    get('/api/v1/history/{id}', 'getLine', history, 'One line', ref('Line'), [id], [401, 404]),
    get('/api/v1/search', 'search', 'Search', 'Full text over every kind of record', ref('SearchResult'), [
      query('q', 'What to search for', { type: 'string', maxLength: 500 }, true),
      query('type', 'Record types'),
      limit,
      cursor,
    ]),
    ...measureNames.map((name) =>
      get(
        `/api/v1/measures/${name}`,
        `measure${name.replaceAll('-', '')}`,
        figures,
        `The measure ${name}`,
        ref('MeasureResult'),
        [
          query('type', 'Record type'),
          query('from', 'Inclusive date, UTC', { type: 'string', format: 'date' }),
          query('to', 'Exclusive date, UTC', { type: 'string', format: 'date' }),
          query('by', 'Grouping', {
            type: 'string',
            enum: ['month', 'day', 'team', 'service', 'priority', 'state', 'target', 'department'],
          }),
          query('department', 'Department'),
          query('organization_id', 'Organization'),
          query('team_id', 'Team'),
          query('service_id', 'Service'),
          query('priority', 'Priority'),
          ...(name === 'promises' ? [query('target', 'Only these targets: team,resolution')] : []),
        ],
      ),
    ),
    {
      method: 'get',
      path: '/api/v1/stream',
      id: 'stream',
      tag: history,
      summary: 'What changes for you, as server-sent events',
      parameters: [
        { name: 'Last-Event-ID', in: 'header', required: false, description: 'Go on after this seq', schema: text },
        {
          name: 'after',
          in: 'query',
          required: false,
          description: 'The same, where no header can be set',
          schema: text,
        },
      ],
      status: 200,
      answers: {},
      media: { 'text/event-stream': { schema: text } },
      problems: [401],
    },
    {
      method: 'get',
      path: '/api/v1/openapi.json',
      id: 'openApi',
      tag: system,
      summary: 'This description',
      parameters: [],
      status: 200,
      answers: ref('Anything'),
      problems: [429],
      open: true,
    },
  ];
}
