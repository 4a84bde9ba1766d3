import { places } from './places';
import { signIns } from './sign-ins';

/** Somebody at Pizza&Pizza. */
export interface Somebody {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  readonly team: string | null;
  readonly boss: string | null;
  readonly location: string;
  readonly language: 'en' | 'de';
  readonly zone: string;
  readonly skills: readonly string[];
  /** Numbers of the delivery points they answer for. */
  readonly points: readonly number[];
  /** Days from the day of loading: first and last day away. */
  readonly away?: readonly [number, number];
  readonly delegate?: string;
}

const office = 'Head office, Lisbon';
const lisbon = 'Europe/Lisbon';

/** Work of those who sign in and of their colleagues: team, boss, skills. */
const staff: Record<string, Partial<Somebody>> = {
  'Carla Bianchi': { boss: null },
  'Ada Rossi': { boss: 'Carla Bianchi' },
  'Ines Duarte': { boss: 'Carla Bianchi' },
  'Otto Brandt': { boss: null },
  'Cho Tanaka': { team: 'Network', boss: 'Carla Bianchi', skills: ['gateways', 'certificates', 'network'] },
  'Sam Okafor': { team: 'Service desk', boss: 'Marta Lopes', skills: ['tills', 'card readers', 'workplace'] },
  'Hana Novak': { team: 'HR services', boss: 'Beatriz Gomes', skills: ['payroll', 'leave'] },
  'Fred Lindqvist': { team: 'Finance services', boss: 'Gloria Santos', skills: ['expenses', 'suppliers'] },
};

interface Colleague {
  name: string;
  team: string;
  boss?: string;
  lead?: boolean;
  roles?: string[];
  skills?: string;
  berlin?: boolean;
  away?: readonly [number, number];
  delegate?: string;
}

const teamsOf: Record<string, string> = {
  'HR services': 'hr',
  'Finance services': 'finance',
  Facilities: 'facilities',
};
export const departmentOfTeam = (team: string): string => teamsOf[team] ?? 'it';

const colleagues: readonly Colleague[] = [
  { name: 'Marta Lopes', team: 'Service desk', lead: true, roles: ['incident_manager'], skills: 'major incidents' },
  { name: 'Jonas Weber', team: 'Service desk', berlin: true, skills: 'German, tills' },
  { name: 'Lucia Ferreira', team: 'Service desk', skills: 'workplace, e-mail', away: [-3, 6], delegate: 'Sam Okafor' },
  { name: 'Kofi Mensah', team: 'Service desk', skills: 'evenings, telephony' },
  { name: 'Tomas Reis', team: 'Payments', lead: true, skills: 'Payline, certificates' },
  { name: 'Priya Nair', team: 'Payments', skills: 'readers, settlement' },
  { name: 'Bruno Sá', team: 'Payments', skills: 'readers, tills' },
  { name: 'Elena Petrova', team: 'Web', lead: true, skills: 'orders, releases' },
  { name: 'Diego Ramos', team: 'Web', skills: 'basket, menus' },
  { name: 'Yuki Mori', team: 'Web', skills: 'menus, pictures' },
  { name: 'Nuno Carvalho', team: 'Network', lead: true, skills: 'routers, lines' },
  { name: 'Aisha Diallo', team: 'Network', skills: 'lines, telephony', away: [12, 26], delegate: 'Nuno Carvalho' },
  { name: 'Rui Tavares', team: 'Field support', lead: true, skills: 'kitchen screens, printers' },
  { name: 'Petra Schmidt', team: 'Field support', berlin: true, skills: 'German, kitchen screens' },
  { name: 'João Pinto', team: 'Field support', skills: 'printers, handsets' },
  {
    name: 'Lars Holm',
    team: 'Service desk',
    boss: 'Carla Bianchi',
    roles: ['problem_manager', 'knowledge_editor'],
    skills: 'causes',
  },
  { name: 'Beatriz Gomes', team: 'HR services', lead: true, skills: 'contracts' },
  { name: 'Felix Braun', team: 'HR services', berlin: true, skills: 'German, payroll' },
  { name: 'Gloria Santos', team: 'Finance services', lead: true, skills: 'closing' },
  { name: 'Henrik Dahl', team: 'Finance services', skills: 'suppliers, invoices', away: [-1, 1] },
  { name: 'Irene Costa', team: 'Facilities', lead: true, skills: 'access, contracts' },
  { name: 'Manuel Faria', team: 'Facilities', skills: 'repairs, cooling' },
  { name: 'Zofia Kowalska', team: 'Facilities', skills: 'access, cleaning' },
];

