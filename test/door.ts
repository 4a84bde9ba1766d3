import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { forgetCallers } from '../src/channels/http/caller';
import { makeServer } from '../src/channels/http/server';
import { makeToken } from '../src/commons/identity';
import { narrowByText } from '../src/commons/search';
import { vaultOf } from '../src/commons/vault';
import type { Row } from '../src/kernel/database';
import { sealAll, sealLag } from '../src/kernel/seal';
import { foldMeasures } from '../src/practices/improvement/measurement-and-reporting';
import { type Story, story } from './story';

/** An answer of the HTTP door. `body` is the parsed JSON, the text where it is none. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}
/** A record, a page, a problem: what tests read most, by its type; the rest is unknown. */
export interface Json {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly name: string;
  readonly state: string;
  readonly type: string;
  readonly version: number;
  readonly offers: string[];
  readonly refused: { verb: string; sentence: string }[];
  readonly items: Json[];
  readonly next: string | null;
  readonly detail: string;
  readonly errors: { field: string; message: string }[];
  readonly changes: { field: string; before: unknown; after: unknown }[];
}

type Headers = Record<string, string>;

/** One caller of the door, by token. Addresses begin after `/api/v1`. */
export interface Caller {
  get(url: string, headers?: Headers): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  patch(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  delete(url: string, headers?: Headers): Promise<Answer>;
  /** A file as multipart form. */
  attach(
    url: string,
    name: string,
    content: string | Buffer,
    more?: { internal?: boolean; headers?: Headers },
  ): Promise<Answer>;
  readonly bearer: string;
}

/** The HTTP door over a small organisation in a database of its own, with a clock that stands still. */
export interface Door {
  readonly story: Story;
  readonly server: FastifyInstance;
  /** A person of the organisation by the part of the e-mail before the @; the same token each time, but for a narrower one. */
  as(who: string, token?: { scope?: 'all' | 'read' | 'hooks'; ends_at?: Date | null }): Promise<Caller>;
  /** Everything due by now, and the seal of what was written. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

const people: [string, string[], string[]][] = [
  ['rita', ['requester'], []],
  ['sam', ['agent'], ['it']],
  ['cho', ['agent', 'change_manager', 'configuration_manager'], ['it']],
  ['ines', ['service_owner'], ['it']],
  ['hana', ['agent'], ['hr']],
  ['fred', ['agent', 'finance_manager'], ['finance']],
  ['carla', ['cio'], ['it']],
  ['otto', ['auditor'], []],
  ['ada', ['administrator'], ['it']],
];

/** Departments (hr is confidential), people, teams, a goal, a service, a component. */
export async function organisation(told: Story): Promise<void> {
  await told.act('department.create', null, { key: 'it', name: 'Information technology', desk: true });
  await told.act('department.create', null, { key: 'hr', name: 'Human resources', confidential: true });
  await told.act('department.create', null, { key: 'finance', name: 'Finance' });
  for (const [name, roles, departments] of people)
    await told.act('person.create', null, {
      name: `${name[0]!.toUpperCase()}${name.slice(1)} Test`,
      email: `${name}@x.test`,
      roles,
      departments,
    });
  await told.act('team.create', null, { name: 'Service desk', department: 'it', member_ids: ['sam@x.test'] });
  await told.act('team.create', null, { name: 'Network', department: 'it', member_ids: ['cho@x.test'] });
  await told.act('team.create', null, { name: 'HR services', department: 'hr', member_ids: ['hana@x.test'] });
  await told.act('goal.create', null, { name: 'Card payment at every door', weight: 3 });
  await told.act('service.create', null, {
    name: 'Card payments',
    customer_name: 'Paying by card',
    department: 'it',
    team_id: 'Service desk',
    owner_id: 'ines@x.test',
    goals: [{ goal_id: 'Card payment at every door', weight: 3 }],
  });
  await told.act('configuration_item.create', null, {
    name: 'pay-gw-2',
    serial: 'SN-77-A',
    department: 'it',
    service_ids: ['Card payments'],
  });
}

export const startsAt = '2026-03-02T09:00:00Z';

/** Opens the door; `empty` without the organisation. */
export async function door(options: { empty?: boolean; settable?: boolean } = {}): Promise<Door> {
  const told = await story(startsAt);
  if (!options.empty) await organisation(told);
  const settle = async () => {
    await told.catchUp();
    await foldMeasures(told.db);
    // Transactions of other test files hold the seal back: they share the cluster.
    for (let tries = 0; tries < 400; tries++) {
      await sealAll(told.db, 'test', new Date());
      if ((await sealLag(told.db)).waiting === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const server = await makeServer(
    {
      db: told.db,
      house: told.house,
      clock: options.settable === false ? { now: told.now } : told.clock,
      publicUrl: undefined,
      links: 'http://localhost:3000',
      vault: vaultOf('the secret of the tests'),
      trustProxy: false,
      web: undefined,
      demonstration: false,
      narrow: narrowByText,
      nudge: () => undefined,
      catchUp: settle,
      refreshKnown: () => told.known.refresh(told.db),
      stopping: () => false,
    },
    pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    async () => true,
  );
  const tokens = new Map<string, Caller>();
  return {
    story: told,
    server,
    settle,
    async as(who, token = {}) {
      const known = tokens.get(who);
      if (known && !token.scope && !token.ends_at) return known;
      const { id } = (await told.pool.query('select id from person where email = $1', [`${who}@x.test`])).rows[0];
      const made = (await makeToken(
        told.db,
        id,
        { name: 'test', scope: token.scope ?? 'all', ends_at: token.ends_at ?? null },
        told.now(),
      )) as unknown as Row;
      const caller = callerWith(server, { authorization: `Bearer ${made.token}` }, String(made.token));
      if (!token.scope && !token.ends_at) tokens.set(who, caller);
      return caller;
    },
    async end() {
      await server.close();
      forgetCallers();
      await told.end();
    },
  };
}

/** A caller who sends these headers with every message. */
export function callerWith(server: FastifyInstance, own: Headers, bearer = ''): Caller {
  const send = async (
    method: string,
    url: string,
    payload?: string | Buffer,
    headers: Headers = {},
  ): Promise<Answer> => {
    const answer = await server.inject({
      method: method as 'GET',
      url: /^\/(api|healthz|readyz|metrics)/.test(url) ? url : `/api/v1${url}`,
      headers: { ...own, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    let body: unknown = answer.payload;
    try {
      body = JSON.parse(answer.payload);
    } catch {
      // No JSON: a file, an empty answer.
    }
    return {
      status: answer.statusCode,
      body: body as Json,
      text: answer.payload,
      headers: answer.headers as Answer['headers'],
    };
  };
  const json = (body: unknown, headers: Headers): [string | undefined, Headers] =>
    body === undefined
      ? [undefined, headers]
      : [JSON.stringify(body), { 'content-type': 'application/json', ...headers }];
  return {
    bearer,
    get: (url, headers) => send('GET', url, undefined, headers),
    post: (url, body, headers = {}) => send('POST', url, ...json(body, headers)),
    patch: (url, body, headers = {}) => send('PATCH', url, ...json(body, headers)),
    delete: (url, headers) => send('DELETE', url, undefined, headers),
    attach(url, name, content, more = {}) {
      const edge = 'edge-of-the-form';
      const parts = [
        more.internal ? `--${edge}\r\nContent-Disposition: form-data; name="internal"\r\n\r\ntrue\r\n` : '',
        `--${edge}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ];
      const payload = Buffer.concat([
        Buffer.from(parts.join('')),
        Buffer.from(content),
        Buffer.from(`\r\n--${edge}--\r\n`),
      ]);
      return send('POST', url, payload, { 'content-type': `multipart/form-data; boundary=${edge}`, ...more.headers });
    },
  };
}
