import type { Context } from '../../kernel/command';
import { all, among, any, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';

/** A record somebody works on that is not over. */
export interface OpenWork {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly assignee_id: string;
  readonly team_id: string | null;
  readonly department: string | null;
  readonly priority: number | null;
}

/** The open work of people as far as the caller sees it, the most urgent first: records of every kind that can be passed on. */
export async function openWorkOf(context: Context, personIds: readonly string[]): Promise<OpenWork[]> {
  if (personIds.length === 0) return [];
  const types = [...context.house.types.values()].filter((type) => context.house.verbs.has(`${type.type}.pass`));
  const sight = any(types.map((type) => all([sql`r.type = ${type.type}`, whereAny(type.sees, context.actor)])));
  return rows<OpenWork>(
    context.db,
    sql`select r.id, r.type, r.number, r.assignee_id, r.team_id, r.department, r.priority from record r
        where r.assignee_id ${among(personIds)} and r.state_category in ('open', 'paused') and ${sight}
        order by r.priority nulls last, r.opened_at, r.id`,
  );
}
