import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { sealAll } from '../../kernel/seal';

let opened: Door;
let port: number;
let sam: Caller;
let rita: Caller;

beforeAll(async () => {
  opened = await door();
  await opened.server.listen({ host: '127.0.0.1', port: 0 });
  port = (opened.server.server.address() as AddressInfo).port;
  sam = await opened.as('sam');
  rita = await opened.as('rita');
  await opened.settle();
});
afterAll(() => opened.end());

interface Event {
  id: number;
  event: string;
  data: Record<string, unknown>;
}

/** A listener on the stream: its events so far, and a wait until a condition holds. */
async function listen(caller: Caller, lastEventId?: string, query = '') {
  let text = '';
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${caller.bearer}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    get({ host: '127.0.0.1', port, path: `/api/v1/stream${query}`, headers }, resolve).on('error', reject);
  });
  answer.setEncoding('utf8');
  answer.on('data', (piece: string) => {
    text += piece;
  });
  answer.on('error', () => undefined);
  const events = (): Event[] =>
    text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => !block.startsWith(':'))
      .map((block) => {
        const part = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        return { id: Number(part('id')), event: part('event'), data: JSON.parse(part('data') || '{}') };
      });
  const until = async (holds: (events: Event[]) => boolean) => {
    for (let tries = 0; tries < 100 && !holds(events()); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return events();
  };
  return { answer, events, until, text: () => text, close: () => answer.destroy() };
}

const log = async (title: string, more: object = {}, who = sam) =>
  (await who.post('/incidents', { title, ...more })).body;

