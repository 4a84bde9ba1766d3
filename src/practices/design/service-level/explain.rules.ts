import { holidaysWithin, spansBetween } from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
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
  rule: string;
  /** The state the record was in. */
  state: string;
}

const because = (terms: Terms, phase: Phase): string => {
  const agreed = terms.agreement ? ` (${terms.agreement.name}, version ${terms.agreement.version})` : '';
  if (phase.kind === 'paused') return `The state "${phase.state}" pauses this clock${agreed}.`;
  if (phase.kind === 'stopped') return `No clock runs in the state "${phase.state}"${agreed}.`;
  return `Working time in the state "${phase.state}" counts${agreed}.`;
};

const closedBecause = ({ name, calendar }: NamedCalendar, from: Instant, to: Instant): string => {
  const holidays = holidaysWithin(calendar, from, to);
  if (holidays.length === 0) return `Closed by the calendar ${name}.`;
  return `Closed by the calendar ${name}, with ${holidays.length === 1 ? 'the holiday' : 'the holidays'} ${holidays.join(', ')}.`;
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
