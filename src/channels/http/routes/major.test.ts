import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../../test/door';
import { rows, sql } from '../../../kernel/database';

let opened: Door;
let sam: Caller;
let rita: Caller;
let ada: Caller;

beforeAll(async () => {
  opened = await door();
  [sam, rita, ada] = (await Promise.all(['sam', 'rita', 'ada'].map((who) => opened.as(who)))) as [
    Caller,
    Caller,
    Caller,
  ];
  await ada.post('/people', {
    name: 'Mia Manager',
    email: 'mia@x.test',
    roles: ['incident_manager'],
    departments: ['it'],
  });
});
afterAll(() => opened.end());

const inMinutes = (minutes: number) => new Date(opened.story.now().getTime() + minutes * 60_000).toISOString();
const log = async (who: Caller, input: object) => {
  const made = await who.post('/incidents', input);
  expect(made.status).toBe(201);
  return made.body.number;
};

test('what only a major incident takes is neither offered before nor asked for its input', async () => {
  const number = await log(sam, { title: 'One till' });
  const offers = async () => (await sam.get(`/incidents/${number}`)).body.offers;
  expect(await offers()).toContain('declare');
  for (const verb of ['inform', 'downgrade']) {
    expect(await offers()).not.toContain(verb);
    expect((await sam.post(`/incidents/${number}/${verb}`, {})).status, verb).toBe(409);
  }
  const input = {
    major_message: 'Tills are down.',
    down_service_ids: ['Card payments'],
    next_update_at: inMinutes(30),
  };
  expect((await sam.post(`/incidents/${number}/declare`, input)).status).toBe(200);
  expect(await offers()).toEqual(expect.arrayContaining(['inform', 'downgrade']));
  expect(await offers()).not.toContain('declare');
  expect((await sam.post(`/incidents/${number}/declare`, {})).status).toBe(409);
  expect((await sam.post(`/incidents/${number}/downgrade`, { reason: 'One till' })).status).toBe(200);
});

