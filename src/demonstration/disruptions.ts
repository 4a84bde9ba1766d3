import { type Chance, chanceOf } from './chance.rules';
import { DAY, onDay, type Span } from './intake';
import { leadOf } from './people';
import { openedBy, type Place, places } from './places';
import { whyTeam } from './sorting';
import { begin, type Item, logged, type World } from './told';

const minute = 60_000;
const monthsAfter = (span: Span, months: number): number => {
  const first = new Date(span.first * DAY);
  return Math.floor(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, first.getUTCDate()) / DAY);
};
/** The next such weekday (0 Sunday) from a day on. */
const weekdayFrom = (day: number, weekday: number): number =>
  day + ((weekday - new Date(day * DAY).getUTCDay() + 7) % 7);

/** The Thursday evening of the bad release, in the ninth month, and the Tuesday afternoon without telephones. */
export const releaseDay = (span: Span): number => weekdayFrom(monthsAfter(span, 9), 4);
export const outageDay = (span: Span): number => weekdayFrom(monthsAfter(span, 13), 2);

interface Wave {
  readonly key: string;
  readonly count: number;
  readonly from: number;
  /** Most come in within so long. */
  readonly within: number;
  readonly item: (at: number, place: Place, chance: Chance) => Item['tell'];
}

/** The many that follow one cause; the first is told apart and bears the others. */
function wave(span: Span, one: Wave): Item[] {
  const chance = chanceOf(span.seed, one.key);
  const open = openedBy((Math.floor(one.from / DAY) - span.first) / (span.end - span.first));
  return Array.from({ length: one.count }, () => {
    const at = one.from + Math.floor(one.within * chance.next() ** 1.5);
    const place = places[chance.whole(0, open - 1)]!;
    return { at, needs: one.key, tell: one.item(at, place, chanceOf(span.seed, one.key, at)) };
  });
}

const basketTitles = [
  'Basket is empty at the checkout, {dp}',
  'Guests cannot finish their order, {dp}',
  'Website loses the basket, {dp}',
  'Only single pizzas can be ordered, {dp}',
  'Order page starts again from the beginning, {dp}',
];
const basketTexts = [
  'Guests call us because the basket empties itself. We take the orders by telephone.',
  'Since about seven no order with more than one pizza comes in.',
  'At the last step all is gone. Tried it myself, three times.',
  'Sixth call about it tonight.',
];