describe('the stream', () => {
  test('tells each change in sight with the seq as its id', async () => {
    const heard = await listen(sam);
    expect(heard.answer.headers['content-type']).toMatch(/^text\/event-stream/);
    const { id, number } = await log('One');
    await sam.patch(`/incidents/${number}`, { title: 'Two' });
    await opened.settle();
    const events = await heard.until((all) => all.length >= 2);
    expect(events).toEqual([
      {
        id: expect.any(Number),
        event: 'change',
        data: {
          type: 'incident',
          id,
          number,
          version: expect.any(Number),
          name: 'incident.logged',
          at: expect.any(String),
        },
      },
      {
        id: expect.any(Number),
        event: 'change',
        data: expect.objectContaining({ name: 'incident.edited', version: 2 }),
      },
    ]);
    const lines = (await sam.get(`/incidents/${number}/history`)).body.items;
    expect(events.map((event) => event.id)).toEqual(lines.map(({ seq }) => seq).reverse());
    heard.close();
  });

  test('tells who asked of an answer on the record theirs was merged into, and of nothing else there', async () => {
    const hers = await log('Merged', {}, rita);
    const other = await log('The one that stays', { requester_id: 'fred@x.test' });
    expect((await sam.post(`/incidents/${hers.number}/merge`, { into: other.number })).status).toBe(200);
    await opened.settle();
    const heard = await listen(rita);
    await sam.post(`/incidents/${other.number}/note`, { text: 'inner' });
    await sam.patch(`/incidents/${other.number}`, { title: 'Renamed' });
    await (await opened.as('fred')).post(`/incidents/${other.number}/comment`, { text: 'Between us' });
    await sam.post(`/incidents/${other.number}/comment`, { text: 'For everybody' });
    await opened.settle();
    await heard.until((all) => all.length >= 1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(heard.events()).toMatchObject([
      { event: 'change', data: { type: 'incident', id: hers.id, number: hers.number, name: 'incident.commented' } },
    ]);
    expect(heard.text()).not.toContain(other.number);
    heard.close();
  });

  test('says that a record left their sight, and nothing of what never was in it', async () => {
    const { number, id } = await log('Hers', {}, rita);
    await opened.settle();
    const heard = await listen(rita);
    await log('Not hers');
    await sam.post(`/incidents/${number}/note`, { text: 'inner' });
    await sam.patch(`/incidents/${number}`, { requester_id: 'fred@x.test' });
    await sam.patch(`/incidents/${number}`, { title: 'Gone on' });
    await opened.settle();
    await heard.until((all) => all.length >= 1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(heard.events()).toEqual([{ id: expect.any(Number), event: 'gone', data: { type: 'incident', id, number } }]);
    heard.close();
  });

  test('goes on after Last-Event-ID without a gap, also when a transaction that began earlier commits later', async () => {
    const first = await log('Before');
    await opened.settle();
    const { rows } = await opened.story.pool.query('select seq from sealer');
    const from = String(rows[0].seq);
    // A writer that holds its transaction open, past the door: what matters is when it commits.
    const slow = new pg.Client({ connectionString: opened.story.pool.options.connectionString! });
    await slow.connect();
    await slow.query('begin');
    await slow.query(
      `insert into history (id, record_id, type, name, actor_kind, at, recorded_at, changes, digest)
       values (gen_random_uuid(), $1, 'incident', 'incident.slow', 'system', now(), now(), '[]', '\\x00')`,
      [first.id],
    );
    await log('Quick');
    await sealAll(opened.story.db, 'test', new Date());
    const heard = await listen(sam, from);
    await heard.until((all) => all.length > 0);
    const early = heard.events();
    heard.close();
    await slow.query('commit');
    await slow.end();
    await opened.settle();
    const again = await listen(sam, early.length > 0 ? String(early[early.length - 1]!.id) : from);
    await again.until((all) => all.length + early.length >= 2);
    const names = [...early, ...again.events()].map(({ data }) => data.name);
    expect(names.sort()).toEqual(['incident.logged', 'incident.slow']);
    again.close();
  });

  test('a page that read first and listens then hears what came between, and a header says it better', async () => {
    await opened.settle();
    const { seq } = (await sam.get('/me')).body;
    const { number } = await log('Between');
    await opened.settle();
    const page = await listen(sam, undefined, `?after=${seq}`);
    expect(await page.until((all) => all.length > 0)).toMatchObject([{ event: 'change', data: { number } }]);
    page.close();
    const again = await listen(sam, String((await sam.get('/me')).body.seq), `?after=${seq}`);
    const later = await log('Later');
    await opened.settle();
    expect(await again.until((all) => all.length > 0)).toMatchObject([{ data: { number: later.number } }]);
    again.close();
    const lost = await listen(sam, undefined, '?after=nonsense');
    expect(await lost.until((all) => all.length > 0)).toMatchObject([{ event: 'reset' }]);
    lost.close();
  });

  test.each(['999999999', 'nonsense', '-1'])(
    'answers reset for the unknown id %s, and goes on from now',
    async (id) => {
      const heard = await listen(sam, id);
      const events = await heard.until((all) => all.length > 0);
      expect(events[0]!.event).toBe('reset');
      const { number } = await log('After reset');
      await opened.settle();
      const later = await heard.until((all) => all.length > 1);
      expect(later[1]).toMatchObject({ event: 'change', data: { number } });
      heard.close();
    },
  );

  test('begins with a comment, needs a caller, and ends with their sign-out', async () => {
    expect((await opened.server.inject('/api/v1/stream')).statusCode).toBe(401);
    expect(
      (
        await opened.server.inject({
          method: 'HEAD',
          url: '/api/v1/stream',
          headers: { authorization: `Bearer ${sam.bearer}` },
        })
      ).statusCode,
    ).toBe(404);
    const cho = await opened.as('cho');
    const heard = await listen(cho);
    await heard.until(() => heard.text() !== '');
    expect(heard.text()).toMatch(/^: /);
    const ended = new Promise((resolve) => heard.answer.on('close', resolve));
    const [token] = (await cho.get('/me/tokens')).body.items;
    expect((await cho.delete(`/me/tokens/${token!.id}`)).status).toBe(204);
    await ended;
  });
});
