import { type Db, one, sql } from '../../kernel/database';
import { dropChallenges } from './challenges';
import { dropRecoveryCodes } from './recovery-codes';
import { proved, waits } from './sessions';
import { dropTotp } from './totp';

/** What protects an account beside its password. */
export interface Protection {
  readonly totp_since: Date | null;
  readonly passkeys: number;
  readonly recovery_codes: number;
  /** Does a rule of the organisation ask for a second factor? */
  readonly required: boolean;
}

export async function protectionOf(db: Db, personId: string): Promise<Protection> {
  const found = await one<Protection>(
    db,
    sql`select (select confirmed_at from totp where person_id = ${personId}::uuid) as totp_since,
      (select count(*)::int from passkey where person_id = ${personId}::uuid) as passkeys,
      (select count(*)::int from recovery_code where person_id = ${personId}::uuid and used_at is null) as recovery_codes,
      exists (select 1 from sign_in_rule s join record r on r.id = s.id
        join person p on p.roles && s.roles where p.id = ${personId}::uuid and r.state = 'active') as required`,
  );
  return found!;
}

/** Either is a second factor; recovery codes alone are none. */
export const isProtected = ({ totp_since, passkeys }: Protection): boolean => totp_since !== null || passkeys > 0;

/** The ways in beside the password that a person has. */
export const factorsIn = ({ totp_since, passkeys, recovery_codes }: Protection): string[] => [
  ...(totp_since ? ['totp'] : []),
  ...(passkeys > 0 ? ['passkey'] : []),
  ...(recovery_codes > 0 ? ['recovery'] : []),
];

/** Without codes and passkeys recovery codes recover nothing. */
export async function tidyRecoveryCodes(db: Db, personId: string): Promise<void> {
  if (!isProtected(await protectionOf(db, personId))) await dropRecoveryCodes(db, personId);
}

/** Takes every second factor of a person away. */
export async function dropFactors(db: Db, personId: string): Promise<void> {
  await dropTotp(db, personId);
  await sql`delete from passkey where person_id = ${personId}::uuid`.execute(db);
  await dropRecoveryCodes(db, personId);
  await dropChallenges(db, personId);
}

/**
 * Who has set up a second factor may do everything again, in the session they did it in. Others that waited for one end:
 * whoever opened them knew the password alone.
 */
export async function freeSession(db: Db, personId: string, sessionId: string, now: Date): Promise<void> {
  await sql`delete from session s where s.person_id = ${personId}::uuid and s.id <> ${sessionId}::uuid and ${waits}`.execute(
    db,
  );
  await proved(db, sessionId, true, now);
}
