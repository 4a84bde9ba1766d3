import { createTransport } from 'nodemailer';
import type { Context } from '../../kernel/command';
import { type Db, one, rows, type Sql, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { sightOf } from '../../kernel/references';
import { asShown, show } from '../reading';
import { briefOf } from './brief';
import type { Topic, Way } from './notice.contract';
import { type MailKind, type Reason, wordsOf } from './words';

export interface Letter {
  readonly person_id: string | null;
  readonly record_id?: string | null;
  readonly line_id?: string | null;
  /** From when on it may go out: what can still be taken back waits. */
  readonly due_at?: Date;
  /** What it tells of was taken back before it was written. */
  readonly dropped?: boolean;
  /** What it is about and how it comes; a mail without is sent whatever somebody chose. */
  readonly topic?: Topic;
  readonly way?: Way;
  /** It waits for the digest of its person. */
  readonly gathered?: boolean;
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
    line_id: letter.line_id ?? null,
    state: letter.dropped ? 'dropped' : letter.gathered ? 'gathered' : 'waiting',
    kind: letter.kind,
    topic: letter.topic ?? null,
    way: letter.way ?? null,
    brief: letter.topic ? briefOf(letter.kind, letter.language, letter.values) : null,
    address: letter.to,
    ...wordsOf(letter.kind, letter.reason, letter.language, letter.values),
    reason: letter.reason,
    secret: letter.kind === 'password',
    at: now,
    due_at: letter.due_at && letter.due_at > now ? letter.due_at : now,
  }));
  await sql`insert into mail (id, person_id, record_id, line_id, address, subject, text, reason, secret, at, due_at, state,
      kind, topic, way, brief)
    select id, person_id, record_id, line_id, address, subject, text, reason, secret, at, due_at, state,
      kind, topic, way, brief
    from jsonb_populate_recordset(null::public.mail, ${JSON.stringify(mails)}::jsonb)`.execute(db);
}

interface MailRow {
  id: string;
  address: string;
  subject: string;
  text: string;
  attempts: number;
  person_id: string | null;
  topic: Topic | null;
  kind: string | null;
  language: string | null;
}

/** The last line of a mail to a person: where this kind of mail is changed. Added when it is sent, so that nobody who reads the outbox has it. */
export type Foot = (mail: Pick<MailRow, 'person_id' | 'topic' | 'kind'>, now: Date) => Promise<string | null>;
const lastLine = (language: string | null, link: string) =>
  language === 'de' ? `\nSolche Nachrichten ändern: ${link}\n` : `\nChange what you get of this kind: ${link}\n`;

/** How long a mail server may take, in milliseconds: to be reached, to greet, and between two answers. */
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };
/** So long a mail that is being sent is nobody else's; a process that dies meanwhile leaves it to be sent again. */
const claimMs = 300_000;

/**
 * Sends waiting mails over SMTP; a fault puts one off, longer each time. Without an address of a server nothing is sent:
 * mails stay in the outbox and are shown there. A mail is claimed before it is sent, so that no transaction waits for a
 * mail server: one that is open holds back the seal. Answers a chore for the worker.
 */
export function mailSender(db: Db, smtpUrl: string | undefined, from: string, foot: Foot = async () => null) {
  if (!smtpUrl) return async () => 0;
  const transport = createTransport({ url: smtpUrl, ...patience });
  const host = from.replace(/^.*@|>$/g, '');
  return async (now: Date) => {
    const mail = await claim(db, now);
    if (!mail) return 0;
    try {
      const link = await foot(mail, now);
      await transport.sendMail({
        from,
        to: mail.address,
        subject: mail.subject,
        text: link ? mail.text + lastLine(mail.language, link) : mail.text,
        // A mail sent twice, because we died before we could note it, is the same mail to whoever receives it.
        messageId: `<${mail.id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...(link ? { 'List-Unsubscribe': `<${link}>` } : {}) },
      });
    } catch (error) {
      const due = new Date(now.getTime() + 30_000 * 2 ** mail.attempts);
      await sql`update mail set state = ${mail.attempts >= mostAttempts ? 'failed' : 'waiting'}, due_at = ${due},
        problem = ${(error as Error).message.slice(0, 500)} where id = ${mail.id}`.execute(db);
      return 1;
    }
    // A link that lets its reader in has no business here once it is sent.
    await sql`update mail set state = 'sent', sent_at = ${now}, text = case when secret then '' else text end
      where id = ${mail.id}`.execute(db);
    return 1;
  };
}

function claim(db: Db, now: Date): Promise<MailRow | undefined> {
  return one<MailRow>(
    db,
    sql`update mail set attempts = attempts + 1, due_at = ${new Date(now.getTime() + claimMs)}
        where id = (select id from mail where state = 'waiting' and due_at <= ${now}
          order by due_at limit 1 for update skip locked)
        returning id, address, subject, text, attempts, person_id, topic, kind,
          (select p.language from person p where p.id = mail.person_id) as language`,
  );
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
          m.sent_at, m.due_at, m.attempts, m.problem, m.topic
        from mail m left join record r on r.id = m.record_id
        where (m.record_id is null or ${seen}) and ${withoutHidden(seen)} ${before ? sql`and m.id < ${before}::uuid` : sql``}
        order by m.id desc limit ${limit + 1}`,
  );
  const page = found.slice(0, limit);
  return { items: page, next: found.length > limit ? page[page.length - 1]!.id : null };
}

/** A digest repeats what its parts tell of: behind a wall it is not there either. */
function withoutHidden(seen: Sql) {
  return sql`(m.kind is distinct from 'digest' or m.id not in (
    select h.digest_id from mail h where h.digest_id is not null and not exists (
      select 1 from record r where r.id = h.record_id and ${seen})))`;
}

/** The mails about what this very transaction has done, of records and people in sight: for a preview. */
export async function mailsOfThisTransaction(context: Context) {
  const seen = sightOf(context, [...context.house.types.values()]);
  const found = await rows<{ person_id: string; subject: string; reason: string; number: string }>(
    context.db,
    sql`select m.person_id, m.subject, m.reason, r.number from mail m
        join history h on h.id = m.line_id join record r on r.id = m.record_id
        where h.tx = pg_current_xact_id() and ${seen} order by m.id`,
  );
  const people = await show(
    context,
    found.map(({ person_id }) => person_id),
  );
  return found.map(({ person_id, number, subject, reason }) => ({
    to: asShown(person_id, people),
    number,
    subject,
    reason,
  }));
}

/** Of lines that were taken back no mail goes out any more, and nobody needs to read of them. */
export async function dropAbout(db: Db, lineIds: readonly string[]): Promise<void> {
  await sql`update mail set state = 'dropped' where line_id = any(${[...lineIds]}::uuid[]) and state in ('waiting', 'gathered')`.execute(
    db,
  );
  await sql`delete from notification where line_id = any(${[...lineIds]}::uuid[])`.execute(db);
}

/** Takes away what was sent about records: mails repeat what was said. */
export async function forgetMailsAbout(db: Db, recordIds: readonly string[]): Promise<void> {
  const ids = sql`any(${[...recordIds]}::uuid[])`;
  await sql`delete from mail where id in (select digest_id from mail where record_id = ${ids})`.execute(db);
  await sql`delete from mail where record_id = ${ids}`.execute(db);
}

/** Takes away what was sent to a person, and what they chose to be sent. */
export async function forgetMessages(db: Db, personId: string): Promise<void> {
  await sql`delete from mail where person_id = ${personId}`.execute(db);
  await sql`delete from notification where person_id = ${personId}`.execute(db);
  await sql`delete from notice_choice where person_id = ${personId}`.execute(db);
}
