import type { Context } from '../kernel/command';
import type { Row } from '../kernel/database';
import { newId } from '../kernel/id';
import { deliveredMatrix, deliveredWeights } from '../practices/operation/incident';
import { actionRules } from './acting';
import { publishAgreements } from './agreements';
import { partsOf } from './components';
import { departments, goals, organizations, services, teams } from './direction';
import { amend, found, type Made } from './founding';
import { DAY } from './intake';
import type { Known } from './known';
import { membersOf, people, type Somebody } from './people';
import { fullName, places } from './places';
import { calendars, observed } from './promises';
import { sortings } from './sorting';

/** When the house was set up: dates before the first incident. */
export interface Founding {
  readonly seed: string;
  /** The beginning of the history. */
  readonly first: Date;
  /** The beginning of the day of loading. */
  readonly today: Date;
}

const before = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY);
export const dateOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Departments, people, teams, goals, services, components, calendars, agreements. */
export async function foundOrganisation(
  context: Context,
  known: Known,
  when: Founding,
  refreshFields: () => Promise<unknown>,
) {
  await foundPeople(context, known, when);
  await foundDirection(context, known, when);
  await foundPromises(context, known, when);
  const at = before(when.first, 12);
  await foundSorting(context, known, at);
  await found(context, known, 'custom_field', [
    {
      name: 'Delivery point',
      at,
      by: 'Ada Rossi',
      set: {
        label: 'Delivery point',
        record_type: 'incident',
        key: 'x_delivery_point',
        kind: 'choice',
        choices: places.map(fullName),
        help: 'Where it happens, when it happens at one delivery point.',
      },
    },
  ]);
  await refreshFields();
  // Whoever looks after the houses speaks of jobs; everybody else of incidents.
  await found(
    context,
    known,
    'vocabulary',
    (
      [
        ['en', 'English', { 'type.incident': 'Job', 'plural.incident': 'Jobs', 'state.on_hold': 'Waiting' }],
        ['de', 'Deutsch', { 'type.incident': 'Auftrag', 'plural.incident': 'Aufträge', 'state.on_hold': 'Wartet' }],
      ] as const
    ).map(([language, name, words]) => ({
      name: `facilities ${language}`,
      at,
      by: 'Ada Rossi',
      set: { name, language, department: known.id('department', 'facilities'), words },
    })),
  );
  // A rule that waits to be switched on: its page shows what it would have done.
  await found(context, known, 'assignment_rule', [
    {
      name: 'Kitchens that stand still',
      at: before(when.today, 1),
      by: 'Marta Lopes',
      set: {
        name: 'Kitchens that stand still',
        description: 'The desk passes most of these on to Field support: let them go there at once.',
        state: 'draft',
        condition: 'service.name == "Kitchen screens" && subcategory in ["Screen", "Printer"] && impact <= 2',
        team_id: known.id('team', 'Field support'),
        rank: 50,
        owner_id: known.person('Marta Lopes'),
      },
    },
  ]);
  await found(
    context,
    known,
    'action_rule',
    actionRules(known).map(({ by = 'Marta Lopes', ...set }) => ({
      name: String(set.name),
      at: before(when.today, 1),
      by: String(by),
      set: { rank: 100, owner_id: known.person('Marta Lopes'), ...set },
    })),
  );
}

