import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Story, story } from '../../../test/story';
import { rows, sql, transact } from '../../kernel/database';
import { keepChoices } from './choices';
import { digestWriter } from './digest';
import { noticeOf, noticeToken } from './notice-link';
import { forgetMailsAbout, outbox } from './outbox';

let told: Story;
const ids: Record<string, string> = {};
beforeAll(async () => {
  // A Monday, ten in the evening in Berlin.
  told = await story('2026-03-02T21:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('department.create', null, { key: 'hr', name: 'HR', confidential: true });
  const person = async (name: string, roles: string[], departments: string[]) => {
    const made = await told.act('person.create', null, {
      email: `${name}@x.example`,
      name: `${name} Test`,
      roles,
      departments,
      time_zone: 'Europe/Berlin',
    });
    ids[name] = String(made.id);
  };
  await person('rita', ['requester'], []);
  await person('sam', ['agent'], ['it']);
  await person('cho', ['agent'], ['it']);
  await person('hana', ['agent'], ['hr', 'it']);
  await person('ada', ['administrator'], ['it']);
  for (const name of ['rita', 'sam', 'hana'])
    await choose(name, {
      quiet: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '20:00', until: '08:00' }],
    });
});
afterAll(() => told.end());

const choose = (name: string, change: Parameters<typeof keepChoices>[2]) =>
  transact(told.db, (db) => keepChoices(db, ids[name]!, change, told.now()));
const log = async (title: string, more: Record<string, unknown> = {}, who = 'cho@x.example') =>
  told.act('incident.log', null, { title, ...more }, who);
interface Kept {
  id: string;
  state: string;
  kind: string;
  subject: string;
  text: string;
  due_at: Date;
  digest_id: string | null;
}
const mailsTo = (name: string) =>
  rows<Kept>(
    told.db,
    sql`select id, state, kind, subject, text, due_at, digest_id from mail where person_id = ${ids[name]}::uuid order by id`,
  );
const digestsTo = async (name: string) => (await mailsTo(name)).filter(({ kind }) => kind === 'digest');
const empty = () => sql`delete from mail`.execute(told.db);

describe('in quiet hours', () => {
  it('mails are kept and come at their end as one, grouped by record, the newest first', async () => {
    const one = await log('Till is dark', { requester_id: ids.rita, assignee_id: ids.sam });
    const two = await log('Oven hums', { requester_id: ids.rita });
    await told.act('incident.comment', String(one.id), { text: 'Which till?' }, 'cho@x.example');
    await told.later(1);
    await told.act('incident.comment', String(one.id), { text: 'The one at the door?' }, 'cho@x.example');
    await told.later(1);
    await told.act('incident.comment', String(two.id), { text: 'We listen to it.' }, 'cho@x.example');
    await told.later(5);
    const kept = await mailsTo('rita');
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(new Set(kept.map(({ state }) => state))).toEqual(new Set(['gathered']));
    expect(new Set(kept.map(({ due_at }) => due_at.toISOString()))).toEqual(new Set(['2026-03-03T07:00:00.000Z']));
    await told.until('2026-03-03T06:59:00Z');
    expect(await digestsTo('rita')).toEqual([]);
    await told.until('2026-03-03T07:00:30Z');
    const [digest, ...others] = await digestsTo('rita');
    expect(others).toEqual([]);
    expect(digest!.subject).toBe('In short: news of 2 records');
    const text = digest!.text;
    expect(text.indexOf(String(two.number))).toBeLessThan(text.indexOf(String(one.number)));
    expect(text.indexOf('The one at the door?')).toBeLessThan(text.indexOf('Which till?'));
    expect((await mailsTo('rita')).filter(({ state }) => state === 'gathered')).toEqual([]);
    await told.later(600);
    expect((await digestsTo('rita')).length).toBe(1);
  });

  it('what is no longer true by then is left out, and with nothing left no mail is written', async () => {
    await empty();
    await told.until('2026-03-03T21:00:00Z');
    const mine = await log('Given and taken', { assignee_id: ids.sam });
    const solved = await log('Solved and open again', { requester_id: ids.rita, assignee_id: ids.cho });
    await told.act(
      'incident.resolve',
      String(solved.id),
      { resolution_code: 'fixed', resolution_note: 'Done' },
      'cho@x.example',
    );
    await told.later(1);
    await told.act('incident.reopen', String(solved.id), { reason: 'Still dark' }, 'rita@x.example');
    await told.later(1);
    await told.act('incident.assign', String(mine.id), { assignee_id: ids.cho }, 'cho@x.example');
    await told.later(1);
    expect((await mailsTo('sam')).map(({ kind, state }) => [kind, state])).toContainEqual(['assigned', 'gathered']);
    expect((await mailsTo('rita')).map(({ kind }) => kind)).toContain('resolved');
    await told.until('2026-03-04T07:01:00Z');
    expect(await digestsTo('sam')).toEqual([]);
    expect((await mailsTo('sam')).map(({ state }) => state)).toEqual(['dropped']);
    for (const digest of await digestsTo('rita')) expect(digest.text).not.toContain('solved it');
  });

  it('what somebody may no longer see when it is sent is not in it', async () => {
    await empty();
    await told.until('2026-03-04T21:00:00Z');
    const secret = await log('Contract of Paulo', { department: 'hr' }, 'hana@x.example');
    await told.act('incident.note', String(secret.id), { text: 'Salary agreed, @hana Test' });
    const open = await log('Printer jams', { assignee_id: ids.hana });
    await told.later(5);
    expect((await mailsTo('hana')).length).toBeGreaterThanOrEqual(2);
    await told.act('person.edit', ids.hana!, { departments: ['it'] });
    await told.until('2026-03-05T07:01:00Z');
    const [digest] = await digestsTo('hana');
    expect(digest!.text).toContain(String(open.number));
    expect(digest!.text).not.toMatch(/Salary|Paulo/);
    await told.act('person.edit', ids.hana!, { departments: ['hr', 'it'] });
  });

  it('a digest of what stands behind a wall is not in the outbox of those outside, and goes with its record', async () => {
    await empty();
    await told.until('2026-03-05T21:00:00Z');
    const secret = await log('Warning for Paulo', { department: 'hr', assignee_id: ids.hana }, 'hana@x.example');
    await told.act('incident.comment', String(secret.id), { text: 'Second warning' });
    await told.later(5);
    await told.until('2026-03-06T07:01:00Z');
    expect((await digestsTo('hana')).length).toBe(1);
    const seen = await outbox(await told.context('ada@x.example'), 50);
    expect(JSON.stringify(seen)).not.toMatch(/Paulo|Second warning/);
    await forgetMailsAbout(told.db, [String(secret.id)]);
    expect(await mailsTo('hana')).toEqual([]);
  });

  it('critical ones come at once where somebody lets them pass', async () => {
    await empty();
    await told.act('notice_rule.create', null, {
      name: 'Agents hear of approvals',
      role: 'agent',
      topic: 'approval',
      way: 'at_once',
      passes: true,
    });
    await expect(
      told.act('notice_rule.create', null, { name: 'No', role: 'agent', topic: 'answer', way: 'digest', passes: true }),
    ).rejects.toThrow(/can pass quiet hours/);
    const settled = await choose('sam', { passes: { major: true } });
    expect(settled.passes).toEqual({ major: true, approval: true, promise: false });
    expect(settled.sources.approval).toBe('role');
  });
});