/** Who answers for delivery points, and for which; Rita for DP 12 and its neighbour. */
const shiftLeads =
  'Rita Moreira 12 13, Kenji Ito 1 2, Amélia Rocha 3 4, Pedro Antunes 5 6, Leila Haddad 7 8, Duarte Neves 9 10, Grace Adeyemi 11 14, Vasco Melo 15 16, Chiara Greco 17 18, Tiago Brandão 19 20, Nadia Rahman 21 22, Hugo Simões 23 24, Eva Lindgren 25 26, Raquel Pires 27 28, Omar Farouk 29 30, Filipa Cruz 31 32, Samuel Osei 33 34, Joana Barros 35 36, Ivan Kovač 37 38, Teresa Matos 39 40, André Leal 41 42, Mei Chen 43 44, Anke Krüger 45 46, Mehmet Yildiz 47 48, Stefanie Lang 49 50';
const areaManagers: Record<string, string> = { Porto: 'Sofia Almeida', Berlin: 'Klaus Richter' };
const areaOf = (city: string): string => areaManagers[city] ?? 'Marco Vidal';

const plainly = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/ /g, '.');

const nobody = {
  team: null,
  boss: null,
  location: office,
  language: 'en',
  zone: lisbon,
  skills: [],
  points: [],
} as const;
const berliner = { location: 'Office Berlin', language: 'de', zone: 'Europe/Berlin' } as const;

function shiftLead(text: string): Somebody {
  const [, name, ...numbers] = /^(.*?) (\d+) (\d+)$/.exec(text)!;
  const points = numbers.map(Number);
  const place = places[points[0]! - 1]!;
  const german = place.city === 'Berlin';
  return {
    ...nobody,
    name: name!,
    email: `${name === 'Rita Moreira' ? 'rita' : plainly(name!)}@pizza.example`,
    roles: ['requester'],
    departments: [],
    boss: areaOf(place.city),
    location: `${place.dp} ${place.name}, ${place.city}`,
    language: german ? 'de' : 'en',
    zone: place.zone,
    points,
  };
}

/** Everybody, bosses before those they lead where it can be. */
export const people: readonly Somebody[] = [
  ...signIns
    .filter(({ name }) => name !== 'Rita Moreira')
    .map((one) => ({
      ...nobody,
      ...staff[one.name],
      name: one.name,
      email: one.email,
      roles: one.roles,
      departments: one.departments,
    })),
  ...colleagues.map(
    ({ name, team, lead, roles = [], skills = '', berlin, away, delegate, boss }): Somebody => ({
      ...nobody,
      ...(berlin ? berliner : {}),
      name,
      email: `${plainly(name)}@pizza.example`,
      roles: ['agent', ...(lead ? ['team_lead'] : []), ...roles],
      departments: [departmentOfTeam(team)],
      team,
      boss: boss ?? (lead ? 'Carla Bianchi' : (colleagues.find((one) => one.team === team && one.lead)?.name ?? null)),
      skills: skills.split(', '),
      ...(away ? { away } : {}),
      ...(delegate ? { delegate } : {}),
    }),
  ),
  ...['Marco Vidal', ...Object.values(areaManagers)].map(
    (name): Somebody => ({
      ...nobody,
      ...(name === 'Klaus Richter' ? berliner : {}),
      name,
      email: `${plainly(name)}@pizza.example`,
      roles: ['requester'],
      departments: [],
    }),
  ),
  ...shiftLeads.split(', ').map(shiftLead),
];

const byName = new Map(people.map((one) => [one.name, one]));
export const personNamed = (name: string): Somebody => byName.get(name)!;

const leads = new Map(people.flatMap((one) => one.points.map((point) => [point, one.name])));
/** Who answers for a delivery point. */
export const leadOf = (point: number): Somebody => personNamed(leads.get(point)!);

/** Those who work in offices and ask for things themselves; none of them signs in. */
export const officePeople: readonly Somebody[] = people.filter(
  (one) => one.points.length === 0 && !signIns.some(({ email }) => email === one.email),
);

export const membersOf = (team: string): readonly Somebody[] => people.filter((one) => one.team === team);
