import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, door } from '../../../test/door';
import { noticeToken } from '../../commons/notification';
import { one, sql } from '../../kernel/database';

let opened: Door;
beforeAll(async () => {
  opened = await door();
});
afterAll(() => opened.end());

interface Topic {
  topic: string;
  way: string;
  source: string;
}
const wayOf = (body: unknown, name: string) => (body as { topics: Topic[] }).topics.find(({ topic }) => topic === name);

describe('what somebody is told', () => {
  it('is theirs alone to choose, and comes back to the rule of their role', async () => {
    const [sam, cho, ada] = [await opened.as('sam'), await opened.as('cho'), await opened.as('ada')];
    expect(wayOf((await sam.get('/me/notices')).body, 'watch')).toMatchObject({ way: 'digest', source: 'delivered' });
    const rule = await ada.post('/notice-rules', { name: 'Agents', role: 'agent', topic: 'watch', way: 'in_app' });
    expect(rule.status).toBe(201);
    expect((await sam.get('/notice-rules')).body.items).toEqual([]);
    expect(
      (await sam.post('/notice-rules', { name: 'Mine', role: 'agent', topic: 'watch', way: 'never' })).status,
    ).toBe(403);
    expect(wayOf((await sam.get('/me/notices')).body, 'watch')).toMatchObject({ way: 'in_app', source: 'role' });
    const mine = await sam.patch('/me/notices', { ways: { watch: 'at_once' } });
    expect(wayOf(mine.body, 'watch')).toMatchObject({ way: 'at_once', source: 'own' });
    expect(wayOf((await cho.get('/me/notices')).body, 'watch')).toMatchObject({ way: 'in_app', source: 'role' });
    const back = await sam.patch('/me/notices', { ways: { watch: null } });
    expect(wayOf(back.body, 'watch')).toMatchObject({ way: 'in_app', source: 'role' });
  });

  it('is refused with a sentence and the field where it cannot be', async () => {
    const sam = await opened.as('sam');
    for (const [body, field] of [
      [{ ways: { watch: 'loud' } }, 'ways.watch'],
      [{ passes: { watch: true } }, 'passes'],
      [{ quiet: [{ days: [], from: '20:00', until: '08:00' }] }, 'quiet.0.days'],
      [{ quiet: [{ days: ['mon'], from: '8', until: '08:00' }] }, 'quiet.0.from'],
      [{ digest: { every: 'week' } }, 'digest'],
      [{ noise: 1 }, 'noise'],
    ] as const) {
      const answer = await sam.patch('/me/notices', body);
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0]!.field).toMatch(new RegExp(`^${field.replaceAll('.', '\\.')}`));
    }
    expect((await (await opened.as('sam', { scope: 'read' })).patch('/me/notices', {})).status).toBe(403);
  });

  it('can be tried out before it is kept', async () => {
    const sam = await opened.as('sam');
    const choices = {
      quiet: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '18:00', until: '08:00' },
        { days: ['sat', 'sun'], from: '00:00', until: '00:00' },
      ],
    };
    const tried = await sam.post('/me/notices/preview', { topic: 'answer', at: '2026-11-21T23:10', choices });
    expect(tried.body).toMatchObject({ gathered: true, because: 'quiet', local: '2026-11-23T08:00' });
    expect((await sam.get('/me/notices')).body.quiet).toEqual([]);
    expect((await sam.post('/me/notices/preview', { topic: 'answer', at: '2026-02-30T10:00' })).status).toBe(422);
  });
});

describe('the link in a mail’s foot', () => {
  it('changes that kind only when it is confirmed, and only for its person', async () => {
    const { story, server } = opened;
    const found = await one<{ id: string }>(story.db, sql`select id from person where email like 'rita@%'`);
    const token = await noticeToken(story.db, found!.id, 'answer', story.now());
    const rita = await opened.as('rita');
    const url = `/api/v1/notice-link?token=${token}`;
    for (let at = 0; at < 3; at++)
      expect((await server.inject({ method: 'GET', url })).json()).toMatchObject({ topic: 'answer', way: 'at_once' });
    expect(wayOf((await rita.get('/me/notices')).body, 'answer')!.way).toBe('at_once');
    const changed = await server.inject({
      method: 'POST',
      url: '/api/v1/notice-link',
      payload: { token, way: 'digest' },
    });
    expect(changed.json()).toMatchObject({ topic: 'answer', way: 'digest' });
    expect(wayOf((await rita.get('/me/notices')).body, 'answer')).toMatchObject({ way: 'digest', source: 'own' });
    expect(wayOf((await (await opened.as('sam')).get('/me/notices')).body, 'answer')!.way).toBe('at_once');
    for (const wrong of [`${token}x`, token.replace('answer', 'major'), 'nothing'])
      expect(
        (await server.inject({ method: 'POST', url: '/api/v1/notice-link', payload: { token: wrong, way: 'never' } }))
          .statusCode,
      ).toBe(422);
  });
});