async function foundPeople(context: Context, known: Known, when: Founding): Promise<void> {
  const at = before(when.first, 30);
  const plain = (things: readonly ({ name: string } & Row)[]): Made[] =>
    things.map((set) => ({ name: set.name, at, set }));
  const made = await found(
    context,
    known,
    'department',
    departments.map(({ lead: _lead, ...set }) => ({ name: set.key, at, set })),
  );
  await found(
    context,
    known,
    'organization',
    plain(organizations.map((one) => ({ ...one, domains: [...one.domains] }))),
  );
  const bare = await found(
    context,
    known,
    'team',
    teams.map(({ name, department, skills }) => ({
      name,
      at,
      set: { name, department: known.id('department', department), skills: [...skills] },
    })),
  );
  // Those who lead come before those they lead.
  let waiting = [...people];
  const rows = new Map<string, Row>();
  while (waiting.length > 0) {
    const next = waiting.filter(({ boss }) => boss === null || rows.has(boss));
    const written = await found(
      context,
      known,
      'person',
      next.map((one) => ({ name: one.name, at: before(at, -1), set: personOf(known, one) })),
    );
    for (const [index, one] of next.entries()) rows.set(one.name, written[index]!);
    waiting = waiting.filter((one) => !rows.has(one.name));
  }
  await amend(
    context,
    'team',
    'edited',
    known,
    bare.map((record) => {
      const team = teams.find(({ name }) => name === record.title)!;
      const members = membersOf(team.name);
      const lead = members.find(({ name }) => name === leadOfTeam(team.name))!;
      return {
        record,
        at: before(at, -2),
        by: 'Ada Rossi',
        set: {
          lead_id: known.person(lead.name),
          member_ids: members.map(({ name }) => known.person(name)),
          shifts: team.shifts.map(([from, until, weekend], index) => ({
            days: ['mon', 'tue', 'wed', 'thu', 'fri', ...(weekend ? ['sat', 'sun'] : [])],
            from,
            until,
            // Where there are two shifts, every second one has the later; the lead may be called in both.
            ...(team.shifts.length > 1
              ? {
                  person_ids: members
                    .filter((_one, place) => place % 2 === index || _one === lead)
                    .map(({ name }) => known.person(name)),
                }
              : {}),
          })),
        },
      };
    }),
  );
  await amend(
    context,
    'department',
    'edited',
    known,
    made.map((record, index) => ({
      record,
      at: before(at, -2),
      by: 'Ada Rossi',
      set: { owner_id: known.person(departments[index]!.lead) },
    })),
  );
  const away = people.filter((one) => one.away);
  await amend(
    context,
    'person',
    'adjusted',
    known,
    away.map((one) => ({
      record: rows.get(one.name)!,
      by: one.name,
      at: before(when.today, 20),
      set: {
        absent_from: dateOf(before(when.today, -one.away![0])),
        absent_until: dateOf(before(when.today, -one.away![1])),
        ...(one.delegate ? { delegate_id: known.person(one.delegate) } : {}),
      },
    })),
  );
}

const leadOfTeam = (team: string): string => membersOf(team).find(({ roles }) => roles.includes('team_lead'))!.name;

function personOf(known: Known, one: Somebody): Row {
  return {
    name: one.name,
    email: one.email,
    roles: [...one.roles],
    departments: one.departments.map((key) => known.id('department', key)),
    team_ids: one.team ? [known.id('team', one.team)] : [],
    organization_id:
      one.zone === 'Europe/Berlin' && one.roles.includes('requester')
        ? known.id('organization', 'Pizza&Pizza Berlin')
        : null,
    manager_id: one.boss ? known.person(one.boss) : null,
    language: one.language,
    time_zone: one.zone,
    location: one.location,
    skills: one.skills.filter((skill) => skill !== ''),
  };
}

