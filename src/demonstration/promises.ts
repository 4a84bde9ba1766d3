import { type Calendar, type CalendarDefinition, calendarFrom } from '../commons/calendar';

/** The holidays of Portugal that are the same every year. */
const named: Record<string, string> = {
  '*-01-01': "New Year's Day",
  '*-04-25': 'Liberty Day',
  '*-05-01': 'Labour Day',
  '*-06-10': 'Portugal Day',
  '*-08-15': 'Assumption',
  '*-10-05': 'Implantação da República',
  '*-11-01': "All Saints' Day",
  '*-12-01': 'Restauração da Independência',
  '*-12-08': 'Immaculate Conception',
  '*-12-25': 'Christmas Day',
};

/** Where the holidays of a calendar came from. */
export const observed = {
  'Office hours': (at: Date) => ({
    holiday_names: named,
    observes: [
      {
        country: 'PT',
        region: null,
        source: null,
        until_year: at.getUTCFullYear(),
        days: Object.keys(named).length,
        at: at.toISOString(),
      },
    ],
  }),
} as const;

/** The hours that count, and what is promised in them. */
const holidays = Object.keys(named);
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const everyDay = (from: string, to: string): CalendarDefinition['hours'] =>
  Object.fromEntries(days.map((day) => [day, [[from, to] as [string, string]]]));

export const calendars = {
  'Delivery points': {
    timezone: 'Europe/Lisbon',
    hours: everyDay('10:00', '23:30'),
    holidays: ['*-12-25', '*-01-01'],
  },
  'Office hours': {
    timezone: 'Europe/Lisbon',
    hours: Object.fromEntries(days.slice(0, 5).map((day) => [day, [['09:00', '18:00'] as [string, string]]])),
    holidays,
  },
  'Around the clock': { timezone: 'Europe/Lisbon', hours: everyDay('00:00', '24:00'), holidays: [] },
  'Delivery points, Berlin': {
    timezone: 'Europe/Berlin',
    hours: everyDay('11:00', '24:00'),
    holidays: ['*-12-24', '*-12-25', '*-01-01'],
  },
} satisfies Record<string, CalendarDefinition>;
export type CalendarName = keyof typeof calendars;

const ready = new Map<string, Calendar>();
/** A calendar, ready to be asked. */
export function calendarNamed(name: CalendarName): Calendar {
  const known = ready.get(name) ?? calendarFrom(calendars[name]);
  ready.set(name, known);
  return known;
}

const hour = 3600;
const minute = 60;

/** Seconds by priority, 1 to 5. */
type ByPriority = readonly [number, number, number, number, number];

export interface Promised {
  readonly name: string;
  readonly calendar: CalendarName;
  readonly match: {
    readonly service?: string;
    readonly priority?: number;
    readonly department?: string;
    readonly organization?: string;
  };
  readonly response: ByPriority;
  readonly resolution: ByPriority;
  /** Resolution in working days to the end of the day, by priority, in place of seconds. */
  readonly workingDays?: ByPriority;
  /** How soon a question of the requester is answered. */
  readonly update?: number;
  /** Which part of the time to resolve each team may use; `rest` is for all others together. */
  readonly slices?: Readonly<Record<string, number>>;
  readonly rest?: number;
  readonly parties: readonly string[];
  readonly acceptedBy: string;
  readonly description: string;
  readonly escalates?: boolean;
}

const oneFor = (seconds: number): ByPriority => [seconds, seconds, seconds, seconds, seconds];

