import type { Client, Operation } from './load';
import { commonWord, description, rareWord, seeded, title } from './words';

/** What the operations of one set work on. */
export interface Stage {
  readonly numbers: readonly string[];
  readonly team: string;
  readonly rare: string;
  readonly common: string;
  /** One who has reported something, for the plan of their list. */
  readonly requester: string;
  /** Those for whom incidents are logged, in turn: nobody reports thousands of them. */
  readonly people: readonly string[];
  /** Open incidents of each client, its own. */
  readonly own: readonly (readonly string[])[];
}

const open = 'new,assigned,in_progress,on_hold';
const path = (number: string, part = '') => `/api/v1/incidents/${number}${part}`;

/** Everything the page of an incident shows at once, as it asks for it. */
const page = '?with=comments,history,attachments,links,watchers,tasks,time-entries,line-of-sight,clocks';

/** What the screen of operations asks for: intake, outflow, backlog, promises, dwell, hours. */
const figures = ['intake', 'resolved', 'backlog', 'promises', 'dwell&by=state', 'resolution-hours&by=priority'].map(
  (of) => {
    const [name, by = 'by=month'] = of.split('&');
    return `/api/v1/measures/${name}?type=incident&${by}`;
  },
);

/** So many that none gets a history longer than those of a desk. */
const ownEach = 40;

export async function stageOf(client: Client, lanes: number): Promise<Stage> {
  const read = async (address: string) => JSON.parse((await client.ask('GET', address)).toString());
  // What the agent asked for themselves they see as a requester: other pages than those of their work.
  const work = `/api/v1/incidents?limit=500&fields=number&requester_id.ne=${(await read('/api/v1/me')).id}`;
  const newest = await read(`${work}&sort=-opened_at`);
  const oldest = await read(`${work}&sort=opened_at`);
  const numbers = [...newest.items, ...oldest.items].map((item: { number: string }) => item.number);
  const [first] = (
    await read(`/api/v1/incidents?limit=1&team_id.empty=false&sort=-opened_at&fields=team_id,requester_id`)
  ).items;
  const people = (await read('/api/v1/people?limit=500&fields=number&organization_id.empty=true')).items;
  const logged = async (lane: number): Promise<string> =>
    JSON.parse((await client.ask('POST', '/api/v1/incidents', { title: `Measured by client ${lane}` })).toString())
      .number;
  const own: string[][] = [];
  for (let lane = 0; lane < lanes; lane++) {
    const mine: string[] = [];
    for (let at = 0; at < ownEach; at++) mine.push(await logged(lane));
    own.push(mine);
  }
  const hits = async (text: string) => {
    const { items, corrected } = await read(`/api/v1/search?q=${text}&limit=1`);
    return items.length > 0 && corrected === null;
  };
  // The real log has words of its own: a symptom of a few, a category of many.
  const synthetic = await hits(rareWord);
  return {
    numbers,
    team: first.team_id.number,
    requester: first.requester_id?.number,
    people: people.map((item: { number: string }) => item.number),
    rare: synthetic ? rareWord : 'INC0000045',
    common: synthetic ? commonWord : 'category',
    own,
  };
}

/** A body as Alertmanager sends it: fifty groups fire again and again, one in twenty is new. */
function alertBody(turn: number) {
  const instance = turn % 20 === 0 ? `new-${turn}` : `till-${turn % 50}`;
  return {
    version: '4',
    groupKey: `{}:{alertname="Measured", instance="${instance}"}`,
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'Measured', instance, severity: 'warning' },
        annotations: { summary: 'It is measured how fast this comes in.' },
        startsAt: '2026-01-01T00:00:00Z',
        fingerprint: instance,
      },
    ],
  };
}

/** The operations by name, in the order of the table. */
export function operationsOf(client: Client, stage: Stage): Record<string, Operation> {
  const random = seeded(4711);
  const any = () => stage.numbers[Math.floor(random() * stage.numbers.length)]!;
  const get = (address: string) => client.ask('GET', address);
  const held = new Set<string>();
  const q = encodeURIComponent;
  return {
    'log an incident': (_lane, turn) =>
      client.ask('POST', '/api/v1/incidents', {
        title: title(random),
        description: description(random),
        impact: 2,
        urgency: 2,
        requester_id: stage.people[turn % stage.people.length],
      }),
    'an alert comes in': (_lane, turn) => client.ask('POST', '/hooks/alertmanager', alertBody(turn)),
    'one incident': () => get(path(any())),
    'page of an incident, all its data': () => get(path(any(), page)),
    'what stands around an incident': () => get(path(any(), '/context')),
    'list of 50 of a queue by priority and due': () =>
      get(`/api/v1/incidents?team_id=${stage.team}&state=${open}&sort=priority,due_at&limit=50`),
    'list of 50 of a queue in its order': () =>
      get(`/api/v1/incidents?team_id=${stage.team}&state=${open}&sort=queue_at&limit=50`),
    'list of 50, all open by priority and due': () =>
      get(`/api/v1/incidents?state=${open}&sort=priority,due_at&limit=50`),
    'search, a rare word': () => get(`/api/v1/search?q=${q(stage.rare)}`),
    'search, a common word': () => get(`/api/v1/search?q=${q(stage.common)}`),
    'search, a word mistyped': () =>
      get(`/api/v1/search?q=${q(`${stage.common.slice(0, 3)}${stage.common.slice(4)}`)}`),
    'change of state': (lane, turn) => {
      const number = stage.own[lane]![turn % ownEach]!;
      const isHeld = held.has(number);
      if (isHeld) held.delete(number);
      else held.add(number);
      return client.ask('POST', path(number, isHeld ? '/resume' : '/hold'), isHeld ? {} : { hold_reason: 'other' });
    },
    comment: (lane, turn) =>
      client.ask('POST', path(stage.own[lane]![turn % ownEach]!, '/comment'), { text: description(random, 12) }),
    'dashboard, six measures': () => Promise.all(figures.map(get)),
    'open work by priority': () => get('/api/v1/measures/backlog?type=incident&by=priority'),
  };
}