async function foundDirection(context: Context, known: Known, when: Founding): Promise<void> {
  const at = before(when.first, 25);
  const department = (key: string | undefined) => (key ? known.id('department', key) : null);
  for (const level of levelsOf(goals))
    await found(
      context,
      known,
      'goal',
      level.map(({ under, owner, department: key, ...set }) => ({
        name: set.name,
        at,
        by: 'Carla Bianchi',
        set: {
          ...set,
          department: department(key),
          owner_id: known.person(owner),
          parent_id: under ? known.id('goal', under) : null,
        },
      })),
    );
  await found(
    context,
    known,
    'service',
    services.map((one) => ({
      name: one.name,
      at: before(at, -2),
      by: 'Ada Rossi',
      set: {
        name: one.name,
        description: one.description,
        customer_name: one.customerName,
        state: 'live',
        department: department(one.department),
        owner_id: known.person(one.owner),
        team_id: known.id('team', one.team),
        criticality: one.criticality,
        goals: one.goals.map(([name, weight]) => ({ goal_id: known.id('goal', name), weight })),
      },
    })),
  );
  let parts = [...partsOf(when.seed)];
  const there = new Set<string>();
  while (parts.length > 0) {
    const next = parts.filter(({ dependsOn }) => dependsOn.every((name) => there.has(name)));
    await found(
      context,
      known,
      'configuration_item',
      next.map((part) => ({
        name: part.name,
        at: before(at, -5),
        by: 'Cho Tanaka',
        set: {
          name: part.name,
          description: part.description ?? null,
          state: 'live',
          class: part.class,
          serial: part.serial,
          department: department(part.department),
          team_id: known.id('team', part.team),
          owner_id: known.person(leadOfTeam(part.team)),
          service_ids: part.services.map((name) => known.id('service', name)),
          depends_on_ids: part.dependsOn.map((name) => known.id('configuration_item', name)),
        },
      })),
    );
    for (const { name } of next) there.add(name);
    parts = parts.filter(({ name }) => !there.has(name));
  }
}

function levelsOf<T extends { name: string; under: string | null }>(all: readonly T[]): T[][] {
  const levels: T[][] = [];
  let above: (string | null)[] = [null];
  for (;;) {
    const level = all.filter(({ under }) => above.includes(under));
    if (level.length === 0) return levels;
    levels.push(level);
    above = level.map(({ name }) => name);
  }
}

async function foundPromises(context: Context, known: Known, when: Founding): Promise<void> {
  const drafted = before(when.first, 20);
  const accepted = before(when.first, 12);
  const published = before(when.first, 10);
  await found(
    context,
    known,
    'calendar',
    Object.entries(calendars).map(([name, definition]) => ({
      name,
      at: drafted,
      by: 'Ada Rossi',
      set: { name, ...definition, ...(name === 'Office hours' ? observed[name](drafted) : {}) },
      children: [{ table: 'calendar_version', insert: { id: newId(context.now), changed_at: drafted, definition } }],
    })),
  );
  await found(context, known, 'incident_model', [
    {
      name: 'Incidents of the house',
      at: drafted,
      by: 'Ada Rossi',
      set: {
        name: 'Incidents of the house',
        description:
          'Priority by impact and urgency; reopened within 14 days; closes itself five days after it was resolved.',
        matrix: deliveredMatrix,
        reopen_days: 14,
        close_days: 5,
        bounce_limit: 3,
        effective_on: dateOf(drafted),
        owner_id: known.person('Marta Lopes'),
      },
    },
  ]);
  await found(context, known, 'queue_order', [
    {
      name: 'The house',
      at: drafted,
      by: 'Ada Rossi',
      set: {
        name: 'The house',
        description: 'What is due first comes first; what stops many people or a goal counts earlier.',
        owner_id: known.person('Marta Lopes'),
        ...deliveredWeights,
      },
    },
    {
      name: 'Cards before all else',
      at: drafted,
      by: 'Ada Rossi',
      set: {
        name: 'Cards before all else',
        description: 'No card, no order: for this team a goal weighs twice as much.',
        owner_id: known.person('Ines Duarte'),
        team_id: known.id('team', 'Payments'),
        ...deliveredWeights,
        goal_minutes: deliveredWeights.goal_minutes * 2,
      },
    },
  ]);
  await publishAgreements(context, known, { drafted, accepted, published, reviewOn: dateOf(before(when.today, -75)) });
}

/** Which team takes what. */
async function foundSorting(context: Context, known: Known, at: Date): Promise<void> {
  const rows = await found(
    context,
    known,
    'assignment_rule',
    sortings.map(({ name, service, sub, team }) => ({
      name,
      at,
      by: 'Marta Lopes',
      set: {
        name,
        match: { service_id: known.id('service', service), subcategory: sub },
        team_id: known.id('team', team),
        balance: 'none',
        rank: 100,
        owner_id: known.person('Marta Lopes'),
      },
    })),
  );
  for (const row of rows) known.remember('rule number', String(row.title), String(row.number));
}
