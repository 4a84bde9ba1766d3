import type { CalendarDefinition } from '../../../commons/calendar/calendar.contract';
import { type Calendar, calendarFrom } from '../../../commons/calendar/working-time.rules';
import { type AgreementVersion, chooseAgreement, type Matched, slicesFor, targetsFor } from './choice.rules';
import { type AgreementName, defaultTerms, type NamedCalendar, type Terms } from './terms.rules';

/** A type of record about which promises are made: how its states end a clock. */
export interface PromisedType {
  readonly type: string;
  readonly stop_states: readonly string[];
  /** Stop states in which the promise is dropped and not kept. */
  readonly cancel_states: readonly string[];
}

/** A calendar and its hours as they were from an instant on. */
export interface BookCalendar {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly versions: readonly { readonly from: number; readonly definition: CalendarDefinition }[];
}

/** Everything that is promised: published agreements and their calendars, as of one token. It never changes. */
export interface Book {
  readonly token: string;
  /** Service levels are switched off: clocks are judged and kept as ever, but nothing is due by them and none speaks. */
  readonly resting: boolean;
  readonly versions: readonly AgreementVersion[];
  /** The same by number and version, as clocks name them. */
  readonly named: ReadonlyMap<string, AgreementVersion>;
  readonly calendars: ReadonlyMap<string, BookCalendar>;
  /** The instants at which something in it changed, in order. */
  readonly marks: readonly number[];
  readonly kept: { readonly chosen: Map<string, Chosen>; readonly calendars: Map<string, Calendar> };
}

/** The version a clock is held to. */
export const versionOf = (book: Book, agreement: AgreementName): AgreementVersion =>
  book.named.get(`${agreement.number} ${agreement.version}`)!;

/** What a record is held to. The same terms and calendar are always the same object. */
export interface Chosen {
  readonly version: AgreementVersion;
  readonly terms: Terms;
  readonly calendar: NamedCalendar & { readonly id: string; readonly number: string };
}

export const openBook = (
  token: string,
  versions: AgreementVersion[],
  calendars: BookCalendar[],
  resting = false,
): Book => {
  const used = new Set(versions.map(({ content }) => content.calendar_id));
  const marks = new Set(versions.map((version) => version.published_at));
  for (const calendar of calendars)
    if (used.has(calendar.id)) for (const { from } of calendar.versions) marks.add(from);
  return {
    token,
    resting,
    versions,
    named: new Map(versions.map((version) => [`${version.number} ${version.version}`, version])),
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    marks: [...marks].sort((a, b) => a - b),
    kept: { chosen: new Map(), calendars: new Map() },
  };
};

/** The place of the hours that held at an instant, as far as was known; before the first, the first. */
const hoursAt = (calendar: BookCalendar, known: number): number =>
  Math.max(
    0,
    calendar.versions.findLastIndex(({ from }) => from <= known),
  );

/** A calendar of the book, ready to be asked. */
export const calendarAt = (book: Book, id: string, known: number): Calendar => {
  const calendar = book.calendars.get(id)!;
  const at = hoursAt(calendar, known);
  const key = `${id} ${at}`;
  let made = book.kept.calendars.get(key);
  if (!made) {
    made = calendarFrom(calendar.versions[at]!.definition);
    book.kept.calendars.set(key, made);
  }
  return made;
};

/** The agreement, its terms and its calendar for a record; null when nothing is promised. */
export const choose = (
  book: Book,
  kind: PromisedType,
  record: Matched,
  openedAt: number,
  known: number,
): Chosen | null => {
  const version = chooseAgreement(book.versions, record, openedAt, known);
  if (!version) return null;
  const calendar = book.calendars.get(version.content.calendar_id)!;
  const key = [kind.type, version.id, version.version, record.priority, hoursAt(calendar, known)].join(' ');
  let chosen = book.kept.chosen.get(key);
  if (!chosen) {
    chosen = {
      version,
      terms: termsFor(kind, version, record.priority),
      calendar: {
        id: calendar.id,
        number: calendar.number,
        name: calendar.name,
        calendar: calendarAt(book, calendar.id, known),
      },
    };
    book.kept.chosen.set(key, chosen);
  }
  return chosen;
};

/** The part of an agreement that the clocks of one priority need. */
export const termsFor = (
  kind: PromisedType,
  { number, version, content }: Pick<AgreementVersion, 'number' | 'version' | 'content'>,
  priority: number | null,
): Terms => ({
  agreement: { number, name: content.name, version },
  targets: targetsFor(content, priority),
  slices: slicesFor(content, priority),
  pause_states: content.pause_states,
  pause_targets: content.pause_targets.length === 0 ? null : content.pause_targets,
  stop_states: kind.stop_states,
  cancel_states: kind.cancel_states,
  warn_share: content.warn_share || null,
});

/** How states end a clock where no type of record is named: in trials and cases. */
export const anyType: PromisedType = {
  type: 'any',
  stop_states: defaultTerms.stop_states,
  cancel_states: defaultTerms.cancel_states,
};

/** Terms that promise nothing. */
export const nothingPromised = (kind: PromisedType): Terms => ({
  agreement: null,
  targets: {},
  slices: {},
  pause_states: [],
  pause_targets: null,
  stop_states: kind.stop_states,
  cancel_states: kind.cancel_states,
  warn_share: null,
});
