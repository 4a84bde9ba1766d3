/** Problems and changes: known by number and title so far. `month` counts from the beginning of the history. */
interface KnownCause {
  readonly key: string;
  readonly title: string;
  readonly month: number;
  readonly by: string;
  readonly department: string;
  readonly description: string;
  /** Months after which it was over; none: it still stands. */
  readonly over?: number;
}

const it = { department: 'it' } as const;

export const problems: readonly KnownCause[] = [
  {
    ...it,
    key: 'batteries',
    month: 2.1,
    over: 7,
    by: 'Lars Holm',
    title: 'Readers of the first series lose their charge',
    description: 'Batteries from one batch swell after a year. Payline replaces them.',
  },
  {
    ...it,
    key: 'nights',
    month: 3.4,
    by: 'Lars Holm',
    title: 'Shift export misses hours after midnight',
    description: 'The export takes the date of the start for the whole shift. Workaround: split the shift at 00:00.',
  },
  {
    ...it,
    key: 'basket',
    month: 9.05,
    over: 10.5,
    by: 'Lars Holm',
    title: 'Basket emptied after release 9.2',
    description: 'A change of the session key threw away open baskets.',
  },
  {
    ...it,
    key: 'trunk',
    month: 13.2,
    over: 15,
    by: 'Lars Holm',
    title: 'One telephone trunk for all delivery points',
    description: 'When the trunk of Voxline fails nobody can be called. A second way was ordered.',
  },
  {
    ...it,
    key: 'heat',
    month: 5.2,
    by: 'Lars Holm',
    title: 'Kitchen screens restart in the heat of the oven',
    description: 'Screens above 45 °C switch themselves off. Workaround: move them a metre to the side.',
  },
  {
    ...it,
    key: 'certificates',
    month: 15.5,
    by: 'Lars Holm',
    title: 'Certificates of the gateways are renewed by hand',
    description: 'Twice a year somebody has to remember. Watching their dates is being set up.',
  },
  {
    ...it,
    key: 'flaps',
    month: 10.8,
    over: 14,
    by: 'Lars Holm',
    title: 'Lines in Porto drop in heavy rain',
    description: 'Fibranet found water in a cabinet near Campanhã.',
  },
  {
    ...it,
    key: 'pictures',
    month: 7.7,
    over: 9,
    by: 'Lars Holm',
    title: 'Pictures of menus turn on phones',
    description: 'The orientation stored by the camera was ignored.',
  },
];

export const changes: readonly KnownCause[] = [
  {
    ...it,
    key: 'router-firmware',
    month: 1.4,
    over: 1.6,
    by: 'Cho Tanaka',
    title: 'New firmware for all routers',
    description: 'Closes two holes; each point is without a line for four minutes at night.',
  },
  {
    ...it,
    key: 'screens',
    month: 2.6,
    over: 6,
    by: 'Cho Tanaka',
    title: 'Kitchen screens at DP 11 to DP 22',
    description: 'Second wave.',
  },
  {
    ...it,
    key: 'battery-swap',
    month: 4.2,
    over: 7,
    by: 'Cho Tanaka',
    title: 'Exchange of 60 card readers of the first series',
    description: 'Payline sends them, field support swaps them.',
  },
  {
    ...it,
    key: 'menu-2',
    month: 5.9,
    over: 6,
    by: 'Elena Petrova',
    title: 'Menu designer 2',
    description: 'Toppings on both halves, prices by city.',
  },
  {
    ...it,
    key: 'mail',
    month: 6.8,
    over: 7.1,
    by: 'Ada Rossi',
    title: 'Mailboxes to the new provider',
    description: 'In four nights, 120 mailboxes.',
  },
  {
    ...it,
    key: 'release-9-2',
    month: 9,
    over: 9.02,
    by: 'Elena Petrova',
    title: 'Release 9.2 of the ordering website',
    description: 'New basket. Taken back the same evening.',
  },
  {
    ...it,
    key: 'release-9-3',
    month: 10.4,
    over: 10.45,
    by: 'Elena Petrova',
    title: 'Release 9.3 of the ordering website',
    description: 'New basket, second try, at 25 % of visitors first.',
  },
  {
    ...it,
    key: 'db-standby',
    month: 11.7,
    over: 11.8,
    by: 'Cho Tanaka',
    title: 'Standby for the orders database',
    description: 'db-orders-2 follows db-orders-1 within a second.',
  },
  {
    ...it,
    key: 'trunk-2',
    month: 14.3,
    over: 15,
    by: 'Cho Tanaka',
    title: 'Second telephone trunk',
    description: 'Half of the calls over another way.',
  },
  {
    ...it,
    key: 'berlin-line',
    month: 12.5,
    over: 12.6,
    by: 'Nuno Carvalho',
    title: 'Line to Berlin doubled',
    description: '200 Mbit/s instead of 100.',
  },
  {
    ...it,
    key: 'shift-5',
    month: 16.2,
    over: 16.3,
    by: 'Cho Tanaka',
    title: 'Shift planner 5.1',
    description: 'Swaps by phone; hours after midnight are still wrong.',
  },
  {
    ...it,
    key: 'router-firmware-2',
    month: 17.7,
    over: 17.75,
    by: 'Nuno Carvalho',
    title: 'Firmware of the routers, second half',
    description: 'DP 26 to DP 50.',
  },
];

/** The change of today, made a little before cards were declined. */
export const certificateChange = {
  ...it,
  key: 'certificate',
  by: 'Cho Tanaka',
  title: 'New certificate for pay-gw-2',
  description: 'The old one ends on Sunday. Way back: put the old one in again, ten minutes, tried on Tuesday.',
} as const;
export type { KnownCause };
