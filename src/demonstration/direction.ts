/** The cascade in small: what Pizza&Pizza wants, how it wants to reach it, and the services that carry it. */

interface Goal {
  readonly name: string;
  readonly under: string | null;
  readonly owner: string;
  readonly weight: number;
  readonly measure: string;
  readonly target: string;
  readonly department?: string;
  readonly description: string;
}

const profit = 'Profit through composed menus and card payment';

export const goals: readonly Goal[] = [
  {
    name: profit,
    under: null,
    owner: 'Carla Bianchi',
    weight: 3,
    measure: 'Margin of all delivery points together',
    target: '12 % of sales',
    description: 'Fifty delivery points earn money because people compose their own menu and pay it by card.',
  },
  {
    name: 'Card payment at every door',
    under: profit,
    owner: 'Ines Duarte',
    weight: 3,
    measure: 'Share of orders paid by card',
    target: '62 %',
    description:
      'Cash is slow, gets lost and has to be carried to the bank. A card is taken wherever a pizza is handed over.',
  },
  {
    name: 'Menus people compose themselves',
    under: profit,
    owner: 'Ines Duarte',
    weight: 3,
    measure: 'Share of orders with a composed menu',
    target: '60 %',
    description: 'A composed menu earns a third more than a listed one.',
  },
  {
    name: 'Fifty delivery points, each profitable',
    under: profit,
    owner: 'Marco Vidal',
    weight: 2,
    measure: 'Delivery points with a profit this quarter',
    target: '46 of 50',
    description: 'No point is carried by the others for longer than two quarters.',
  },
  {
    name: 'Orders by website',
    under: 'Menus people compose themselves',
    owner: 'Ines Duarte',
    weight: 3,
    measure: 'Share of orders placed on the website',
    target: '70 %',
    description: 'The website is the first way to order; it is built and run by our own people.',
  },
  {
    name: 'Orders by telephone',
    under: 'Menus people compose themselves',
    owner: 'Ines Duarte',
    weight: 1,
    measure: 'Calls answered within 30 seconds',
    target: '90 %',
    description: 'Who prefers to speak is heard. The lines and the switchboard are outsourced to Voxline.',
  },
  {
    name: 'Card on delivery',
    under: 'Card payment at every door',
    owner: 'Ines Duarte',
    weight: 3,
    measure: 'Payments accepted at the door at the first try',
    target: '99 %',
    description: 'The payment system is bought from Payline and customised; each rider carries a reader.',
  },
  {
    name: 'Card online',
    under: 'Card payment at every door',
    owner: 'Ines Duarte',
    weight: 2,
    measure: 'Payments accepted on the website at the first try',
    target: '99.5 %',
    description: 'Who has paid before the oven is on does not keep the rider waiting.',
  },
  {
    name: 'Every order on time',
    under: 'Fifty delivery points, each profitable',
    owner: 'Marco Vidal',
    weight: 2,
    measure: 'Orders handed over within 35 minutes',
    target: '93 %',
    description: 'Kitchen, route and shift fit together.',
  },
  {
    name: 'Good colleagues who stay',
    under: 'Fifty delivery points, each profitable',
    owner: 'Carla Bianchi',
    weight: 1,
    measure: 'Colleagues who left within their first year',
    target: 'below 25 %',
    description: 'Right pay, a plan one can rely on, tools that work.',
  },
  {
    name: 'Pay that is right the first time',
    under: 'Good colleagues who stay',
    owner: 'Beatriz Gomes',
    weight: 2,
    measure: 'Payslips corrected afterwards',
    target: 'below 1 %',
    department: 'hr',
    description: 'Nobody has to ask for what they have earned.',
  },
  {
    name: 'Books closed in five working days',
    under: profit,
    owner: 'Gloria Santos',
    weight: 1,
    measure: 'Working days until a month is closed',
    target: '5',
    description: 'Who decides on a delivery point knows what it earned last month.',
  },
];

interface Offered {
  readonly name: string;
  readonly customerName: string;
  readonly department: string;
  readonly owner: string;
  readonly team: string;
  readonly criticality: number;
  readonly goals: readonly (readonly [string, number])[];
  readonly description: string;
}

