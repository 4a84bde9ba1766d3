import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;
let numbers: string[];
let hidden: string;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
  numbers = [];
  for (const title of ['printer one', 'printer two', 'screen'])
    numbers.push(String((await sam.post('/incidents', { title })).body.number));
  hidden = String(
    (await (await opened.as('hana')).post('/incidents', { title: 'printer of hr', department: 'hr' })).body.number,
  );
});
afterAll(() => opened.end());

const bulk = (input: object, plural = 'incidents') => sam.post(`/${plural}/bulk`, input);
const statuses = (answer: Answer) => {
  expect(answer.status, answer.text).toBe(200);
  return answer.body.items.map(({ number, status }) => [number, status]);
};

describe('one verb on many', () => {
  test('answers each with its version or its problem; one refused item stops no other', async () => {
    await sam.post(`/incidents/${numbers[1]}/start`);
    const answer = await bulk({ verb: 'start', ids: [numbers[0], numbers[1], 'INC-9999', hidden, numbers[0]] });
    expect(statuses(answer)).toEqual([
      [numbers[0], 200],
      [numbers[1], 409],
      ['INC-9999', 404],
      [hidden, 404],
      [numbers[0], 409],
    ]);
    expect(answer.body.bulk_id).toEqual(expect.any(String));
    expect(answer.body.items[0]).toEqual({ number: numbers[0], status: 200, version: 2 });
    expect(answer.body.items[1]!.problem).toMatchObject({ status: 409, detail: expect.stringMatching(/\.$/) });
    expect((await sam.get(`/incidents/${numbers[0]}`)).body.state).toBe('in_progress');
  });
  test('a dry run answers the same and writes nothing', async () => {
    const { id } = (await sam.get(`/incidents/${numbers[2]}`)).body;
    const answer = await bulk({ verb: 'edit', input: { category: 'x' }, ids: [id], dry_run: true });
    expect(answer.body).toMatchObject({ bulk_id: null, items: [{ number: numbers[2], status: 200, version: 2 }] });
    expect((await sam.get(`/incidents/${numbers[2]}`)).body).toMatchObject({ category: null, version: 1 });
    expect((await sam.get(`/incidents/${numbers[2]}/history`)).body.items).toHaveLength(1);
  });
  test('a filter is the query string of the list, full text and walls included', async () => {
    const found = await bulk({ verb: 'edit', input: { category: 'paper' }, filter: 'q=printer&state=in_progress' });
    expect(
      statuses(found)
        .map(([number]) => number)
        .sort(),
    ).toEqual([numbers[0], numbers[1]].sort());
    expect((await sam.get('/incidents?category=paper')).body.items).toHaveLength(2);
    expect(statuses(await bulk({ verb: 'edit', input: { category: 'x' }, filter: 'title.contains=hr' }))).toEqual([]);
    expect(statuses(await bulk({ verb: 'edit', input: { category: 'x' }, filter: `number=${hidden}` }))).toEqual([]);
    expect((await bulk({ verb: 'edit', filter: 'colour=red' })).status).toBe(400);
  });
  test('both or none of ids and filter, unknown verbs and words, and more than a thousand are 422', async () => {
    for (const input of [
      { verb: 'start', ids: [numbers[0]], filter: 'state=new' },
      { verb: 'start' },
      { ids: [numbers[0]] },
      { verb: 'fly', ids: [numbers[0]] },
      { verb: 'log', ids: [numbers[0]] },
      { verb: 'breach', ids: [numbers[0]] },
      { verb: 'start', ids: [] },
      { verb: 'start', ids: 'all' },
      { verb: 'start', ids: [numbers[0]], colour: 'red' },
      { verb: 'start', ids: Array.from({ length: 1001 }, (_, at) => `INC-${at}`) },
    ])
      expect((await bulk(input)).status, JSON.stringify(input).slice(0, 60)).toBe(422);
    expect(statuses(await bulk({ verb: 'start', filter: 'title=Nothing of that name' }))).toEqual([]);
    await opened.story.pool.query(`
      with one as (select r.*, i.channel from record r join incident i on i.id = r.id where r.number = '${numbers[0]}'),
      many as (insert into record (id, type, number, serial, title, state, state_category, state_since, department, priority, opened_at, version, created_at, updated_at)
        select gen_random_uuid(), 'incident', 'INC-' || n, n, 'Many', 'new', 'open', state_since, department, 4, opened_at, 1, created_at, updated_at
        from one cross join generate_series(20001, 21001) n returning id)
      insert into incident (id, impact, urgency, channel) select id, 3, 2, 'api' from many`);
    const many = await bulk({ verb: 'start', filter: 'priority=4' });
    expect([many.status, many.body.errors[0]!.field]).toEqual([422, 'filter']);
    expect((await sam.get('/incidents?priority=4&state=in_progress')).body.items).toEqual([]);
  });
  test('a broken unique rule refuses its item alone', async () => {
    const ada = await opened.as('ada');
    const [one, two] = (await ada.get('/people?roles=agent&limit=2')).body.items;
    const answer = await ada.post('/people/bulk', {
      verb: 'edit',
      input: { email: 'same@x.test' },
      ids: [one!.id, two!.id],
    });
    expect(statuses(answer)).toEqual([
      [one!.number, 200],
      [two!.number, 422],
    ]);
  });
  test("does for each what the caller may, no more: an agent's verb on others' records is 403", async () => {
    const fred = await opened.as('fred');
    const { number } = (await sam.post('/incidents', { title: 'x', requester_id: 'fred@x.test' })).body;
    expect(statuses(await fred.post('/incidents/bulk', { verb: 'start', ids: [number, numbers[0]] }))).toEqual([
      [number, 403],
      [numbers[0], 404],
    ]);
  });
});
