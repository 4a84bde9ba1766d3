import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { rows, sql } from '../../kernel/database';

let opened: Door;
let [sam, ada]: Caller[] = [];
let bearer = '';

beforeAll(async () => {
  opened = await door();
  [sam, ada] = [await opened.as('sam'), await opened.as('ada')];
  bearer = (await opened.as('ada', { scope: 'hooks' })).bearer;
  const made = await ada.post('/alert-sources', {
    name: 'Gateways',
    key: 'alertmanager',
    form: 'alertmanager',
    department: 'it',
    outage_from: 'critical',
    on_recovery: 'propose',
  });
  expect(made.status, made.text).toBe(201);
}, 120_000);
afterAll(() => opened?.end());

const inAnHour = () => new Date(opened.story.now().getTime() + 3_600_000).toISOString();
const declare = async (title: string, message: string) => {
  const { number } = (await sam!.post('/incidents', { title, service_id: 'Card payments' })).body;
  const done = await sam!.post(`/incidents/${number}/declare`, {
    major_message: message,
    next_update_at: inAnHour(),
    down_service_ids: ['Card payments'],
  });
  expect(done.status, done.text).toBe(200);
  await opened.story.catchUp();
  return number;
};
const resolve = async (number: string) => {
  const done = await sam!.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Done.' });
  expect(done.status, done.text).toBe(200);
  await opened.story.catchUp();
};
const banners = async () => (await sam!.get('/me/outages')).body.items.map(({ message }) => message);
const alert = async (status: 'firing' | 'resolved', instance = 'gw-1') => {
  const answer = await opened.server.inject({
    method: 'POST',
    url: '/hooks/alertmanager',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    payload: JSON.stringify({
      version: '4',
      groupKey: `{}:{instance="${instance}"}`,
      status,
      alerts: [
        {
          status,
          labels: { alertname: 'GatewayDown', instance, service: 'Card payments', severity: 'critical' },
          annotations: {},
          startsAt: '2026-03-02T08:58:00Z',
          fingerprint: instance,
        },
      ],
    }),
  });
  expect(answer.statusCode, answer.payload).toBe(202);
  await opened.story.catchUp();
};

test('two major incidents hold one outage: it ends with the second, and tells meanwhile what that one says', async () => {
  const first = await declare('Cards refused', 'Cards are refused.');
  const second = await declare('Terminals dark', 'Terminals are dark.');
  expect(await banners()).toEqual(['Terminals are dark.']);
  await resolve(second);
  expect(await banners()).toEqual(['Cards are refused.']);
  await resolve(first);
  expect(await banners()).toEqual([]);
  const outages = (await ada!.get('/outages')).body.items;
  expect(outages).toHaveLength(1);
});

test('what is downgraded ends nothing that an alert holds, and what recovers nothing a major incident holds', async () => {
  await alert('firing');
  const major = await declare('Cards refused again', 'Cards are refused again.');
  expect(await banners()).toEqual(['Cards are refused again.']);
  await sam!.post(`/incidents/${major}/downgrade`, { reason: 'Few are hit.' });
  await opened.story.catchUp();
  expect(await banners()).toHaveLength(1);
  await alert('resolved');
  expect(await banners()).toEqual([]);

  await alert('firing');
  const other = await declare('And again', 'And again.');
  await alert('resolved');
  expect(await banners()).toEqual(['And again.']);
  await resolve(other);
  expect(await banners()).toEqual([]);
});

test('an alert that comes after a major incident holds its outage too', async () => {
  const major = await declare('Slow cards', 'Cards are slow.');
  await alert('firing', 'gw-2');
  await resolve(major);
  expect(await banners()).toHaveLength(1);
  await alert('resolved', 'gw-2');
  expect(await banners()).toEqual([]);
});

test('after a merge the next alert of the group joins the incident that goes on', async () => {
  const monitored = async () => (await sam!.get('/incidents?channel=monitoring&sort=number&limit=200')).body.items;
  await alert('firing', 'gw-3');
  const before = await monitored();
  const mine = before.at(-1)!.number;
  const { number: kept } = (await sam!.post('/incidents', { title: 'The gateway is gone' })).body;
  const merged = await sam!.post(`/incidents/${mine}/merge`, { into: kept });
  expect(merged.status, merged.text).toBe(200);
  await alert('resolved', 'gw-3');
  await alert('firing', 'gw-3');
  expect(await monitored()).toHaveLength(before.length);
  const said = (await sam!.get(`/incidents/${kept}/comments`)).body.items.map(({ text }) => String(text));
  expect(said.filter((text) => text.includes('GatewayDown on gw-3'))).toHaveLength(1);
});

test('a page of bodies ends before it is large', async () => {
  const insert = (at: number) =>
    rows(
      opened.story.db,
      sql`insert into alert_body (id, source, sender_id, at, body, state)
        select gen_random_uuid(), 'alertmanager', p.id, ${opened.story.now()}, repeat('x', ${at}), 'failed' from person p limit 1 returning 1`,
    );
  for (let made = 0; made < 5; made++) await insert(900_000);
  const [source] = (await ada!.get('/alert-sources')).body.items;
  const seen: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ''; cursor !== null; pages++) {
    const page = await ada!.get(
      `/alert-sources/${source!.number}/bodies?state=failed&limit=500${cursor ? `&cursor=${cursor}` : ''}`,
    );
    expect(page.text.length).toBeLessThan(2_100_000);
    seen.push(...page.body.items.map(({ id }) => id));
    cursor = page.body.next;
  }
  expect([seen.length, new Set(seen).size, pages]).toEqual([5, 5, 3]);
});
