import { show } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import { all, rows, type Sql, sql } from '../../kernel/database';

export const measureNames = ['intake', 'resolved', 'backlog', 'dwell', 'resolution-hours', 'promises'] as const;
export type MeasureName = (typeof measureNames)[number];
export const groupings = ['month', 'day', 'team', 'service', 'priority', 'state', 'target', 'department'] as const;
export type Grouping = (typeof groupings)[number];

/** By what can be counted while these kinds of record are switched off. */
export const groupingsInUse = (off: ReadonlySet<string>): readonly Grouping[] =>
  groupings.filter((one) => !(one === 'service' && off.has('service')) && !(one === 'target' && off.has('agreement')));

export interface MeasureQuery {
  readonly type: string;
  readonly plural: string;
  /** Inclusive and exclusive dates, UTC. */
  readonly from?: string;
  readonly to?: string;
  readonly by: Grouping;
  /** Of promises: only these targets. */
  readonly targets?: readonly string[];
  /** Ids, by dimension; a missing one is not asked. */
  readonly only: Readonly<
    Partial<Record<'department' | 'organization_id' | 'team_id' | 'service_id' | 'priority', readonly string[]>>
  >;
}

export interface MeasureItem {
  readonly key: string | number | null;
  readonly name?: string;
  readonly value: number;
  readonly unit: string;
  readonly count?: number;
  readonly href: string;
}

interface Sum {
  key: string | null;
  count: number;
  amount: number;
}

const stored: Record<MeasureName, string> = {
  intake: 'logged',
  resolved: 'resolved',
  backlog: 'logged',
  dwell: 'stay',
  'resolution-hours': 'resolved',
  promises: 'promise',
};

const whole = sql.raw(
  'day, type, measure, key, department, organization_id, team_id, service_id, priority, count, amount',
);
const coarse = sql.raw('day, type, measure, key, department, organization_id, priority, count, amount');

const firstOfMonth = (day: string, months = 0): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1)).toISOString().slice(0, 10);

/**
 * Where a question is answered from: days and what is not folded into them yet, as one. The coarse ones unless a team or
 * a service is asked for; whole months and the days before and after them unless days are.
 */
function daysFor(query: MeasureQuery, from: string | undefined): Sql {
  const fine = ['team', 'service'].includes(query.by) || query.only.team_id || query.only.service_id;
  if (fine) return sql`(select ${whole} from measure_day union all select ${whole} from measure_delta) m`;
  const begin = from === undefined || from === firstOfMonth(from) ? from : firstOfMonth(from, 1);
  const end = query.to === undefined ? undefined : firstOfMonth(query.to);
  const parts = [sql`select ${coarse} from measure_delta`];
  if (query.by === 'day' || (begin !== undefined && end !== undefined && begin >= end))
    parts.push(sql`select ${coarse} from measure_total`);
  else {
    const months = [
      ...(begin === undefined ? [] : [sql`day >= ${begin}::date`]),
      ...(end === undefined ? [] : [sql`day < ${end}::date`]),
    ];
    parts.push(sql`select ${coarse} from measure_month where ${all(months)}`);
    if (begin !== from) parts.push(sql`select ${coarse} from measure_total where day < ${begin}::date`);
    if (end !== query.to) parts.push(sql`select ${coarse} from measure_total where day >= ${end}::date`);
  }
  return sql`(${sql.join(parts, sql` union all `)}) m`;
}

function conditions(context: Context, query: MeasureQuery, measures: readonly string[], from: string | undefined): Sql {
  const parts: Sql[] = [
    sql`m.type = ${query.type}`,
    sql`m.measure = any(${[...measures]}::text[])`,
    // Figures are for those who read a department by role; walls hold here as everywhere.
    context.actor.kind === 'person' ? sql`m.department = any(${[...context.actor.reads]}::uuid[])` : sql`true`,
  ];
  if (query.targets) parts.push(sql`m.key = any(${[...query.targets]}::text[])`);
  if (from) parts.push(sql`m.day >= ${from}::date`);
  if (query.to) parts.push(sql`m.day < ${query.to}::date`);
  for (const [name, values] of Object.entries(query.only)) {
    const column = sql.ref(`m.${name}`);
    parts.push(
      name === 'priority'
        ? sql`${column} = any(${[...values]}::smallint[])`
        : sql`${column} = any(${[...values]}::uuid[])`,
    );
  }
  return all(parts);
}

