import type { Context } from '../../kernel/command';
import { among, type Row, rows, type Sql, sql } from '../../kernel/database';
import { sightOf } from '../../kernel/references';

/** A record as the context names it. */
export interface Brief {
  readonly type: string;
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: string;
}

export const brief = sql`r.type, r.id, r.number, r.title as name, r.state`;

/** What is worked out by itself says by which rule, from what, and what else it looked at. */
export interface Why {
  readonly rule: string;
  readonly inputs: Row;
  readonly alternatives: Row;
}

export const inSight = (context: Context, ...names: string[]): Sql =>
  sightOf(
    context,
    names.flatMap((name) => context.house.types.get(name) ?? []),
  );

const seen = (context: Context, type: string): Sql => inSight(context, type);

/** Where an incident stands: its service, its component, and what that component needs. */
export interface Place {
  readonly service: string | null;
  readonly component: string | null;
  /** The component's own needs, one step on. */
  readonly below: readonly string[];
}

export async function placeOf(context: Context, record: Row): Promise<Place> {
  const component = (record.configuration_item_id as string | null) ?? null;
  const [found] = component
    ? await rows<{ depends_on_ids: string[] }>(
        context.db,
        sql`select c.depends_on_ids from configuration_item c join record r on r.id = c.id
            where c.id = ${component}::uuid and ${seen(context, 'configuration_item')}`,
      )
    : [];
  return { service: (record.service_id as string | null) ?? null, component, below: found?.depends_on_ids ?? [] };
}

const day = 86_400_000;
/** How far back a change may lie behind the beginning of an incident. */
const back = 3 * day;
/** How far ahead a planned change is told. */
const ahead = 14 * day;
const most = 6;

interface FoundChange extends Brief {
  readonly kind: string | null;
  readonly outcome: string | null;
  readonly planned_start: Date | null;
  readonly planned_end: Date | null;
  readonly actual_start: Date | null;
  readonly actual_end: Date | null;
  readonly service_id: string | null;
  readonly configuration_item_ids: string[];
}

/** Why something is near: by its component, by what that needs, by its service. */
function nearBy(place: Place, one: { service_id: string | null; configuration_item_ids: readonly string[] }): string[] {
  const near: string[] = [];
  if (place.component && one.configuration_item_ids.includes(place.component)) near.push('component');
  if (one.configuration_item_ids.some((id) => place.below.includes(id))) near.push('needed_component');
  if (place.service && one.service_id === place.service) near.push('service');
  return near;
}

/** Changes near it: those of the 72 hours before it began and since, and those planned next. */
export async function changesNear(context: Context, record: Row, place: Place) {
  const opened = record.opened_at as Date;
  const now = context.now;
  const over = (record.resolved_at as Date | null) ?? now;
  const from = new Date(opened.getTime() - back);
  const parts = [...(place.component ? [place.component] : []), ...place.below];
  const why = (found: number): Why => ({
    rule: 'changes_near',
    inputs: { hours_before: back / 3_600_000, from, days_ahead: ahead / day },
    alternatives: { found },
  });
  if (parts.length === 0 && !place.service) return { recent: [], planned: [], why: why(0) };
  const found = await rows<FoundChange>(
    context.db,
    sql`select ${brief}, c.kind, c.outcome, c.planned_start, c.planned_end, c.actual_start, c.actual_end, c.service_id,
          c.configuration_item_ids
        from change c join record r on r.id = c.id
        where (c.configuration_item_ids && ${parts}::uuid[] or c.service_id = ${place.service}::uuid)
          and r.state not in ('cancelled', 'rejected', 'imported', 'draft') and ${seen(context, 'change')}
          and ((c.actual_start <= ${over} and coalesce(c.actual_end, ${now}) >= ${from})
            or (c.actual_start is null and c.planned_end >= ${now} and c.planned_start <= ${new Date(now.getTime() + ahead)}))
        order by c.planned_start desc nulls last, r.id desc limit 40`,
  );
  const shown = found.map(({ service_id, configuration_item_ids, ...one }) => ({
    ...one,
    why: {
      near: nearBy(place, { service_id, configuration_item_ids }),
      hours_before: one.actual_start
        ? Math.round((opened.getTime() - one.actual_start.getTime()) / 360_000) / 10
        : null,
    },
  }));
  const closeness = (one: (typeof shown)[number]) => (one.why.near.includes('component') ? 0 : 1);
  return {
    recent: shown
      .filter((one) => one.actual_start)
      .sort((a, b) => closeness(a) - closeness(b))
      .slice(0, most),
    planned: shown
      .filter((one) => !one.actual_start)
      .reverse()
      .slice(0, most),
    why: why(found.length),
  };
}

