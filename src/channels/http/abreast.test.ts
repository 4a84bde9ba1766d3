import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';
import { type Db, rows, sql } from '../../kernel/database';
import { abreast } from './abreast';
import type { App } from './app';

let opened: Door;
let sam: Caller;
let cho: Caller;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  cho = await opened.as('cho');
  // Who calls is remembered from here on, so that a burst is one caller's.
  await Promise.all([sam.get('/me'), cho.get('/me')]);
});
afterAll(() => opened.end());

/** How many transactions wrote the lines of these records. */
async function transactions(numbers: readonly string[]): Promise<number> {
  const [found] = await rows<{ n: number }>(
    opened.story.db,
    sql`select count(distinct h.tx)::int as n from history h join record r on r.id = h.record_id
        where r.number = any(${[...numbers]}::text[])`,
  );
  return found!.n;
}

test('what one caller asks for at the same moment is answered each for itself, in few transactions', async () => {
  const titles = Array.from({ length: 24 }, (_, at) => `Till ${at} is slow`);
  const answers = await Promise.all(titles.map((title) => sam.post('/incidents', { title })));
  expect(answers.map(({ status, body }) => [status, body.title])).toEqual(titles.map((title) => [201, title]));
  const numbers = answers.map(({ body }) => String(body.number));
  expect(new Set(numbers).size).toBe(24);
  expect(answers.map(({ headers }) => headers.location)).toEqual(numbers.map((one) => `/api/v1/incidents/${one}`));
  expect(answers.every(({ headers, body }) => headers.etag === `"${body.version}"`)).toBe(true);
  expect(await transactions(numbers)).toBeLessThan(12);
});

test('one that is refused stops no other', async () => {
  const answers = await Promise.all(
    ['Good one', '', 'Good two', 'x'.repeat(5_000), 'Good three'].map((title) => sam.post('/incidents', { title })),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201, 422, 201]);
});

test('the same record at the same moment is taken one after the other, by number and by id', async () => {
  const { body } = await sam.post('/incidents', { title: 'Wanted by all' });
  const addresses = [body.number, body.id, body.id, body.number, body.id];
  const answers = await Promise.all(
    addresses.map((address, at) => sam.post(`/incidents/${address}/comment`, { text: `Comment ${at}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const { items } = (await sam.get(`/incidents/${body.number}/comments`)).body;
  expect(items.map((one) => String(one.text)).sort()).toEqual(addresses.map((_, at) => `Comment ${at}`));
});

test('a stale version, a wrong state and a missing record are told to those who asked', async () => {
  const made = await Promise.all(['A', 'B', 'C'].map((title) => sam.post('/incidents', { title })));
  const [a, b, c] = made.map(({ body }) => String(body.number));
  await sam.post(`/incidents/${b}/cancel`, { reason: 'no' });
  const answers = await Promise.all([
    sam.post(`/incidents/${a}/start`, {}, { 'if-match': '"77"' }),
    sam.post(`/incidents/${b}/start`, {}),
    sam.post('/incidents/INC-99999/start', {}),
    sam.post(`/incidents/${c}/start`, {}),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([412, 409, 404, 200]);
});

test('each caller stays who they are', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => (at % 2 ? cho : sam).post('/incidents', { title: `Who logs ${at}` })),
  );
  const actors = await rows<{ email: string }>(
    opened.story.db,
    sql`select p.email from history h join record r on r.id = h.record_id join person p on p.id = h.actor_id
        where h.name = 'incident.logged' and r.number = any(${answers.map(({ body }) => String(body.number))}::text[])
        order by r.serial`,
  );
  const byNumber = answers
    .map(({ body }, at) => ({ serial: Number(String(body.number).slice(4)), who: at % 2 ? 'cho' : 'sam' }))
    .sort((one, other) => one.serial - other.serial);
  expect(actors.map(({ email }) => email.split('@')[0])).toEqual(byNumber.map(({ who }) => who));
});

/** The same database, over a line that breaks after the third commit: the database has it, nobody hears of it. */
function breaking(db: Db): Db {
  let commits = 0;
  const transaction = () => ({
    execute: async <T>(work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => {
      const done = (await db.transaction().execute(work)) as T;
      commits += 1;
      // The first two go alone, one in each lane; the third is a list.
      if (commits !== 3) return done;
      throw new Error('Connection terminated unexpectedly');
    },
  });
  return new Proxy(db, { get: (on, name) => (name === 'transaction' ? transaction : Reflect.get(on, name)) });
}

test('a commit whose answer got lost is not made again', async () => {
  const { story } = opened;
  const app = { db: breaking(story.db), house: story.house, clock: story.clock } as App;
  const { actor } = await story.context('sam@x.test');
  const verb = story.house.verbs.get('incident.log')!;
  const titles = ['Lost one', 'Lost two', 'Lost three', 'Lost four'];
  await Promise.allSettled(titles.map((title) => abreast(app, actor, verb, { input: { title } })));
  const kept = await rows<{ title: string }>(
    story.db,
    sql`select title from record where title = any(${titles}::text[])`,
  );
  expect(kept.map(({ title }) => title).sort()).toEqual([...titles].sort());
});
