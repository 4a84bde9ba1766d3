import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Db, one, sql } from '../../kernel/database';
import { type Topic, topics } from './notice.contract';

/** The link in a mail's foot serves so long, in days. */
const days = 180;
const dayMs = 86_400_000;
const name = 'notice_link';

/** The key that signs links in mails: the installation's own, made when it is first needed. */
async function keyFor(db: Db): Promise<string> {
  const known = await one<{ key: string }>(db, sql`select key from signing_key where name = ${name}`);
  if (known) return known.key;
  await sql`insert into signing_key (name, key) values (${name}, ${randomBytes(32).toString('base64url')})
    on conflict do nothing`.execute(db);
  return (await one<{ key: string }>(db, sql`select key from signing_key where name = ${name}`))!.key;
}

const signed = (key: string, body: string) => createHmac('sha256', key).update(body).digest('base64url');

/** A token that lets whoever holds it choose how its person gets one kind of message, and nothing else. */
export async function noticeToken(db: Db, person: string, topic: Topic, now: Date): Promise<string> {
  const ends = Math.floor(now.getTime() / dayMs) + days;
  const body = `${person}.${topic}.${ends}`;
  return `${body}.${signed(await keyFor(db), body)}`;
}

/** Whose and of what a token is; null when it is none, is too old, or its person is gone. */
export async function noticeOf(db: Db, token: string, now: Date): Promise<{ person: string; topic: Topic } | null> {
  const found = /^(([0-9a-f-]{36})\.([a-z]{1,20})\.(\d{1,7}))\.([\w-]{43})$/.exec(token);
  if (!found) return null;
  const [, body, person, topic, ends, given] = found as unknown as [string, string, string, Topic, string, string];
  const right = signed(await keyFor(db), body);
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(given))) return null;
  if (Number(ends) * dayMs < now.getTime() || !topics.includes(topic)) return null;
  const there = await one(db, sql`select 1 from record where id = ${person}::uuid and state = 'active'`);
  return there ? { person, topic } : null;
}
