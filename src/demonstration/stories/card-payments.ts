import type { Stories } from './story';

export const cardPayments: Stories = {
  service: 'Card payments',
  category: 'Payment',
  perDay: 1.15,
  rhythm: 'meals',
  from: 'points',
  slowness: 1,
  list: [
    {
      titles: ['Card reader does not switch on, {dp}', 'Dead card reader at {dp}', 'Reader {n} stays dark, {dp}'],
      texts: [
        'Reader {n} stays dark, also after an hour on the charger. We have one left for the riders.',
        'One of our readers no longer switches on. I tried another cable and another socket.',
      ],
      scores: [
        [3, 1],
        [3, 2],
        [3, 2],
      ],
      weight: 6,
      sub: 'Reader',
      part: 'readers',
      asks: [
        'Does the light beside the socket come on when you plug it in?',
        'Which number is on the sticker under the battery?',
      ],
      answers: ['No light at all.', 'It begins with PX, the rest is hard to read. I sent a picture by chat.'],
      notes: ['Same series as the others with a swollen battery.', 'One spare left in the cupboard at {place}.'],
      fixes: [
        ['replaced', 'Reader swapped from the pool, the old one goes back to Payline.'],
        ['fixed', 'Battery taken out for a minute and put in again: the reader starts and takes payments.'],
      ],
      waits: { reason: 'supplier', says: 'Payline sends a new reader; it should be there in two working days.' },
      problem: 'batteries',
      tags: ['reader'],
    },
    {
      titles: ['Reader battery drains before the evening is over, {dp}', 'Battery of a reader lasts two hours, {dp}'],
      texts: [
        'Since last week the battery is empty at about nine. The riders have to come back to charge.',
        'Charged full at ten, empty at noon. The other readers last all day.',
      ],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 4,
      sub: 'Reader',
      part: 'readers',
      asks: ['How old is it? The date of issue is in the menu under “About”.'],
      answers: ['It says March two years ago.', 'One year and eight months.'],
      fixes: [
        ['replaced', 'Battery replaced, tested over a whole evening by {place}.'],
        ['workaround', 'Second charger for the counter, so that readers can be changed in the evening.'],
      ],
      waits: { reason: 'supplier', says: 'Ordered a battery from Payline.' },
      problem: 'batteries',
      tags: ['reader', 'battery'],
    },
    {
      titles: [
        'Card declined though it is good, {dp}',
        'Guest’s card refused, code {code}, {dp}',
        'Reader shows code {code}, {dp}',
      ],
      texts: [
        'The reader shows code {code}. The guest paid with the same card in a shop next door.',
        'Third card tonight that is refused with {code}. Cash was taken instead.',
      ],
      scores: [
        [3, 2],
        [2, 2],
        [3, 3],
      ],
      weight: 5,
      sub: 'Declined',
      part: 'readers',
      asks: [
        'At what time was that, to the minute? Then I find the payment in the log.',
        'Was it contactless or with the chip?',
      ],
      answers: ['At {h}:{mm}, contactless.', 'With the chip, two tries.'],
      notes: [
        'Log says the issuer was not reachable for nine minutes; not ours.',
        'Payment hub was fine; the bank refused.',
      ],
      fixes: [
        ['no_fault', 'The bank of the guest refused the payment. Explained to {place} what the codes mean.'],
        ['by_supplier', 'Payline had trouble with one issuer for some minutes; payments go through again.'],
        ['fixed', 'Reader had lost its key and was given a new one from here.'],
      ],
      moves: { to: 'Network', why: 'The gateway lost connections at that minute; the network team looks at the line.' },
      tags: ['declined'],
    },
    {
      titles: [
        'Reader has no connection, {dp}',
        'Readers lose the wireless in the yard, {dp}',
        'Reader says offline, {dp}',
      ],
      texts: [
        'In the yard the reader says offline. Inside it works.',
        'Two of three readers say offline since the opening. Restarting them helped for ten minutes.',
      ],
      scores: [
        [2, 2],
        [3, 2],
        [2, 3],
      ],
      weight: 4,
      sub: 'Connection',
      part: 'router',
      asks: ['Do the readers show bars at the counter?', 'Did anybody move the router or the cupboard in front of it?'],
      answers: ['Two bars at the counter, none at the oven.', 'The cupboard is new, yes.'],
      fixes: [
        ['fixed', 'Router restarted from here and set to another channel; all readers are back.'],
        ['explained', 'The cupboard stood in front of the router. Moved, and the yard has signal again.'],
      ],
      moves: { to: 'Network', why: 'The router drops the wireless; nothing to do with payments.' },
      tags: ['wireless'],
    },
    {
      titles: ['Day’s total of cards does not match the till, {dp}', 'Card total {amount} lower than the till, {dp}'],
      texts: [
        'The till says {amount} more than the card report of yesterday.',
        'Closing: difference of {amount} between till and readers. Counted twice.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Settlement',
      asks: ['Please send a picture of the closing slip.'],
      answers: ['Here it is, in the next mail.'],
      notes: ['A payment was booked after midnight and belongs to the next day.'],
      fixes: [
        ['explained', 'One payment was made after midnight and stands in today’s report. Both days are right.'],
        ['fixed', 'A payment was booked twice in the till and taken out again.'],
      ],
      waits: { reason: 'evidence', says: 'Waiting for the closing slip of that evening.' },
    },
    {
      titles: [
        'Tip cannot be added on the reader, {dp}',
        'Reader asks for a tip in the wrong language, {dp}',
        'Receipt of the reader has the old address, {dp}',
      ],
      texts: [
        'Since the update of the reader this is different on all our devices.',
        'Guests ask about it. It is no drama but it looks odd.',
      ],
      scores: [[3, 3]],
      weight: 2,
      sub: 'Settings',
      part: 'readers',
      fixes: [
        ['fixed', 'Settings of the readers at {place} corrected and sent out; they hold after the next restart.'],
      ],
    },
    {
      titles: ['All readers at {dp} decline', 'No card payment possible at {dp}'],
      texts: [
        'Every card is refused on every reader. We take cash and lose orders.',
        'Nothing goes through since {h}:{mm}. The queue is at the door.',
      ],
      scores: [
        [2, 1],
        [1, 2],
        [2, 1],
        [1, 1],
      ],
      weight: 1.3,
      sub: 'Declined',
      part: 'readers',
      asks: ['Please switch one reader to offline mode (menu, bottom line) until I know more.'],
      answers: ['Done, offline works. Thank you.'],
      notes: ['Gateway answers, hub answers, the line of {dp} is down to one direction.'],
      fixes: [
        ['fixed', 'The connection of {dp} to the gateway hung. Built up anew; payments go through.'],
        ['restarted', 'Gateway process restarted; test payment of one cent accepted.'],
      ],
      tags: ['declined'],
    },
    {
      titles: ['Payment on the website taken twice', 'Guest charged twice, order {order}'],
      texts: [
        'A guest wrote that {amount} was taken twice for order {order}.',
        'Order {order} was paid once, but the bank shows two payments.',
      ],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 2,
      sub: 'Online',
      part: 'pay-hub',
      asks: ['Which bank is it? One of the two may only be reserved and falls away by itself.'],
      answers: ['She says both are booked.'],
      fixes: [
        ['fixed', 'Second payment of {amount} sent back through Payline.'],
        ['no_fault', 'The second one was a reservation and fell away the day after.'],
      ],
      waits: { reason: 'supplier', says: 'Payline looks at the second payment.' },
    },
  ],
};
