import type { Part, Place, Queued } from './queue.rules';

export type QueueLanguage = 'en' | 'de';

/** An instant as people in a time zone read it, with the day when that is not the day of `now`. */
function when(at: number, now: number, zone: string, language: QueueLanguage): string {
  const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(instant);
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  if (day(at) === day(now)) return time;
  const far = new Date(at).getUTCFullYear() !== new Date(now).getUTCFullYear();
  const date = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    ...(far ? { year: 'numeric' } : {}),
  }).format(at);
  return `${date}, ${time}`;
}

const bases = {
  en: { due: 'due', held: 'on hold until', opened: 'without a promise, counted as due' },
  de: { due: 'fällig', held: 'wartet bis', opened: 'ohne Zusage, gilt als fällig' },
} as const;

const plainParts = {
  en: {
    major: 'major incident',
    answer: 'the requester has answered and waits',
    age: 'time since it was opened',
    hold: 'on hold',
  },
  de: {
    major: 'große Störung',
    answer: 'die Rückmeldung der anfragenden Person wartet',
    age: 'Zeit seit dem Öffnen',
    hold: 'wartet',
  },
} as const;

/** What a part stands for: "impact 1", "goal “Orders online”, weight 5"; a goal without a name is one the reader does not see. */
export function partWords(part: Part, queued: Queued, language: QueueLanguage): string {
  const german = language === 'de';
  if (part.kind === 'impact') return `${german ? 'Auswirkung' : 'impact'} ${queued.impact}`;
  if (part.kind === 'goal') {
    const name = queued.goal?.name;
    const goal = german
      ? name
        ? `Ziel „${name}“`
        : 'ein Ziel, das hier nicht genannt wird'
      : name
        ? `goal “${name}”`
        : 'a goal not named here';
    return `${goal}, ${german ? 'Gewicht' : 'weight'} ${queued.goal?.weight}`;
  }
  return plainParts[language][part.kind];
}

const signed = (minutes: number) => `${minutes < 0 ? '−' : '+'}${Math.abs(minutes)} min`;

/** The whole place in one sentence: "due 14:10, impact 1: −120 min → worth 12:10 (Standard, version 2)". */
export function placeWords(
  place: Place,
  queued: Queued,
  as: { readonly now: number; readonly zone: string; readonly language: QueueLanguage },
): string {
  const say = (at: number) => when(at, as.now, as.zone, as.language);
  const parts = [
    `${bases[as.language][place.base.kind]} ${say(place.base.at)}`,
    ...place.parts.map((part) => `${partWords(part, queued, as.language)}: ${signed(part.minutes)}`),
  ];
  const worth = as.language === 'de' ? 'zählt wie' : 'worth';
  const version =
    place.order.id === null ? '' : `, ${as.language === 'de' ? 'Fassung' : 'version'} ${place.order.version}`;
  const name = place.order.id === null && as.language === 'de' ? 'ausgelieferte Reihenfolge' : place.order.name;
  return `${parts.join(', ')} → ${worth} ${say(place.queue_at)} (${name}${version})`;
}
