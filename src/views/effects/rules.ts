import { previewRetention } from '../../commons/retention';
import type { Context } from '../../kernel/command';
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

const mostClocks = 2_000;

/** The running clocks of a calendar with their due instants, those of the first records. */
export async function clocksBy(context: Context, calendar: string): Promise<Map<string, string>> {
  const found = await rows<{ key: string; due: string }>(
    context.db,
    sql`select c.record_id || ' ' || c.target || ' ' || c.cycle as key, coalesce(c.due_at::text, '') as due
        from clock c join record r on r.id = c.record_id
        where c.calendar_id = ${calendar}::uuid and c.state in ('running', 'paused')
          and r.state_category in ('open', 'paused') and ${seen(context)}
        order by c.record_id, c.target limit ${mostClocks + 1}`,
  );
  return new Map(found.map(({ key, due }) => [key, due]));
}

/** Clocks that run by a calendar and get another due instant when it changes; they were judged anew in the rehearsal. */
export const clocksOfCalendar =
  (before: ReadonlyMap<string, string>): Foretell =>
  async (context, { after }) => {
    const now = await clocksBy(context, String(after.id));
    const moved = [...before].filter(([key, due]) => now.get(key) !== due).length;
    const counted = { count: moved, exact: before.size <= mostClocks };
    return effect(
      'due_anew',
      counted,
      { clocks: String(Math.min(before.size, mostClocks)) },
      `${many(counted, 'running clock gets', 'running clocks get')} another due time, of ${before.size} that run by it.`,
    );
  };

const weekMs = 7 * 86_400_000;

/** How much a webhook would have been told of in the last week. */
export const toldByWebhook: Foretell = async (context, { after }) => {
  if (after.state !== 'active') return [];
  const events = idsIn(after, 'events');
  const names = events.map((one) => one.replaceAll('_', '\\_').replace(/\*$/, '%'));
  const counted = await countOf(
    context,
    sql`history h join record r on r.id = h.record_id
        where h.recorded_at >= ${new Date(context.now.getTime() - weekMs)} and ${seen(context)}
          ${names.length > 0 ? sql`and h.name like any(${names}::text[])` : sql``}`,
  );
  return effect(
    'told_week',
    counted,
    {},
    `${many(counted, 'line', 'lines')} of the last seven days would have been sent to it.`,
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
