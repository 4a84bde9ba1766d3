import type { Stories } from './story';

export const payroll: Stories = {
  service: 'Payroll',
  category: 'Pay',
  perDay: 0.42,
  rhythm: 'month end',
  from: 'both',
  slowness: 1,
  list: [
    {
      titles: [
        'Night allowance missing on the payslip',
        'Hours of last weekend not paid',
        'Payslip shows too few hours',
      ],
      texts: ['I worked four nights, two are paid.', 'The plan says 96 hours, the payslip 88.'],
      scores: [
        [3, 2],
        [3, 3],
        [2, 2],
      ],
      weight: 5,
      sub: 'Hours',
      asks: ['On which days exactly? Then I compare with the export of the planner.'],
      answers: ['Friday and Saturday, both until one.', 'I put the days on the attached plan.'],
      notes: ['Hours after midnight missing in the export again.'],
      fixes: [
        ['fixed', 'Hours added; the difference comes with the next pay, an advance was offered.'],
        ['fixed', 'Corrected payslip sent.'],
      ],
      waits: { reason: 'evidence', says: 'Waiting for the signed plan of that weekend.' },
    },
    {
      titles: ['Change of bank account did not arrive', 'Pay went to the old account'],
      texts: ['I sent the form three weeks ago.', 'My bank says the money came back.'],
      scores: [
        [3, 2],
        [3, 1],
      ],
      weight: 3,
      sub: 'Account',
      fixes: [
        ['fixed', 'Account corrected, pay sent again the same day.'],
        ['explained', 'The form was not signed; signed and entered.'],
      ],
    },
    {
      titles: ['Question about tax class', 'Certificate of earnings needed for a flat'],
      texts: ['The landlord wants it by Friday.', 'Since January more is taken off than before.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Certificate',
      fixes: [
        ['fixed', 'Certificate sent as a file and by post.'],
        ['explained', 'Explained by telephone; the notice of the office was new.'],
      ],
    },
  ],
};

export const contractsAndLeave: Stories = {
  service: 'Contracts and leave',
  category: 'Contract',
  perDay: 0.32,
  rhythm: 'office',
  from: 'both',
  slowness: 1.1,
  list: [
    {
      titles: ['Leave balance is wrong', 'Days off of last year disappeared'],
      texts: ['I should have eleven days, it says four.', 'The days that may be taken until March are gone.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 4,
      sub: 'Leave',
      asks: ['Did you take days off in December?'],
      answers: ['Only the 27th.'],
      fixes: [
        ['fixed', 'Balance corrected; the move to the new year had cut the rest.'],
        ['no_fault', 'Counted together: it was right.'],
      ],
    },
    {
      titles: ['Contract not signed by both, first day is Monday', 'Hours in the contract differ from what was agreed'],
      texts: [
        'Without the contract there is no account and no badge.',
        'Thirty hours agreed, twenty-five in the paper.',
      ],
      scores: [
        [3, 1],
        [3, 2],
      ],
      weight: 3,
      sub: 'Contract',
      fixes: [
        ['fixed', 'New copy made and signed by both.'],
        ['fixed', 'Addition to the contract signed.'],
      ],
      waits: { reason: 'requester', says: 'Waiting for the signature.' },
    },
    {
      titles: ['Sick note not registered', 'Return after parental leave: plan needed'],
      texts: [
        'Handed in at the delivery point on the first day.',
        'I come back in two months and would like to talk about hours.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Absence',
      fixes: [
        ['fixed', 'Registered, pay is not touched.'],
        ['explained', 'Talked through; plan agreed and written down.'],
      ],
    },
  ],
};

export const buildingAccess: Stories = {
  service: 'Building access',
  category: 'Access',
  perDay: 0.35,
  rhythm: 'mondays',
  from: 'both',
  slowness: 0.9,
  list: [
    {
      titles: [
        'Badge of {name} does not open the back door, {dp}',
        'Badge not accepted',
        'Back door of {dp} stays locked',
      ],
      texts: ['Green light, but no click.', 'It worked until Friday.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 5,
      sub: 'Badge',
      part: 'door-ctl',
      fixes: [
        ['fixed', 'Badge written anew.'],
        ['fixed', 'Battery of the lock replaced.'],
        ['explained', 'The badge ended with the probation; renewed.'],
      ],
    },
    {
      titles: ['Key of {dp} lost', 'Key broken off in the shutter, {dp}'],
      texts: ['Lost on the way home, probably on the tram.', 'Half of it is still in the lock. We open at eleven.'],
      scores: [
        [3, 1],
        [3, 2],
      ],
      weight: 2,
      sub: 'Key',
      asks: ['Is the name of the delivery point on the key?'],
      answers: ['No, only a number.'],
      fixes: [
        ['replaced', 'Cylinder changed, four new keys handed out.'],
        ['fixed', 'Locksmith took the rest out within an hour.'],
      ],
      waits: { reason: 'supplier', says: 'Locksmith comes in the morning.' },
    },
    {
      titles: ['Alarm goes off at closing, {dp}', 'Alarm code for {name}'],
      texts: ['Every evening, though all doors are shut.', '{name} closes on Saturday for the first time.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 2,
      sub: 'Alarm',
      fixes: [
        ['fixed', 'A window contact was loose.'],
        ['fixed', 'Own code set up.'],
      ],
    },
  ],
};

export const repairs: Stories = {
  service: 'Repairs and cooling',
  category: 'Repairs',
  perDay: 0.6,
  rhythm: 'all day',
  from: 'points',
  slowness: 1.15,
  list: [
    {
      titles: [
        'Cold room at {n} °C above what it should be, {dp}',
        'Cold room too warm, {dp}',
        'Fridge of toppings not cold, {dp}',
      ],
      texts: [
        'Cheese and toppings were moved to the neighbours. It is getting warmer.',
        'Eleven degrees since the morning.',
      ],
      scores: [
        [2, 1],
        [2, 2],
        [3, 1],
      ],
      weight: 3,
      sub: 'Cooling',
      asks: ['Is the fan at the back running?'],
      answers: ['It runs, but warm air comes out.', 'No, it stands still.'],
      notes: ['Third time this year at {place}; worth looking at the whole machine.'],
      fixes: [
        ['fixed', 'Coolant filled up and the leak closed.'],
        ['replaced', 'Fan replaced by Frio & Forno.'],
      ],
      waits: { reason: 'supplier', says: 'Frio & Forno comes today, after lunch.' },
      tags: ['cooling'],
    },
    {
      titles: ['Oven {n} does not get hot, {dp}', 'Oven belt stands still, {dp}'],
      texts: ['One oven left; orders take fifty minutes.', 'It stays at 180 degrees.'],
      scores: [
        [2, 1],
        [2, 2],
        [3, 2],
      ],
      weight: 3,
      sub: 'Oven',
      fixes: [
        ['replaced', 'Heating element replaced.'],
        ['fixed', 'A fuse had gone; the cause was a wet cable.'],
      ],
      waits: { reason: 'supplier', says: 'Spare part ordered at Frio & Forno.' },
      tags: ['oven'],
    },
    {
      titles: [
        'Light over the counter flickers, {dp}',
        'Tap drips, {dp}',
        'Drain blocked in the kitchen, {dp}',
        'Air in the kitchen unbearable, {dp}',
      ],
      texts: ['Since a few days, now it is worse.', 'Guests have noticed it too.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 5,
      sub: 'House',
      fixes: [
        ['fixed', 'Repaired on the round of Tuesday.'],
        ['by_supplier', 'Done by the craftsman of the house.'],
      ],
      waits: { reason: 'supplier', says: 'Craftsman has time on Thursday.' },
    },
  ],
};
