import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Story, story } from '../../../../test/story';
import { makeToken } from '../../../commons/identity';
import { vaultOf } from '../../../commons/vault';
import type { Row } from '../../../kernel/database';
import { makeServer } from '../server';

let told: Story;
let server: FastifyInstance;
const bearer: Record<string, string> = {};

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  const { db, house } = told;
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  for (const [name, role] of [
    ['ada', 'administrator'],
    ['sam', 'agent'],
    ['rita', 'requester'],
    ['ines', 'service_owner'],
  ]) {
    const person = await told.act('person.create', null, {
      name,
      email: `${name}@x.test`,
      roles: [role],
      departments: role === 'requester' ? [] : ['it'],
    });
    const made = await makeToken(db, String(person.id), { name: 'test', scope: 'all', ends_at: null }, told.now());
    bearer[name!] = String((made as unknown as Row).token ?? (made as unknown as Row).secret);
  }
  server = await makeServer(
    {
      db,
      house,
      clock: { now: told.now },
      publicUrl: undefined,
      links: 'http://localhost:3000',
      vault: vaultOf('the secret of the tests'),
      trustProxy: false,
      web: undefined,
      demonstration: false,
      nudge: () => undefined,
      catchUp: told.catchUp,
      refreshKnown: async () => false,
      stopping: () => false,
    },
    pino({ level: 'silent' }),
    async () => true,
  );
});
afterAll(async () => {
  await server.close();
  await told.end();
});

const call = async (who: string, method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown) => {
  const answer = await server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${bearer[who]}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
};

const weekdays = {
  mon: [['09:00', '18:00']],
  tue: [['09:00', '18:00']],
  wed: [['09:00', '18:00']],
  thu: [['09:00', '18:00']],
  fri: [['09:00', '18:00']],
};
const standard = {
  name: 'Standard',
  calendar_id: 'Lisbon',
  targets: [
    { target: 'first_response', seconds: 3600 },
    { target: 'resolution', seconds: 7200 },
  ],
  pause_states: ['on_hold'],
  effective_on: '2026-01-01',
  parties: ['rita@x.test'],
};

