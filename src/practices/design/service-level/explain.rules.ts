import { holidaysWithin, spansBetween } from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
import { listed, type Sentence, say, type Word } from '../../../kernel/sentence.contract';
import type { SegmentKind } from './clock.contract';
import type { NamedCalendar, Terms } from './terms.rules';
import type { Phase } from './timeline.rules';

/** A stretch of a clock's life and why it counts or does not. */
export interface Segment {
  from: Instant;
  to: Instant;
  kind: SegmentKind;
  seconds: number;
  /** True for the stretches whose seconds add up to what the clock has used. */
  counts: boolean;
  calendar: string;
  /** A sentence for people. */
  rule: Sentence;
  /** The state the record was in. */
  state: string;
}

const because = (terms: Terms, phase: Phase): Sentence => {
  const state: Word = { of: 'state', key: phase.state, label: phase.state, whole: true };
  const agreed = terms.agreement ? say` (${terms.agreement.name}, version ${terms.agreement.version})` : '';
  if (phase.kind === 'paused') return say`The state "${state}" pauses this clock${agreed}.`;
  if (phase.kind === 'stopped') return say`No clock runs in the state "${state}"${agreed}.`;
  return say`Working time in the state "${state}" counts${agreed}.`;
};

const closedBecause = ({ name, calendar }: NamedCalendar, from: Instant, to: Instant): Sentence => {
  const holidays = holidaysWithin(calendar, from, to);
  if (holidays.length === 0) return say`Closed by the calendar ${name}.`;
  return holidays.length === 1
    ? say`Closed by the calendar ${name}, with the holiday ${holidays[0]!}.`
    : say`Closed by the calendar ${name}, with the holidays ${listed(holidays)}.`;
};

/** The segments of the phases, gapless: closed hours are `closed` whatever the state of the record. */
export const explain = (calendar: NamedCalendar, terms: Terms, phases: readonly Phase[]): Segment[] =>
  phases.flatMap((phase) =>
    spansBetween(calendar.calendar, phase.from, phase.to).map(({ from, to, open }) => ({
      from,
      to,
      kind: open ? phase.kind : ('closed' as const),
      seconds: (to - from) / 1000,
      counts: open && phase.kind === 'running',
      calendar: calendar.name,
      rule: open ? because(terms, phase) : closedBecause(calendar, from, to),
      state: phase.state,
    })),
  );
