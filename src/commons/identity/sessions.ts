import { type Db, one, rows, type Sql, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { hashOf, newSecret } from './secrets';

const day = 86_400_000;
const sessionDays = 30;
const mostFailures = 10;
const failureMinutes = 15;

/** What a token may: everything its person may, reading alone, or sending alerts alone. */
export type Scope = 'all' | 'read' | 'hooks';

export interface Known {
  readonly person_id: string;
  readonly scope: Scope;
  readonly session_id: string | null;
  /** A rule asks this person for a second factor and this session, or for its tokens their owner, has shown none: until then nothing else is open. */
  readonly must_enrol?: boolean;
  /** When the owner of a session last showed who they are. */
  readonly proved_at?: Date | null;
}

/** Refuses (429) after ten failures for one account from one address within fifteen minutes. */
export async function refuseTooMany(db: Db, account: string, address: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - failureMinutes * 60_000);
  const found = await one<{ n: number; first: Date | null }>(
    db,
    sql`select count(*)::int as n, min(at) as first from sign_in_failure
        where account = ${account} and address = ${address} and at > ${since}`,
  );
  if (found!.n < mostFailures) return;
  const wait = Math.ceil((found!.first!.getTime() - since.getTime()) / 1000);
  throw new Refusal(
    'too_many',
    say`Too many failed attempts. Wait a quarter of an hour, or reset the password.`,
    [],
    Math.max(1, wait),
  );
}

const turns = new Map<string, Promise<unknown>>();

/**
 * One attempt after another for one account from one address: of many sent at once each is counted before the next is
 * looked at. Each process has turns of its own.
 */
export async function inTurn<T>(account: string, address: string, attempt: () => Promise<T>): Promise<T> {
  const key = `${address} ${account}`;
  const mine = (turns.get(key) ?? Promise.resolve()).then(attempt, attempt);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
}

export async function rememberFailure(db: Db, account: string, address: string, now: Date): Promise<void> {
  await sql`insert into sign_in_failure (id, account, address, at) values (${newId(now)}, ${account}, ${address}, ${now})`.execute(
    db,
  );
  await sql`delete from sign_in_failure where at < ${new Date(now.getTime() - day)}`.execute(db);
}

/** Opens a session on a device; answers its secret, which is kept nowhere. `second`: by more than the password. */
export async function openSession(
  db: Db,
  personId: string,
  device: string,
  address: string,
  now: Date,
  second = false,
): Promise<string> {
  const secret = newSecret();
  await sql`insert into session (id, secret, person_id, device, address, created_at, seen_at, ends_at, proved_at, second_factor_at)
    values (${newId(now)}, ${hashOf(secret)}, ${personId}, ${device.slice(0, 300)}, ${address}, ${now}, ${now},
      ${new Date(now.getTime() + sessionDays * day)}, ${now}, ${second ? now : null})`.execute(db);
  return secret;
}

interface Open {
  id: string;
  person_id: string;
  seen_at: Date;
  proved_at: Date | null;
  must_enrol: boolean;
}

/** Does the owner of `s` have a second factor? */
export const hasFactor: Sql = sql`(exists (select 1 from totp t where t.person_id = s.person_id and t.confirmed_at is not null)
      or exists (select 1 from passkey k where k.person_id = s.person_id))`;

/**
 * Does the session `s` wait for a second factor? It does from the moment a rule asks its person for one, however old it
 * is, and again once its person has none any more.
 */
export const waits: Sql = sql`(exists (select 1 from sign_in_rule g join record a on a.id = g.id
      join person p on p.roles && g.roles where p.id = s.person_id and a.state = 'active')
    and (s.second_factor_at is null or not ${hasFactor}))`;

/** The owner of a session has shown again who they are. `second`: by more than the password. */
export async function proved(db: Db, sessionId: string, second: boolean, now: Date): Promise<void> {
  await sql`update session set proved_at = ${now} ${second ? sql`, second_factor_at = ${now}` : sql``}
    where id = ${sessionId}::uuid`.execute(db);
}

export async function sessionBy(db: Db, secret: string, now: Date): Promise<Known | undefined> {
  const found = await one<Open>(
    db,
    sql`select s.id, s.person_id, s.seen_at, s.proved_at, ${waits} as must_enrol from session s
        where s.secret = ${hashOf(secret)} and s.ends_at > ${now}`,
  );
  if (!found) return undefined;
  if (now.getTime() - found.seen_at.getTime() > 60_000)
    await sql`update session set seen_at = ${now} where id = ${found.id}`.execute(db);
  const { id, person_id, must_enrol, proved_at } = found;
  return { person_id, scope: 'all', session_id: id, must_enrol, proved_at };
}

/** Keeps every open session as long as it would have been: the clock is about to be moved by so many seconds. */
export async function keepSessions(db: Db, seconds: number, now: Date): Promise<void> {
  await sql`update session set ends_at = ends_at + make_interval(secs => ${seconds}) where ends_at > ${now}`.execute(
    db,
  );
}

export async function closeSession(db: Db, sessionId: string, personId: string): Promise<boolean> {
  const gone =
    await sql`delete from session where id = ${sessionId}::uuid and person_id = ${personId}::uuid returning id`.execute(
      db,
    );
  return gone.rows.length > 0;
}

/** Takes away what has run out: sessions, links, questions. Answers how many. */
export async function forgetEnded(db: Db, now: Date): Promise<number> {
  const sessions = await sql`delete from session where ends_at < ${now} returning 1`.execute(db);
  const links = await sql`delete from one_time_link where ends_at < ${now} returning 1`.execute(db);
  const asked = await sql`delete from sign_in_challenge where ends_at < ${now} returning 1`.execute(db);
  return sessions.rows.length + links.rows.length + asked.rows.length;
}

/** Signs out everywhere, but for one session that may stay. */
export async function closeSessions(db: Db, personId: string, but?: string): Promise<number> {
  const gone =
    await sql`delete from session where person_id = ${personId}::uuid ${but ? sql`and id <> ${but}::uuid` : sql``} returning id`.execute(
      db,
    );
  return gone.rows.length;
}

export function sessionsOf(db: Db, personId: string, now: Date) {
  return rows<{ id: string; device: string; address: string; created_at: Date; seen_at: Date; ends_at: Date }>(
    db,
    sql`select id, device, address, created_at, seen_at, ends_at from session
        where person_id = ${personId}::uuid and ends_at > ${now} order by seen_at desc`,
  );
}
