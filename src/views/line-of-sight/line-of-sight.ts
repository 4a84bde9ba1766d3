import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { type Health, stakeOf, worst } from './health.rules';

export interface Stop {
  readonly kind: string;
  readonly number: string;
  readonly name: string;
  readonly health: Health;
  readonly stake: string | null;
}

export interface Path {
  readonly stops: Stop[];
  readonly weight: number;
}

interface Place {
  id: string;
  type: string;
  number: string;
  title: string;
  state: string;
  critical: number;
  strained: number;
  open: number;
  people: number;
}

const mostServices = 50;

/**
 * From the goals down to this record: every goal its services serve, the service, the component, the record. What the
 * caller may not see is left out. Without a service there is no path. Heaviest goal first.
 */
export async function lineOfSight(context: Context, type: RecordType, record: Row): Promise<Path[]> {
  const services = servicesOf(type, record);
  if (services.length === 0) return [];
  const component = type.type === 'configuration_item' ? record.id : record.configuration_item_id;
  const goals = await rows<{ service_id: string; goal_id: string; weight: number }>(
    context.db,
    sql`select s.id as service_id, (g ->> 'goal_id')::uuid as goal_id, coalesce((g ->> 'weight')::float8, 1) as weight
        from service s cross join lateral jsonb_array_elements(s.goals) g where s.id ${among(services)}`,
  );
  const ids = [
    ...services,
    ...goals.map((goal) => goal.goal_id),
    ...(typeof component === 'string' ? [component] : []),
  ];
  const places = new Map((await placesOf(context, ids)).map((place) => [place.id, place]));
  const carried = await carriedBy(
    context,
    goals.map((goal) => goal.goal_id),
  );

  const self = (): Stop[] =>
    ['service', 'configuration_item', 'goal'].includes(type.type)
      ? []
      : [
          {
            kind: type.type,
            number: String(record.number),
            name: String(record.title),
            health: 'unknown',
            stake: null,
          },
        ];
  const paths: Path[] = [];
  for (const id of services) {
    const service = places.get(id);
    if (!service) continue;
    const at = typeof component === 'string' ? places.get(component) : undefined;
    const below = [stopOf(context, service), ...(at ? [stopOf(context, at)] : []), ...self()];
    const mine = goals.filter((goal) => goal.service_id === id && places.has(goal.goal_id));
    if (mine.length === 0) paths.push({ stops: below, weight: 0 });
    for (const goal of mine) {
      const place = places.get(goal.goal_id)!;
      const health = worst((carried.get(goal.goal_id) ?? []).map(healthOf));
      const top: Stop = { kind: 'goal', number: place.number, name: place.title, health, stake: null };
      paths.push({ stops: [top, ...below], weight: goal.weight });
    }
  }
  return paths.sort((a, b) => b.weight - a.weight);
}

function servicesOf(type: RecordType, record: Row): string[] {
  if (type.type === 'service') return [String(record.id)];
  if (type.type === 'configuration_item') return ((record.service_ids as string[] | null) ?? []).slice(0, mostServices);
  return typeof record.service_id === 'string' ? [record.service_id] : [];
}

/** Each place with the unfinished incidents on it that the caller may see. */
async function placesOf(context: Context, ids: readonly string[]): Promise<Place[]> {
  if (ids.length === 0) return [];
  const types = [...context.house.types.values()];
  return rows<Place>(
    context.db,
    sql`select r.id, r.type, r.number, r.title, r.state, w.critical, w.strained, w.open, w.people
        from record r left join lateral (${openWorkOn(context)}) w on true
        where r.id ${among(ids)} and ${sightOf(context, types, (type) => type.named ?? type.sees)}`,
  );
}

/** Unfinished incidents on the service or component `r`: how many, how many are critical or past their promise. */
function openWorkOn(context: Context) {
  return sql`select count(*)::int as open, count(*) filter (where q.priority = 1 or i.major)::int as critical,
      count(*) filter (where q.priority = 2 or q.due_at < ${context.now})::int as strained,
      count(distinct q.requester_id)::int as people
    from incident i join record q on q.id = i.id and q.state_category in ('open', 'paused')
      and ${context.actor.kind === 'person' ? sql`(q.department ${among([...context.actor.reads])} or q.requester_id = ${context.actor.id}::uuid or q.beneficiary_id = ${context.actor.id}::uuid)` : sql`true`}
    where case r.type when 'service' then i.service_id = r.id when 'configuration_item' then i.configuration_item_id = r.id else false end`;
}

/** The services that carry each goal, with their open work: the goal is as well as the worst of them. */
async function carriedBy(context: Context, goals: readonly string[]): Promise<Map<string, Place[]>> {
  const map = new Map<string, Place[]>();
  if (goals.length === 0) return map;
  const found = await rows<Place & { goal_id: string }>(
    context.db,
    sql`select g.id as goal_id, r.id, r.type, r.number, r.title, r.state, w.critical, w.strained, w.open, w.people
        from unnest(${[...new Set(goals)]}::uuid[]) as g (id)
        join service s on s.goals @> jsonb_build_array(jsonb_build_object('goal_id', g.id::text))
        join record r on r.id = s.id left join lateral (${openWorkOn(context)}) w on true
        where ${sightOf(context, [...context.house.types.values()])}`,
  );
  for (const place of found) map.set(place.goal_id, [...(map.get(place.goal_id) ?? []), place]);
  return map;
}

function healthOf(place: Place): Health {
  if (!['live', 'retiring', 'active'].includes(place.state)) return 'unknown';
  if (place.critical > 0) return 'broken';
  return place.strained > 0 ? 'at_risk' : 'good';
}

function stopOf(context: Context, place: Place): Stop {
  return {
    kind: place.type,
    number: place.number,
    name: place.title,
    health: healthOf(place),
    stake: stakeOf(place, context.actor.language),
  };
}