/** Known errors of its service and components, and the problem it is named to. */
export async function knownErrorsOf(context: Context, record: Row, place: Place) {
  const parts = [...(place.component ? [place.component] : []), ...place.below];
  const found = await rows<
    Brief & {
      known_error: boolean;
      known_error_at: Date | null;
      root_cause: string | null;
      workaround: string | null;
      service_id: string | null;
      configuration_item_ids: string[];
    }
  >(
    context.db,
    sql`select ${brief}, p.known_error, p.known_error_at, p.root_cause, p.workaround, p.service_id, p.configuration_item_ids
        from problem p join record r on r.id = p.id
        where (p.id = ${record.problem_id ?? null}::uuid
            or (p.known_error and (p.service_id = ${place.service}::uuid or p.configuration_item_ids && ${parts}::uuid[])))
          and ${seen(context, 'problem')}
        order by p.known_error_at desc nulls last, r.id desc limit 30`,
  );
  const named = (id: string) => id === record.problem_id;
  const items = found.map(({ service_id, configuration_item_ids, ...one }) => ({
    ...one,
    why: {
      near: [...(named(one.id) ? ['named'] : []), ...nearBy(place, { service_id, configuration_item_ids })],
    },
  }));
  const rank = ({ why }: { why: { near: string[] } }) =>
    ['named', 'component', 'needed_component', 'service'].findIndex((near) => why.near.includes(near));
  return {
    items: items.sort((a, b) => rank(a) - rank(b)).slice(0, most),
    why: {
      rule: 'known_errors',
      inputs: { service: place.service !== null, components: parts.length },
      alternatives: { found: found.length },
    } satisfies Why,
  };
}

/** Who else is affected: other open incidents of the same component or service, and what is part of this one. */
export async function affectedBy(context: Context, record: Row, place: Place) {
  const found =
    place.service || place.component
      ? await rows<Brief & { priority: number; opened_at: Date; component: boolean; n: number; people: number }>(
          context.db,
          sql`with near as (
              select ${brief}, r.priority, r.opened_at, r.requester_id,
                coalesce(i.configuration_item_id = ${place.component}::uuid, false) as component
              from record r join incident i on i.id = r.id
              where r.type = 'incident' and r.state_category in ('open', 'paused') and r.id <> ${record.id}::uuid
                and (i.configuration_item_id = ${place.component}::uuid or i.service_id = ${place.service}::uuid)
                and ${seen(context, 'incident')})
            select type, id, number, name, state, priority, opened_at, component,
              (select count(*)::int from near) as n, (select count(distinct requester_id)::int from near) as people
            from near order by component desc, priority, opened_at desc, id limit ${most}`,
        )
      : [];
  const children = await rows<Brief & { n: number }>(
    context.db,
    sql`select ${brief}, count(*) over ()::int as n from incident i join record r on r.id = i.id
        where i.parent_id = ${record.id}::uuid and ${seen(context, 'incident')}
        order by (r.state_category in ('open', 'paused')) desc, r.opened_at desc limit ${most}`,
  );
  return {
    items: found.map(({ n: _n, people: _people, component, ...one }) => ({
      ...one,
      why: { near: [component ? 'component' : 'service'] },
    })),
    total: found[0]?.n ?? 0,
    people: found[0]?.people ?? 0,
    children: { items: children.map(({ n: _n, ...one }) => one), total: children[0]?.n ?? 0 },
    why: {
      rule: 'affected',
      inputs: { service: place.service !== null, component: place.component !== null },
      alternatives: { found: found[0]?.n ?? 0 },
    } satisfies Why,
  };
}

/** The names of records by their ids, as far as they are in sight. */
export async function briefsOf(context: Context, type: string, ids: readonly string[]): Promise<Map<string, Brief>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Brief>(
    context.db,
    sql`select ${brief} from record r where r.type = ${type} and r.id ${among([...ids])} and ${inSight(context, type)}`,
  );
  return new Map(found.map((one) => [one.id, one]));
}
