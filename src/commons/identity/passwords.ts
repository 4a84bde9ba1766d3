import { hash, verify } from '@node-rs/argon2';
import { type Db, one, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { personAt } from '../people';
import { dropChallenges } from './challenges';
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
  const person = await personAt(db, email.trim().toLowerCase());
  const found = await one<{ id: string; password: string }>(
    db,
    sql`select person_id as id, password from credential where person_id = ${person?.id ?? null}::uuid`,
  );
  const right = await verify(found?.password ?? (await nobody), password);
  return found && right ? found.id : undefined;
}

/** Sets a password somebody chose. Links that would let another be chosen work no more, nor does what the old one began. */
export async function setPassword(db: Db, personId: string, password: string, now: Date): Promise<void> {
  if (password.length < 10) throw invalid('password', say`A password has at least ten characters.`);
  await keepHash(db, personId, await hashPassword(password), now);
  await dropLinks(db, 'password', personId);
  await dropChallenges(db, personId);
}

/** Keeps a hash made elsewhere: the command line, the demonstration. */
export async function keepHash(db: Db, personId: string, hashed: string, now: Date): Promise<void> {
  await sql`insert into credential (person_id, password, changed_at) values (${personId}, ${hashed}, ${now})
    on conflict (person_id) do update set password = excluded.password, changed_at = excluded.changed_at`.execute(db);
}
