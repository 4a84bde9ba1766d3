import type { Stories } from './story';

export const telephony: Stories = {
  service: 'Telephony',
  category: 'Telephone',
  perDay: 0.5,
  rhythm: 'evenings',
  from: 'points',
  slowness: 1.1,
  list: [
    {
      titles: ['No calls reach {dp}', 'Telephone dead at {dp}', 'Nobody can call {dp}'],
      texts: [
        'No call since {h}:{mm}. From my own phone I hear the busy tone.',
        'The line is silent. At lunch we usually have twenty calls.',
      ],
      scores: [
        [2, 2],
        [2, 1],
        [3, 1],
      ],
      weight: 3,
      sub: 'Line',
      part: 'pbx-1',
      asks: ['Does the handset show your number in the display?'],
      answers: ['It shows “no service”.'],
      notes: ['Registered at the switchboard, but calls end at the trunk: ticket at Voxline.'],
      fixes: [
        ['by_supplier', 'Voxline had sent the number to another place. Calls arrive again.'],
        ['restarted', 'Handset base started anew from here, number registered.'],
      ],
      waits: { reason: 'supplier', says: 'Reported to Voxline, they call back within four hours.' },
      moves: { to: 'Field support', why: 'The base of the handsets has no power; somebody has to go there.' },
    },
    {
      titles: ['Handset crackles, {dp}', 'Guests can hardly be heard, {dp}'],
      texts: [
        'One of two handsets crackles so that we ask three times.',
        'Since yesterday every call sounds like rain.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Handset',
      fixes: [
        ['replaced', 'Handset replaced.'],
        ['fixed', 'Moved to another channel, away from the microwave.'],
      ],
      moves: { to: 'Field support', why: 'A handset has to be swapped on the spot.' },
    },
    {
      titles: ['Announcement gives the wrong opening hours, {dp}', 'Announcement on holidays missing, {dp}'],
      texts: [
        'It says we close at ten. We close at half past eleven.',
        'Tomorrow is a holiday, the text does not say so.',
      ],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Announcement',
      fixes: [['fixed', 'Announcement spoken anew and switched on.']],
      waits: { reason: 'requester', says: 'Please send me the hours in writing.' },
    },
    {
      titles: ['Second telephone line wanted to ring, rings only once, {dp}', 'Calls are not passed on, {dp}'],
      texts: ['When the first line is busy the call should go to the second. It ends instead.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 2,
      sub: 'Line',
      part: 'pbx-1',
      fixes: [['fixed', 'Forwarding set: second line after three rings.']],
    },
  ],
};

export const kitchenScreens: Stories = {
  service: 'Kitchen screens',
  category: 'Kitchen',
  perDay: 0.6,
  rhythm: 'meals',
  from: 'points',
  slowness: 1.35,
  list: [
    {
      titles: [
        'Kitchen screen frozen, {dp}',
        'Kitchen screen shows old orders, {dp}',
        'Kitchen screen stands still at {h}:{mm}, {dp}',
      ],
      texts: [
        'It shows the orders of twenty minutes ago. We run to the counter for each.',
        'Frozen again. Pulling the plug helps until the next rush.',
      ],
      scores: [
        [3, 1],
        [3, 2],
        [2, 2],
        [3, 2],
      ],
      weight: 5,
      sub: 'Screen',
      part: 'screen',
      asks: ['Does it show the small clock in the corner, and does the clock run?'],
      answers: ['It stands at {h}:{mm}.', 'The clock runs, the orders do not.'],
      notes: ['Restarted from here, it held for an hour.'],
      fixes: [
        ['restarted', 'Screen restarted from here and set to restart each night.'],
        ['replaced', 'Screen swapped; the old one is looked at in the workshop.'],
        ['fixed', 'Memory of the player was full of old orders; emptied.'],
      ],
      problem: 'heat',
      tags: ['screen'],
    },
    {
      titles: ['Kitchen screen stays black, {dp}', 'Kitchen screen goes off when the oven is hot, {dp}'],
      texts: [
        'Black since the oven is on. In the morning it worked.',
        'It switches itself off every evening around eight.',
      ],
      scores: [
        [3, 1],
        [3, 2],
      ],
      weight: 4,
      sub: 'Screen',
      part: 'screen',
      asks: ['How far is it from the oven?'],
      answers: ['Perhaps a metre.', 'Right above it.'],
      fixes: [
        ['workaround', 'Moved a metre to the side; since then it stays on.'],
        ['replaced', 'Screen swapped for one that bears the heat.'],
      ],
      waits: { reason: 'problem', says: 'The makers of the screen look for a cause; until then it is moved.' },
      problem: 'heat',
      tags: ['screen', 'heat'],
    },
    {
      titles: ['Receipts print blank, {dp}', 'Order printer prints nothing, {dp}', 'Printer eats paper, {dp}'],
      texts: [
        'White paper comes out. New roll put in twice.',
        'The printer of the kitchen is silent since the opening.',
      ],
      scores: [
        [3, 2],
        [3, 1],
        [3, 3],
      ],
      weight: 4,
      sub: 'Printer',
      asks: ['Is the roll the right way round? Scratch it with a nail: it must turn grey.'],
      answers: ['It stays white!', 'It turns grey.'],
      fixes: [
        ['explained', 'The roll was put in the wrong way round.'],
        ['replaced', 'Print head worn; printer swapped.'],
        ['fixed', 'Driver at the till put in again.'],
      ],
      tags: ['printer'],
    },
    {
      titles: ['Kitchen clock {n} minutes fast, {dp}', 'Orders sorted wrongly on the kitchen screen, {dp}'],
      texts: ['The times on the screen do not match the till.', 'Orders for later stand on top.'],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Screen',
      part: 'screen',
      fixes: [
        ['fixed', 'Clock taken from our server again.'],
        ['explained', 'Orders for later were switched to “now”; shown where.'],
      ],
    },
  ],
};

export const network: Stories = {
  service: 'Network',
  category: 'Network',
  perDay: 0.55,
  rhythm: 'all day',
  from: 'points',
  slowness: 1,
  list: [
    {
      titles: ['{dp} is offline', 'No internet at {dp}', '{dp}: line down since {h}:{mm}'],
      texts: [
        'Nothing works: tills, readers, telephone. We write orders on paper.',
        'The router shows a red light. Switched off and on, still red.',
      ],
      scores: [
        [2, 1],
        [2, 1],
        [2, 2],
        [1, 2],
      ],
      weight: 4,
      sub: 'Line',
      part: 'router',
      asks: ['Which lights are on at the router, from left to right?'],
      answers: ['Green, red, off.', 'All of them blink.'],
      notes: ['Line down on the side of Fibranet, ticket opened with them.'],
      fixes: [
        ['by_supplier', 'Fibranet repaired a cabinet in the street. Line stable since.'],
        ['restarted', 'Router started anew from the second way; it had hung.'],
        ['replaced', 'Power supply of the router replaced by a neighbour’s spare.'],
      ],
      waits: { reason: 'supplier', says: 'Fibranet has a technician on the way.' },
      problem: 'flaps',
      tags: ['line'],
    },
    {
      titles: ['Several delivery points offline', 'All points of {city} without a line'],
      texts: ['We and our neighbours have no line since {h}:{mm}. No tills, no cards, no calls.'],
      scores: [[1, 1]],
      weight: 0.4,
      sub: 'Line',
      part: 'wan-lisbon',
      notes: ['Fibranet sees a cut cable at a building site.'],
      fixes: [['by_supplier', 'Fibranet led the lines another way, then joined the cable.']],
      tags: ['line', 'outage'],
    },
    {
      titles: ['Wireless drops out again and again, {dp}', 'Wireless too weak in the kitchen, {dp}'],
      texts: ['Every few minutes all devices lose the wireless.', 'In the kitchen the tablet has no bars at all.'],
      scores: [
        [3, 2],
        [2, 3],
        [3, 3],
      ],
      weight: 4,
      sub: 'Wireless',
      part: 'router',
      fixes: [
        ['fixed', 'Set to a free channel.'],
        ['replaced', 'Second access point put up above the counter.'],
      ],
      moves: { to: 'Field support', why: 'An access point has to be put up on the spot.' },
      waits: { reason: 'supplier', says: 'Access point ordered, arrives on Thursday.' },
    },
    {
      titles: ['Connection slow at {dp}', '{dp}: upload takes ages'],
      texts: ['Photos of the closing take ten minutes to go up.', 'All is slow since noon.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 2,
      sub: 'Speed',
      part: 'router',
      notes: ['Guests’ wireless took it all; limited to a quarter.'],
      fixes: [
        ['fixed', 'Guests’ wireless limited to a quarter of the line.'],
        ['no_fault', 'Measured for a day: full speed at all times.'],
      ],
    },
  ],
};

export const shiftPlanner: Stories = {
  service: 'Shift planner',
  category: 'Shifts',
  perDay: 0.5,
  rhythm: 'mondays',
  from: 'points',
  slowness: 0.9,
  list: [
    {
      titles: ['Shift planner access for {name}', 'New colleague cannot sign in to the shift planner, {dp}'],
      texts: ['{name} starts tomorrow and is not in the list.', '{name} gets “unknown user”. The contract is signed.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 5,
      sub: 'Access',
      part: 'dir-1',
      asks: ['Is the first day in the contract the same as in your plan?'],
      answers: ['Yes, the same day.', 'One day later, my mistake.'],
      fixes: [
        ['fixed', 'Account made and put into the group of {dp}.'],
        ['explained', 'Accounts appear on the evening before the first day.'],
      ],
    },
    {
      titles: ['Hours after midnight missing in the shift export, {dp}', 'Night hours of {name} not counted'],
      texts: ['A shift until 01:00 counts until midnight only.', 'Four people of last weekend lack an hour each.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Export',
      part: 'shift-app',
      fixes: [
        ['workaround', 'Shifts split at midnight; the hours are right in the export.'],
        ['fixed', 'Hours of the weekend entered by hand and sent to payroll.'],
      ],
      waits: {
        reason: 'problem',
        says: 'The cause is known and waits for the maker; the hours are corrected by hand until then.',
      },
      problem: 'nights',
      tags: ['export'],
    },
    {
      titles: ['Swap of shifts not possible, {dp}', 'Plan of next week cannot be saved, {dp}'],
      texts: ['It says “conflict”, but there is none.', 'After saving, the old plan is back.'],
      scores: [
        [3, 2],
        [3, 3],
        [2, 2],
      ],
      weight: 4,
      sub: 'Plan',
      part: 'shift-app',
      notes: ['Two leads had the plan open; the later one won.'],
      fixes: [
        ['explained', 'Plan was open on two computers; the older one overwrote it.'],
        ['fixed', 'A shift without an end held up the plan; removed.'],
      ],
    },
  ],
};