describe('a major incident', () => {
  let number: string;
  let reports: string[];

  test('is proposed by the third report of the same within a quarter of an hour, on the first, to the team alone', async () => {
    number = await log(rita, { title: 'Cannot pay by card', service_id: 'Card payments' });
    await log(rita, { title: 'The coffee machine leaks' });
    await opened.story.later(16);
    const second = await log(sam, { title: 'Card terminal refuses every card', service_id: 'Card payments' });
    await opened.settle();
    expect((await sam.get(`/incidents/${number}/proposals`)).body.items).toEqual([]);
    await opened.story.later(2);
    const third = await log(rita, { title: 'Terminal at the till dead', service_id: 'Card payments' });
    await opened.settle();
    // The first is too old to count.
    expect((await sam.get(`/incidents/${second}/proposals`)).body.items).toEqual([]);
    const fourth = await log(rita, { title: 'Paying fails', service_id: 'Card payments' });
    await opened.settle();
    const proposed = await sam.get(`/incidents/${second}/proposals`);
    expect(proposed.body.items).toMatchObject([
      { kind: 'major', reason: '3 reports within 15 minutes concern the same service.' },
    ]);
    const fifth = await log(sam, { title: 'Card terminal refuses cards again', service_id: 'Card payments' });
    await opened.settle();
    const again = (await sam.get(`/incidents/${second}/proposals`)).body.items as unknown as {
      related: { number: string }[];
    }[];
    expect(again).toHaveLength(1);
    expect(again[0]!.related.map((one) => one.number).sort()).toEqual([third, fourth, fifth].sort());
    expect((await rita.get(`/incidents/${third}/proposals`)).status).toBe(403);
    number = second;
    reports = [third, fourth, fifth];
  });

  test('asks for a sentence, the services and the next update; then links, tells and shows all at once', async () => {
    const path = `/incidents/${number}`;
    expect((await sam.post(`${path}/declare`, {})).body.errors.map(({ field }) => field).sort()).toEqual([
      'major_message',
      'next_update_at',
    ]);
    const late = { major_message: 'Cards are refused.', next_update_at: inMinutes(-1) };
    expect((await sam.post(`${path}/declare`, late)).status).toBe(422);
    expect((await rita.post(`/incidents/${reports[0]}/declare`, late)).status).toBe(403);
    const done = await sam.post(`${path}/declare`, {
      major_message: 'Cards are refused everywhere. Take cash for now.',
      next_update_at: inMinutes(30),
      child_ids: reports,
    });
    expect(done.body).toMatchObject({ major: true, down_service_ids: [{ name: 'Card payments' }] });
    expect((await sam.post(`${path}/declare`, { ...late, next_update_at: inMinutes(5) })).status).toBe(409);
    expect((await sam.get(`${path}/proposals`)).body.items).toEqual([]);
    for (const report of reports) {
      expect((await sam.get(`/incidents/${report}`)).body).toMatchObject({ parent_id: { number } });
      const said = await sam.get(`/incidents/${report}/comments`);
      expect(said.body.items).toMatchObject([
        { kind: 'comment', text: 'Cards are refused everywhere. Take cash for now.' },
      ]);
    }
    const banner = await rita.get('/me/outages');
    expect(banner.body.items).toMatchObject([
      { name: 'Paying by card', message: 'Cards are refused everywhere. Take cash for now.', joined: 0, mine: true },
    ]);
    expect((await ada.get('/me/outages')).body.items).toMatchObject([{ mine: false }]);
    const sight = await sam.get('/services/Card payments/line-of-sight');
    expect(sight.status).toBe(404);
    const [service] = (await sam.get('/services?name=Card payments')).body.items;
    const paths = (await sam.get(`/services/${service!.number}/line-of-sight`)).body as unknown as {
      paths: { stops: { kind: string; health: string }[] }[];
    };
    expect(paths.paths[0]!.stops.map(({ kind, health }) => `${kind} ${health}`)).toEqual([
      'goal broken',
      'service broken',
    ]);
  });

  test('whoever is hit says so once and is told; nobody learns who else did', async () => {
    const [outage] = (await rita.get('/me/outages')).body.items;
    const path = `/outages/${outage!.number}`;
    expect((await rita.post(`${path}/join`)).status).toBe(200);
    expect((await rita.post(`${path}/join`)).status).toBe(200);
    expect((await rita.get('/me/outages')).body.items).toMatchObject([{ joined: 1, mine: true }]);
    expect((await rita.get(`${path}/history`)).body.items.map(({ name }) => name)).not.toContain('outage.joined');
    await ada.post('/people', { name: 'Ria Test', email: 'ria@x.test', roles: ['requester'] });
    const ria = await opened.as('ria');
    expect((await ria.get(`${path}/watchers`)).body.items).toEqual([]);
    expect((await ria.get(`${path}?with=watchers`)).text).not.toContain('Rita');
    expect((await rita.get(`${path}/watchers`)).body.items).toMatchObject([{ person: { name: 'Rita Test' } }]);
    expect((await sam.get(`${path}/watchers`)).body.items).toHaveLength(1);
    expect((await rita.post('/outages', { name: 'Mine' })).status).toBe(404);
    expect((await rita.post(`${path}/end`)).status).toBe(404);
  });

  test('a missed update is told to whoever manages incidents, again and again until users are told', async () => {
    await opened.story.later(31);
    await opened.story.later(15);
    const missed = (await sam.get(`/incidents/${number}/history`)).body.items.filter(
      ({ name }) => name === 'incident.missed',
    );
    expect(missed).toHaveLength(2);
    const mia = await opened.as('mia');
    expect((await mia.get('/me/notifications')).body.items.map((one) => one.kind)).toEqual(['missed', 'missed']);
    const told = await sam.post(`/incidents/${number}/inform`, {
      major_message: 'The gateway is being restarted.',
      next_update_at: inMinutes(30),
    });
    expect(told.status).toBe(200);
    await opened.settle();
    expect((await rita.get('/me/outages')).body.items).toMatchObject([{ message: 'The gateway is being restarted.' }]);
    expect((await rita.get('/me/notifications')).body.items[0]).toMatchObject({
      kind: expect.stringMatching(/informed|commented/),
    });
    await opened.story.later(20);
    expect((await mia.get('/me/notifications')).body.items).toHaveLength(2);
  });

  test('its timeline writes itself, for the team alone', async () => {
    await sam.post(`/incidents/${number}/start`);
    await sam.post(`/incidents/${number}/note`, { text: 'Rolled back the certificate.' });
    const told = await sam.get(`/incidents/${number}/major`);
    expect(told.body).toMatchObject({ reports: 3, joined: 1 });
    const items = told.body.items as unknown as { kind: string; text: string | null; name: string }[];
    expect(items.filter(({ kind }) => kind === 'told').map(({ text }) => text)).toContain(
      'The gateway is being restarted.',
    );
    expect(items.filter(({ kind }) => kind === 'action').map(({ text }) => text)).toContain(
      'Rolled back the certificate.',
    );
    expect(items.filter(({ name }) => name === 'outage.opened')).toHaveLength(1);
    expect((await (await opened.as('hana')).get(`/incidents/${number}/major`)).status).toBe(404);
  });

  test('one resolution answers everybody and ends the outage, and availability is what it was', async () => {
    await sam.post(`/incidents/${number}/resolve`, {
      resolution_code: 'fixed',
      resolution_note: 'A certificate had expired; it is renewed.',
    });
    await opened.settle();
    for (const report of reports)
      expect((await sam.get(`/incidents/${report}`)).body).toMatchObject({
        state: 'resolved',
        resolution_note: 'A certificate had expired; it is renewed.',
      });
    expect((await rita.get('/me/outages')).body.items).toEqual([]);
    const kinds = (await rita.get('/me/notifications')).body.items.map((one) => one.kind);
    expect(kinds).toContain('ended');
    const mails = await rows<{ subject: string }>(
      opened.story.db,
      sql`select subject from mail where address = 'rita@x.test'`,
    );
    expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringContaining('is back'));
    const [outage] = (await sam.get('/outages')).body.items as unknown as { started_at: string; ended_at: string }[];
    const [service] = (await sam.get('/services?name=Card payments')).body.items;
    const from = '2026-03-02T09:00:00Z';
    const to = '2026-03-02T11:00:00Z';
    const answer = await sam.get(`/services/${service!.number}/availability?from=${from}&to=${to}`);
    const found = answer.body as unknown as { seconds: number; down_s: number; availability: number };
    const down = (Date.parse(outage!.ended_at) - Date.parse(outage!.started_at)) / 1000;
    expect(down).toBeGreaterThan(3_000);
    expect(found.down_s).toBe(down);
    expect(found.availability).toBeCloseTo(1 - down / found.seconds, 9);
    expect((await sam.get(`/services/${service!.number}/availability?from=never`)).status).toBe(400);
  });

  test('opened again it is out of order again; downgraded it is none', async () => {
    await sam.post(`/incidents/${number}/reopen`, { reason: 'Still refused' });
    expect((await rita.get('/me/outages')).body.items).toHaveLength(1);
    expect((await sam.post(`/incidents/${number}/downgrade`, {})).status).toBe(422);
    expect((await sam.post(`/incidents/${number}/downgrade`, { reason: 'One till only' })).status).toBe(200);
    expect((await rita.get('/me/outages')).body.items).toEqual([]);
    expect(
      (await sam.post(`/incidents/${number}/inform`, { major_message: 'x', next_update_at: inMinutes(5) })).status,
    ).toBe(409);
  });
});

