import { toInstant, toWall, zoneNamed } from '../commons/calendar';
import { deliveredMatrix, priorityOf } from '../practices/operation/incident';
import { type Chance, chanceOf } from './chance.rules';
import { services } from './direction';
import type { Plan } from './lives';
import { leadOf, officePeople, type Somebody } from './people';
import { hasKitchenScreen, openedBy, places } from './places';
import { teamFor } from './sorting';
import { allStories } from './stories/all';
import { german } from './stories/german';
import type { Rhythm, Stories, Story } from './stories/story';
import { fillFor } from './words';

export const DAY = 86_400_000;
const lisbon = zoneNamed('Europe/Lisbon');

/** The wall-time day in Lisbon, as days since 1970. */
export const dayOf = (at: number): number => Math.floor(toWall(lisbon, at) / DAY);
export const startOf = (dayNumber: number): number => toInstant(lisbon, dayNumber * DAY);
/** An instant by Lisbon's clock: a day, an hour and a minute. */
export const onDay = (dayNumber: number, hour: number, minute = 0): number =>
  toInstant(lisbon, dayNumber * DAY + (hour * 60 + minute) * 60_000);

/** Weights of the hours of a day, from 0 to 23. */
const hours = (text: string): number[] => text.split(' ').map(Number);
const meals = hours('0 0 0 0 0 0 0 0 0 0 1 3 6 5 2 1 1 2 5 8 8 5 3 1');
const evenings = hours('0 0 0 0 0 0 0 0 0 0 1 2 3 2 1 1 1 3 6 9 8 5 3 1');
const office = hours('0 0 0 0 0 0 0 1 3 7 6 5 2 3 5 4 3 2 1 0 0 0 0 0');
const allDay = hours('0 0 0 0 0 0 0 1 2 4 5 5 6 5 4 4 4 4 5 6 5 4 2 1');

/** From Sunday to Saturday. */
const sales = [1.3, 0.8, 0.8, 0.85, 1, 1.35, 1.5];
const desks = [0.05, 1.5, 1.2, 1.1, 1.05, 0.95, 0.1];

interface Beat {
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly of?: (date: Date) => number;
}
const nearMonthEnd = (date: Date) => (date.getUTCDate() >= 26 || date.getUTCDate() <= 3 ? 2 : 0.65);
const beats: Record<Rhythm, Beat> = {
  meals: { hours: meals, weekdays: sales },
  evenings: { hours: evenings, weekdays: sales },
  'all day': { hours: allDay, weekdays: [1, 1, 1, 1, 1, 1.1, 1.15] },
  office: { hours: office, weekdays: desks },
  mondays: { hours: office, weekdays: [0.4, 2, 1.2, 0.9, 0.9, 0.9, 0.4] },
  'month end': { hours: office, weekdays: desks, of: nearMonthEnd },
};

/** Heat, rain and holidays: how the year changes what comes in. */
function season(service: string, date: Date): number {
  const month = date.getUTCMonth();
  if (service === 'Repairs and cooling') return month >= 5 && month <= 8 ? 1.6 : 0.85;
  if (service === 'Kitchen screens') return month >= 5 && month <= 8 ? 1.35 : 0.9;
  if (service === 'Network') return month >= 10 || month <= 1 ? 1.3 : 0.9;
  return month === 7 ? 0.85 : 1;
}

export interface Span {
  readonly seed: string;
  /** Days in Lisbon since 1970: the first of the history and the one after its last. */
  readonly first: number;
  readonly end: number;
}

/** Everything that comes in on one day, apart from what has a story of its own. A function of seed and day. */
export function intakeOf(span: Span, dayNumber: number): { plan: Plan; chance: Chance }[] {
  const date = new Date(dayNumber * DAY);
  const share = (dayNumber - span.first) / (span.end - span.first);
  const open = openedBy(share);
  const found: { plan: Plan; chance: Chance }[] = [];
  if (['12-25', '01-01'].includes(date.toISOString().slice(5, 10))) return found;
  for (const stories of allStories) {
    const chance = chanceOf(span.seed, dayNumber, stories.service);
    const beat = beats[stories.rhythm];
    const growth = stories.from === 'offices' ? 1 : open / places.length;
    const mean =
      0.88 *
      stories.perDay *
      growth *
      beat.weekdays[date.getUTCDay()]! *
      (beat.of?.(date) ?? 1) *
      season(stories.service, date);
    for (let left = chance.count(mean); left > 0; left -= 1)
      found.push({ plan: planOf(chance, stories, dayNumber, open, share), chance });
  }
  return found;
}

const channelsOf = {
  points: ['portal', 'portal', 'portal', 'portal', 'phone', 'phone', 'phone', 'chat', 'mail'],
  offices: ['portal', 'portal', 'mail', 'mail', 'mail', 'chat', 'phone', 'walk_in'],
} as const;
const watched = ['Ordering website', 'Network', 'Card payments'];

function planOf(chance: Chance, stories: Stories, dayNumber: number, open: number, share: number): Plan {
  const beat = beats[stories.rhythm];
  const hour = chance.weighted([...beat.hours.keys()], (one) => beat.hours[one]!);
  const at = onDay(dayNumber, hour, chance.whole(0, 59)) + chance.whole(0, 59) * 1000;
  const atPoint = stories.from === 'points' || (stories.from === 'both' && chance.happens(0.55));
  const points = stories.service === 'Kitchen screens' ? places.filter(hasKitchenScreen).length : open;
  const place = atPoint ? places[chance.whole(0, points - 1)]! : null;
  const requester: Somebody = place ? leadOf(place.number) : chance.pick(officePeople);
  const speaksGerman = place?.city === 'Berlin' && german[stories.service] !== undefined && chance.happens(0.8);
  // Readers of the first series were exchanged in spring: from then on batteries are no topic any more.
  const still = (story: Story) => story.weight * (story.problem === 'batteries' && share > 0.4 ? 0.35 : 1);
  const story = chance.weighted(speaksGerman ? german[stories.service]! : stories.list, still);
  const [impact, urgency] = chance.pick(story.scores);
  const offered = services.find(({ name }) => name === stories.service)!;
  const machine = watched.includes(stories.service) && chance.happens(0.05);
  return {
    at,
    service: stories.service,
    department: offered.department,
    organization: place?.city === 'Berlin' && offered.department === 'it' ? 'Pizza&Pizza Berlin' : null,
    team: teamFor(stories.service, story.sub),
    serviceTeam: offered.team,
    story: { ...story, scores: [[impact, urgency]] },
    fill: fillFor(chance, at, place),
    priority: priorityOf(deliveredMatrix, impact, urgency),
    requester: machine ? null : requester,
    place,
    channel: machine ? 'monitoring' : chance.pick(channelsOf[place ? 'points' : 'offices']),
    language: speaksGerman ? 'de' : 'en',
    slowness: stories.slowness,
  };
}