describe('a digest', () => {
  it('is written once by two servers at the same moment, and not at all by one that dies meanwhile', async () => {
    await empty();
    await choose('rita', { ways: { answer: 'digest' }, quiet: [] });
    const one = await log('Two writers', { requester_id: ids.rita });
    for (const text of ['one', 'two', 'three'])
      await told.act('incident.comment', String(one.id), { text }, 'cho@x.example');
    await told.later(2);
    expect((await mailsTo('rita')).filter(({ state }) => state === 'gathered').length).toBe(3);
    const later = new Date(told.now().getTime() + 2 * 86_400_000);
    const writer = digestWriter(told.db, told.house, () => 'http://x.example');
    // Dies before its transaction is kept.
    await expect(
      told.db.transaction().execute(async (trx) => {
        await digestWriter(trx, told.house, () => 'http://x.example')(later);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect((await mailsTo('rita')).filter(({ state }) => state === 'gathered').length).toBe(3);
    await Promise.all(Array.from({ length: 4 }, () => writer(later)));
    const digests = await digestsTo('rita');
    expect(digests.length).toBe(1);
    const parts = (await mailsTo('rita')).filter(({ kind }) => kind === 'commented');
    expect(parts.map(({ state, digest_id }) => [state, digest_id])).toEqual(
      parts.map(() => ['digested', digests[0]!.id]),
    );
  });

  it('waits for who is away, and is planned anew when they are back or choose otherwise', async () => {
    await empty();
    await choose('rita', { ways: { answer: 'at_once' } });
    await told.act('person.edit', ids.rita!, { absent_from: '2026-03-01', absent_until: '2026-04-30' });
    const one = await log('While away', { requester_id: ids.rita });
    await told.act('incident.comment', String(one.id), { text: 'Hello?' }, 'cho@x.example');
    await told.later(5);
    expect((await mailsTo('rita')).map(({ state, due_at }) => [state, due_at.toISOString()])).toContainEqual([
      'gathered',
      '2026-04-30T22:00:00.000Z',
    ]);
    await told.act('person.edit', ids.rita!, { absent_from: null, absent_until: null });
    await told.later(1);
    expect((await digestsTo('rita')).length).toBe(1);
  });

  it('keeps nothing of a kind nobody wants any more', async () => {
    await empty();
    await choose('rita', { ways: { answer: 'digest' } });
    const one = await log('Too much', { requester_id: ids.rita });
    await told.act('incident.comment', String(one.id), { text: 'News' }, 'cho@x.example');
    await told.later(5);
    await choose('rita', { ways: { answer: 'never' } });
    expect((await mailsTo('rita')).filter(({ kind }) => kind === 'commented').map(({ state }) => state)).toEqual([
      'dropped',
    ]);
    await told.act('incident.comment', String(one.id), { text: 'More news' }, 'cho@x.example');
    await told.later(5);
    expect((await mailsTo('rita')).filter(({ kind }) => kind === 'commented').length).toBe(1);
    const [notices] = await rows<{ n: number }>(
      told.db,
      sql`select count(*)::int as n from notification where person_id = ${ids.rita}::uuid and record_id = ${one.id} and kind = 'commented'`,
    );
    expect(notices!.n).toBe(1);
  });
});

describe('the link in a mail’s foot', () => {
  it('names its person and kind, and serves nobody who changes a letter of it, nor for ever', async () => {
    const token = await noticeToken(told.db, ids.rita!, 'answer', told.now());
    expect(await noticeOf(told.db, token, told.now())).toEqual({ person: ids.rita, topic: 'answer' });
    expect(await noticeOf(told.db, token.replace('answer', 'watch'), told.now())).toBeNull();
    expect(await noticeOf(told.db, token.replace(ids.rita!, ids.sam!), told.now())).toBeNull();
    const late = new Date(told.now().getTime() + 182 * 86_400_000);
    expect(await noticeOf(told.db, token, late)).toBeNull();
  });
});