export const services: readonly Offered[] = [
  {
    name: 'Ordering website',
    customerName: 'Ordering online',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Web',
    criticality: 1,
    goals: [['Orders by website', 3]],
    description: 'Customers choose, compose and order on the website. Built and run by our own people.',
  },
  {
    name: 'Card payments',
    customerName: 'Paying by card',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Payments',
    criticality: 1,
    goals: [
      ['Card payment at every door', 3],
      ['Card on delivery', 3],
      ['Card online', 2],
    ],
    description: 'Card and phone payments at the door and on the website. Bought from Payline and customised.',
  },
  {
    name: 'Menu designer',
    customerName: 'Composing menus',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Web',
    criticality: 2,
    goals: [['Menus people compose themselves', 3]],
    description: 'Toppings, prices, pictures and offers; what is changed here is on the website within minutes.',
  },
  {
    name: 'Telephony',
    customerName: 'Ordering by telephone',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Network',
    criticality: 2,
    goals: [['Orders by telephone', 3]],
    description: 'Lines, switchboard and handsets of all delivery points. Outsourced to Voxline.',
  },
  {
    name: 'Kitchen screens',
    customerName: 'Orders in the kitchen',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Field support',
    criticality: 2,
    goals: [['Every order on time', 3]],
    description: 'Shows the kitchen what to bake next; at 22 delivery points so far, the others print.',
  },
  {
    name: 'Delivery routing',
    customerName: 'The way to the customer',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Web',
    criticality: 3,
    goals: [['Every order on time', 2]],
    description: 'Tells riders which order to take and which way to go.',
  },
  {
    name: 'Shift planner',
    customerName: 'Planning shifts',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Service desk',
    criticality: 2,
    goals: [
      ['Every order on time', 1],
      ['Good colleagues who stay', 2],
    ],
    description: 'Shift leads plan, colleagues swap, hours go to payroll every night.',
  },
  {
    name: 'Network',
    customerName: 'Network at the delivery point',
    department: 'it',
    owner: 'Ines Duarte',
    team: 'Network',
    criticality: 1,
    goals: [['Fifty delivery points, each profitable', 2]],
    description:
      'Line and router of each delivery point, the connection to head office, wireless for readers and screens.',
  },
  {
    name: 'Workplace',
    customerName: 'Computer and workplace',
    department: 'it',
    owner: 'Ada Rossi',
    team: 'Service desk',
    criticality: 3,
    goals: [['Good colleagues who stay', 1]],
    description: 'Laptops, printers, sign-in and programs for offices and counters.',
  },
  {
    name: 'E-mail',
    customerName: 'E-mail and calendar',
    department: 'it',
    owner: 'Ada Rossi',
    team: 'Service desk',
    criticality: 3,
    goals: [['Good colleagues who stay', 1]],
    description: 'Mailboxes, shared calendars, lists.',
  },
  {
    name: 'Payroll',
    customerName: 'Pay',
    department: 'hr',
    owner: 'Beatriz Gomes',
    team: 'HR services',
    criticality: 1,
    goals: [['Pay that is right the first time', 3]],
    description: 'Wages, allowances, payslips. Paid on the last working day of a month.',
  },
  {
    name: 'Contracts and leave',
    customerName: 'Contract, leave, certificates',
    department: 'hr',
    owner: 'Beatriz Gomes',
    team: 'HR services',
    criticality: 2,
    goals: [['Good colleagues who stay', 2]],
    description: 'What is agreed with each colleague, and what follows from it.',
  },
  {
    name: 'Expenses',
    customerName: 'Money back for expenses',
    department: 'finance',
    owner: 'Gloria Santos',
    team: 'Finance services',
    criticality: 3,
    goals: [['Books closed in five working days', 1]],
    description: 'What colleagues paid for work comes back with the next transfer.',
  },
  {
    name: 'Supplier invoices',
    customerName: 'Invoices of suppliers',
    department: 'finance',
    owner: 'Gloria Santos',
    team: 'Finance services',
    criticality: 2,
    goals: [['Books closed in five working days', 2]],
    description: 'Flour, cheese, rent and services are paid on the day they are due.',
  },
  {
    name: 'Building access',
    customerName: 'Keys and access',
    department: 'facilities',
    owner: 'Irene Costa',
    team: 'Facilities',
    criticality: 3,
    goals: [['Fifty delivery points, each profitable', 1]],
    description: 'Doors, badges, keys and alarms.',
  },
  {
    name: 'Repairs and cooling',
    customerName: 'Repairs, ovens and cooling',
    department: 'facilities',
    owner: 'Irene Costa',
    team: 'Facilities',
    criticality: 1,
    goals: [['Every order on time', 2]],
    description: 'Ovens, cold rooms, light and water. A warm cold room is a matter of hours.',
  },
];

/** Teams in the order they are made: department, what they can do, when they are there. */
export const teams: readonly {
  name: string;
  department: string;
  skills: string[];
  shifts: readonly (readonly [string, string, boolean])[];
}[] = [
  {
    name: 'Service desk',
    department: 'it',
    skills: ['tills', 'workplace', 'German'],
    shifts: [
      ['08:00', '16:30', false],
      ['15:00', '23:30', true],
    ],
  },
  { name: 'Payments', department: 'it', skills: ['Payline', 'readers'], shifts: [['10:00', '23:30', true]] },
  { name: 'Web', department: 'it', skills: ['orders', 'menus'], shifts: [['09:00', '18:00', false]] },
  { name: 'Network', department: 'it', skills: ['routers', 'lines', 'telephony'], shifts: [['09:00', '21:00', true]] },
  { name: 'Field support', department: 'it', skills: ['screens', 'printers'], shifts: [['10:00', '20:00', true]] },
  { name: 'HR services', department: 'hr', skills: ['payroll', 'contracts'], shifts: [['09:00', '18:00', false]] },
  {
    name: 'Finance services',
    department: 'finance',
    skills: ['expenses', 'invoices'],
    shifts: [['09:00', '18:00', false]],
  },
  { name: 'Facilities', department: 'facilities', skills: ['access', 'cooling'], shifts: [['08:00', '20:00', true]] },
];

export const departments = [
  { key: 'it', name: 'Information technology', desk: true, lead: 'Carla Bianchi' },
  { key: 'hr', name: 'Human resources', confidential: true, lead: 'Beatriz Gomes' },
  { key: 'finance', name: 'Finance', lead: 'Gloria Santos' },
  { key: 'facilities', name: 'Facilities', lead: 'Irene Costa' },
] as const;

export const organizations = [
  {
    name: 'Payline',
    domains: ['payline.example'],
    description: 'Supplier of the payment system and the card readers.',
  },
  {
    name: 'Voxline',
    domains: ['voxline.example'],
    description: 'Runs lines and switchboard; telephony is outsourced to it.',
  },
  { name: 'Fibranet', domains: ['fibranet.example'], description: 'Supplier of the lines of most delivery points.' },
  { name: 'Frio & Forno', domains: ['frioforno.example'], description: 'Supplies and repairs ovens and cold rooms.' },
  {
    name: 'Pizza&Pizza Berlin',
    domains: ['berlin.pizza.example'],
    description: 'Runs the six delivery points in Berlin as our customer, with hours and promises of its own.',
  },
] as const;
