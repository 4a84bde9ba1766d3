import { createHash } from 'node:crypto';
import { leadOf } from './people';
import { type Place, places } from './places';
import { whyTeam } from './sorting';
import { begin, type Item, logged } from './told';

const minute = 60_000;
const place = (number: number): Place => places[number - 1]!;

/** What Cho read from the gateway and kept for the team. */
const gatewayLog = [
  'pay-gw-2  tls  handshake with pay-hub',
  '  presented chain   : pay-gw-2.pizza.example',
  '  intermediate      : missing',
  '  root              : Payline Trust 2',
  'pay-hub answers    : 91 issuer or switch inoperative',
  'pay-gw-1           : chain complete, 0 refused since midnight',
  'pay-gw-2           : 0 accepted, 212 refused since the new certificate',
].join('\n');

const logFile = (id: string) => {
  const content = Buffer.from(`${gatewayLog}\n`);
  return {
    file: {
      id,
      name: 'pay-gw-2-handshake.log',
      media_type: 'text/plain',
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    },
    content,
  };
};

/** What goes on while somebody looks: cards are declined at the door, and others report the same. */
export function cardsDeclined(end: number, fileId: string): Item[] {
  const at = (ago: number, seconds = 0) => end - ago * minute + seconds * 1000;
  const { file, content } = logFile(fileId);
  const first: Item = {
    at: at(68),
    key: 'cards',
    files: new Map([[fileId, content]]),
    tell: (world) => {
      const { known } = world;
      const life = begin(world);
      const [rita, sam, cho] = ['Rita Moreira', 'Sam Okafor', 'Cho Tanaka'] as const;
      life.log(
        at(68),
        { name: rita },
        logged(known, {
          title: 'Cards declined at the door',
          text: 'Every card is declined at the door, on both readers, for about ten minutes now. The reader says “try again later”. Six orders are waiting and people walk away.',
          service: 'Card payments',
          category: 'Payment',
          sub: 'Declined',
          scores: [1, 1],
          requester: rita,
          team: 'Service desk',
          part: 'pay-gw-2',
          place: place(12),
          channel: 'portal',
          tags: ['declined'],
        }),
        whyTeam(world.known, 'Card payments', 'Declined'),
      );
      life.start(at(66, 26), sam);
      life.comment(
        at(64, 20),
        sam,
        'team',
        'Thank you, Rita. Which code stands under the message? Until we know more: switch the readers to **offline mode** (menu, bottom line); it takes payments up to € 150.',
      );
      life.hold(at(64, 50), sam, 'requester', at(-8 * 60));
      life.comment(at(57), rita, 'requester', 'Code 91, on both. Offline mode works, thank you!');
      life.resume(at(57, 1), 'rule');
      life.watch(at(55), sam, 'Ines Duarte');
      life.watch(at(55, 20), sam, 'Marta Lopes');
      life.comment(
        at(52),
        sam,
        'team',
        'Then it is not your readers. Other delivery points see the same; our payments people are looking at the gateway.',
      );
      life.note(
        at(44),
        sam,
        'All reports come from points between DP 07 and DP 20. Those run over pay-gw-2. @Cho Tanaka, was something changed there?',
      );
      life.link(at(43), sam, 'relates', known.id('change', 'certificate'));
      life.attach(at(31), cho, file, true);
      life.note(
        at(30, 30),
        cho,
        'Yes: the new certificate, this is how it began. The chain lacks the one in the middle, so the hub refuses us with 91. I can put the old certificate back within ten minutes; the way back was tried on Tuesday. Waiting for a yes from Ines.',
      );
      life.edit(at(30), cho, { caused_by_change_id: known.id('change', 'certificate') });
      life.comment(at(21), rita, 'requester', 'Two riders have reached their offline limit. How long will it take?');
      life.comment(
        at(16),
        sam,
        'team',
        'We have found the cause: a certificate on our payment gateway. Cho takes it back as soon as it is approved. Please let those two riders use the reader of the counter until then.',
      );
      life.comment(at(5), rita, 'requester', 'They ask me every minute. Is there any news?');
      return life.told();
    },
  };
  const similar: readonly [
    ago: number,
    point: number,
    title: string,
    text: string,
    score: readonly [number, number],
    who: string | null,
  ][] = [
    [
      63,
      7,
      'Cards declined at the door, DP 07',
      'Code 91 for every card. Half of our guests have no cash.',
      [2, 1],
      'Kofi Mensah',
    ],
    [59, 15, 'All cards declined at the door, DP 15', 'All three readers. Restarted twice.', [2, 1], 'Marta Lopes'],
    [
      51,
      18,
      'Cards declined at the door since an hour, DP 18',
      'Guests send their orders back at the door.',
      [2, 1],
      'Kofi Mensah',
    ],
    [
      22,
      9,
      'Cards declined at the door with code 91, DP 09',
      'First one rider, now all of them. The reader says 91.',
      [2, 1],
      null,
    ],
    [
      13,
      10,
      'Cards are declined at the door, DP 10',
      'Both readers at the counter. The website takes cards as always.',
      [2, 1],
      null,
    ],
    [
      6,
      20,
      'Cards declined at the door again and again, DP 20',
      'It began with one reader, now it is all of them.',
      [2, 2],
      null,
    ],
  ];
  const others = similar.map(
    ([ago, point, title, text, scores, who]): Item => ({
      at: at(ago, 12),
      tell: (world) => {
        const life = begin(world);
        const requester = leadOf(point).name;
        life.log(
          at(ago, 12),
          { name: requester },
          logged(world.known, {
            title,
            text,
            service: 'Card payments',
            category: 'Payment',
            sub: 'Declined',
            scores: [scores[0], scores[1]],
            requester,
            team: 'Service desk',
            part: 'pay-gw-2',
            place: place(point),
            channel: 'portal',
            tags: ['declined'],
          }),
          whyTeam(world.known, 'Card payments', 'Declined'),
        );
        if (who) {
          life.start(at(ago - 6), who);
          life.comment(
            at(ago - 8),
            who,
            'team',
            'It is known and being worked on. Offline mode (menu, bottom line) takes payments up to € 150 until then.',
          );
          if (ago > 30)
            life.edit(at(29), 'Cho Tanaka', { caused_by_change_id: world.known.id('change', 'certificate') });
        }
        return life.told();
      },
    }),
  );
  // A colleague of Rita's wrote the same a little later: Sam merged it into hers, which now shows both.
  const again: Item = {
    at: at(60, 30),
    needs: 'cards',
    tell: (world) => {
      const life = begin(world);
      const requester = leadOf(11).name;
      life.log(
        at(60, 30),
        { name: requester },
        logged(world.known, {
          title: 'Card readers refuse everything, DP 12',
          text: 'I help out at DP 12 today. Rita is with the riders and asked me to write: both readers say “try again later”.',
          service: 'Card payments',
          category: 'Payment',
          sub: 'Declined',
          scores: [2, 1],
          requester,
          team: 'Service desk',
          part: 'pay-gw-2',
          place: place(12),
          channel: 'mail',
          tags: ['declined'],
        }),
        whyTeam(world.known, 'Card payments', 'Declined'),
      );
      life.comment(at(59, 40), requester, 'requester', 'A photograph would not help: the display just says so.');
      life.merge(at(54, 10), 'Sam Okafor', world.known.id('incident', 'cards'));
      return life.told();
    },
  };
  return [first, again, ...others];
}
