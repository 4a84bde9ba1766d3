import { toWall, zoneNamed } from '../commons/calendar';
import type { Chance } from './chance.rules';
import type { Place } from './places';

/** What fills the gaps of a text; one incident tells of the same order in all its sentences. */
export type Fill = (text: string) => string;

const newcomers = [
  'Lena',
  'Paulo',
  'Yara',
  'Milan',
  'Ines',
  'Samira',
  'Jakob',
  'Noor',
  'Telmo',
  'Greta',
  'Ravi',
  'Luana',
];
const toppings = [
  'mozzarella',
  'artichokes',
  'chouriço',
  'mushrooms',
  'rocket',
  'peppers',
  'aubergine',
  'tuna',
  'olives',
];
const vouchers = ['FRIDAY2', 'EXTRA10', 'FAMILY', 'HELLO5', 'LUNCH7', 'RAIN15'];
const codes = ['05', '12', '51', '57', '61', '91'];

export const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The hour and minute on the wall of a zone. */
export function clockOf(at: number, zone: string): { hour: number; minute: number } {
  const wall = new Date(toWall(zoneNamed(zone), at));
  return { hour: wall.getUTCHours(), minute: wall.getUTCMinutes() };
}

export function fillFor(chance: Chance, at: number, place: Place | null): Fill {
  const noticed = clockOf(at - chance.whole(4, 25) * 60_000, place?.zone ?? 'Europe/Lisbon');
  const values: Record<string, string> = {
    dp: place ? place.dp : 'head office',
    place: place ? place.name : 'head office',
    city: place ? place.city : 'Lisbon',
    h: String(noticed.hour),
    mm: twoDigits(noticed.minute),
    n: String(chance.whole(2, 6)),
    code: chance.pick(codes),
    order: String(chance.whole(10_000, 99_999)),
    amount: `€ ${chance.whole(8, 140)}.${twoDigits(chance.whole(0, 19) * 5)}`,
    item: chance.pick(toppings),
    voucher: chance.pick(vouchers),
    name: chance.pick(newcomers),
  };
  return (text) => {
    const filled = text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
    return filled.charAt(0).toUpperCase() + filled.slice(1);
  };
}

export const firstName = (name: string): string => name.split(' ')[0]!;

/** What agents and requesters say when there is nothing special to say. */
export const plainWords = {
  en: {
    taken: [
      'Thank you, {first}. I am looking at it now.',
      'Hello {first}, got it. You hear from me within the hour.',
      'Thank you for writing, {first}. I take this one.',
      'Good that you say it, {first}. Looking.',
      'Hi {first}, I have it on my desk and start with the logs.',
    ],
    watched: ['Seen. I am looking at it.', 'On it; more in half an hour.'],
    nearly: [
      'Found it, I think. Please look once more in a quarter of an hour.',
      'Should be better now. Does it hold for you?',
      'Still on it; the first idea was wrong.',
      'One more step, then it should work again.',
    ],
    works: [
      'Works again, thank you!',
      'All good now.',
      'Yes, that was it. Thanks for the quick help.',
      'Runs. Thank you.',
      'Perfect, thanks.',
    ],
    back: ['It is back, the same as before.', 'Worked for a day, now it has started again.', 'Sorry, still not right.'],
    waiting: [
      'I will write as soon as I hear from them.',
      'It waits for somebody else for a while; I keep an eye on it.',
    ],
    cancel: ['Logged twice, the other one goes on.', 'It works again by itself.', 'Was a misunderstanding, sorry.'],
  },
  de: {
    taken: [
      'Danke, {first}. Ich schaue es mir gerade an.',
      'Hallo {first}, ist bei mir. Ich melde mich innerhalb einer Stunde.',
    ],
    watched: ['Gesehen, ich bin dran.'],
    nearly: ['Müsste jetzt besser sein. Klappt es bei euch?', 'Bin noch dran, die erste Vermutung war falsch.'],
    works: ['Geht wieder, danke!', 'Alles gut jetzt.', 'Ja, das war es. Vielen Dank.'],
    back: ['Es ist leider wieder da.', 'Einen Tag ging es, jetzt ist es wie vorher.'],
    waiting: ['Ich schreibe, sobald ich etwas höre.'],
    cancel: ['Doppelt gemeldet, das andere läuft weiter.', 'Geht von selbst wieder.'],
  },
} as const;
export type Language = keyof typeof plainWords;
