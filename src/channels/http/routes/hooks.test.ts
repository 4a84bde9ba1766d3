import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../../test/door';
import { rows, sql } from '../../../kernel/database';

let opened: Door;
let ada: Caller;
let sam: Caller;
let bearer: string;

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  sam = await opened.as('sam');
  bearer = (await opened.as('ada', { scope: 'hooks' })).bearer;
});
afterAll(() => opened.end());

async function hook(source: string, body: unknown, token: string | null = bearer) {
  const answer = await opened.server.inject({
    method: 'POST',
    url: `/hooks/${source}`,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.statusCode, body: answer.json() };
}

interface Said {
  name?: string;
  instance?: string;
  service?: string;
  severity?: string;
  status?: 'firing' | 'resolved';
}

/** A body as Alertmanager sends it, by the group's service. */
function alertmanager(service: string, ...alerts: Said[]) {
  return {
    version: '4',
    groupKey: `{}:{alertname="${alerts[0]?.name ?? 'TillDown'}", service="${service}"}`,
    status: alerts.some(({ status }) => status !== 'resolved') ? 'firing' : 'resolved',
    alerts: alerts.map((one) => ({
      status: one.status ?? 'firing',
      labels: {
        alertname: one.name ?? 'TillDown',
        instance: one.instance ?? 'till-1:9100',
        service,
        severity: one.severity ?? 'critical',
      },
      annotations: { summary: `${one.instance ?? 'till-1:9100'} does not answer` },
      startsAt: '2026-03-02T08:58:00Z',
      fingerprint: `${one.name ?? 'TillDown'} ${one.instance ?? 'till-1:9100'}`,
    })),
  };
}

const lines = async () =>
  (await rows<{ n: number }>(opened.story.db, sql`select count(*)::int as n from history`))[0]!.n;
const monitored = async () => (await sam.get('/incidents?channel=monitoring&sort=number')).body.items;
const incidentOf = async (service: string) => (await monitored()).filter(({ title }) => title.includes(service));

describe('the door of alerts', () => {
  test('refuses whoever may not send, and what is no alert, each with its own answer', async () => {
    const fine = alertmanager('tills', {});
    expect((await hook('alertmanager', fine, null)).status).toBe(401);
    expect((await hook('alertmanager', fine, 'tl_nobody')).status).toBe(401);
    expect((await hook('alertmanager', fine, (await opened.as('rita')).bearer)).status).toBe(403);
    expect((await hook('alertmanager', fine, (await opened.as('sam', { scope: 'read' })).bearer)).status).toBe(403);
    expect((await hook('nowhere', fine)).status).toBe(404);
    expect((await hook('alertmanager', '{')).status).toBe(400);
    expect((await hook('alertmanager', '')).status).toBe(400);
    expect((await hook('alertmanager', '[]')).status).toBe(422);
    const without = await hook('alertmanager', { ...fine, alerts: [] });
    expect(without.status).toBe(422);
    expect(without.body.errors[0].field).toBe('alerts');
    expect((await hook('alertmanager', `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    // Nobody is told so before their body is read; what is absent before what is not allowed.
    expect((await hook('alertmanager', `"${'x'.repeat(1_100_000)}"`, null)).status).toBe(401);
    expect((await hook('alertmanager', '{', 'tl_nobody')).status).toBe(401);
    expect((await hook('nowhere', fine, (await opened.as('rita')).bearer)).status).toBe(404);
    expect((await rows(opened.story.db, sql`select 1 from alert_body`)).length).toBe(0);
  });

  test('a token for alerts opens nothing else, and the address may bear it', async () => {
    const narrow = await opened.as('ada', { scope: 'hooks' });
    expect((await narrow.get('/incidents')).status).toBe(403);
    expect((await narrow.post('/incidents', { title: 'No' })).status).toBe(403);
    const answer = await opened.server.inject({
      method: 'POST',
      url: `/hooks/alertmanager?token=${narrow.bearer}`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(alertmanager('address', { status: 'resolved' })),
    });
    expect(answer.statusCode).toBe(202);
    await opened.settle();
  });
});

describe('one incident', () => {
  test('a group opens one, a further alert joins it, a repeat writes nothing, recovery resolves it', async () => {
    expect((await hook('alertmanager', alertmanager('Card payments', {}))).status).toBe(202);
    await opened.settle();
    const [incident, ...more] = await incidentOf('Card payments');
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      title: 'TillDown: Card payments',
      channel: 'monitoring',
      priority: 2,
      service_id: { name: 'Card payments' },
      team_id: { name: 'Service desk' },
      state: 'assigned',
    });
    const before = await lines();
    await hook('alertmanager', alertmanager('Card payments', {}));
    await opened.settle();
    expect(await lines()).toBe(before);

    await hook('alertmanager', alertmanager('Card payments', {}, { instance: 'till-2:9100' }));
    await opened.settle();
    expect(await incidentOf('Card payments')).toHaveLength(1);
    const notes = await sam.get(`/incidents/${incident!.number}/comments`);
    expect(notes.body.items.map(({ text }) => text)).toEqual([expect.stringContaining('till-2:9100 does not answer')]);
    const alerts = await sam.get(`/alerts?incident_id=${incident!.number}&sort=number`);
    expect(alerts.body.items.map(({ state }) => state)).toEqual(['firing', 'firing']);
    expect(alerts.body.items[0]).toMatchObject({ started_at: '2026-03-02T08:58:00.000Z', severity: 'critical' });

    // One of two is not all.
    await hook('alertmanager', alertmanager('Card payments', { status: 'resolved' }, { instance: 'till-2:9100' }));
    await opened.settle();
    expect((await sam.get(`/incidents/${incident!.number}`)).body.state).toBe('assigned');
    await hook('alertmanager', alertmanager('Card payments', { instance: 'till-2:9100', status: 'resolved' }));
    await opened.settle();
    expect((await sam.get(`/incidents/${incident!.number}`)).body).toMatchObject({
      state: 'resolved',
      resolution_code: 'recovered',
    });
  });

  test('what fires again soon opens it again; later it opens another', async () => {
    await opened.story.later(30, false);
    await hook('alertmanager', alertmanager('Card payments', {}));
    await opened.settle();
    const [first] = await incidentOf('Card payments');
    expect(first).toMatchObject({ state: 'assigned', reopen_count: 1 });
    await hook('alertmanager', alertmanager('Card payments', { status: 'resolved' }));
    await opened.settle();
    await opened.story.later(61, false);
    await hook('alertmanager', alertmanager('Card payments', {}));
    await opened.settle();
    expect(await incidentOf('Card payments')).toMatchObject([{ state: 'resolved' }, { state: 'assigned' }]);
    const [alert] = (await sam.get('/alerts?resource=till-1:9100&service_id=Card payments')).body.items;
    expect(alert).toMatchObject({ state: 'firing', fire_count: 3 });
  });

  test('many bodies of one group that arrive at once are gone through in their order', async () => {
    for (const status of ['firing', 'resolved', 'firing', 'resolved'] as const)
      await hook('alertmanager', alertmanager('Ordering', { status, instance: 'web-1' }));
    await hook('alertmanager', alertmanager('Delivery', { instance: 'web-2' }));
    await opened.settle();
    expect(await incidentOf('Ordering')).toMatchObject([{ state: 'resolved', reopen_count: 1 }]);
    expect(await incidentOf('Delivery')).toMatchObject([{ state: 'new' }]);
  });

  test('a heartbeat opens nothing; its absence does, until it is back', async () => {
    const before = await lines();
    const watchdog = alertmanager('none', { name: 'Watchdog', severity: 'none' });
    await hook('alertmanager', watchdog);
    await opened.settle();
    expect(await lines()).toBe(before);
    const [source] = (await ada.get('/alert-sources?key=alertmanager')).body.items;
    expect((await ada.patch(`/alert-sources/${source!.number}`, { heartbeat_minutes: 10 })).status).toBe(200);
    await hook('alertmanager', watchdog);
    await opened.settle();
    await opened.story.later(9);
    await hook('alertmanager', watchdog);
    await opened.settle();
    await opened.story.later(9);
    expect(await incidentOf('silent')).toEqual([]);
    await opened.story.later(2);
    expect(await incidentOf('silent')).toMatchObject([{ title: 'Alertmanager is silent', state: 'new' }]);
    await hook('alertmanager', watchdog);
    await opened.settle();
    expect(await incidentOf('silent')).toMatchObject([{ state: 'resolved' }]);
  });

  test('by rule recovery proposes instead, an alert is an outage of its service, and information opens nothing', async () => {
    // What fires since before would be an outage by the rule that is made now.
    await hook('alertmanager', alertmanager('Card payments', { status: 'resolved' }));
    await opened.settle();
    const [source] = (await ada.get('/alert-sources?key=alertmanager')).body.items;
    await ada.patch(`/alert-sources/${source!.number}`, { on_recovery: 'propose', outage_from: 'critical' });
    await hook('alertmanager', alertmanager('Card payments', { name: 'Info', severity: 'info' }));
    await hook('alertmanager', alertmanager('Card payments', { name: 'GatewayDown' }));
    await opened.settle();
    const [incident, ...none] = (await monitored()).filter(({ title }) => /Info|GatewayDown/.test(title));
    expect(none).toEqual([]);
    const rita = await opened.as('rita');
    expect((await rita.get('/me/outages')).body.items).toMatchObject([{ name: 'Paying by card', mine: false }]);
    await hook('alertmanager', alertmanager('Card payments', { name: 'GatewayDown', status: 'resolved' }));
    await opened.settle();
    expect((await rita.get('/me/outages')).body.items).toEqual([]);
    expect((await sam.get(`/incidents/${incident!.number}`)).body.state).toBe('assigned');
    const proposed = await sam.get(`/incidents/${incident!.number}/proposals`);
    expect(proposed.body.items).toMatchObject([{ kind: 'resolve' }]);
    expect((await sam.post(`/incidents/${incident!.number}/dismiss`, { kind: 'resolve' })).status).toBe(200);
    expect((await sam.get(`/incidents/${incident!.number}/proposals`)).body.items).toEqual([]);
    expect((await sam.post(`/incidents/${incident!.number}/dismiss`, { kind: 'resolve' })).status).toBe(409);
  });
});

describe('recovery', () => {
  const out = async () => (await ada.get('/me/outages')).body.items.map(({ name }) => name);

  test('of one alert leaves the outage while another of its service still says so', async () => {
    const both = (one: 'firing' | 'resolved', two: 'firing' | 'resolved') =>
      alertmanager(
        'Card payments',
        { name: 'LinkDown', instance: 'link-1', status: one },
        { name: 'LinkDown', instance: 'link-2', status: two },
      );
    await hook('alertmanager', both('firing', 'firing'));
    await opened.settle();
    expect(await out()).toEqual(['Paying by card']);
    await hook('alertmanager', both('resolved', 'firing'));
    await opened.settle();
    expect(await out()).toEqual(['Paying by card']);
    await hook('alertmanager', both('firing', 'resolved'));
    await opened.settle();
    expect(await out()).toEqual(['Paying by card']);
    await hook('alertmanager', both('resolved', 'resolved'));
    await opened.settle();
    expect(await out()).toEqual([]);
  });

  test('that a needed step keeps from resolving is proposed instead', async () => {
    const [source] = (await ada.get('/alert-sources?key=alertmanager')).body.items;
    await ada.patch(`/alert-sources/${source!.number}`, { on_recovery: 'resolve', outage_from: null });
    await hook('alertmanager', alertmanager('Steps', { name: 'DiskFull' }));
    await opened.settle();
    const [incident] = await incidentOf('DiskFull');
    const at = `/incidents/${incident!.number}`;
    expect((await sam.post(`${at}/tasks`, { title: 'Empty the disk', mandatory: true })).status).toBe(201);
    await hook('alertmanager', alertmanager('Steps', { name: 'DiskFull', status: 'resolved' }));
    await opened.settle();
    expect((await sam.get(at)).body.state).not.toBe('resolved');
    expect((await sam.get(`${at}/proposals`)).body.items).toMatchObject([{ kind: 'resolve' }]);
  });
});

describe('a mapped source', () => {
  const mapping = {
    each: 'body.events',
    name: 'alert.check',
    resource: 'alert.?host.orValue("")',
    state: 'alert.value > alert.limit ? "firing" : "ok"',
    severity: 'alert.level',
    fingerprint: 'alert.host + "/" + alert.check',
    summary: '"It is at " + string(alert.value)',
  };

  test('is checked before it is kept, and tried without keeping anything', async () => {
    const wrong = await ada.post('/alert-sources', {
      name: 'Disks',
      key: 'disks',
      mapping: { ...mapping, name: 'alert.(' },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors[0]!.field).toBe('mapping.name');
    expect((await ada.post('/alert-sources', { name: 'Disks', key: 'disks' })).status).toBe(422);
    expect((await ada.post('/alert-sources', { name: 'Disks', key: 'Not a word', mapping })).status).toBe(422);
    const body = { events: [{ check: 'Disk full', host: 'till-9', value: 97, limit: 90, level: 'high' }] };
    expect((await ada.post('/alert-sources/try', { form: 'mapped', mapping, body })).body).toMatchObject({
      problem: null,
      items: [{ name: 'Disk full', resource: 'till-9', state: 'firing', severity: 'major', summary: 'It is at 97' }],
    });
    const unlike = await ada.post('/alert-sources/try', { form: 'mapped', mapping, body: { events: [{ host: 'x' }] } });
    expect(unlike.body).toMatchObject({ items: [], problem: expect.stringMatching(/^state: .*value/) });
    expect((await sam.post('/alert-sources/try', { form: 'mapped', mapping, body })).status).toBe(403);
  });

  test('what cannot be understood is kept with the reason and replayed when the mapping is right', async () => {
    const made = await ada.post('/alert-sources', {
      name: 'Disks',
      key: 'disks',
      mapping: { ...mapping, name: 'alert.title' },
    });
    expect(made.status).toBe(201);
    const body = { events: [{ check: 'Disk full', host: 'till-9', value: 97, limit: 90, level: 'high' }] };
    expect((await hook('disks', body)).status).toBe(202);
    await opened.settle();
    const path = `/alert-sources/${made.body.number}`;
    const [failed] = (await ada.get(`${path}/bodies?state=failed`)).body.items;
    expect(failed).toMatchObject({ problem: expect.stringContaining('title'), body: JSON.stringify(body) });
    expect((await sam.get(`${path}/bodies`)).status).toBe(403);
    await ada.patch(path, { mapping });
    expect((await ada.post(`${path}/bodies/${failed!.id}/replay`)).status).toBe(200);
    await opened.settle();
    expect(await incidentOf('till-9')).toMatchObject([{ title: 'Disk full: till-9', priority: 3 }]);
    expect((await ada.post(`${path}/bodies/${failed!.id}/replay`)).status).toBe(404);
    await hook('disks', { events: [{ ...body.events[0], value: 12 }] });
    await opened.settle();
    expect(await incidentOf('till-9')).toMatchObject([{ state: 'resolved' }]);
    await ada.post(`${path}/retire`);
    await opened.story.later(1, false);
    expect((await hook('disks', body)).status).toBe(404);
  });
});

const shared = join(process.env.THROUGHLINE_SHARED ?? '../shared', 'payloads', 'alertmanager');

describe('bodies as the real program sent them', () => {
  const send = async (name: string) => {
    const { body } = JSON.parse(readFileSync(join(shared, `${name}.json`), 'utf8')) as { body: string };
    expect((await hook('alertmanager', body)).status).toBe(202);
    await opened.settle();
  };

  test('one group one incident, a second alert joins, the repeat writes nothing, the end resolves', async (context) => {
    if (!existsSync(shared)) return context.skip(`${shared} is not there`);
    const [source] = (await ada.get('/alert-sources?key=alertmanager')).body.items;
    await ada.patch(`/alert-sources/${source!.number}`, { on_recovery: 'resolve' });
    await send('InstanceDown-portal-firing-1alerts-1');
    expect(await incidentOf('portal')).toHaveLength(1);
    const before = await lines();
    await send('InstanceDown-portal-firing-1alerts-2');
    expect(await lines()).toBe(before);
    await send('InstanceDown-payments-firing-1alerts-1');
    await send('InstanceDown-payments-firing-2alerts-1');
    const [payments, ...none] = await incidentOf('InstanceDown: payments');
    expect(none).toEqual([]);
    expect((await sam.get(`/alerts?incident_id=${payments!.number}&count=true`)).body.total).toBe(2);
    await send('InstanceDown-portal-resolved-1alerts-1');
    expect(await incidentOf('portal')).toMatchObject([{ state: 'resolved' }]);
    expect(payments!.state).not.toBe('resolved');
  });
});
