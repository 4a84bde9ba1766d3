import { type Db, one, rows, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { hashOf, newSecret } from './secrets';
import type { Known, Scope } from './sessions';

export interface TokenRow {
  id: string;
  name: string;
  scope: Scope;
  created_at: Date;
  seen_at: Date | null;
  ends_at: Date | null;
}

/** Makes a personal token; its text is answered once and kept nowhere. */
export async function makeToken(
  db: Db,
  personId: string,
  token: { name: string; scope: Scope; ends_at: Date | null },
  now: Date,
): Promise<TokenRow & { token: string }> {
  const text = `tl_${newSecret()}`;
  const id = newId(now);
  await sql`insert into api_token (id, secret, person_id, name, scope, created_at, ends_at)
    values (${id}, ${hashOf(text)}, ${personId}, ${token.name}, ${token.scope}, ${now}, ${token.ends_at})`.execute(db);
  return { id, ...token, created_at: now, seen_at: null, token: text };
}

export async function tokenBy(db: Db, text: string, now: Date): Promise<Known | undefined> {
  const found = await one<{ id: string; person_id: string; scope: Scope; seen_at: Date | null }>(
    db,
    sql`select id, person_id, scope, seen_at from api_token
        where secret = ${hashOf(text)} and (ends_at is null or ends_at > ${now})`,
  );
  if (!found) return undefined;
  if (!found.seen_at || now.getTime() - found.seen_at.getTime() > 60_000)
    await sql`update api_token set seen_at = ${now} where id = ${found.id}`.execute(db);
  return { person_id: found.person_id, scope: found.scope, session_id: null };
}

export function tokensOf(db: Db, personId: string): Promise<TokenRow[]> {
  return rows(
    db,
    sql`select id, name, scope, created_at, seen_at, ends_at from api_token where person_id = ${personId}::uuid order by created_at`,
  );
}

export async function dropToken(db: Db, personId: string, id: string): Promise<boolean> {
  const gone =
    await sql`delete from api_token where id = ${id}::uuid and person_id = ${personId}::uuid returning id`.execute(db);
  return gone.rows.length > 0;
}
