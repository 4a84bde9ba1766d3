import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, callerWith, type Door, door } from '../../../test/door';
import { makeLink, setPassword } from '../../commons/identity';
import type { Verb } from '../../kernel/command';
import { one, rows, sql } from '../../kernel/database';
import { forgetOldKeys } from './idempotency';

let opened: Door;
let nobody: Caller;
const personId = async (who: string) =>
  (await one<{ id: string }>(opened.story.db, sql`select id from person where email = ${`${who}@x.test`}`))!.id;

beforeAll(async () => {
  opened = await door();
  nobody = callerWith(opened.server, {});
});
afterAll(() => opened.end());

describe('signing in', () => {
  test('attempts sent at once are counted like those sent one by one', async () => {
    await setPassword(opened.story.db, await personId('fred'), 'a long password', opened.story.now());
    const guess = () => nobody.post('/sign-in', { email: 'fred@x.test', password: 'wrong' });
    const answers = await Promise.all(Array.from({ length: 16 }, guess));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test('a link to choose a password leads to us, whatever host the request named, and a new password voids the others', async () => {
    const id = await personId('cho');
    const asked = await nobody.post('/password-reset', { email: 'cho@x.test' }, { host: 'evil.example' });
    expect(asked.status).toBe(202);
    const mail = await one<{ text: string }>(opened.story.db, sql`select text from mail where person_id = ${id}`);
    expect(mail!.text).toContain('http://localhost:3000/reset?token=');
    expect(mail!.text).not.toContain('evil');
    const ends = new Date(opened.story.now().getTime() + 60_000);
    const older = await makeLink(opened.story.db, 'password', id, ends);
    const token = /token=([\w-]+)/.exec(mail!.text)![1];
    const choose = (link: string) => nobody.post('/password-reset', { token: link, password: 'quite another one' });
    expect((await choose(token!)).status).toBe(204);
    expect((await choose(older)).status).toBe(422);
  });

  test('a set-up link makes no second administrator', async () => {
    const ends = new Date(opened.story.now().getTime() + 60_000);
    const token = await makeLink(opened.story.db, 'set-up', null, ends);
    const answer = await nobody.post('/set-up', {
      token,
      organization: 'Another',
      name: 'Eve',
      email: 'eve@x.test',
      password: 'a long password',
    });
    expect(answer.status).toBe(422);
    expect(await rows(opened.story.db, sql`select 1 from person where email = 'eve@x.test'`)).toEqual([]);
  });
});

describe('an Idempotency-Key', () => {
  test('keeps no answer that only the moment gave: after a deadlock the work is done again', async () => {
    const verbs = opened.story.house.verbs as Map<string, Verb>;
    const log = verbs.get('incident.log')!;
    let tries = 0;
    verbs.set('incident.log', {
      ...log,
      facts: async (context, items) => {
        if (++tries === 1) await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(context.db);
        return log.facts!(context, items);
      },
    });
    const sam = await opened.as('sam');
    const answer = await sam.post('/incidents', { title: 'In a crowd' }, { 'idempotency-key': 'crowd' });
    verbs.set('incident.log', log);
    expect([answer.status, tries]).toEqual([201, 2]);
  });

  test('is forgotten after a day', async () => {
    const sam = await opened.as('sam');
    await sam.post('/incidents', { title: 'Once' }, { 'idempotency-key': 'old' });
    const kept = () => rows(opened.story.db, sql`select 1 from idempotency_key where key = 'old'`);
    await forgetOldKeys(opened.story.db, opened.story.now());
    expect(await kept()).toHaveLength(1);
    await forgetOldKeys(opened.story.db, new Date(opened.story.now().getTime() + 86_400_001));
    expect(await kept()).toHaveLength(0);
  });
});

test('the secret of a webhook is told to its makers, never in history', async () => {
  const ada = await opened.as('ada');
  const { number, secret } = (
    await ada.post('/webhooks', { name: 'Pager', address: 'https://pager.example/', owner_id: 'me' })
  ).body;
  expect(secret).toMatch(/^whsec_/);
  await ada.patch(`/webhooks/${number}`, { secret: `whsec_${'A'.repeat(40)}` });
  const told = await ada.get(`/webhooks/${number}/history`);
  expect(told.text).not.toContain('whsec_');
  expect(told.body.items[0]!.changes).toEqual([{ field: 'secret', before: null, after: null }]);
});

test('a comment with the lowest id there is is absent, like any other', async () => {
  const sam = await opened.as('sam');
  const { number } = (await sam.post('/incidents', { title: 'Silent' })).body;
  expect((await sam.get(`/incidents/${number}/comments/00000000-0000-0000-0000-000000000000`)).status).toBe(404);
});
