import type { Stories } from './story';

export const workplace: Stories = {
  service: 'Workplace',
  category: 'Workplace',
  perDay: 0.85,
  rhythm: 'office',
  from: 'both',
  slowness: 0.85,
  list: [
    {
      titles: ['Cannot sign in this morning', 'Password expired, locked out', 'Account of {name} locked'],
      texts: [
        'It says my account is locked. I did not type anything wrong.',
        'The password ended over the weekend and I cannot set a new one from here.',
      ],
      scores: [
        [3, 2],
        [3, 1],
        [3, 3],
      ],
      weight: 6,
      sub: 'Sign-in',
      part: 'dir-1',
      fixes: [
        ['fixed', 'Unlocked; an old phone kept trying the old password.'],
        ['explained', 'New password set together over the phone.'],
      ],
    },
    {
      titles: ['Laptop very slow', 'Laptop does not start', 'Laptop fan is loud'],
      texts: ['It takes ten minutes until I can work.', 'Black screen after the update of last night.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 4,
      sub: 'Laptop',
      asks: ['May I look at it over the network, at eleven?'],
      answers: ['Eleven is fine.', 'Rather after lunch, please.'],
      notes: ['Disk full of recordings of meetings.'],
      fixes: [
        ['fixed', 'Disk was full; 40 GB of old recordings moved away.'],
        ['replaced', 'Laptop swapped, data moved over.'],
        ['restarted', 'Update finished after a second start.'],
      ],
      waits: { reason: 'requester', says: 'Please bring the laptop by, second floor.' },
    },
    {
      titles: ['Printer on the {n}. floor does not print', 'Label printer prints crooked, {dp}'],
      texts: ['My job is in the queue, nothing comes out.', 'All labels are printed a centimetre too far to the left.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Printer',
      part: 'print-srv',
      fixes: [
        ['restarted', 'Queue emptied and started anew.'],
        ['explained', 'Paper size was set to letter.'],
      ],
    },
    {
      titles: ['Second monitor stays dark', 'Headset is not recognised', 'Docking station loses the network'],
      texts: ['Since I sat at another desk yesterday.', 'Tried two cables.'],
      scores: [[3, 3]],
      weight: 3,
      sub: 'Devices',
      fixes: [
        ['replaced', 'Cable replaced.'],
        ['fixed', 'Driver of the docking station renewed.'],
      ],
      waits: { reason: 'supplier', says: 'Ordered, arrives within the week.' },
    },
    {
      titles: ['Till of {dp} wants to update during the rush', 'Till at {dp} asks for a licence'],
      texts: ['A window covers the till and comes back every five minutes.', 'It says the licence ends in {n} days.'],
      scores: [
        [3, 1],
        [3, 2],
      ],
      weight: 2,
      sub: 'Till',
      fixes: [
        ['fixed', 'Updates moved to four in the morning.'],
        ['fixed', 'Licence renewed from here.'],
      ],
      moves: { to: 'Field support', why: 'The till has to be reached on the spot.' },
    },
    {
      titles: ['Shared folder of {dp} not there', 'Folder “Rota and hygiene” empty'],
      texts: ['Yesterday the checklists were there.', 'I need the hygiene list for the inspection at noon.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 2,
      sub: 'Files',
      fixes: [
        ['fixed', 'Folder was moved by mistake; moved back.'],
        ['fixed', 'Brought back from last night’s backup.'],
      ],
    },
  ],
};

export const mail: Stories = {
  service: 'E-mail',
  category: 'E-mail',
  perDay: 0.28,
  rhythm: 'office',
  from: 'offices',
  slowness: 0.85,
  list: [
    {
      titles: ['Mail to a supplier comes back', 'Mails of a supplier do not arrive'],
      texts: [
        'It says the address does not exist, but I used it last week.',
        'They sent the offer three times. Nothing in the spam either.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Delivery',
      part: 'mail-cloud',
      asks: ['Please forward me the message that came back.'],
      answers: ['Forwarded.'],
      fixes: [
        ['fixed', 'Their server was on a block list; released.'],
        ['explained', 'A letter was missing in the saved address.'],
      ],
      waits: { reason: 'evidence', says: 'Waiting for the returned message.' },
    },
    {
      titles: ['Mailbox full', 'Shared mailbox of orders cannot be opened'],
      texts: ['I can no longer send.', 'It asks for a password I never had.'],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 3,
      sub: 'Mailbox',
      fixes: [
        ['fixed', 'Archive switched on, mailbox at a third.'],
        ['fixed', 'Added to the group of the mailbox.'],
      ],
    },
    {
      titles: ['Meeting appears twice in the calendar', 'Calendar on the phone is an hour off'],
      texts: ['Since the clocks changed.', 'Colleagues see one, I see two.'],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Calendar',
      fixes: [
        ['fixed', 'Calendar on the phone set up anew.'],
        ['explained', 'The zone of the phone was set to London by hand.'],
      ],
    },
  ],
};

export const expenses: Stories = {
  service: 'Expenses',
  category: 'Expenses',
  perDay: 0.4,
  rhythm: 'month end',
  from: 'both',
  slowness: 1,
  list: [
    {
      titles: ['Expense of {amount} not paid back', 'Fuel receipt of {amount} still open'],
      texts: ['Handed in four weeks ago, still “in check”.', 'The receipt was accepted, the money did not come.'],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 4,
      sub: 'Payment',
      part: 'ledger',
      asks: ['Could you send the receipt once more? The copy is cut off at the bottom.'],
      answers: ['Here is the whole receipt.', 'I only have the slip of the card.'],
      notes: ['Approved by the wrong area manager, had to go round again.'],
      fixes: [
        ['fixed', 'Approved and paid with the transfer of Thursday.'],
        ['explained', 'The account number of the colleague was old; corrected in the profile.'],
      ],
      waits: { reason: 'requester', says: 'Waiting for the whole receipt.' },
    },
    {
      titles: ['Receipt cannot be uploaded', 'Expense program refuses the picture'],
      texts: ['It says the file is too large.', 'After choosing the picture the page is white.'],
      scores: [[3, 3]],
      weight: 3,
      sub: 'Program',
      fixes: [
        ['explained', 'Picture taken with fewer points.'],
        ['fixed', 'Limit raised to 20 MB.'],
      ],
    },
    {
      titles: ['Wrong cost centre on my expenses', 'Expenses of {dp} booked to its neighbour'],
      texts: [
        'They appear in the report of another delivery point.',
        'I changed points in spring, the program did not.',
      ],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Booking',
      fixes: [['fixed', 'Booked over, and the cost centre in the profile corrected.']],
    },
  ],
};

export const supplierInvoices: Stories = {
  service: 'Supplier invoices',
  category: 'Invoices',
  perDay: 0.25,
  rhythm: 'month end',
  from: 'both',
  slowness: 1.05,
  list: [
    {
      titles: [
        'Reminder from a supplier of flour',
        'Reminder for an invoice we never saw',
        'Supplier threatens to stop deliveries, {dp}',
      ],
      texts: ['They say {amount} is open since six weeks.', 'The driver gave me the reminder with the delivery.'],
      scores: [
        [3, 2],
        [2, 2],
        [3, 3],
      ],
      weight: 4,
      sub: 'Reminder',
      part: 'ledger',
      notes: ['Invoice lay in the old mailbox of the point.'],
      fixes: [
        ['fixed', 'Invoice found, paid today, supplier told.'],
        ['no_fault', 'Was paid last week; the letters crossed.'],
      ],
      waits: { reason: 'supplier', says: 'Asked the supplier for a copy of the invoice.' },
    },
    {
      titles: ['Invoice over {amount} does not match the delivery, {dp}', 'Delivery note missing, {dp}'],
      texts: ['Ten sacks on the paper, nine in the store.', 'We were billed for cheese we sent back.'],
      scores: [[3, 3]],
      weight: 3,
      sub: 'Check',
      fixes: [
        ['fixed', 'Credit note over the difference received.'],
        ['explained', 'The rest came the day after, with the same invoice.'],
      ],
      asks: ['Who signed for it?'],
      answers: ['{name}, at seven in the morning.'],
    },
  ],
};