const groupColumn: Record<Grouping, Sql> = {
  month: sql`date_trunc('month', m.day::timestamp)`,
  day: sql`m.day`,
  team: sql`m.team_id`,
  service: sql`m.service_id`,
  priority: sql`m.priority`,
  department: sql`m.department`,
  state: sql`m.key`,
  target: sql`m.key`,
};

/** One measure, grouped. Every item's `href` is the list behind it. */
export async function measure(context: Context, name: MeasureName, query: MeasureQuery): Promise<MeasureItem[]> {
  const sums = await sumsOf(context, name, query);
  const names = ['team', 'service', 'department'].includes(query.by)
    ? await show(
        context,
        sums.map(({ key }) => key).filter((key) => key !== null),
      )
    : undefined;
  return together(sums, names).map((sum) => {
    const shown = sum.key === null ? undefined : names?.get(sum.key);
    const key = query.by === 'priority' && sum.key !== null ? Number(sum.key) : (shown?.number ?? sum.key);
    return { key, ...(shown ? { name: shown.name } : {}), ...valued(name, sum), href: hrefOf(name, query, key) };
  });
}

function sumsOf(context: Context, name: MeasureName, query: MeasureQuery): Promise<Sum[]> {
  // Only stays are kept by state; all else counts by the state in which its records are now.
  if (query.by === 'state' && name !== 'dwell') return byState(context, name, query);
  return name === 'backlog' ? backlog(context, query) : plain(context, name, query);
}

/** What belongs to something hidden from the reader counts as belonging to nothing. */
function together(sums: readonly Sum[], names: ReadonlyMap<string, unknown> | undefined): readonly Sum[] {
  if (!names || sums.every(({ key }) => key === null || names.has(key))) return sums;
  const merged = new Map<string | null, Sum>();
  for (const sum of sums) {
    const key = sum.key !== null && names.has(sum.key) ? sum.key : null;
    const known = merged.get(key);
    merged.set(key, { key, count: sum.count + (known?.count ?? 0), amount: sum.amount + (known?.amount ?? 0) });
  }
  return [...merged.values()];
}

function valued(name: MeasureName, sum: Sum): { value: number; unit: string; count?: number } {
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  switch (name) {
    case 'dwell':
      return { value: round(sum.amount / 3600), unit: 'h', count: sum.count };
    case 'resolution-hours':
      return { value: sum.count > 0 ? round(sum.amount / sum.count / 3600) : 0, unit: 'h', count: sum.count };
    case 'promises':
      return { value: sum.count > 0 ? round(sum.amount / sum.count) : 0, unit: 'share', count: sum.count };
    default:
      return { value: sum.count, unit: 'records' };
  }
}

async function plain(context: Context, name: MeasureName, query: MeasureQuery): Promise<Sum[]> {
  const column = groupColumn[query.by];
  // Days become texts once for each group: for each row it would be most of the work.
  const shape = { month: 'YYYY-MM', day: 'YYYY-MM-DD' }[query.by as string];
  const key = shape ? sql`to_char(g.key, ${sql.lit(shape)})` : sql`g.key::text`;
  return rows<Sum>(
    context.db,
    sql`select ${key} as key, g.count, g.amount from (
          select ${column} as key, sum(m.count)::float8 as count, sum(m.amount)::float8 as amount,
            ${query.by === 'priority' ? sql`min(m.priority)` : sql`0`} as place
          from ${daysFor(query, query.from)}
          where ${conditions(context, query, [stored[name]], query.from)}
          group by 1 having sum(m.count) <> 0) g order by g.place, g.key`,
  );
}

/** Opened and not ended: at the end of each month or day, or now (at `to`) by another grouping. */
async function backlog(context: Context, query: MeasureQuery): Promise<Sum[]> {
  const flow = sql`sum(case when m.measure = 'logged' then m.count else -m.count end)`;
  const where = conditions(context, query, ['logged', 'ended'], undefined);
  if (query.by !== 'month' && query.by !== 'day') {
    return rows<Sum>(
      context.db,
      sql`select ${groupColumn[query.by]} as key, ${flow}::float8 as count, 0::float8 as amount from ${daysFor(query, undefined)}
          where ${where} group by 1 having ${flow} <> 0 order by 1`,
    );
  }
  const unit = sql.lit(query.by);
  const shape = query.by === 'month' ? sql`'YYYY-MM'` : sql`'YYYY-MM-DD'`;
  const last = query.to ? sql`${query.to}::date - 1` : sql`${context.now}::date`;
  return rows<Sum>(
    context.db,
    sql`with flows as materialized (select date_trunc(${unit}, m.day::timestamp)::date as period, ${flow} as flow from ${daysFor(query, undefined)} where ${where} group by 1),
        bounds as (select least(coalesce(${query.from ?? null}::date, min(period)), ${last}) as first from flows),
        periods as (select generate_series(date_trunc(${unit}, b.first), date_trunc(${unit}, ${last}), ${sql.lit(`1 ${query.by}`)}::interval)::date as period from bounds b)
        select to_char(p.period, ${shape}) as key, (coalesce((select sum(f.flow) from flows f where f.period < (select min(period) from periods)), 0)
            + sum(coalesce(f.flow, 0)) over (order by p.period))::float8 as count,
          0::float8 as amount from periods p left join flows f on f.period = p.period where p.period is not null order by 1`,
  );
}