/** Release 9.2: forty incidents of one evening, caused by one change. */
export function badRelease(span: Span): Item[] {
  const day = releaseDay(span);
  const at = (hour: number, minutes: number) => onDay(day, hour, minutes);
  const cause = ({ known }: World) => known.id('change', 'release-9-2');
  const parent: Item = {
    at: at(18, 49),
    key: 'release',
    tell: (world) => {
      const life = begin(world);
      const service = 'Ordering website';
      life.log(
        at(18, 49),
        'rule',
        logged(world.known, {
          title: 'Baskets empty themselves on the website',
          text: 'Watching: 41 % of the visitors with more than one pizza in the basket lose it. Usual: below 1 %.',
          service,
          category: 'Website',
          sub: 'Basket',
          scores: [1, 1],
          requester: null,
          team: 'Web',
          part: 'lb-1',
          channel: 'monitoring',
          tags: ['basket', 'release-9-2'],
        }),
        whyTeam(world.known, service, 'Basket'),
      );
      life.start(at(18, 57), 'Elena Petrova');
      life.comment(at(19, 0), 'Elena Petrova', 'team', 'Seen. It is the new basket; we are looking for the reason.');
      life.edit(at(19, 4), 'Marta Lopes', { major: true });
      life.watch(at(19, 5), 'Marta Lopes', 'Ines Duarte');
      life.watch(at(19, 6), 'Marta Lopes', 'Carla Bianchi');
      life.note(
        at(19, 12),
        'Diego Ramos',
        'Began twenty minutes after release 9.2. Baskets of before the release are read with the new session key and thrown away.',
      );
      life.edit(at(19, 20), 'Elena Petrova', { caused_by_change_id: cause(world) });
      life.note(
        at(19, 48),
        'Elena Petrova',
        'Tried to read both keys. Works on web-1, but orders of the last hour come twice. We take the release back.',
      );
      life.comment(
        at(20, 2),
        'Marta Lopes',
        'team',
        'Website loses baskets since 18:40. Please take orders by telephone. We take tonight’s release back and write again at 21:00.',
      );
      life.note(
        at(21, 6),
        'Elena Petrova',
        'web-1 and web-2 are back on 9.1. web-3 follows; the database needs its old columns first.',
      );
      life.comment(
        at(21, 8),
        'Marta Lopes',
        'team',
        'Two of three servers run the old release. Most guests can order again.',
      );
      life.resolve(
        at(21, 52),
        'Elena Petrova',
        'by_change',
        'Release 9.2 taken back on all three servers, baskets of the evening restored from the log. Watched for twenty minutes.',
      );
      life.edit(onDay(day + 1, 10, 20), 'Lars Holm', { problem_id: world.known.id('problem', 'basket') });
      life.comment(
        onDay(day + 1, 11, 5),
        'Ines Duarte',
        'team',
        'Reviewed this morning: the next try goes to a quarter of the visitors first, and not on an evening.',
      );
      life.close(onDay(day + 6, 21, 52), 'timer');
      return life.told();
    },
  };
  const rest = wave(span, {
    key: 'release',
    count: 39,
    from: at(18, 52),
    within: 150 * minute,
    item: (opened, place, chance) => (world) => {
      const life = begin(world);
      const fill = (text: string) => text.replace('{dp}', place.dp);
      const title = fill(chance.pick(basketTitles));
      const spoken = chance.happens(0.5);
      const requester = leadOf(place.number).name;
      const hand = chance.pick(['Sam Okafor', 'Kofi Mensah', 'Marta Lopes', 'Jonas Weber']);
      life.log(
        opened,
        { name: spoken ? hand : requester },
        logged(world.known, {
          title,
          text: chance.pick(basketTexts),
          service: 'Ordering website',
          category: 'Website',
          sub: 'Orders',
          scores: chance.pick([
            [2, 1],
            [2, 2],
            [3, 1],
          ] as const),
          requester,
          organization: place.city === 'Berlin' ? 'Pizza&Pizza Berlin' : null,
          team: 'Service desk',
          place,
          channel: spoken ? 'phone' : 'portal',
          tags: ['basket'],
        }),
        spoken ? undefined : whyTeam(world.known, 'Ordering website', 'Orders'),
      );
      life.start(Math.max(opened + chance.around(14 * minute, 0.7), at(18, 58)), hand);
      life.comment(
        life.at + chance.whole(1, 5) * minute,
        hand,
        'team',
        'Thank you, it is known: the website loses baskets tonight. Please take orders by telephone.',
      );
      life.edit(Math.max(life.at + minute, at(19, 25)), hand, {
        parent_id: world.known.id('incident', 'release'),
        caused_by_change_id: cause(world),
      });
      life.resolve(
        at(21, 55) + chance.whole(1, 40) * minute,
        hand,
        'by_change',
        'Tonight’s release of the website was taken back.',
      );
      if (chance.happens(0.25))
        life.comment(
          life.at + chance.around(20 * minute, 1),
          requester,
          'requester',
          'Orders come in again. Thank you.',
        );
      life.close(life.resolvedAt + 5 * DAY, 'timer');
      return life.told();
    },
  });
  return [parent, ...rest];
}

const silentTitles = [
  'Telephone silent, {dp}',
  'No calls since half past two, {dp}',
  'Nobody reaches us by telephone, {dp}',
  'Busy tone for all who call {dp}',
];

