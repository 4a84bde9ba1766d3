import { type Db, sql } from '../../kernel/database';
import { dropFactors } from './factors';

/** Ends every session and token of people who leave; their password and second factor stay, for the day they come back. */
export async function endAccess(db: Db, personIds: readonly string[]): Promise<void> {
  await sql`delete from session where person_id = any(${[...personIds]}::uuid[])`.execute(db);
  await sql`delete from api_token where person_id = any(${[...personIds]}::uuid[])`.execute(db);
  await sql`delete from one_time_link where person_id = any(${[...personIds]}::uuid[])`.execute(db);
  await sql`delete from sign_in_challenge where person_id = any(${[...personIds]}::uuid[])`.execute(db);
}

/** Takes away every means of a person to sign in. */
export async function forgetPerson(db: Db, personId: string): Promise<void> {
  await sql`delete from session where person_id = ${personId}`.execute(db);
  await sql`delete from api_token where person_id = ${personId}`.execute(db);
  await sql`delete from credential where person_id = ${personId}`.execute(db);
  await sql`delete from one_time_link where person_id = ${personId}`.execute(db);
  await dropFactors(db, personId);
}
