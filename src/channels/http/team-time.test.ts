import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door, type Json } from '../../../test/door';

const hour = 3600;
const always = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);

interface TeamClock extends Json {
  readonly target: string;
  readonly target_s: number;
  readonly elapsed_s: number;
  readonly team: Json | null;
  readonly slice: { whole_s: number; before_s: number } | null;
  readonly teams: { team: Json | null; elapsed_s: number; slice_s: number | null }[];
}

describe('the time of each team', () => {
  let opened: Door;
  let ada: Caller;
  let sam: Caller;
  let number = '';
  const draft = {
    name: 'Eight hours',
    match: {},
    targets: [
      { target: 'resolution', seconds: 8 * hour },
      { target: 'team', team_id: 'Service desk', seconds: hour },
      { target: 'team', team_id: 'Network', seconds: 5 * hour },
      { target: 'team', seconds: 2 * hour },
    ],
    pause_states: ['on_hold'],
    warn_share: 0.75,
    effective_on: '2026-01-01',
  };
  const clocks = async () => (await sam.get(`/incidents/${number}/clocks`)).body.items as TeamClock[];
  const lines = async () =>
    (await sam.get(`/incidents/${number}/history`)).body.items.map(({ name, at, why }) => ({ name, at, why }));

  beforeAll(async () => {
    opened = await door();
    [ada, sam] = [await opened.as('ada'), await opened.as('sam')];
    await opened.story.act('team.edit', 'TEAM-1002', { lead_id: 'cho@x.test' });
    await ada.post('/calendars', { name: 'Always', timezone: 'UTC', hours: always });
  });
  afterAll(() => opened.end());

  test('slices that are more than the whole are refused with the difference', async () => {
    const [whole, desk, network] = draft.targets;
    const wrong = await ada.post('/agreements', {
      ...draft,
      calendar_id: 'Always',
      targets: [whole, desk, { ...network, seconds: 9 * hour }],
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.detail).toBe('The slices of the teams are 10 h together, 2 h more than the whole of 8 h.');
    const odd = await ada.post('/agreements', {
      ...draft,
      calendar_id: 'Always',
      targets: [{ ...whole, team_id: 'Network' }],
    });
    expect(odd.status).toBe(422);
    const unknown = await ada.post('/agreements', {
      ...draft,
      calendar_id: 'Always',
      targets: [whole, { ...network, team_id: 'Nobody' }],
    });
    expect(unknown.status).toBe(422);
  });

  test('a draft is tried with teams by their names', async () => {
    const made = await ada.post('/agreements', { ...draft, calendar_id: 'Always' });
    expect(made.status).toBe(201);
    expect((made.body as unknown as { targets: { team_id?: Json }[] }).targets[1]!.team_id).toMatchObject({
      name: 'Service desk',
    });
    const tried = await ada.post(`/agreements/${made.body.number}/try`, {
      events: [
        { at: '2026-03-02T09:00:00Z', type: 'created', team: 'Service desk' },
        { at: '2026-03-02T09:30:00Z', type: 'team_change', to: 'Network' },
      ],
      at: ['2026-03-02T10:00:00Z'],
    });
    const found = (tried.body.items[0] as unknown as { clocks: TeamClock[] }).clocks;
    const team = found.find(({ target }) => target === 'team')!;
    expect([team.team!.name, team.target_s]).toEqual(['Network', 5 * hour]);
    expect((await ada.post(`/agreements/${made.body.number}/publish`, {})).status).toBe(200);
    await opened.settle();
    const words = await sam.get(`/agreements/${made.body.number}/plain-words`);
    expect((words.body as unknown as { sentences: string[] }).sentences).toContain(
      'Of this, Network may use 5 hours of working time.',
    );
  });

  test('each team has a clock while it holds the record, and its lead hears before its time is over', async () => {
    number = (await sam.post('/incidents', { title: 'Slow', team_id: 'Service desk' })).body.number;
    await opened.story.later(40);
    await sam.post(`/incidents/${number}/assign`, { team_id: 'Network' });
    await opened.story.later(4 * 60 + 30);
    await opened.settle();
    const now = await clocks();
    const whole = now.find(({ target }) => target === 'resolution')!;
    expect(whole.elapsed_s).toBe(310 * 60);
    expect(whole.teams.map(({ team, elapsed_s, slice_s }) => [team?.name, elapsed_s, slice_s])).toEqual([
      ['Service desk', 40 * 60, hour],
      ['Network', 270 * 60, 5 * hour],
    ]);
    const warned = (await lines()).find(({ name }) => name === 'incident.warned')!;
    expect(warned.at).toBe('2026-03-02T13:25:00.000Z');
    expect((warned.why as { to: { name: string }[] }).to.map(({ name }) => name)).toEqual(['Cho Test']);
    const cho = await opened.as('cho');
    expect((await cho.get('/me/notifications')).body.items.some((one) => JSON.stringify(one).includes(number))).toBe(
      true,
    );
  });

  test('a broken slice leaves a line, and figures tell the share kept by each team', async () => {
    await opened.story.later(60);
    await sam.post(`/incidents/${number}/assign`, { team_id: 'Service desk' });
    await opened.story.later(10);
    await sam.post(`/incidents/${number}/resolve`, { resolution_code: 'fixed', resolution_note: 'Done.' });
    await opened.settle();
    expect((await lines()).map(({ name }) => name)).toContain('incident.breached');
    const desk = (await clocks()).find(({ target }) => target === 'team')!;
    expect([desk.team!.name, desk.state, desk.slice]).toEqual([
      'Service desk',
      'met',
      { whole_s: hour, before_s: 40 * 60 },
    ]);
    const shares = await sam.get('/measures/promises?by=team&target=team&from=2026-03-01&to=2026-04-01');
    expect(shares.body.items.map(({ name, value, count }) => [name, value, count])).toEqual([
      ['Service desk', 1, 2],
      ['Network', 0, 1],
    ]);
    expect((await sam.get('/measures/intake?target=team')).status).toBe(400);
    expect((await sam.get('/measures/promises?target=hope')).status).toBe(400);
  });
});
