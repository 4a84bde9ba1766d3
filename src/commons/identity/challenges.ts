import { type Db, one, sql } from '../../kernel/database';
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
): Promise<string> {
  const secret = newSecret();
  await sql`insert into sign_in_challenge (secret, purpose, person_id, ends_at)
    values (${hashOf(secret)}, ${purpose}, ${personId}, ${new Date(now.getTime() + challengeMs)})`.execute(db);
  return secret;
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
