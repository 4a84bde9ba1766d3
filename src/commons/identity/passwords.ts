import { hash, verify } from '@node-rs/argon2';
import { type Db, one, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { dropLinks } from './links';

/** argon2id, 19 MiB, two passes: about 17 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

// Compared against when an account has no password, so that the answer takes as long.
const nobody = hash('nobody has this password', cost);

/** The person whom e-mail and password name; undefined for anything else. */
export async function personBy(db: Db, email: string, password: string): Promise<string | undefined> {
  const found = await one<{ id: string; password: string | null }>(
    db,
    sql`select p.id, c.password from person p join record r on r.id = p.id left join credential c on c.person_id = p.id
        where p.email = ${email.trim().toLowerCase()} and r.state = 'active'`,
  );
  const right = await verify(found?.password ?? (await nobody), password);
  return found?.password && right ? found.id : undefined;
}

/** Sets a password somebody chose. Links that would let another be chosen work no more. */
export async function setPassword(db: Db, personId: string, password: string, now: Date): Promise<void> {
  if (password.length < 10) throw invalid('password', 'A password has at least ten characters.');
  await keepHash(db, personId, await hashPassword(password), now);
  await dropLinks(db, 'password', personId);
}

/** Keeps a hash made elsewhere: the command line, the demonstration. */
export async function keepHash(db: Db, personId: string, hashed: string, now: Date): Promise<void> {
  await sql`insert into credential (person_id, password, changed_at) values (${personId}, ${hashed}, ${now})
    on conflict (person_id) do update set password = excluded.password, changed_at = excluded.changed_at`.execute(db);
}
