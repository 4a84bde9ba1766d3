import { previewRetention } from '../../commons/retention';
import { all, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import { dateOf, deliveredModel, type Model, modelFor, modelsIn, priorityOf } from '../../practices/operation/incident';
import { countOf, effect, type Foretell, idsIn, many, seen, without } from './effect';

/** Open incidents whose impact and urgency would give another priority by now. */
export const priorities =
  (before: readonly Model[]): Foretell =>
  async (context) => {
    const now = await modelsIn(context);
    const type = context.house.types.get('incident')!;
    const groups = await rows<{
      department: string | null;
      organization_id: string | null;
      impact: number;
      urgency: number;
      n: number;
    }>(
      context.db,
      sql`select r.department, o.organization_id, o.impact, o.urgency, count(*)::int as n
          from record r join incident o on o.id = r.id
          where r.type = 'incident' and r.state_category in ('open', 'paused') and ${whereAny(type.sees, context.actor)}
          group by 1, 2, 3, 4`,
    );
    const on = dateOf(context.now);
    const moves = new Map<string, number>();
    for (const group of groups) {
      const by = (models: readonly Model[]) =>
        priorityOf((modelFor(models, group, on) ?? deliveredModel).matrix, group.impact, group.urgency);
      const [then, since] = [by(before), by(now)];
      const key = `P${then} → P${since}`;
      if (then !== since) moves.set(key, (moves.get(key) ?? 0) + group.n);
    }
    const told = [...moves].sort().map(([key, n]) => `${key}: ${n}`);
    const counted = { count: [...moves.values()].reduce((sum, n) => sum + n, 0), exact: true };
    return effect(
      'another_priority',
      counted,
      { moves: told.join(', ') },
      `${many(counted, 'open incident', 'open incidents')} would have another priority (${told.join(', ')}): ${counted.count === 1 ? 'it takes it' : 'they take it'} when next edited.`,
    );
  };

/** Clocks that run by a calendar are worked out anew when it changes. */
export const clocksOfCalendar: Foretell = async (context, { before, after }) => {
  if (!before) return [];
  const counted = await countOf(
    context,
    sql`clock c join record r on r.id = c.record_id
        where c.calendar_id = ${after.id}::uuid and c.state in ('running', 'paused') and ${seen(context)}`,
  );
  const agreements = await countOf(
    context,
    sql`agreement a join record r on r.id = a.id
        where a.calendar_id = ${after.id}::uuid and r.state_category in ('open', 'paused') and ${seen(context)}`,
  );
  return effect(
    'due_anew',
    counted,
    { agreements: String(agreements.count) },
    `${many(counted, 'running clock gets', 'running clocks get')} a due time worked out anew, by ${many(agreements, 'agreement', 'agreements')}.`,
  );
};

/** Values that go out of sight with an own field, or that no choice stands for any more. */
export const valuesOfField: Foretell = async (context, { before, after }) => {
  const type = context.house.types.get(String(after.record_type));
  if (!before || !type) return [];
  const key = String(after.key);
  const kept = (more: ReturnType<typeof sql>) =>
    countOf(
      context,
      sql`record r where ${all([sql`r.type = ${type.type}`, whereAny(type.sees, context.actor), more])}`,
    );
  const words = [type.label.toLowerCase(), type.labels.toLowerCase()] as const;
  if (after.state !== 'active' && before.state === 'active') {
    const counted = await kept(sql`jsonb_exists(r.custom, ${key})`);
    return effect(
      'values_go',
      counted,
      { type: type.type },
      `${many(counted, ...words)} no longer ${counted.count === 1 ? 'shows its' : 'show their'} value; it is kept and comes back with the field.`,
    );
  }
  const gone = without(idsIn(before, 'choices'), idsIn(after, 'choices'));
  if (gone.length === 0) return [];
  const counted = await kept(sql`r.custom ->> ${key} = any(${gone}::text[])`);
  return effect(
    'choices_go',
    counted,
    { type: type.type, choices: gone.join(', ') },
    `${many(counted, ...words)} ${counted.count === 1 ? 'keeps' : 'keep'} a value that can no longer be chosen: ${gone.join(', ')}.`,
  );
};

/** What the next run of a retention rule would take from. */
export const retained: Foretell = async (context, { after }) => {
  if (after.state !== 'active') return [];
  const { count } = await previewRetention(context, after);
  const counted = { count, exact: true };
  return effect(
    'emptied',
    counted,
    {},
    `${many(counted, 'finished record is', 'finished records are')} emptied by its next run: for good.`,
  );
};
