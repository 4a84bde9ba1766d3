import type { Context } from '../kernel/command';
import type { Row } from '../kernel/database';
import { performPast } from '../kernel/past';
import { contentOf } from '../practices/design/service-level';
import { organizations } from './direction';
import type { Known } from './known';
import { type Promised, promises } from './promises';

const priorities = [1, 2, 3, 4, 5] as const;

/** What an agreement promises, in its own words. Where it holds for one priority only, it names none. */
function targetsOf(known: Known, one: Promised): Row[] {
  const byPriority = (target: string, amount: (at: number) => Row) =>
    one.match.priority !== undefined
      ? [{ target, ...amount(one.match.priority - 1) }]
      : priorities.map((priority) => ({ target, priority, ...amount(priority - 1) }));
  return [
    ...byPriority('first_response', (at) => ({ seconds: one.response[at] })),
    ...byPriority('resolution', (at) =>
      one.workingDays ? { working_days: one.workingDays[at], end_of_day: true } : { seconds: one.resolution[at] },
    ),
    ...Object.entries(one.slices ?? {}).flatMap(([team, share]) =>
      byPriority('team', (at) => ({ team_id: known.id('team', team), seconds: one.resolution[at]! * share })),
    ),
    ...(one.rest ? byPriority('team', (at) => ({ seconds: one.resolution[at]! * one.rest! })) : []),
    ...(one.update ? [{ target: 'update', seconds: one.update }] : []),
  ];
}

function matchOf(known: Known, { match }: Promised): Row {
  return {
    ...(match.service ? { service_id: known.id('service', match.service) } : {}),
    ...(match.priority ? { priority: match.priority } : {}),
    ...(match.department ? { department: known.id('department', match.department) } : {}),
    ...(match.organization ? { organization_id: known.id('organization', match.organization) } : {}),
  };
}

/** Whom the chain of what stops selling tells: first the lead of the team, then the CIO. */
const chain = (known: Known): Row[] => [
  { from: 'warning', after_s: 0, team_lead: true },
  { from: 'breach', after_s: 0, role: 'incident_manager' },
  { from: 'breach', after_s: 1800, person_id: known.person('Carla Bianchi') },
];

/** Drafted, accepted by the other side, published: all before the first incident. */
export async function publishAgreements(
  context: Context,
  known: Known,
  when: { drafted: Date; accepted: Date; published: Date; reviewOn: string },
): Promise<void> {
  const suppliers = new Set<string>(organizations.map(({ name }) => name));
  const effective = when.published.toISOString().slice(0, 10);
  const rows = await performPast(
    context,
    context.house.types.get('agreement')!,
    promises.map((one) => {
      const set: Row = {
        name: one.name,
        description: one.description,
        owner_id: known.person(one.parties[0]!),
        calendar_id: known.id('calendar', one.calendar),
        match: matchOf(known, one),
        targets: targetsOf(known, one),
        pause_states: ['on_hold'],
        pause_targets: [],
        warn_share: 0.75,
        escalations: one.escalates ? chain(known) : [],
        effective_on: effective,
        review_on: when.reviewOn,
        parties: one.parties.map((name) => (suppliers.has(name) ? known.id('organization', name) : known.person(name))),
        agreement_version: 1,
        cases: [],
        state: 'draft',
      };
      const by = (name: string) => ({ actor_id: known.person(name), actor_kind: 'person' as const, cause: null });
      const acceptedBy = known.person(one.acceptedBy);
      const { accepted, drafted, published } = when;
      return {
        lines: [
          { ...by('Ines Duarte'), past: 'created', at: drafted, set },
          {
            ...by(one.acceptedBy),
            past: 'accepted',
            at: accepted,
            set: { accepted_by_id: acceptedBy, accepted_at: accepted },
          },
          {
            ...by('Ines Duarte'),
            past: 'published',
            at: published,
            set: { state: 'published', published_version: 1, published_at: published },
          },
        ],
        children: [
          {
            table: 'agreement_version',
            insert: { version: 1, published_at: published, content: contentOf({ ...set, title: one.name }) },
          },
        ],
      };
    }),
  );
  for (const row of rows) known.remember('agreement', String(row.title), String(row.id));
}
