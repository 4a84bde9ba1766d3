import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type Door, door } from '../../test/door';
import { one, rows, sql } from './database';

let opened: Door;
let ada: Caller;
let sam: Caller;
beforeAll(async () => {
  opened = await door();
  [ada, sam] = [await opened.as('ada'), await opened.as('sam')];
});
afterAll(() => opened.end());

describe('null empties', () => {
  test('a list too: of texts and of references', async () => {
    const { number } = (await sam.post('/incidents', { title: 'Tagged', tags: ['till'] })).body;
    const emptied = await sam.patch(`/incidents/${number}`, { tags: null });
    expect([emptied.status, emptied.body.tags]).toEqual([200, []]);
    const fred = (await ada.get('/people?email=fred@x.test')).body.items[0]!.number;
    await ada.patch(`/people/${fred}`, { skills: ['pizza'] });
    const bare = await ada.patch(`/people/${fred}`, { skills: null, departments: null, team_ids: null });
    expect([bare.status, bare.body.skills, bare.body.departments]).toEqual([200, [], []]);
  });

  test('by a retention rule, with lists, fields that are gone, and the mails that repeat the conversation', async () => {
    const refused = await ada.post('/retention-rules', {
      name: 'Too much',
      record_type: 'incident',
      after_days: 1,
      fields: ['reopen_count'],
    });
    expect(refused.status).toBe(422);
    const rule = await ada.post('/retention-rules', {
      name: 'Short memory',
      record_type: 'incident',
      after_days: 1,
      fields: ['tags', 'description', 'x_never_made'],
      conversation: true,
    });
    const { number, id } = (
      await sam.post('/incidents', {
        title: 'Old',
        tags: ['secret'],
        description: 'secret',
        requester_id: 'rita@x.test',
      })
    ).body;
    await sam.post(`/incidents/${number}/comment`, { text: 'a secret word' });
    await sam.post(`/incidents/${number}/tasks`, { title: 'Burn the secret letter' });
    await sam.post(`/incidents/${number}/time-entries`, { minutes: 12, what: 'Read the secret letter' });
    await sam.post(`/incidents/${number}/doubt`, { subject: 'team', text: 'a whispered word' });
    await sam.post(`/incidents/${number}/cancel`, { reason: 'no' });
    await opened.settle();
    const mails = () => rows(opened.story.db, sql`select 1 from mail where record_id = ${id} and text like '%secret%'`);
    expect(await mails()).toHaveLength(1);
    await opened.story.later(3 * 1440);
    const ran = await ada.post(`/retention-rules/${rule.body.number}/run`);
    expect([ran.status, ran.body.records]).toEqual([200, 1]);
    expect(await mails()).toHaveLength(0);
    const left = await one<{ text: string }>(
      opened.story.db,
      sql`select to_jsonb(r)::text || to_jsonb(o)::text || to_jsonb(d)::text || (select jsonb_agg(h)::text from history h where h.record_id = r.id) as text
          from record r join incident o using (id) join search_document d on d.record_id = r.id where r.id = ${id}`,
    );
    expect(left!.text).not.toMatch(/secret|whispered/);
    const { items } = (await sam.get(`/incidents/${number}/time-entries`)).body;
    expect(items).toMatchObject([{ minutes: 12, what: null }]);
    expect((await sam.get(`/incidents/${number}/tasks`)).body.items).toEqual([]);
    const spellings = await rows(opened.story.db, sql`select word from search_word where word in ('secret', 'word')`);
    expect(spellings).toEqual([]);
  });
});

test('figures answer no endless row of days', async () => {
  expect((await sam.get('/measures/backlog?by=day&to=9999-12-31')).status).toBe(400);
  expect((await sam.get('/measures/backlog?by=day&from=2016-02-30')).status).toBe(400);
  const days = await sam.get('/measures/backlog?by=day&from=2026-02-27&to=2026-03-03');
  expect(days.body.items.map(({ key }) => key)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
});