describe('agreements over HTTP', () => {
  test('are drafted with a calendar, tried, told in plain words, published, and then count', async () => {
    const calendar = await call('ada', 'POST', '/calendars', {
      name: 'Lisbon',
      timezone: 'Europe/Lisbon',
      hours: weekdays,
    });
    expect(calendar).toMatchObject({ status: 201, body: { state: 'active', timezone: 'Europe/Lisbon', holidays: [] } });
    const made = await call('ada', 'POST', '/agreements', standard);
    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'draft',
        agreement_version: 1,
        match: {},
        calendar_id: { name: 'Lisbon' },
        parties: [{ name: 'rita' }],
      },
    });
    const { number } = made.body;

    const friday = [
      { at: '2026-03-06T17:50:00Z', type: 'created' },
      { at: '2026-03-09T09:00:00Z', type: 'state', to: 'on_hold' },
      { at: '2026-03-09T11:00:00Z', type: 'state', to: 'in_progress' },
    ];
    const tried = await call('sam', 'POST', `/agreements/${number}/try`, {
      events: friday,
      at: ['2026-03-06T18:00:00Z', '2026-03-09T12:00:00Z'],
    });
    expect(tried.status).toBe(200);
    expect(tried.body.items.map((item: Row) => item.at)).toEqual([
      '2026-03-06T18:00:00.000Z',
      '2026-03-09T12:00:00.000Z',
    ]);
    const [, resolution] = tried.body.items[1].clocks;
    expect(resolution).toMatchObject({
      target: 'resolution',
      state: 'running',
      due_at: '2026-03-09T12:50:00.000Z',
      elapsed_s: 4200,
      paused_s: 7200,
    });
    expect(resolution.explain.map(({ kind, seconds }: Row) => [kind, seconds])).toEqual([
      ['running', 600],
      ['closed', 226_800],
      ['paused', 7200],
      ['running', 3600],
    ]);

    const english = await call('sam', 'GET', `/agreements/${number}/plain-words?language=en`);
    expect(english.body.sentences).toContain('Clocks stand still while a record is on hold.');
    const german = await call('sam', 'GET', `/agreements/${number}/plain-words?language=de`);
    expect(german.body.sentences).toContain('Innerhalb von 2 Stunden Arbeitszeit ist die Störung behoben.');

    expect((await call('sam', 'POST', `/agreements/${number}/publish`)).status).toBe(403);
    expect((await call('ada', 'POST', `/agreements/${number}/publish`)).body.state).toBe('published');
    expect((await call('ada', 'POST', `/agreements/${number}/publish`)).status).toBe(409);

    const logged = await call('rita', 'POST', '/incidents', { title: 'It fails' });
    expect(logged.body.due_at).toBe('2026-03-02T10:00:00.000Z');
    await told.later(30);
    const clocks = await call('rita', 'GET', `/incidents/${logged.body.number}/clocks`);
    expect(clocks.body.items).toHaveLength(2);
    expect(clocks.body.items[0]).toMatchObject({
      target: 'first_response',
      state: 'running',
      started_at: '2026-03-02T09:00:00.000Z',
      due_at: '2026-03-02T10:00:00.000Z',
      promised_at: '2026-03-02T10:00:00.000Z',
      target_s: 3600,
      elapsed_s: 1800,
      paused_s: 0,
      breached: false,
      agreement: { number, name: 'Standard', version: 1 },
      calendar: { name: 'Lisbon' },
      explain: [
        {
          from: '2026-03-02T09:00:00.000Z',
          to: '2026-03-02T09:30:00.000Z',
          kind: 'running',
          seconds: 1800,
          counts: true,
        },
      ],
    });

    const next = await call('ada', 'PATCH', `/agreements/${number}`, {
      targets: [{ target: 'resolution', seconds: 60 }],
    });
    expect(next.body).toMatchObject({ number, state: 'draft', agreement_version: 2, published_version: 1 });
    const still = await call('rita', 'GET', `/incidents/${logged.body.number}/clocks`);
    expect(still.body.items).toHaveLength(2);
  });

  test('are accepted by a party or noted by who makes them', async () => {
    const { body } = await call('ines', 'POST', '/agreements', {
      ...standard,
      name: 'With Sam',
      parties: ['sam@x.test'],
    });
    expect((await call('sam', 'POST', `/agreements/${body.number}/accept`)).body).toMatchObject({
      accepted_by_id: { name: 'sam' },
      accepted_at: told.now().toISOString(),
    });
    const other = await call('ines', 'POST', '/agreements', { ...standard, name: 'With Rita' });
    expect((await call('sam', 'POST', `/agreements/${other.body.number}/accept`)).status).toBe(403);
    const noted = await call('ines', 'POST', `/agreements/${other.body.number}/accept`, {
      accepted_by_id: 'rita@x.test',
    });
    expect(noted.body.accepted_by_id).toMatchObject({ name: 'rita' });
  });

  test.each([
    [{ targets: [] }, 'targets'],
    [{ targets: [{ target: 'resolution' }] }, 'targets.0'],
    [{ targets: [{ target: 'resolution', seconds: 5, working_days: 1 }] }, 'targets.0'],
    [{ targets: [{ target: 'lunch', seconds: 5 }] }, 'targets.0.target'],
    [{ targets: [{ target: 'resolution', at_field: 'x_nowhere' }] }, 'targets.0.at_field'],
    [
      {
        targets: [
          { target: 'update', seconds: 5 },
          { target: 'update', seconds: 6 },
        ],
      },
      'targets.1',
    ],
    [{ match: { colour: 'red' } }, 'match.colour'],
    [{ match: { department: 'nowhere' } }, 'match.department'],
    [{ pause_states: ['asleep'] }, 'pause_states'],
    [{ pause_targets: ['lunch'] }, 'pause_targets'],
    [{ warn_share: 2 }, 'warn_share'],
    [{ valid_until: '2025-01-01' }, 'valid_until'],
    [{ effective_on: null }, 'effective_on'],
    [{ escalations: [{ after_s: 5 }] }, 'escalations.0'],
    [{ escalations: [{ after_s: 5, person_id: 'nobody@x.test' }] }, 'escalations.0.person_id'],
    [{ calendar_id: 'CAL-9' }, 'calendar_id'],
    [
      {
        cases: [
          {
            name: 'x',
            events: [{ at: '2026-01-01T00:00:00Z', type: 'agent_reply' }],
            at: '2026-01-01T00:00:00Z',
            expected: {},
          },
        ],
      },
      'cases.0.events',
    ],
  ])('refuse %j with the field', async (more, field) => {
    const refused = await call('ada', 'POST', '/agreements', { ...standard, ...more });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  test.each([
    [{}, 422],
    [{ events: [], at: ['2026-03-06T18:00:00Z'] }, 422],
    [{ events: [{ at: '2026-03-06T17:50:00Z', type: 'agent_reply' }], at: ['2026-03-06T18:00:00Z'] }, 422],
    [{ events: [{ at: 'soon', type: 'created' }], at: ['2026-03-06T18:00:00Z'] }, 422],
    [{ events: [{ at: '2026-03-06T17:50:00Z', type: 'created' }], at: [] }, 422],
    [{ events: [{ at: '2026-03-06T17:50:00Z', type: 'created' }], at: ['2026-03-05T00:00:00Z'] }, 200],
  ])('a trial of %j is answered %i', async (body, status) => {
    const { body: page } = await call('ada', 'GET', '/agreements?limit=1');
    expect((await call('ada', 'POST', `/agreements/${page.items[0].number}/try`, body)).status).toBe(status);
  });

  test('what is not there, or not for the caller, is 404', async () => {
    expect((await call('ada', 'GET', '/incidents/INC-9/clocks')).status).toBe(404);
    expect((await call('ada', 'GET', '/services/SVC-9/clocks')).status).toBe(404);
    expect((await call('rita', 'GET', '/agreements/SLA-1001')).status).toBe(404);
    expect((await call('rita', 'GET', '/agreements/SLA-1001/plain-words')).status).toBe(404);
    expect((await call('ada', 'GET', '/agreements/SLA-1001/plain-words?language=xx')).status).toBe(400);
    expect((await call('ada', 'POST', '/incidents/INC-1001/breach', { target: 'resolution', cycle: 1 })).status).toBe(
      404,
    );
  });
});
