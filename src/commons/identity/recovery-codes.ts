import { randomBytes } from 'node:crypto';
import { type Db, one, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { hashOf } from './secrets';

const count = 10;
/** No letter that is read as another: 32 of them, so a code of sixteen bears 80 bits. */
const letters = 'abcdefghjkmnpqrstvwxyz0123456789';

function newCode(): string {
  const text = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('');
  return text.match(/.{4}/g)!.join('-');
}

const folded = (code: string) => hashOf(code.toLowerCase().replace(/[^a-z0-9]/g, ''));

/** Ten codes that each let their owner in once. Earlier ones serve no more. They are answered once and kept nowhere. */
export async function makeRecoveryCodes(db: Db, personId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: count }, newCode);
  await sql`delete from recovery_code where person_id = ${personId}`.execute(db);
  await sql`insert into recovery_code (id, person_id, code) values ${sql.join(
    codes.map((code) => sql`(${newId(now)}, ${personId}, ${folded(code)})`),
  )}`.execute(db);
  return codes;
}

/** Uses a code up. Answers whether it was one. */
export async function takeRecoveryCode(db: Db, personId: string, code: string, now: Date): Promise<boolean> {
  const used = await one(
    db,
    sql`update recovery_code set used_at = ${now}
        where person_id = ${personId} and code = ${folded(code)} and used_at is null returning 1`,
  );
  return used !== undefined;
}

export async function dropRecoveryCodes(db: Db, personId: string): Promise<void> {
  await sql`delete from recovery_code where person_id = ${personId}`.execute(db);
}
