import { chanceOf } from './chance.rules';
import { fullName, hasKitchenScreen, overSecondGateway, type Place, places } from './places';

/** Something a service stands on; what it depends on comes before it. */
export interface Part {
  readonly name: string;
  readonly class: string;
  readonly serial: string | null;
  readonly team: string;
  readonly department: string;
  readonly services: readonly string[];
  readonly dependsOn: readonly string[];
  readonly description?: string;
}

export const routerOf = (place: Place): string => `Router ${place.dp}`;
export const readerOf = (place: Place): string => `Card readers ${place.dp}`;
export const screenOf = (place: Place): string => `Kitchen screen ${place.dp}`;

type Told = readonly [name: string, kind: string, team: string, services: string, dependsOn: string, what?: string];

const shared: readonly Told[] = [
  ['core-sw-1', 'switch', 'Network', 'Network', '', 'First core switch, head office.'],
  ['core-sw-2', 'switch', 'Network', 'Network', '', 'Second core switch, head office.'],
  ['fw-1', 'firewall', 'Network', 'Network', 'core-sw-1, core-sw-2'],
  ['wan-lisbon', 'line', 'Network', 'Network', 'fw-1', 'Fibranet, 43 delivery points.'],
  ['wan-berlin', 'line', 'Network', 'Network', 'fw-1', 'Fibranet, through Frankfurt.'],
  ['db-orders-1', 'database', 'Web', 'Ordering website, Delivery routing', 'core-sw-1'],
  ['db-orders-2', 'database', 'Web', 'Ordering website', 'core-sw-2, db-orders-1', 'Standby of db-orders-1.'],
  ['web-1', 'server', 'Web', 'Ordering website', 'db-orders-1'],
  ['web-2', 'server', 'Web', 'Ordering website', 'db-orders-1'],
  ['web-3', 'server', 'Web', 'Ordering website, Menu designer', 'db-orders-1'],
  ['lb-1', 'load balancer', 'Web', 'Ordering website', 'web-1, web-2, web-3, fw-1'],
  ['menu-db', 'database', 'Web', 'Menu designer', 'core-sw-2'],
  ['img-store', 'storage', 'Web', 'Menu designer, Ordering website', 'core-sw-2'],
  ['route-engine', 'server', 'Web', 'Delivery routing', 'db-orders-1'],
  ['Payline hub', 'external', 'Payments', 'Card payments', '', 'The acquirer, run by Payline.'],
  ['pay-hub', 'server', 'Payments', 'Card payments', 'Payline hub, fw-1', 'Our customised part of the payment system.'],
  ['pay-gw-1', 'gateway', 'Payments', 'Card payments', 'pay-hub'],
  [
    'pay-gw-2',
    'gateway',
    'Payments',
    'Card payments',
    'pay-hub',
    'Card payments of 14 delivery points, DP 07 to DP 20.',
  ],
  ['voice-trunk', 'external', 'Network', 'Telephony', '', 'Trunk of the supplier Voxline.'],
  ['pbx-1', 'switchboard', 'Network', 'Telephony', 'voice-trunk, core-sw-1'],
  ['screen-srv', 'server', 'Field support', 'Kitchen screens', 'db-orders-1'],
  ['shift-app', 'server', 'Service desk', 'Shift planner', 'core-sw-2'],
  ['mail-cloud', 'external', 'Service desk', 'E-mail', ''],
  ['print-srv', 'server', 'Service desk', 'Workplace', 'core-sw-1'],
  ['dir-1', 'directory', 'Service desk', 'Workplace, Shift planner, E-mail', 'core-sw-1', 'Sign-in of all colleagues.'],
  ['door-ctl', 'door controller', 'Facilities', 'Building access', 'core-sw-2'],
  ['ledger', 'server', 'Finance services', 'Expenses, Supplier invoices', 'core-sw-2'],
];

const departmentOf: Record<string, string> = { Facilities: 'facilities', 'Finance services': 'finance' };
const listed = (text: string): string[] => (text === '' ? [] : text.split(', '));

/** The component graph: what all share first, then what stands at each delivery point. */
export function partsOf(seed: string): readonly Part[] {
  const chance = chanceOf(seed, 'serials');
  const serial = (prefix: string) => `${prefix}-${chance.whole(10_000, 99_999)}-${chance.pick(['A', 'C', 'F', 'K'])}`;
  const it = { department: 'it' };
  return [
    ...shared.map(([name, kind, team, services, dependsOn, description]) => ({
      name,
      class: kind,
      serial: kind === 'external' || kind === 'line' ? null : serial('PP'),
      team,
      department: departmentOf[team] ?? 'it',
      services: listed(services),
      dependsOn: listed(dependsOn),
      description,
    })),
    ...places.flatMap((place): Part[] => [
      {
        ...it,
        name: routerOf(place),
        class: 'router',
        serial: serial('RT'),
        team: 'Network',
        services: ['Network'],
        dependsOn: [place.city === 'Berlin' ? 'wan-berlin' : 'wan-lisbon'],
        description: fullName(place),
      },
      {
        ...it,
        name: readerOf(place),
        class: 'card readers',
        serial: serial('PX'),
        team: 'Payments',
        services: ['Card payments'],
        dependsOn: [routerOf(place), overSecondGateway(place) ? 'pay-gw-2' : 'pay-gw-1'],
        description: `${fullName(place)}: one for the counter, one for each rider.`,
      },
      ...(hasKitchenScreen(place)
        ? [
            {
              ...it,
              name: screenOf(place),
              class: 'kitchen screen',
              serial: serial('KS'),
              team: 'Field support',
              services: ['Kitchen screens'],
              dependsOn: [routerOf(place), 'screen-srv'],
              description: fullName(place),
            },
          ]
        : []),
    ]),
  ];
}
