import { all, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import { countOf, type Effect, effect, type Foretell, many, seen } from './effect';
import { namingKinds } from './named-by';

/** Switched off: how many open records go out of sight, whose work that is, and what speaks of them. */
export const practiceSwitched: Foretell = async (context, { before, after }) => {
  const off = after.state === 'off';
  if (before?.state === after.state) return [];
  const kinds = (after.record_types as string[] | null) ?? [];
  const found: Effect[] = [];
  for (const name of kinds) {
    const type = context.house.whole.types.get(name);
    if (!type) continue;
    const counted = await countOf(
      context,
      sql`record r where ${all([sql`r.type = ${name}`, sql`r.state_category in ('open', 'paused')`, whereAny(type.sees, context.actor)])}`,
    );
    const words = many(counted, `open ${type.label.toLowerCase()}`, `open ${type.labels.toLowerCase()}`);
    found.push(
      ...effect(
        off ? 'out_of_sight' : 'back_in_sight',
        counted,
        { type: name },
        off
          ? `${words} ${counted.count === 1 ? 'goes' : 'go'} out of sight, kept as ${counted.count === 1 ? 'it is' : 'they are'}.`
          : `${words} ${counted.count === 1 ? 'is' : 'are'} there again.`,
      ),
    );
  }
  if (kinds.includes('agreement')) {
    const counted = await countOf(
      context,
      sql`clock c join record r on r.id = c.record_id
          where ${all([sql`c.state in ('running', 'paused')`, sql`r.state_category in ('open', 'paused')`, seen(context)])}`,
    );
    found.push(
      ...effect(
        off ? 'clocks_rest' : 'clocks_wake',
        counted,
        {},
        off
          ? `${many(counted, 'clock goes', 'clocks go')} out of sight: nothing is due, nobody is warned.`
          : `${many(counted, 'clock is', 'clocks are')} there again, judged as if they had never rested; what was broken meanwhile is told.`,
      ),
    );
  }
  const [people] = await rows<{ n: number }>(
    context.db,
    sql`select count(distinct r.assignee_id)::int as n from record r
        where r.type = any(${kinds}::text[]) and r.state_category in ('open', 'paused') and ${seen(context)}`,
  );
  const whose = { count: people!.n, exact: true };
  if (!off) return found;
  found.push(
    ...effect(
      'work_of',
      whose,
      {},
      `${many(whose, 'person has', 'people have')} open work among them and ${whose.count === 1 ? 'is' : 'are'} not told by the product: tell them.`,
    ),
  );
  for (const type of context.house.types.values()) {
    if (!type.fields.record_type) continue;
    const counted = await countOf(
      context,
      sql`record r join ${sql.table(type.table)} o on o.id = r.id
          where ${all([sql`r.state_category in ('open', 'paused')`, sql`o.record_type = any(${kinds}::text[])`, whereAny(type.sees, context.actor)])}`,
    );
    found.push(
      ...effect(
        'rests',
        counted,
        { type: type.type },
        `${many(counted, type.label.toLowerCase(), type.labels.toLowerCase())} about them ${counted.count === 1 ? 'rests' : 'rest'} until it is switched on again.`,
      ),
    );
  }
  return [...found, ...(await namingKinds(context, kinds))];
};
