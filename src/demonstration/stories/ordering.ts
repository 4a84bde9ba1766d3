import type { Stories } from './story';

export const orderingWebsite: Stories = {
  service: 'Ordering website',
  category: 'Website',
  perDay: 0.9,
  rhythm: 'evenings',
  from: 'both',
  slowness: 0.95,
  list: [
    {
      titles: [
        'Order {order} did not reach {dp}',
        'Website order missing at {dp}',
        'Guest has a confirmation, we have no order, {dp}',
      ],
      texts: [
        'A guest called about order {order}. We never saw it.',
        'Order {order} was confirmed by mail at {h}:{mm} and is not in our list.',
      ],
      scores: [
        [3, 1],
        [3, 2],
        [2, 2],
      ],
      weight: 5,
      sub: 'Orders',
      part: 'db-orders-1',
      asks: ['Is it the only one? I look through the evening meanwhile.'],
      answers: ['As far as we know, yes.', 'Two, the other is {order}7.'],
      notes: ['The queue to {dp} stood for four minutes and was read twice afterwards.'],
      fixes: [
        ['fixed', 'Order sent again by hand; the queue to {place} was stuck and runs.'],
        ['no_fault', 'The guest had chosen another delivery point. The order was baked there.'],
      ],
      tags: ['orders'],
    },
    {
      titles: ['Website very slow', 'Checkout takes {n}0 seconds', 'Guests complain that the website hangs'],
      texts: [
        'Guests on the phone say the last page takes forever.',
        'From here each page takes {n} seconds and the checkout more.',
      ],
      scores: [
        [2, 2],
        [2, 2],
        [1, 3],
      ],
      weight: 3,
      sub: 'Speed',
      part: 'lb-1',
      notes: ['web-2 out of memory, taken out of the balancer.', 'A report over all orders ran on the live database.'],
      fixes: [
        ['restarted', 'web-2 restarted, and its memory limit raised.'],
        ['fixed', 'A heavy report was stopped; it now runs on the standby at night.'],
      ],
      tags: ['speed'],
    },
    {
      titles: ['Website cannot be reached', 'Nobody can order on the website'],
      texts: ['Only an error page, from every phone we tried.', 'No order from the website for a quarter of an hour.'],
      scores: [[1, 1]],
      weight: 0.5,
      sub: 'Speed',
      part: 'lb-1',
      notes: ['The balancer had taken all three servers out after a slow minute of the database.'],
      fixes: [
        ['restarted', 'Balancer started anew, all three servers answer.'],
        ['fixed', 'The database was out of connections; limit raised, servers started one after the other.'],
      ],
      tags: ['outage'],
    },
    {
      titles: ['Voucher {voucher} is not accepted', 'Discount of the week missing on the website'],
      texts: ['Guests type {voucher} and get “unknown code”.', 'The offer is on the poster but not in the basket.'],
      scores: [
        [3, 2],
        [2, 3],
      ],
      weight: 3,
      sub: 'Offers',
      asks: ['Which delivery points take part?'],
      answers: ['All, says marketing.'],
      fixes: [
        ['fixed', 'The voucher began a day too late; corrected, and tried at two delivery points.'],
        ['explained', 'It holds from Monday to Thursday only. The text on the website now says so.'],
      ],
    },
    {
      titles: ['Delivery area of {dp} is wrong on the map', '{place}: street outside the area though we deliver there'],
      texts: [
        'Guests in the street behind us are sent to the next delivery point.',
        'A new street is missing; two guests could not order.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 3,
      sub: 'Map',
      fixes: [['fixed', 'Area of {dp} drawn anew and agreed with the neighbours.']],
      waits: { reason: 'requester', says: 'Please draw the border on the map I sent and send it back.' },
      asks: ['Which streets exactly?'],
      answers: ['From the church down to the tram, both sides.'],
    },
    {
      titles: ['Guest cannot sign in to the website', 'Password mail of the website does not arrive'],
      texts: [
        'The guest asked for a new password three times; no mail.',
        'Signing in ends on a white page for one guest.',
      ],
      scores: [[3, 3]],
      weight: 3,
      sub: 'Accounts',
      asks: ['Which address does the guest use?'],
      answers: ['One that ends in .example; I sent it to you by chat.'],
      fixes: [
        ['explained', 'The mails lay in the guest’s spam. Signed in with the newest one.'],
        ['fixed', 'The account had two addresses; joined into one.'],
      ],
      waits: { reason: 'requester', says: 'Waiting for the address of the guest.' },
    },
    {
      titles: ['Basket empties after choosing toppings', 'Toppings disappear from the basket'],
      texts: [
        'With more than four toppings the basket is empty on the next page.',
        'Tried on two phones: pick toppings, go back, all is gone.',
      ],
      scores: [
        [2, 2],
        [3, 2],
        [2, 3],
      ],
      weight: 2,
      sub: 'Basket',
      part: 'web-3',
      notes: ['Reproduced with five toppings on a phone; not on a laptop.'],
      fixes: [
        ['fixed', 'Basket keeps more than four toppings again, sent out at {h}:{mm}.'],
        ['workaround', 'Until the next release: choose toppings before the size.'],
      ],
      tags: ['basket'],
    },
  ],
};

export const menuDesigner: Stories = {
  service: 'Menu designer',
  category: 'Menu',
  perDay: 0.3,
  rhythm: 'office',
  from: 'both',
  slowness: 0.9,
  list: [
    {
      titles: ['Price of {item} wrong at {dp}', '{item} costs the old price, {dp}'],
      texts: [
        'On the website {item} costs {amount}, on our board it does not.',
        'The new price list holds since Monday, {item} was forgotten.',
      ],
      scores: [
        [3, 3],
        [3, 2],
      ],
      weight: 4,
      sub: 'Prices',
      fixes: [
        ['fixed', 'Price corrected for {dp} and for its neighbours.'],
        ['explained', 'Prices by city win over the list; shown how to see both.'],
      ],
    },
    {
      titles: ['Picture of {item} missing on phones', 'Picture of {item} is turned'],
      texts: [
        'On a laptop it is there, on a phone there is a grey field.',
        'The picture lies on its side since I uploaded it anew.',
      ],
      scores: [[3, 3]],
      weight: 3,
      sub: 'Pictures',
      part: 'img-store',
      fixes: [
        ['fixed', 'Picture made anew in all sizes.'],
        ['workaround', 'Saved without the camera’s notes and uploaded again.'],
      ],
      problem: 'pictures',
    },
    {
      titles: ['Menu cannot be published', 'Menu change of {dp} stays in draft'],
      texts: [
        'I press publish and nothing happens.',
        'The change was approved yesterday, guests still see the old menu.',
      ],
      scores: [
        [3, 2],
        [2, 3],
      ],
      weight: 2,
      sub: 'Publishing',
      part: 'menu-db',
      fixes: [
        ['fixed', 'A topping without a price held up the menu; price set and published.'],
        ['restarted', 'Publishing job restarted.'],
      ],
      asks: ['Which topping did you add last?'],
      answers: ['Smoked {item}.'],
    },
  ],
};

export const deliveryRouting: Stories = {
  service: 'Delivery routing',
  category: 'Delivery',
  perDay: 0.4,
  rhythm: 'evenings',
  from: 'points',
  slowness: 1,
  list: [
    {
      titles: ['Rider sent the wrong way, {dp}', 'Route goes over the closed bridge, {dp}'],
      texts: [
        'Riders are sent over a road that is closed since Monday.',
        'The way to the hill takes the stairs. On a bicycle.',
      ],
      scores: [
        [3, 2],
        [3, 3],
      ],
      weight: 3,
      sub: 'Routes',
      part: 'route-engine',
      fixes: [
        ['fixed', 'Closed road entered, routes calculated anew.'],
        ['workaround', 'Road shut by hand until the map is renewed on Thursday.'],
      ],
    },
    {
      titles: ['Two riders got the same order, {dp}', 'Order {order} not handed to any rider, {dp}'],
      texts: ['Both stood at the same door. The other order got cold.', 'It stayed in the list for forty minutes.'],
      scores: [
        [3, 2],
        [2, 2],
      ],
      weight: 3,
      sub: 'Orders',
      part: 'route-engine',
      notes: ['Two phones signed in with one name.'],
      fixes: [
        ['explained', 'Two riders had signed in with one name. Each has an own one now.'],
        ['fixed', 'Lock on orders repaired; tried with three riders.'],
      ],
    },
    {
      titles: ['Rider app does not show new orders, {dp}'],
      texts: ['Riders have to close and open the app to see a new order.'],
      scores: [
        [3, 2],
        [2, 2],
      ],
      weight: 2,
      sub: 'App',
      fixes: [
        ['fixed', 'Push messages were switched off by the last update of the app; on again.'],
        ['explained', 'Saving of battery stops the app; shown how to except it.'],
      ],
    },
  ],
};
