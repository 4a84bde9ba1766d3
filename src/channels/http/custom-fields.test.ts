import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let ada: Caller;
let sam: Caller;

beforeAll(async () => {
  opened = await door();
  ada = await opened.as('ada');
  sam = await opened.as('sam');
});
afterAll(() => opened.end());

const ok = (answer: Answer) => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};
const field = (key: string, kind: string, more: object = {}) =>
  ada.post('/custom-fields', { record_type: 'incident', key, label: key, kind, ...more });

describe('a custom field', () => {
  test('is made by administrators with a key of its own', async () => {
    expect(
      (await sam.post('/custom-fields', { record_type: 'incident', key: 'x_a', label: 'A', kind: 'text' })).status,
    ).toBe(403);
    for (const [key, kind, more, wrong] of [
      ['plain', 'text', {}, 'key'],
      ['x_Big', 'text', {}, 'key'],
      ['x_kind', 'colour', {}, 'kind'],
      ['x_none', 'choice', {}, 'choices'],
      ['x_type', 'text', { record_type: 'nothing' }, 'record_type'],
    ] as const) {
      const answer = await field(key, kind, more);
      expect([answer.status, answer.body.errors?.[0]?.field], key).toEqual([422, wrong]);
    }
    ok(await field('x_once', 'text'));
    expect((await field('x_once', 'number')).status).toBe(422);
    ok(await field('x_once', 'number', { record_type: 'service' }));
  });

  test.each([
    ['text', 'Übung', 'x_text.contains=BUNG'],
    ['number', 12.5, 'x_number.gte=12.5'],
    ['money', { amount: '99.90', currency: 'EUR' }, 'x_money.lt=100'],
    ['date', '2026-04-01', 'x_date=2026-04-01'],
    ['instant', '2026-04-01T10:00:00.000Z', 'x_instant.gt=2026-04-01'],
    ['boolean', true, 'x_boolean=true'],
    ['choice', 'b', 'x_choice=a,b'],
    ['person', 'cho@x.test', 'x_person=cho@x.test'],
    ['record', 'Card payments', 'x_record=Card payments'],
  ])(
    'of kind %s is at once written, answered, filtered, sorted, searched, kept in history and exported',
    async (kind, value, filter) => {
      const key = `x_${kind}`;
      ok(await field(key, kind, kind === 'choice' ? { choices: ['a', 'b'] } : {}));
      const made = ok(await sam.post('/incidents', { title: kind, [key]: value }));
      const shown =
        kind === 'person' || kind === 'record' ? expect.objectContaining({ name: expect.any(String) }) : value;
      expect(made[key]).toEqual(shown);
      const none = ok(await sam.post('/incidents', { title: `${kind} none` }));
      expect(none[key]).toBeNull();
      const found = ok(await sam.get(`/incidents?${filter.replace(' ', '%20')}`)).items;
      expect(found.map(({ title }) => title)).toEqual([kind]);
      expect(
        ok(await sam.get(`/incidents?${key}.empty=true&title.contains=${kind}`)).items.map(({ title }) => title),
      ).toEqual([`${kind} none`]);
      for (const sort of [key, `-${key}`]) {
        const sorted = ok(await sam.get(`/incidents?title.contains=${kind}&sort=${sort}`)).items;
        expect(sorted.map(({ title }) => title)).toEqual([kind, `${kind} none`]);
        const page = ok(await sam.get(`/incidents?title.contains=${kind}&sort=${sort}&limit=1`));
        const rest = ok(await sam.get(`/incidents?title.contains=${kind}&sort=${sort}&limit=1&cursor=${page.next}`));
        expect(rest.items.map(({ title }) => title)).toEqual([`${kind} none`]);
      }
      expect(Object.keys(ok(await sam.get(`/incidents?fields=${key}&limit=1`)).items[0]!)).toContain(key);
      const wrong = await sam.patch(`/incidents/${made.number}`, { [key]: { not: 'this' } });
      expect([wrong.status, wrong.body.errors[0]!.field.split('.')[0]]).toEqual([422, key]);
      expect(ok(await sam.patch(`/incidents/${made.number}`, { [key]: null }))[key]).toBeNull();
      const [line] = ok(await sam.get(`/incidents/${made.number}/history?limit=1`)).items;
      expect(line!.changes).toEqual([{ field: key, before: shown, after: null }]);
      const types = ok(await sam.get('/record-types')).items as unknown as {
        type: string;
        fields: { name: string }[];
      }[];
      expect(types.find(({ type }) => type === 'incident')!.fields.map(({ name }) => name)).toContain(key);
      expect((await sam.get('/openapi.json')).text).toContain(`"${key}"`);
      expect((await sam.get('/incidents?format=csv')).text.split('\n')[0]).toContain(key);
      const then = ok(await sam.get(`/incidents/${made.number}?as_of=${opened.story.now().toISOString()}`));
      expect(then[key]).toBeNull();
    },
  );

  test('that is required is needed when a record is made, and cannot be emptied', async () => {
    const made = ok(await field('x_needed', 'text', { record_type: 'goal', required: true }));
    const refused = await ada.post('/goals', { name: 'Goal' });
    expect([refused.status, refused.body.errors[0]!.field]).toEqual([422, 'x_needed']);
    const goal = ok(await ada.post('/goals', { name: 'Goal', x_needed: 'yes' }));
    expect((await ada.patch(`/goals/${goal.number}`, { x_needed: null })).status).toBe(422);
    ok(await ada.post(`/custom-fields/${made.number}/retire`));
    expect(ok(await ada.post('/goals', { name: 'Free again' }))).not.toHaveProperty('x_needed');
    expect((await ada.get('/goals?x_needed=yes')).status).toBe(400);
  });

  test('its words are found by search', async () => {
    ok(await sam.post('/incidents', { title: 'Plain', x_once: 'extraordinary' }));
    expect(ok(await sam.get('/search?q=extraordinary')).items.map(({ title }) => title)).toEqual(['Plain']);
    expect(ok(await sam.get('/incidents?q=extraordinary')).items).toHaveLength(1);
  });
});
