/** Problems and changes of the demonstration. `month` counts from the beginning of the history. */
interface Cause {
  readonly key: string;
  readonly title: string;
  readonly by: string;
  readonly description: string;
  readonly service: string;
  readonly parts: readonly string[];
}

export interface ToldProblem extends Cause {
  readonly month: number;
  /** Months after which it was over; none: it still stands. */
  readonly over?: number;
  readonly priority: number;
  readonly origin: 'incidents' | 'trend' | 'risk' | 'supplier';
  readonly cause: string;
  readonly workaround?: string;
  /** The change that took it away, or its number at the supplier. */
  readonly fix?: string;
  readonly supplier?: string;
}

export const problems: readonly ToldProblem[] = [
  {
    key: 'batteries',
    month: 2.1,
    over: 7,
    by: 'Lars Holm',
    title: 'Readers of the first series lose their charge',
    description: 'More and more readers are empty before the shift ends. All are of the first series.',
    service: 'Card payments',
    parts: ['Card readers DP 05', 'Card readers DP 11'],
    priority: 3,
    origin: 'incidents',
    cause: 'Batteries from one batch swell after a year.',
    workaround: 'Charge at noon and in the evening; keep one reader more at the counter.',
    fix: 'battery-swap',
  },
  {
    key: 'nights',
    month: 3.4,
    by: 'Lars Holm',
    title: 'Shift export misses hours after midnight',
    description: 'Payroll gets too few hours for shifts that end after midnight.',
    service: 'Shift planner',
    parts: ['shift-app'],
    priority: 3,
    origin: 'incidents',
    cause: 'The export takes the date of the start for the whole shift.',
    workaround: 'Split the shift at 00:00 before the export, or put the hours in by hand.',
    supplier: 'PLAN-4471',
  },
  {
    key: 'basket',
    month: 9.05,
    over: 10.5,
    by: 'Lars Holm',
    title: 'Basket emptied after release 9.2',
    description: 'Visitors with more than one pizza in the basket lose it at the checkout.',
    service: 'Ordering website',
    parts: ['lb-1', 'web-1', 'web-2', 'web-3'],
    priority: 1,
    origin: 'incidents',
    cause: 'A change of the session key threw away open baskets.',
    workaround: 'Take the order by telephone; the release before has no such trouble.',
    fix: 'release-9-3',
  },
  {
    key: 'trunk',
    month: 13.2,
    over: 15,
    by: 'Lars Holm',
    title: 'One telephone trunk for all delivery points',
    description: 'When the trunk of Voxline fails nobody can be called.',
    service: 'Telephony',
    parts: ['voice-trunk'],
    priority: 2,
    origin: 'risk',
    cause: 'There is one way for all calls, and one supplier.',
    workaround: 'Publish the mobile number of each point on the website.',
    fix: 'trunk-2',
  },
  {
    key: 'heat',
    month: 5.2,
    by: 'Lars Holm',
    title: 'Kitchen screens restart in the heat of the oven',
    description: 'Always at the busiest time, always the screen next to the oven.',
    service: 'Kitchen screens',
    parts: ['screen-srv'],
    priority: 4,
    origin: 'trend',
    cause: 'Screens above 45 °C switch themselves off.',
    workaround: 'Move the screen a metre to the side; it starts again within two minutes.',
  },
  {
    key: 'certificates',
    month: 15.5,
    by: 'Lars Holm',
    title: 'Certificates of the gateways are renewed by hand',
    description: 'Twice a year somebody has to remember, and to put in the whole chain.',
    service: 'Card payments',
    parts: ['pay-gw-1', 'pay-gw-2'],
    priority: 2,
    origin: 'risk',
    cause: 'Nothing renews them and nothing watches their dates or their chain.',
    workaround:
      'Code 91 on every card after a renewal: the chain lacks the certificate in the middle. Put the old one back.',
  },
  {
    key: 'flaps',
    month: 10.8,
    over: 14,
    by: 'Lars Holm',
    title: 'Lines in Porto drop in heavy rain',
    description: 'Three points in the east of Porto, each time it rains hard.',
    service: 'Network',
    parts: ['wan-lisbon'],
    priority: 3,
    origin: 'incidents',
    cause: 'Fibranet found water in a cabinet near Campanhã.',
    workaround: 'Switch the point to the mobile line until the rain is over.',
    supplier: 'FN-88213',
  },
  {
    key: 'pictures',
    month: 7.7,
    over: 9,
    by: 'Lars Holm',
    title: 'Pictures of menus turn on phones',
    description: 'Pictures taken upright lie on their side on the website.',
    service: 'Menu designer',
    parts: ['img-store'],
    priority: 4,
    origin: 'incidents',
    cause: 'The orientation stored by the camera was ignored.',
    workaround: 'Turn the picture once in the designer and save it.',
    supplier: 'MENU-219',
  },
];

export interface ToldChange extends Cause {
  readonly kind?: 'standard' | 'normal' | 'emergency';
  readonly reason: string;
  readonly plan: string;
  readonly test: string;
  readonly back: string;
  readonly risk: 'low' | 'medium' | 'high';
  readonly impact: 1 | 2 | 3;
  readonly approver: string;
  readonly outcome?: 'successful' | 'successful_with_issues' | 'failed' | 'backed_out';
  readonly review?: string;
  /** What a standard change repeats. */
  readonly repeats?: string;
}
