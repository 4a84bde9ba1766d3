import { type Db, one, sql } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { hashOf, newSecret } from './secrets';

/** What is asked while somebody signs in or adds a passkey. */
export type ChallengePurpose = 'second-factor' | 'passkey' | 'new-passkey';

const challengeMs = 5 * 60_000;

/** Asks something that is to be answered within five minutes. Answers the text of the question. */
export async function makeChallenge(
  db: Db,
  purpose: ChallengePurpose,
  personId: string | null,
  now: Date,
  address: string | null = null,
): Promise<string> {
  const secret = newSecret();
  await sql`insert into sign_in_challenge (secret, purpose, person_id, ends_at, address)
    values (${hashOf(secret)}, ${purpose}, ${personId}, ${new Date(now.getTime() + challengeMs)}, ${address})`.execute(
    db,
  );
  return secret;
}

/** A whole house may sign in through one address: 200 questions a second over the time they stand open are its own. */
export const mostOpen = (200 * challengeMs) / 1000;

/** Refuses (429) an address that has asked too often within five minutes without answering. */
export async function refuseTooManyAsked(db: Db, purpose: ChallengePurpose, address: string, now: Date): Promise<void> {
  const found = await one<{ n: number; first: Date | null }>(
    db,
    sql`select count(*)::int as n, min(ends_at) as first from sign_in_challenge
        where purpose = ${purpose} and address = ${address} and ends_at > ${now}`,
  );
  if (found!.n < mostOpen) return;
  const wait = Math.ceil((found!.first!.getTime() - now.getTime()) / 1000);
  throw new Refusal('too_many', say`This was asked too often from here. Wait some minutes.`, [], Math.max(1, wait));
}

/** Whom a question was put to; undefined when it is too old, was answered or never was. */
export async function challenged(db: Db, purpose: ChallengePurpose, secret: string, now: Date) {
  return one<{ person_id: string | null }>(
    db,
    sql`select person_id from sign_in_challenge
        where secret = ${hashOf(secret)} and purpose = ${purpose} and ends_at > ${now}`,
  );
}

/** The same, and nobody can answer it again. */
export async function takeChallenge(db: Db, purpose: ChallengePurpose, secret: string, now: Date) {
  return one<{ person_id: string | null }>(
    db,
    sql`delete from sign_in_challenge
        where secret = ${hashOf(secret)} and purpose = ${purpose} and ends_at > ${now} returning person_id`,
  );
}

/** Takes away what a person was asked and has not answered. */
export async function dropChallenges(db: Db, personId: string): Promise<void> {
  await sql`delete from sign_in_challenge where person_id = ${personId}::uuid`.execute(db);
}
