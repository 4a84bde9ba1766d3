/** Words for time. Pure: the instant "now" is always given. Instants are RFC 3339 strings, durations are seconds. */

export interface Units {
  min: string;
  h: string;
  d: string;
  s: string;
}

/** `58 min`, `1 h 12`, `2 d 4 h`: at most two parts, rounded down, never less than one minute unless under it. */
export function durationWords(seconds: number, units: Units): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} ${units.s}`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} ${units.min}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return rest ? `${hours} ${units.h} ${String(rest).padStart(2, '0')}` : `${hours} ${units.h}`;
  }
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days} ${units.d} ${hours % 24} ${units.h}` : `${days} ${units.d}`;
}

/** `2:26`, `1:01:56`, `30:00:00`: for sums that must add up. */
export function clockFigure(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${zone ?? ''} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

/** The calendar day of an instant in a zone, as `2026-11-21`. */
export function dayOf(instant: Date, zone?: string): string {
  return format('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** The same time of day on another day (`2026-11-21`) of a zone; a clock that was put forward or back between is seen to. */
export function onDay(at: string, day: string, zone?: string): Date {
  const days = Math.round((Date.parse(day) - Date.parse(dayOf(new Date(at), zone))) / 86_400_000);
  const moved = Date.parse(at) + days * 86_400_000;
  const hour = 3_600_000;
  const fits = [0, -hour, hour].map((by) => new Date(moved + by));
  const time = timeWords(at, 'en', zone);
  const onIt = fits.filter((one) => dayOf(one, zone) === day);
  return onIt.find((one) => timeWords(one.toISOString(), 'en', zone) === time) ?? onIt[0] ?? new Date(moved);
}

/** `17:12`. */
export function timeWords(at: string, language: string, zone?: string): string {
  return format(language, zone, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at));
}

/** `Sat 21 Nov 2026, 17:12:04 WET`: the exact instant, for hovering. */
export function exactWords(at: string, language: string, zone?: string): string {
  return format(language, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZoneName: 'short',
  }).format(new Date(at));
}

/** The shortest words that name an instant from today: a time today, a weekday within six days, else a date. */
export function whenWords(at: string, now: number, language: string, zone?: string): string {
  const instant = new Date(at);
  const today = dayOf(new Date(now), zone);
  const day = dayOf(instant, zone);
  if (day === today) return timeWords(at, language, zone);
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (Math.abs(days) < 7) {
    const weekday = format(language, zone, { weekday: 'short' }).format(instant);
    return `${weekday} ${timeWords(at, language, zone)}`;
  }
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  return format(language, zone, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(
    instant,
  );
}

/** An instant where a day alone says too little: like `whenWords`, and an older day keeps its time. */
export function stampWords(at: string, now: number, language: string, zone?: string): string {
  const words = whenWords(at, now, language, zone);
  const time = timeWords(at, language, zone);
  return words.endsWith(time) ? words : `${words}, ${time}`;
}

/** From when to when: the date once where both lie on one day. */
export function windowWords(from: string, to: string, language: string, zone?: string): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const [a, b] = [new Date(from), new Date(to)];
  const date = (at: Date) => format(language, zone, day).format(at);
  const oneDay = dayOf(a, zone) === dayOf(b, zone);
  return `${date(a)}, ${timeWords(from, language, zone)} – ${oneDay ? '' : `${date(b)}, `}${timeWords(to, language, zone)}`;
}

/** A day without a time: `12 Nov 2026`. Takes `2026-11-12` or an instant. */
export function dateWords(at: string, language: string, zone?: string): string {
  const bare = at.length === 10;
  return format(language, bare ? 'UTC' : zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(bare ? `${at}T12:00:00Z` : at),
  );
}

/** The day of `*-12-25`, without a year; 2024 had every day there is. */
export function yearlyWords(day: string, language: string): string {
  return format(language, 'UTC', { day: 'numeric', month: 'long' }).format(new Date(`2024${day.slice(1)}T12:00:00Z`));
}

export interface Due {
  words: string;
  tone: 'broken' | 'risk' | 'calm';
  late: boolean;
}

/** How a promise reads in a list: what is left within two hours, how late it is, else when it ends. */
export function dueWords(dueAt: string, now: number, language: string, units: Units, zone?: string): Due {
  const left = (Date.parse(dueAt) - now) / 1000;
  if (left < 0) return { words: `−${durationWords(-left, units)}`, tone: 'broken', late: true };
  if (left <= 7200) return { words: durationWords(left, units), tone: left <= 3600 ? 'broken' : 'calm', late: false };
  return { words: whenWords(dueAt, now, language, zone), tone: 'calm', late: false };
}

export type DueGroup = 'late' | 'soon' | 'today' | 'tomorrow' | 'later' | 'none';

/** Which heading a promise belongs under. */
export function dueGroup(dueAt: string | null | undefined, now: number, zone?: string): DueGroup {
  if (!dueAt) return 'none';
  const at = Date.parse(dueAt);
  if (at < now) return 'late';
  if (at <= now + 7_200_000) return 'soon';
  const day = dayOf(new Date(at), zone);
  if (day === dayOf(new Date(now), zone)) return 'today';
  if (day === dayOf(new Date(now + 86_400_000), zone)) return 'tomorrow';
  return 'later';
}