export const promises: readonly Promised[] = [
  {
    name: 'IT for delivery points and offices',
    calendar: 'Delivery points',
    match: { department: 'it' },
    response: [15 * minute, 30 * minute, 2 * hour, 4 * hour, 8 * hour],
    resolution: [2 * hour, 8 * hour, 20 * hour, 40 * hour, 80 * hour],
    parties: ['Carla Bianchi', 'Marco Vidal'],
    acceptedBy: 'Marco Vidal',
    description: 'What delivery points and offices may expect of IT, in the hours in which pizza is sold.',
  },
  {
    name: 'IT, priority 1',
    calendar: 'Around the clock',
    match: { department: 'it', priority: 1 },
    response: oneFor(15 * minute),
    resolution: oneFor(2 * hour),
    parties: ['Carla Bianchi', 'Marco Vidal'],
    acceptedBy: 'Marco Vidal',
    description: 'What stops selling is worked on at any hour.',
    escalates: true,
  },
  {
    name: 'IT, priority 2',
    calendar: 'Around the clock',
    match: { department: 'it', priority: 2 },
    response: oneFor(30 * minute),
    resolution: oneFor(8 * hour),
    parties: ['Carla Bianchi', 'Marco Vidal'],
    acceptedBy: 'Marco Vidal',
    description: 'What slows selling down is worked on at any hour.',
  },
  {
    name: 'Card payments, priority 1',
    calendar: 'Around the clock',
    match: { service: 'Card payments', priority: 1 },
    response: oneFor(15 * minute),
    resolution: oneFor(2 * hour),
    update: 30 * minute,
    slices: { 'Service desk': 1 / 6, Payments: 2 / 3 },
    rest: 1 / 6,
    parties: ['Ines Duarte', 'Marco Vidal', 'Payline'],
    acceptedBy: 'Marco Vidal',
    description: 'No card, no order: fixed in two hours, and whoever asks in between hears within half an hour.',
    escalates: true,
  },
  {
    name: 'IT for Pizza&Pizza Berlin',
    calendar: 'Delivery points, Berlin',
    match: { organization: 'Pizza&Pizza Berlin' },
    response: [15 * minute, 30 * minute, 3 * hour, 6 * hour, 10 * hour],
    resolution: [3 * hour, 9 * hour, 24 * hour, 48 * hour, 90 * hour],
    slices: { 'Service desk': 1 / 3, Web: 1 / 2 },
    rest: 1 / 6,
    parties: ['Ines Duarte', 'Klaus Richter', 'Pizza&Pizza Berlin'],
    acceptedBy: 'Klaus Richter',
    description: 'The same services for our customer in Berlin, in Berlin’s hours.',
  },
  {
    name: 'Human resources',
    calendar: 'Office hours',
    match: { department: 'hr' },
    response: oneFor(9 * hour),
    resolution: [9 * hour, 9 * hour, 27 * hour, 45 * hour, 90 * hour],
    workingDays: [1, 1, 3, 5, 10],
    parties: ['Beatriz Gomes', 'Carla Bianchi'],
    acceptedBy: 'Carla Bianchi',
    description: 'Answers within a working day; solved by the end of the day that is named.',
  },
  {
    name: 'Finance',
    calendar: 'Office hours',
    match: { department: 'finance' },
    response: oneFor(9 * hour),
    resolution: [9 * hour, 9 * hour, 27 * hour, 45 * hour, 90 * hour],
    parties: ['Gloria Santos', 'Carla Bianchi'],
    acceptedBy: 'Carla Bianchi',
    description: 'Expenses and invoices in office hours; nothing runs over the weekend.',
  },
  {
    name: 'Facilities',
    calendar: 'Delivery points',
    match: { department: 'facilities' },
    response: [hour, 2 * hour, 4 * hour, 8 * hour, 13 * hour],
    resolution: [4 * hour, 9 * hour, 27 * hour, 54 * hour, 108 * hour],
    parties: ['Irene Costa', 'Marco Vidal'],
    acceptedBy: 'Marco Vidal',
    description: 'Ovens and cold rooms before all else.',
  },
];

const fields = ['service', 'organization', 'department', 'priority'] as const;

/** The promise that holds: most fields first, then the order of the fields, as the product chooses. */
export function promiseFor(said: {
  service: string;
  department: string;
  organization: string | null;
  priority: number;
}) {
  const asked = (one: Promised) => fields.filter((field) => one.match[field] !== undefined);
  const fitting = promises.filter((one) => asked(one).every((field) => one.match[field] === said[field]));
  const rank = (one: Promised) => asked(one).length * 100 - fields.findIndex((field) => one.match[field] !== undefined);
  return fitting.sort((a, b) => rank(b) - rank(a))[0]!;
}
