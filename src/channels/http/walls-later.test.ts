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
    ['action-rules', await made('action-rules', { name: 'quaestor is given', to_team_id: 'Books' })],
    [
      'action-rules',
      await made('action-rules', { name: 'quaestor is told', tell_team_ids: ['Books'], tell_text: 'x' }),
    ],
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

test('what a rule does names it to nobody from whom a wall keeps its team', async () => {
  const { ada, sam } = callers as { ada: Caller; sam: Caller };
  expect((await ada.patch('/departments/hr', { confidential: false })).status).toBe(200);
  const { id: team } = await made('teams', { name: 'Petra', department: 'hr' });
  const acting = await made('action-rules', {
    name: 'gossip goes to her',
    condition: 'category == "gossip"',
    set_urgency: 1,
    tell_team_ids: ['Petra'],
    tell_text: 'Look',
  });
  const sorting = await made('assignment-rules', {
    name: 'gossip is hers',
    team_id: 'Petra',
    match: { category: 'talk' },
    rank: 1,
  });
  expect((await ada.post(`/action-rules/${acting.number}/activate`, {})).status).toBe(200);
  expect((await ada.patch('/departments/hr', { confidential: true })).status).toBe(200);
  const log = async (category: string) => {
    const { number } = (await sam.post('/incidents', { title: 'Whispers', category })).body;
    await opened.settle();
    return `/incidents/${number}`;
  };
  const [told, sorted] = [await log('gossip'), await log('talk')];
  expect((await sam.get(told)).body).toMatchObject({ urgency: 1 });
  const lines = (await sam.get(`${told}/history`)).body.items as unknown as { id: string; why: { rule?: string } }[];
  const line = lines.find(({ why }) => why?.rule === 'A rule');
  expect(line).toBeDefined();
  await sam.post(`${told}/doubt`, { subject: 'rule', text: 'It is a joke', line: line!.id });
  await sam.post(`${sorted}/doubt`, { subject: 'team', text: 'It is a joke' });
  for (const at of [told, sorted])
    for (const part of ['history', 'comments', 'context', 'clocks', 'tasks']) {
      const { text } = await sam.get(`${at}/${part}`);
      for (const name of ['gossip goes', 'gossip is hers', acting.number, sorting.number, 'Petra', team])
        expect(text, `${at}/${part}`).not.toContain(name);
    }
});

test('what was kept of a rule names it no more once its team is behind a wall', async () => {
  const { ada, sam } = callers as { ada: Caller; sam: Caller };
  await made('departments', { key: 'yard', name: 'Yard' });
  await made('teams', { name: 'Quarry', department: 'yard' });
  const rule = async (name: string, input: object) => {
    const { number } = await made('action-rules', { name, condition: 'category == "stones"', ...input });
    expect((await ada.post(`/action-rules/${number}/activate`, {})).status).toBe(200);
    return number;
  };
  const ends = 'rubble has just set. would take back the: it may be a major incident.';
  const tells = { tell_team_ids: ['Quarry'], tell_text: 'Look' };
  const hidden = await rule(ends, { set_urgency: 1, propose_major: true, rank: 1, ...tells });
  const open = await rule('open', { set_urgency: 3, rank: 2 });
  const { number } = await made('incidents', { title: 'Stones', category: 'stones' }, 'sam');
  await opened.settle();
  const told = async () => {
    const parts = [
      ...['history', 'proposals', 'context'].map((part) => `/incidents/${number}/${part}`),
      ...['history', 'tasks'].map((part) => `/action-rules/${open}/${part}`),
      '/history?limit=500',
    ];
    const all = await Promise.all(parts.map(async (part) => [part, (await sam.get(part)).text] as const));
    return all.filter(
      ([, text]) => text.includes('rubble') || text.includes(`${hidden}"`) || text.includes(`${hidden},`),
    );
  };
  const before = (await told()).map(([part]) => part);
  for (const part of [`/incidents/${number}/history`, `/incidents/${number}/proposals`, `/action-rules/${open}/tasks`])
    expect(before).toContain(part);
  expect((await ada.patch('/departments/yard', { confidential: true })).status).toBe(200);
  expect(await told()).toEqual([]);
  const { items } = (await sam.get(`/incidents/${number}/proposals`)).body;
  expect(items).toMatchObject([{ reason: 'A rule: it may be a major incident.' }]);
  const steps = (await sam.get(`/action-rules/${open}/tasks`)).body.items;
  expect(steps).toMatchObject([{ title: 'It was stopped: it would take back the urgency that A rule has just set.' }]);
});