describe('a major incident that ends or goes on by another verb', () => {
  const outages = async () =>
    (await ada.get('/outages?state=ongoing')).body.items.map(({ number }) => number) as unknown as string[];
  const begin = async (child?: string) => {
    const number = await log(sam, { title: 'Everything is slow', service_id: 'Card payments' });
    const declared = await sam.post(`/incidents/${number}/declare`, {
      major_message: 'We look into it.',
      next_update_at: inMinutes(30),
      ...(child ? { child_ids: [child] } : {}),
    });
    expect(declared.status, declared.text).toBe(200);
    expect(await outages()).toHaveLength(1);
    return `/incidents/${number}`;
  };
  const words = { resolution_code: 'fixed', resolution_note: 'Restarted.' };

  test('is told to who asked, though its reports are hidden from them', async () => {
    const child = await log(sam, { title: 'Till 4 as well' });
    const number = await log(sam, {
      title: 'Tills are slow',
      service_id: 'Card payments',
      requester_id: 'rita@x.test',
    });
    const at = `/incidents/${number}`;
    await sam.post(`${at}/declare`, {
      major_message: 'We look into it.',
      next_update_at: inMinutes(30),
      child_ids: [child],
    });
    const { id } = (await sam.get(`/incidents/${child}`)).body;
    const history = await rita.get(`${at}/history`);
    expect(history.body.items.map(({ name }) => name)).toContain('incident.declared');
    expect(history.text).not.toContain(id);
    expect((await sam.get(`${at}/history`)).text).toContain(id);
    await sam.post(`${at}/cancel`, { reason: 'A drill' });
  });

  test('merged it takes nothing away any more; unmerged it does again', async () => {
    const at = await begin();
    const other = await log(sam, { title: 'The same, seen first' });
    expect((await sam.post(`${at}/merge`, { into: other })).status).toBe(200);
    expect(await outages()).toEqual([]);
    expect((await sam.post(`${at}/unmerge`)).status).toBe(200);
    expect(await outages()).toHaveLength(1);
    await sam.post(`${at}/cancel`, { reason: 'A drill' });
    expect(await outages()).toEqual([]);
  });

  test('a reopening that is taken back leaves no outage behind', async () => {
    const at = await begin();
    await sam.post(`${at}/resolve`, words);
    const reopened = await sam.post(`${at}/reopen`, { reason: 'Pressed by mistake' });
    expect(await outages()).toHaveLength(1);
    const { line } = reopened.body.undo as { line: string };
    expect((await sam.post(`${at}/undo`, { line })).body.state).toBe('resolved');
    expect(await outages()).toEqual([]);
  });

  test('a resolution that is taken back takes back those of its reports, before anybody was told', async () => {
    const child = await log(rita, { title: 'Slow here too' });
    const at = await begin(child);
    await opened.settle();
    const resolved = await sam.post(`${at}/resolve`, words);
    await opened.settle();
    expect((await sam.get(`/incidents/${child}`)).body.state).toBe('resolved');
    const { line } = resolved.body.undo as { line: string };
    expect((await sam.post(`${at}/undo`, { line })).status).toBe(200);
    expect((await sam.get(`/incidents/${child}`)).body).toMatchObject({ state: 'new', resolution_note: null });
    expect(await outages()).toHaveLength(1);
    const mails = await rows<{ state: string }>(
      opened.story.db,
      sql`select m.state from mail m join record r on r.id = m.record_id
          where r.number = ${child} and m.subject like '%Solved%'`,
    );
    expect(mails.map(({ state }) => state)).toEqual(['dropped']);
    await sam.post(`${at}/resolve`, words);
    expect(await outages()).toEqual([]);
  });
});

test('behind a wall a major incident shows nobody outside an outage', async () => {
  const hana = await opened.as('hana');
  await log(hana, { title: 'Payroll stands', department: 'hr', service_id: 'Card payments', major: true });
  expect((await hana.get('/me/outages')).body.items).toHaveLength(1);
  for (const who of ['rita', 'sam', 'ada']) {
    expect((await (await opened.as(who)).get('/me/outages')).body.items).toEqual([]);
    expect((await (await opened.as(who)).get('/outages?state=ongoing')).body.items).toEqual([]);
  }
});

test('the times of an outage are set right with a reason, by those who answer for it', async () => {
  const [outage] = (await sam.get('/outages?state=ended&sort=number')).body.items;
  const path = `/outages/${outage!.number}/correct`;
  const input = { started_at: '2026-03-02T08:00:00Z', reason: 'The till log says so' };
  expect((await sam.post(path, input)).status).toBe(403);
  const mia = await opened.as('mia');
  expect((await mia.post(path, { started_at: input.started_at })).status).toBe(422);
  expect((await mia.post(path, { ...input, started_at: inMinutes(60) })).status).toBe(422);
  expect((await mia.post(path, input)).body).toMatchObject({ started_at: '2026-03-02T08:00:00.000Z' });
});
