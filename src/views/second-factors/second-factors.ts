import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';

interface Asked {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

/**
 * Whoever a sign-in rule asks for a second factor and has none yet: how many of how many for whoever reads the rule,
 * their names, in the order of the alphabet, for administrators alone. `after`: so many are left out.
 */
export async function withoutSecondFactor(context: Context, rule: Row, limit: number, after = 0) {
  const [counted] = await rows<{ total: number; of: number; items: Asked[] | null }>(
    context.db,
    sql`with asked as (
          select p.id, r.number, r.title as name,
            exists (select 1 from totp t where t.person_id = p.id and t.confirmed_at is not null)
              or exists (select 1 from passkey k where k.person_id = p.id) as has
          from person p join record r on r.id = p.id
          where r.state = 'active' and p.roles && ${rule.roles}::text[])
        select (select count(*)::int from asked where not has) as total, (select count(*)::int from asked) as of,
          (select jsonb_agg(jsonb_build_object('id', id, 'number', number, 'name', name) order by lower(name), id)
            from (select * from asked where not has order by lower(name), id limit ${limit} offset ${after}) page) as items`,
  );
  const { total, of, items } = counted!;
  const named = context.actor.roles.includes('administrator');
  return {
    total,
    of,
    items: named ? (items ?? []) : [],
    next: named && total > after + limit ? String(after + limit) : null,
  };
}