/** Counted live, by the state in which records are now: open work from its index, all else by the stamp of its measure. */
async function byState(context: Context, name: MeasureName, query: MeasureQuery): Promise<Sum[]> {
  const parts: Sql[] = [
    sql`r.type = ${query.type}`,
    context.actor.kind === 'person' ? sql`r.department = any(${[...context.actor.reads]}::uuid[])` : sql`true`,
  ];
  const stamp = { intake: 'r.opened_at', promises: 'c.ended_at' }[name as string] ?? 'o.resolved_at';
  if (name === 'backlog') parts.push(sql`r.state_category <> 'final'`);
  else {
    parts.push(sql`${sql.ref(stamp)} is not null`);
    if (query.from) parts.push(sql`${sql.ref(stamp)} >= ${query.from}::timestamp at time zone 'UTC'`);
    if (query.to) parts.push(sql`${sql.ref(stamp)} < ${query.to}::timestamp at time zone 'UTC'`);
  }
  if (query.targets) parts.push(sql`c.target = any(${[...query.targets]}::text[])`);
  for (const [dimension, values] of Object.entries(query.only)) {
    const column = sql.ref(`${dimension === 'service_id' || dimension === 'organization_id' ? 'o' : 'r'}.${dimension}`);
    parts.push(
      dimension === 'priority'
        ? sql`${column} = any(${[...values]}::smallint[])`
        : sql`${column} = any(${[...values]}::uuid[])`,
    );
  }
  const promises = name === 'promises';
  const amount = promises
    ? sql`count(*) filter (where c.state = 'met')`
    : name === 'resolution-hours'
      ? sql`sum(extract(epoch from o.resolved_at - r.opened_at))`
      : sql`0`;
  return rows<Sum>(
    context.db,
    sql`select r.state as key, count(*)::float8 as count, (${amount})::float8 as amount
        from record r join incident o on o.id = r.id
          ${promises ? sql`join clock c on c.record_id = r.id and c.state in ('met', 'breached')` : sql``}
        where ${all(parts)} group by 1 order by 1`,
  );
}

function nextPeriod(key: string): string {
  const [year, month, day] = key.split('-').map(Number) as [number, number, number | undefined];
  return new Date(Date.UTC(year, day ? month - 1 : month, day ? day + 1 : 1)).toISOString().slice(0, 10);
}

/** The list behind a figure, as an address of this interface. */
function hrefOf(name: MeasureName, query: MeasureQuery, key: string | number | null): string {
  const stamp = name === 'intake' || name === 'backlog' || name === 'dwell' ? 'opened_at' : 'resolved_at';
  const filter = new URLSearchParams();
  for (const [dimension, values] of Object.entries(query.only)) filter.set(dimension, values.join(','));
  const period = query.by === 'month' || query.by === 'day';
  const from =
    period && key !== null && name !== 'backlog' ? (query.by === 'month' ? `${key}-01` : String(key)) : query.from;
  const to = period && key !== null ? nextPeriod(String(key)) : query.to;
  if (name === 'backlog') filter.set('state_category', 'open,paused,stopped');
  else if (from) filter.set(`${stamp}.gte`, from);
  if (to) filter.set(`${stamp}.lt`, to);
  const field = {
    team: 'team_id',
    service: 'service_id',
    priority: 'priority',
    department: 'department',
    state: 'state',
  }[query.by as 'team'];
  if (field && (name !== 'dwell' || query.by !== 'state')) {
    if (key === null) filter.set(`${field}.empty`, 'true');
    else filter.set(field, String(key));
  }
  const text = filter.toString();
  return `/api/v1/${query.plural}${text ? `?${text}` : ''}`;
}
