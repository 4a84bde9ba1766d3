import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import type { Sentence } from '../../kernel/sentence.contract';
import { type Health, stakeOf, worst } from './health.rules';
import { type OpenWork, openWorkOn } from './open-work';

export interface Stop {
  readonly kind: string;
  readonly number: string;
  readonly name: string;
  readonly health: Health;
  readonly stake: Sentence | null;
}

export interface Path {
  readonly stops: Stop[];
  readonly weight: number;
}

interface Found {
  id: string;
  type: string;
  number: string;
  title: string;
  state: string;
}

interface Work extends OpenWork {
  /** An outage goes on. */
  out: boolean;
}

type Place = Found & Work;

const noWork: Work = { critical: 0, strained: 0, open: 0, people: 0, out: false };

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
  const found = await placesOf(context, ids);
  const carriers = await carriersOf(
    context,
    goals.map((goal) => goal.goal_id),
  );
  const work = await workOn(
    context,
    [...found, ...carriers].map(({ id }) => id),
  );
  const withWork = <T extends Found>(one: T): T & Work => ({ ...one, ...(work.get(one.id) ?? noWork) });
  const places = new Map(found.map((one) => [one.id, withWork(one)]));
  const carried = new Map<string, Place[]>();
  for (const one of carriers) carried.set(one.goal_id, [...(carried.get(one.goal_id) ?? []), withWork(one)]);

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
    const below = [stopOf(service), ...(at ? [stopOf(at)] : []), ...self()];
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

const placeColumns = sql`r.id, r.type, r.number, r.title, r.state`;

/** What stands at these ids, as far as the caller may name it. */
async function placesOf(context: Context, ids: readonly string[]): Promise<Found[]> {
  if (ids.length === 0) return [];
  const sight = sightOf(context, [...context.house.types.values()], (type) => type.named ?? type.sees);
  return rows<Found>(context.db, sql`select ${placeColumns} from record r where r.id ${among(ids)} and ${sight}`);
}

/** The services that carry each goal: the goal is as well as the worst of them. */
async function carriersOf(context: Context, goals: readonly string[]): Promise<(Found & { goal_id: string })[]> {
  if (goals.length === 0) return [];
  return rows<Found & { goal_id: string }>(
    context.db,
    sql`select g.id as goal_id, ${placeColumns} from unnest(${[...new Set(goals)]}::uuid[]) as g (id)
        join service s on s.goals @> jsonb_build_array(jsonb_build_object('goal_id', g.id::text))
        join record r on r.id = s.id
        where ${sightOf(context, [...context.house.types.values()])}`,
  );
}

/** Open work on these services and components, and whether they are out of order. */
async function workOn(context: Context, ids: readonly string[]): Promise<Map<string, Work>> {
  if (ids.length === 0) return new Map();
  const [found, out] = await Promise.all([openWorkOn(context, ids), outagesOn(context, ids)]);
  return new Map(
    ids.flatMap((id) => {
      const work = found.get(id);
      return work || out.has(id) ? [[id, { ...(work ?? noWork), out: out.has(id) }] as const] : [];
    }),
  );
}

/** Of these services those that are out of order, by the outages in sight. */
async function outagesOn(context: Context, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    context.db,
    sql`select o.service_id as id from outage o join record r on r.id = o.id
        where o.service_id = any(${[...new Set(ids)]}::uuid[]) and r.state = 'ongoing'
          and ${sightOf(
            context,
            [...context.house.types.values()].filter(({ type }) => type === 'outage'),
          )}`,
  );
  return new Set(found.map(({ id }) => id));
}

function healthOf(place: Place): Health {
  if (!['live', 'retiring', 'active'].includes(place.state)) return 'unknown';
  // A service is broken while an outage goes on; a component has none of its own.
  if (place.out || (place.type !== 'service' && place.critical > 0)) return 'broken';
  return place.strained > 0 || place.critical > 0 ? 'at_risk' : 'good';
}

function stopOf(place: Place): Stop {
  return {
    kind: place.type,
    number: place.number,
    name: place.title,
    health: healthOf(place),
    stake: stakeOf(place),
  };
}
