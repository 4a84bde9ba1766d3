import { type Db, one, sql } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { hashOf, newSecret } from './secrets';

export type LinkPurpose = 'set-up' | 'password';

/** A link that works once: for the first administrator, for a forgotten password. Answers its secret. */
export async function makeLink(db: Db, purpose: LinkPurpose, personId: string | null, endsAt: Date): Promise<string> {
  const secret = newSecret();
  await sql`insert into one_time_link (secret, purpose, person_id, ends_at)
    values (${hashOf(secret)}, ${purpose}, ${personId}, ${endsAt})`.execute(db);
  return secret;
}

/** Takes away the links of a purpose, used or not; those of one person, or of all. */
export async function dropLinks(db: Db, purpose: LinkPurpose, personId?: string): Promise<void> {
  await sql`delete from one_time_link where purpose = ${purpose}
    ${personId ? sql`and person_id = ${personId}::uuid` : sql``}`.execute(db);
}

/** Uses a link up. Throws when it was used, is too old or never was. */
export async function useLink(
  db: Db,
  purpose: LinkPurpose,
  secret: string,
  now: Date,
): Promise<{ person_id: string | null }> {
  const found = await one<{ person_id: string | null }>(
    db,
    sql`update one_time_link set used_at = ${now} where secret = ${hashOf(secret)} and purpose = ${purpose}
        and used_at is null and ends_at > ${now} returning person_id`,
  );
  if (!found)
    throw new Refusal('invalid', say`This link was used already or is too old. Ask for a new one.`, [
      { field: 'link', message: say`This link does not work any more.` },
    ]);
  return found;
}
