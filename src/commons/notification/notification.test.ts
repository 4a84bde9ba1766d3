import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Story, story } from '../../../test/story';
import { rows, sql } from '../../kernel/database';
import { mailSender, outbox, post } from './outbox';
import { notificationsOf } from './tell';

let told: Story;
beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  await told.act('department.create', null, { key: 'hr', name: 'HR', confidential: true });
  const person = (email: string, name: string, roles: string[], departments: string[], more = {}) =>
    told.act('person.create', null, { email, name, roles, departments, ...more });
  await person('rita@x.example', 'Rita Moreira', ['requester'], []);
  await person('deputy@x.example', 'Dora Deputy', ['agent'], ['it']);
  await person('sam@x.example', 'Sam Okafor', ['agent'], ['it'], {
    absent_from: '2026-03-01',
    absent_until: '2026-03-05',
    delegate_id: 'deputy@x.example',
  });
  await person('hana@x.example', 'Hana Novak', ['agent'], ['hr']);
});
afterAll(() => told.end());

/** A real mail server on this machine: whom it takes letters for, and what is done with each before it is accepted. */
async function mailServer(
  take: (text: string) => void | Promise<void>,
  onRcptTo?: SMTPServerOptions['onRcptTo'],
): Promise<{ address: string; close: () => Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...(onRcptTo ? { onRcptTo } : {}),
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (piece) => {
        text += piece;
      });
      stream.on('end', () => void Promise.resolve(take(text)).then(() => done(), done));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    address: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

const reasonsOf = async (email: string) =>
  (await notificationsOf(await told.context(email), 50)).items.map(
    (item) => (item as unknown as { reason: string }).reason,
  );

describe('people are told', () => {
  it('of an answer, with the reason; whoever stands in for somebody is told too, but not of their own acts', async () => {
    const incident = await told.act(
      'incident.log',
      null,
      { title: 'Till is dark', assignee_id: 'sam@x.example' },
      'deputy@x.example',
    );
    await told.act('incident.edit', String(incident.id), { requester_id: 'rita@x.example' });
    await told.act('incident.comment', String(incident.id), { text: 'Which till?' }, 'deputy@x.example');
    await told.catchUp();
    expect(new Set(await reasonsOf('rita@x.example'))).toEqual(new Set(['requester']));
    expect(await reasonsOf('deputy@x.example')).toEqual([]);
    await told.act('incident.comment', String(incident.id), { text: 'The one at the door.' }, 'rita@x.example');
    await told.catchUp();
    expect(await reasonsOf('deputy@x.example')).toEqual(['delegate']);
    expect(await reasonsOf('sam@x.example')).toContain('assigned');
    const letters = (await outbox(await told.context(), 50)).items as unknown as { address: string; text: string }[];
    const toRita = letters.find((letter) => letter.address === 'rita@x.example');
    expect(toRita?.text).toContain('Which till?');
    expect(toRita?.text).toContain('because you asked for it');
  });

  it('never of what they may not see, even when they are mentioned', async () => {
    const incident = await told.act(
      'incident.log',
      null,
      { title: 'Contract of Paulo', department: 'hr' },
      'hana@x.example',
    );
    await told.act('incident.note', String(incident.id), { text: 'Ask @Sam Okafor and @Hana Novak' });
    await told.catchUp();
    const names = await rows<{ n: number }>(
      told.db,
      sql`select count(*)::int as n from notification n join person p on p.id = n.person_id
          where n.record_id = ${incident.id} and p.email <> 'hana@x.example'`,
    );
    expect(names[0]!.n).toBe(0);
    expect(await reasonsOf('hana@x.example')).toContain('mentioned');
  });

  it('by a real mail server, and a mail that is refused waits and says why', async () => {
    const arrived: string[] = [];
    const server = await mailServer(
      (text) => void arrived.push(text),
      (address, _session, done) =>
        address.address === 'rita@x.example' ? done() : done(new Error('No such mailbox here')),
    );
    const send = mailSender(told.db, server.address, 'desk@x.example');
    // An answer can be taken back for ten seconds; so long its mail waits.
    await told.later(1);
    while ((await send(told.now())) > 0);
    await server.close();
    expect(arrived.some((text) => text.includes('Which till?') && text.includes('Auto-Submitted'))).toBe(true);
    const waiting = await rows<{ address: string; problem: string; state: string }>(
      told.db,
      sql`select address, problem, state from mail where state not in ('sent', 'gathered')`,
    );
    expect(waiting.length).toBeGreaterThan(0);
    // Who is absent gets theirs together, when they are back.
    const gathered = await rows<{ address: string; due_at: Date }>(
      told.db,
      sql`select distinct address, due_at from mail where state = 'gathered'`,
    );
    expect(gathered).toEqual([{ address: 'sam@x.example', due_at: new Date('2026-03-06T00:00:00Z') }]);
    expect(waiting.every((mail) => mail.state === 'waiting' && mail.problem.includes('No such mailbox'))).toBe(true);
  });

  it('while no transaction waits for the mail server, and a link that lets somebody in is not kept once sent', async () => {
    await sql`delete from mail`.execute(told.db);
    const values = { address: 'https://x.example/reset?token=1', hours: 2 };
    await post(
      told.db,
      [{ person_id: null, to: 'rita@x.example', kind: 'password', reason: 'account', language: 'en', values }],
      told.now(),
    );
    let open: number | undefined;
    const server = await mailServer(async () => {
      const found = await rows<{ n: number }>(
        told.db,
        sql`select count(*)::int as n from pg_stat_activity
            where datname = current_database() and state like 'idle in transaction%'`,
      );
      open = found[0]!.n;
    });
    const send = mailSender(told.db, server.address, 'desk@x.example');
    expect(await send(told.now())).toBe(1);
    await server.close();
    expect(open).toBe(0);
    expect(await rows(told.db, sql`select state, text from mail`)).toEqual([{ state: 'sent', text: '' }]);
  });

  it('with a link in its foot that nobody finds in the outbox, and one name however often it is sent', async () => {
    await sql`delete from mail`.execute(told.db);
    const [rita] = await rows<{ id: string }>(told.db, sql`select id from person where email = 'rita@x.example'`);
    const values = { number: 'INC-1', title: 'Till', actor: 'Sam', text: 'Hello', address: 'https://x.example' };
    const letter = { person_id: rita!.id, to: 'rita@x.example', kind: 'commented', reason: 'requester' } as const;
    await post(told.db, [{ ...letter, language: 'en', topic: 'answer', way: 'at_once', values }], told.now());
    const arrived: string[] = [];
    const server = await mailServer((text) => void arrived.push(text));
    const foot = async () => 'https://x.example/notices?token=t';
    const send = mailSender(told.db, server.address, 'Desk <desk@x.example>', foot);
    await send(told.now());
    // It died before it could note that it was sent.
    await sql`update mail set state = 'waiting', due_at = ${told.now()}`.execute(told.db);
    await send(told.now());
    await server.close();
    expect(arrived.every((text) => text.includes('https://x.example/notices?token'))).toBe(true);
    const names = arrived.map((text) => /^message-id: *(.+)$/im.exec(text)?.[1]?.trim());
    expect(names[0]).toMatch(/@x\.example>$/);
    expect(names[0]).toBe(names[1]);
    expect(JSON.stringify(await outbox(await told.context(), 10))).not.toContain('token');
  });
});