/** One afternoon without telephones: the supplier's trunk, one parent, many children. */
export function deadTrunk(span: Span): Item[] {
  const day = outageDay(span);
  const at = (hour: number, minutes: number) => onDay(day, hour, minutes);
  const parent: Item = {
    at: at(14, 12),
    key: 'trunk',
    tell: (world) => {
      const life = begin(world);
      life.log(
        at(14, 12),
        'rule',
        logged(world.known, {
          title: 'No calls reach any delivery point',
          text: 'Watching: the trunk of Voxline has refused every call for three minutes.',
          service: 'Telephony',
          category: 'Telephone',
          sub: 'Trunk',
          scores: [1, 1],
          requester: null,
          team: 'Network',
          part: 'voice-trunk',
          channel: 'monitoring',
          tags: ['voxline', 'trunk'],
        }),
        whyTeam(world.known, 'Telephony', 'Trunk'),
      );
      life.start(at(14, 19), 'Aisha Diallo');
      life.edit(at(14, 24), 'Marta Lopes', { major: true });
      life.watch(at(14, 25), 'Marta Lopes', 'Ines Duarte');
      life.comment(
        at(14, 31),
        'Marta Lopes',
        'team',
        'Nobody can be called at the moment. Voxline is informed. The website and the app work; please say so on your doors.',
      );
      life.note(
        at(14, 38),
        'Aisha Diallo',
        'Voxline confirms: a card in their exchange in Lisbon has died, with all our numbers on it.',
      );
      life.hold(at(14, 40), 'Aisha Diallo', 'supplier', null);
      life.note(at(16, 5), 'Aisha Diallo', 'Spare card on its way from Setúbal, says their duty manager.');
      life.resume(at(16, 47), { name: 'Aisha Diallo' });
      life.comment(
        at(16, 50),
        'Marta Lopes',
        'team',
        'Voxline has put in a new card. First calls come through; we call every delivery point once.',
      );
      life.resolve(
        at(17, 22),
        'Aisha Diallo',
        'by_supplier',
        'Voxline replaced a card in its exchange. All fifty numbers called, all ring.',
      );
      life.edit(onDay(day + 1, 11, 30), 'Lars Holm', { problem_id: world.known.id('problem', 'trunk') });
      life.close(onDay(day + 5, 17, 22), 'timer');
      return life.told();
    },
  };
  const rest = wave(span, {
    key: 'trunk',
    count: 23,
    from: at(14, 16),
    within: 120 * minute,
    item: (opened, place, chance) => (world) => {
      const life = begin(world);
      const requester = leadOf(place.number).name;
      const hand = chance.pick(['Sam Okafor', 'Lucia Ferreira', 'Kofi Mensah', 'Jonas Weber']);
      life.log(
        opened,
        { name: requester },
        logged(world.known, {
          title: chance.pick(silentTitles).replace('{dp}', place.dp),
          text: 'From my own phone I hear the busy tone. At this hour we usually have a call every five minutes.',
          service: 'Telephony',
          category: 'Telephone',
          sub: 'Line',
          scores: chance.pick([
            [2, 2],
            [3, 1],
            [3, 2],
          ] as const),
          requester,
          organization: place.city === 'Berlin' ? 'Pizza&Pizza Berlin' : null,
          team: 'Service desk',
          part: 'pbx-1',
          place,
          channel: chance.pick(['portal', 'portal', 'chat']),
          tags: ['voxline'],
        }),
        whyTeam(world.known, 'Telephony', 'Line'),
      );
      life.start(opened + chance.around(11 * minute, 0.6), hand);
      life.edit(Math.max(life.at + minute, at(14, 35)), hand, { parent_id: world.known.id('incident', 'trunk') });
      life.comment(
        life.at + minute,
        hand,
        'team',
        'It concerns all delivery points; our supplier is at it. I write when calls come through.',
      );
      life.hold(life.at + 20_000, hand, 'supplier', null);
      life.resume(at(16, 58) + chance.whole(0, 25) * minute, { name: hand });
      life.resolve(
        at(17, 25) + chance.whole(0, 30) * minute,
        hand,
        'by_supplier',
        'Voxline has repaired its exchange; your number was called and rings.',
      );
      life.close(life.resolvedAt + 5 * DAY, 'timer');
      return life.told();
    },
  });
  return [parent, ...rest];
}
