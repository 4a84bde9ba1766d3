import { Secret, TOTP } from 'otpauth';
import { type Db, one, rows, sql } from '../../kernel/database';
import { invalid, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import type { Vault } from '../vault';

/** Half a minute each, as every program for such codes counts; one step to either side is taken for a clock that is off. */
const stepMs = 30_000;
const skew = 1;

const place = (personId: string) => `totp ${personId}`;

const codes = (email: string, secret: Secret) =>
  new TOTP({ issuer: 'Throughline', label: email, secret, digits: 6, period: stepMs / 1000, algorithm: 'SHA1' });

/** Makes a secret for one-time codes that protects nothing until it is confirmed. 409 where there is one already. */
export async function startTotp(
  db: Db,
  vault: Vault,
  person: { id: string; email: string },
  now: Date,
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: 20 });
  const kept = await one(
    db,
    sql`insert into totp (person_id, secret, made_at) values (${person.id}, ${vault.seal(secret.base32, place(person.id))}, ${now})
      on conflict (person_id) do update set secret = excluded.secret, last_step = 0, made_at = excluded.made_at
        where totp.confirmed_at is null returning 1`,
  );
  if (!kept) throw new Refusal('conflict', say`You have one-time codes already: remove them first.`);
  return { secret: secret.base32, uri: codes(person.email, secret).toString() };
}

/** The first right code makes it count. */
export async function confirmTotp(db: Db, vault: Vault, personId: string, code: string, now: Date): Promise<void> {
  const known = await one<{ confirmed_at: Date | null }>(
    db,
    sql`select confirmed_at from totp where person_id = ${personId} for update`,
  );
  if (!known) throw new Refusal('conflict', say`There is nothing to confirm: begin anew.`);
  if (known.confirmed_at) throw new Refusal('conflict', say`This was confirmed already.`);
  if (!(await takeCode(db, vault, personId, code, now)))
    throw invalid('code', say`This code does not fit. Is the clock of the device right?`);
  await sql`update totp set confirmed_at = ${now} where person_id = ${personId}`.execute(db);
}

/** Does a code of a confirmed secret fit? It then serves no more, nor does an earlier one. */
export async function takeTotp(db: Db, vault: Vault, personId: string, code: string, now: Date): Promise<boolean> {
  const known = await one(
    db,
    sql`select 1 from totp where person_id = ${personId} and confirmed_at is not null for update`,
  );
  return known !== undefined && takeCode(db, vault, personId, code, now);
}

async function takeCode(db: Db, vault: Vault, personId: string, given: string, now: Date): Promise<boolean> {
  const code = given.replace(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return false;
  const kept = await one<{ secret: string }>(db, sql`select secret from totp where person_id = ${personId}`);
  const secret = kept && vault.open(kept.secret, place(personId));
  if (secret === undefined)
    throw new Refusal(
      'conflict',
      say`The secret of this installation was changed, so codes cannot be checked. Use a recovery code, or ask an administrator.`,
    );
  const off = codes('', Secret.fromBase32(secret)).validate({ token: code, timestamp: now.getTime(), window: skew });
  if (off === null) return false;
  const step = Math.floor(now.getTime() / stepMs) + off;
  const taken = await one(
    db,
    sql`update totp set last_step = ${step} where person_id = ${personId} and last_step < ${step} returning 1`,
  );
  return taken !== undefined;
}

/** Takes the codes away. Answers whether there were any. */
export async function dropTotp(db: Db, personId: string): Promise<boolean> {
  const gone = await sql`delete from totp where person_id = ${personId} returning confirmed_at`.execute(db);
  return gone.rows.length > 0;
}

/** How many people's codes were sealed under another secret than this vault's. */
export async function unreadableTotp(db: Db, vault: Vault): Promise<number> {
  const all = await rows<{ person_id: string; secret: string }>(db, sql`select person_id, secret from totp`);
  return all.filter(({ person_id, secret }) => vault.open(secret, place(person_id)) === undefined).length;
}
