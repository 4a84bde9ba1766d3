import { createTransport } from 'nodemailer';
import type { Context } from '../../kernel/command';
import { type Db, rows, sql, transact } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { sightOf } from '../../kernel/references';
import { type MailKind, type Reason, wordsOf } from './words';

export interface Letter {
  readonly person_id: string | null;
  readonly record_id?: string | null;
  readonly to: string;
  readonly kind: MailKind;
  readonly reason: Reason;
  readonly language: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** After this many attempts a mail has failed and waits for a person to look at it. */
const mostAttempts = 6;

/** Puts mails into the outbox, in the transaction of what they tell about. */
export async function post(db: Db, letters: readonly Letter[], now: Date): Promise<void> {
  if (letters.length === 0) return;
  const mails = letters.map((letter) => ({
    id: newId(now),
    person_id: letter.person_id,
    record_id: letter.record_id ?? null,
    address: letter.to,
    ...wordsOf(letter.kind, letter.reason, letter.language, letter.values),
    reason: letter.reason,
    secret: letter.kind === 'password',
    at: now,
    due_at: now,
  }));
  await sql`insert into mail (id, person_id, record_id, address, subject, text, reason, secret, at, due_at)
    select id, person_id, record_id, address, subject, text, reason, secret, at, due_at
    from jsonb_populate_recordset(null::public.mail, ${JSON.stringify(mails)}::jsonb)`.execute(db);
}

interface MailRow {
  id: string;
  address: string;
  subject: string;
  text: string;
  attempts: number;
}

/**
 * Sends waiting mails over SMTP; a fault puts one off, longer each time. Without an address of a server nothing is sent:
 * mails stay in the outbox and are shown there. Answers a chore for the worker.
 */
export function mailSender(db: Db, smtpUrl: string | undefined, from: string) {
  if (!smtpUrl) return async () => 0;
  const transport = createTransport(smtpUrl);
  return (now: Date) =>
    transact(db, async (trx) => {
      const [mail] = await rows<MailRow>(
        trx,
        sql`select id, address, subject, text, attempts from mail where state = 'waiting' and due_at <= ${now}
            order by due_at limit 1 for update skip locked`,
      );
      if (!mail) return 0;
      try {
        await transport.sendMail({
          from,
          to: mail.address,
          subject: mail.subject,
          text: mail.text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        await sql`update mail set state = 'sent', sent_at = ${now}, attempts = attempts + 1 where id = ${mail.id}`.execute(
          trx,
        );
      } catch (error) {
        const attempts = mail.attempts + 1;
        await sql`update mail set attempts = ${attempts}, state = ${attempts >= mostAttempts ? 'failed' : 'waiting'},
          due_at = ${new Date(now.getTime() + 30_000 * 2 ** attempts)}, problem = ${(error as Error).message.slice(0, 500)} where id = ${mail.id}`.execute(
          trx,
        );
      }
      return 1;
    });
}

/**
 * The outbox, newest first: for administrators. What carries a secret does not show its text; what tells of a record
 * behind a wall is not there for those outside it.
 */
export async function outbox(context: Context, limit: number, before?: string) {
  const seen = sightOf(context, [...context.house.types.values()]);
  const found = await rows<{ id: string }>(
    context.db,
    sql`select m.id, m.address, m.subject, case when m.secret then null else m.text end as text, m.reason, m.at, m.state,
          m.sent_at, m.attempts, m.problem
        from mail m left join record r on r.id = m.record_id
        where (m.record_id is null or ${seen}) ${before ? sql`and m.id < ${before}::uuid` : sql``}
        order by m.id desc limit ${limit + 1}`,
  );
  const page = found.slice(0, limit);
  return { items: page, next: found.length > limit ? page[page.length - 1]!.id : null };
}

/** Takes away what was sent to a person. */
export async function forgetMessages(db: Db, personId: string): Promise<void> {
  await sql`delete from mail where person_id = ${personId}`.execute(db);
  await sql`delete from notification where person_id = ${personId}`.execute(db);
}
