import { among, type Db, one, rows, type Sql, sql } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { hashOf, newSecret } from './secrets';
import { hasFactor, type Known, type Scope } from './sessions';

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

/**
 * Does the token `s` wait? Where a rule says so it does while its owner needs a second factor and has none: whoever made it
 * knew the password alone. What only sends alerts opens nothing and goes on.
 */
const tokenWaits: Sql = sql`(s.scope <> 'hooks' and exists (select 1 from sign_in_rule g join record a on a.id = g.id
      join person p on p.roles && g.roles where p.id = s.person_id and a.state = 'active' and g.end_tokens)
    and not ${hasFactor})`;

/** The tokens that wait now, of one person or of all; what has run out is none. */
export function waitingTokens(db: Db, now: Date, personId?: string): Promise<{ id: string; owner: string }[]> {
  return rows(
    db,
    sql`select s.id, r.title as owner from api_token s join record r on r.id = s.person_id
        where ${tokenWaits} and r.state = 'active' and (s.ends_at is null or s.ends_at > ${now})
          ${personId ? sql`and s.person_id = ${personId}::uuid` : sql``} order by r.title, s.id`,
  );
}

/** Ends tokens that waited until their owner had a second factor. */
export async function endTokens(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from api_token where id ${among(ids)}`.execute(db);
}

export async function tokenBy(db: Db, text: string, now: Date): Promise<Known | undefined> {
  const found = await one<{ id: string; person_id: string; scope: Scope; seen_at: Date | null; must_enrol: boolean }>(
    db,
    sql`select s.id, s.person_id, s.scope, s.seen_at, ${tokenWaits} as must_enrol from api_token s
        where s.secret = ${hashOf(text)} and (s.ends_at is null or s.ends_at > ${now})`,
  );
  if (!found) return undefined;
  if (!found.seen_at || now.getTime() - found.seen_at.getTime() > 60_000)
    await sql`update api_token set seen_at = ${now} where id = ${found.id}`.execute(db);
  return { person_id: found.person_id, scope: found.scope, session_id: null, must_enrol: found.must_enrol };
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
