import type { Row } from '../kernel/database';
import type { PastCase } from '../kernel/past';
import { deliveredMatrix, priorityOf } from '../practices/operation/incident';
import { chanceOf } from './chance.rules';
import { readerOf, routerOf, screenOf } from './components';
import { services } from './direction';
import type { Span } from './intake';
import type { Known } from './known';
import { type By, beginLife, type Life } from './life';
import { live, type Plan, whoTakes } from './lives';
import { fullName, hasKitchenScreen, overSecondGateway, type Place } from './places';
import { whyTeam } from './sorting';

/** One incident of the demonstration, told when its turn comes: in the order in which they were opened. */
export interface Item {
  readonly at: number;
  /** By which others of the demonstration name it. */
  readonly key?: string;
  /** The one that must have been made before. */
  readonly needs?: string;
  readonly tell: (world: World) => PastCase;
  /** Contents of files it brings, by id. */
  readonly files?: ReadonlyMap<string, Buffer>;
}

export interface World {
  readonly known: Known;
  readonly span: Span;
  /** When it is loaded; what lies after it has not happened. */
  readonly now: Date;
  readonly end: number;
  /** The beginning of the day of loading. */
  readonly today: number;
  problemAt(key: string, at: number): string | null;
}

export const begin = (world: World): Life => beginLife(world.known, world.end, world.now);

/** The component a story means, where there is one. */
export function partNamed(part: string | undefined, place: Place | null): string | null {
  if (part === 'router') return place && routerOf(place);
  if (part === 'readers') return place && readerOf(place);
  if (part === 'screen') return place && hasKitchenScreen(place) ? screenOf(place) : null;
  return part ?? null;
}
export const gatewayOf = (place: Place): string => (overSecondGateway(place) ? 'pay-gw-2' : 'pay-gw-1');

interface Said {
  readonly title: string;
  readonly text: string;
  readonly service: string;
  readonly category: string;
  readonly sub: string | null;
  readonly scores: readonly [number, number];
  readonly requester: string | null;
  readonly beneficiary?: string;
  readonly organization?: string | null;
  readonly team: string | null;
  readonly assignee?: string;
  readonly part?: string | null;
  readonly place?: Place | null;
  readonly channel: string;
  readonly tags?: readonly string[];
  readonly more?: Row;
}

/** What logging sets. */
export function logged(known: Known, said: Said): Row {
  const offered = services.find(({ name }) => name === said.service)!;
  const [impact, urgency] = said.scores;
  const person = (name: string | null | undefined) => (name ? known.person(name) : null);
  return {
    title: said.title,
    description: said.text,
    impact,
    urgency,
    priority: priorityOf(deliveredMatrix, impact, urgency),
    category: said.category,
    subcategory: said.sub,
    service_id: known.id('service', said.service),
    configuration_item_id: said.part ? known.id('configuration_item', said.part) : null,
    requester_id: person(said.requester),
    beneficiary_id: person(said.beneficiary),
    organization_id: said.organization ? known.id('organization', said.organization) : null,
    department: known.id('department', offered.department),
    team_id: said.team ? known.id('team', said.team) : null,
    assignee_id: person(said.assignee),
    channel: said.channel,
    tags: [...(said.tags ?? [])],
    ...(said.place ? { x_delivery_point: fullName(said.place) } : {}),
    ...said.more,
  };
}

/** An ordinary incident. Whoever is on the list is spared when it is still open in the end. */
export function ordinary(plan: Plan, category: string, spared: readonly string[]): Item {
  const tell = (world: World, but: readonly string[]) => {
    const { known, span } = world;
    const chance = chanceOf(span.seed, plan.at, plan.service, 'life');
    const { story, fill, place } = plan;
    const german = plan.language === 'de';
    const title = fill(chance.pick(story.titles));
    const text = fill(chance.pick(story.texts));
    const spoken = ['phone', 'chat', 'walk_in'].includes(plan.channel);
    const desk = plan.department === 'it' ? 'Service desk' : plan.team;
    const by: By = plan.requester
      ? { name: spoken ? whoTakes(chance, desk, plan, plan.at, world.today, but) : plan.requester.name }
      : 'rule';
    // A mail that names no service finds no team by itself.
    const teamless = plan.channel === 'mail' && plan.department === 'it' && chance.happens(0.5);
    const said = logged(known, {
      title,
      text,
      service: plan.service,
      category,
      sub: story.sub,
      scores: story.scores[0]!,
      requester: plan.requester?.name ?? null,
      organization: plan.organization,
      team: teamless ? null : plan.team,
      part: partNamed(story.part, place),
      place,
      channel: plan.channel,
      tags: [...(story.tags ?? []), ...(german ? ['berlin'] : [])],
    });
    const life = begin(world);
    life.log(plan.at, by, said, teamless || spoken ? undefined : whyTeam(known, plan.service, story.sub));
    const problemId = story.problem && chance.happens(0.5) ? world.problemAt(story.problem, plan.at) : null;
    live(chance, life, { ...plan, problemId }, world.today, but);
    return { life, told: life.told() };
  };
  return {
    at: plan.at,
    tell: (world) => {
      const first = tell(world, []);
      const settled = ['closed', 'cancelled'].includes(first.life.state);
      return settled ? first.told : tell(world, spared).told;
    },
  };
}
