import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let rita: Caller;
let ada: Caller;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  rita = await opened.as('rita');
  ada = await opened.as('ada');
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};

describe('other records', () => {
  test('are made by administrators; services also by their owners, components by the configuration manager', async () => {
    const [ines, cho] = [await opened.as('ines'), await opened.as('cho')];
    const make = async (who: Caller, plural: string, input: object) => (await who.post(`/${plural}`, input)).status;
    expect(await make(ines, 'services', { name: 'Ordering', state: 'idea' })).toBe(201);
    expect(await make(cho, 'configuration-items', { name: 'till-1', class: 'till' })).toBe(201);
    expect(await make(sam, 'configuration-items', { name: 'till-2' })).toBe(403);
    expect(await make(cho, 'services', { name: 'x' })).toBe(403);
    expect(await make(ines, 'configuration-items', { name: 'x' })).toBe(403);
    for (const [plural, input] of Object.entries({
      teams: { name: 'Team' },
      departments: { name: 'Legal', key: 'legal' },
      organizations: { name: 'Customer', domains: ['c.test'] },
      people: { name: 'New', email: 'new@x.test', roles: ['requester'] },
      goals: { name: 'Goal' },
      services: { name: 'Service' },
      'configuration-items': { name: 'Item', state: 'in_stock' },
    })) {
      expect(await make(rita, plural, input), plural).toBe(403);
      const answer = await ada.post(`/${plural}`, input);
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body).toMatchObject({
        name: input.name,
        title: input.name,
        state:
          'state' in input
            ? input.state
            : plural === 'services' || plural === 'configuration-items'
              ? 'live'
              : 'active',
      });
      expect(ok(await sam.get(`/${plural}/${answer.body.number}`)).name).toBe(input.name);
    }
    expect(ok(await ada.get('/services?state=idea')).items).toHaveLength(1);
    expect((await ada.post('/people', { name: 'Twin', email: 'NEW@x.test' })).body.errors[0]!.field).toBe('email');
    expect((await ada.post('/departments', { name: 'Twin', key: 'legal' })).body.errors[0]!.field).toBe('key');
    expect((await ada.post('/goals', { name: 'x', state: 'retired' })).status).toBe(422);
    expect((await ada.patch('/departments/legal', { name: null })).status).toBe(422);
  });
  test('lists of references are given as texts, answered with names, and replaced whole', async () => {
    const person = ok(
      await ada.post('/people', {
        name: 'List',
        email: 'list@x.test',
        departments: ['it', 'finance'],
        team_ids: ['Network'],
      }),
    );
    expect(person.departments).toMatchObject([{ number: 'it' }, { number: 'finance' }]);
    expect(ok(await ada.patch(`/people/${person.number}`, { departments: ['finance'] })).departments).toMatchObject([
      { number: 'finance' },
    ]);
    const team = ok(await ada.get('/teams?name=Network')).items[0]!;
    expect(team.member_ids).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'List' })]));
    ok(await ada.patch(`/teams/${team.number}`, { member_ids: ['cho@x.test'] }));
    expect(ok(await ada.get(`/people/${person.number}`)).team_ids).toEqual([]);
    const service = ok(await ada.get('/services?name=Card%20payments')).items[0]!;
    expect(service.goals).toEqual([
      { goal_id: { id: expect.any(String), number: 'GOAL-1001', name: 'Card payment at every door' }, weight: 3 },
    ]);
  });
});
