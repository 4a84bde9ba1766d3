import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../../test/door';

let opened: Door;
const callers: Record<string, Caller> = {};

beforeAll(async () => {
  opened = await door();
  for (const who of ['ada', 'sam', 'fred', 'otto']) callers[who] = await opened.as(who);
});
afterAll(() => opened.end());

const made = async (plural: string, input: object, who = 'ada') => {
  const answer = await callers[who]!.post(`/${plural}`, input);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
};

test('what is a team’s goes behind the wall with its department, and comes back with it', async () => {
  const { ada, fred } = callers as { ada: Caller; fred: Caller };
  const rank = { name: 'Any', team_id: 'Network', rank: 7 };
  await made('assignment-rules', rank);
  await made('teams', { name: 'Books', department: 'finance', member_ids: ['fred@x.test'] });
  const kept = [
    ['queue-orders', await made('queue-orders', { name: 'quaestor first', team_id: 'Books' })],
    ['assignment-rules', await made('assignment-rules', { name: 'quaestor takes', team_id: 'Books', rank: 5 })],
  ] as const;
  for (const [plural, { department }] of kept) expect([plural, department]).toEqual([plural, null]);
  await opened.settle();
  const asked = (who: Caller) =>
    Promise.all(
      kept
        .flatMap(([plural, { id, number }]) => [
          `/${plural}/${number}`,
          `/${plural}/${id}`,
          `/${plural}/${number}/history`,
          `/${plural}/${number}/line-of-sight`,
          `/${plural}?limit=100`,
          `/${plural}?count=true&team_id=Books`,
          `/${plural}?q=quaestor`,
          `/${plural}?format=csv`,
        ])
        .concat('/search?q=quaestor', '/history?limit=200')
        .map(async (url) => [url, (await who.get(url)).text] as const),
    );
  const told = async (who: Caller) =>
    (await asked(who)).filter(([, text]) => text.includes('quaestor')).map(([url]) => url);
  const before = Object.fromEntries(
    await Promise.all(Object.entries(callers).map(async ([who, caller]) => [who, (await told(caller)).length])),
  );
  for (const who of ['ada', 'sam', 'fred']) expect([who, before[who]! > 10]).toEqual([who, true]);

  expect((await ada.patch('/departments/finance', { confidential: true })).status).toBe(200);
  for (const who of ['ada', 'sam', 'otto']) {
    expect([who, await told(callers[who]!)]).toEqual([who, []]);
    for (const [plural, { number }] of kept)
      expect([who, (await callers[who]!.get(`/${plural}/${number}`)).status]).toEqual([who, 404]);
  }
  expect((await told(fred)).length).toBe(before.fred);
  for (const [plural, { number }] of kept)
    expect((await ada.patch(`/${plural}/${number}`, { name: 'x' })).status).toBe(404);

  expect((await ada.patch('/departments/finance', { confidential: false })).status).toBe(200);
  expect((await told(callers.sam!)).length).toBe(before.sam);
  // A team that moves behind a wall takes them with it as well.
  await opened.story.act('team.edit', (await ada.get('/teams?q=Books')).body.items[0]!.id, { department: 'hr' });
  expect(await told(await opened.as('sam', { scope: 'read' }))).toEqual([]);
});
