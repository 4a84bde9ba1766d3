import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDefinition } from '../../../commons/calendar/calendar.contract';
import { calendarFrom, workingTimeBetween } from '../../../commons/calendar/working-time.rules';
import { type Clock, nextDue, replay } from './clock.rules';
import { type ClockDefinition, type ClockEvent, defaultTerms, type Target } from './terms.rules';

const HOUR = 3_600_000;
const begin = Date.parse('2026-03-20T00:00:00Z');
const hours = (...windows: [string, string][]) => ({ mon: windows, tue: windows, wed: windows, fri: windows });
const calendars = [
  { timezone: 'Europe/Berlin', hours: hours(['08:00', '12:30'], ['13:15', '17:45']), holidays: ['2026-04-03'] },
  { timezone: 'America/Santiago', hours: hours(['22:00', '06:00']) },
  { timezone: 'UTC', hours: hours(['00:00', '24:00']) },
].map((value, index) => ({ name: `calendar ${index}`, calendar: calendarFrom(calendarDefinition.parse(value)) }));

const calendar = fc.constantFrom(...calendars);
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.integer({ min: 1, max: 60 * 3600 }).map((seconds) => ({ seconds })),
  fc.record({ working_days: fc.integer({ min: 1, max: 6 }), end_of_day: fc.boolean() }),
  fc.constant({ at_field: 'deadline_at' }),
);
const definition: fc.Arbitrary<ClockDefinition> = fc
  .record({ calendar, first_response: target, update: target, resolution: target, team: target })
  .map(({ calendar, ...targets }) => ({
    calendar,
    terms: { ...defaultTerms, targets, pause_states: ['on_hold'] },
    deadlines: { deadline_at: begin + 100 * HOUR },
  }));
const happening: fc.Arbitrary<ClockEvent> = fc
  .record({
    at: fc.integer({ min: 0, max: 500 * HOUR }).map((after) => begin + after),
    what: fc.oneof(
      fc
        .constantFrom('open', 'on_hold', 'on_hold', 'in_progress', 'resolved', 'cancelled')
        .map((to) => ({ type: 'state' as const, to })),
      fc.constantFrom({ type: 'agent_reply' as const }, { type: 'customer_reply' as const }),
      fc.constantFrom('Network', 'Servers').map((to) => ({ type: 'team_change' as const, to })),
      fc
        .integer({ min: 0, max: 40 * 3600 })
        .map((seconds) => ({ type: 'sla_change' as const, terms: { targets: { resolution: { seconds } } } })),
      calendar.map((value) => ({ type: 'calendar_change' as const, calendar: value })),
    ),
  })
  .map(({ at, what }) => ({ at, ...what }));
const events: fc.Arbitrary<ClockEvent[]> = fc
  .array(happening, { maxLength: 14 })
  .map((list) => [
    { at: begin, type: 'created' as const, state: 'open', team: null },
    ...list.sort((a, b) => a.at - b.at),
  ]);
const moment = fc.integer({ min: 0, max: 700 * HOUR }).map((after) => begin + after);
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 300 });

test('an explanation is gapless and what counts in it is exactly what was used', () => {
  check(
    fc.property(definition, events, moment, (value, list, at) => {
      for (const clock of replay(value, list, at, { every_cycle: true })) {
        let end = clock.started_at;
        for (const segment of clock.explain) {
          expect(segment.from).toBe(end);
          expect(segment.to).toBeGreaterThan(segment.from);
          expect(segment.counts).toBe(segment.kind === 'running');
          end = segment.to;
        }
        expect(end).toBe(clock.ended_at ?? at);
        const sum = (kind: string) =>
          clock.explain.reduce((ms, segment) => (segment.kind === kind ? ms + segment.to - segment.from : ms), 0) /
          1000;
        expect(sum('running')).toBe(clock.elapsed_s);
        expect(sum('paused')).toBe(clock.paused_s);
      }
    }),
  );
});

test('used, paused, stopped and closed time make up the whole life of a clock', () => {
  check(
    fc.property(definition, events, moment, (value, list, at) => {
      for (const clock of replay(value, list, at)) {
        const named = calendars.find(({ name }) => name === clock.calendar)!;
        const stopped = clock.explain.reduce((s, { kind, seconds }) => (kind === 'stopped' ? s + seconds : s), 0);
        const work = workingTimeBetween(named.calendar, clock.started_at, clock.ended_at ?? at) / 1000;
        expect(clock.elapsed_s + clock.paused_s + stopped).toBeCloseTo(work, 6);
      }
    }),
  );
});

test('looking in between changes nothing: an event that says what is so already leaves every clock as it was', () => {
  check(
    fc.property(definition, events, moment, moment, (value, list, checkpoint, at) => {
      const before = list.filter((event) => event.at <= checkpoint);
      const state = before.findLast((event) => event.type === 'state');
      const same: ClockEvent = { at: checkpoint, type: 'state', to: state?.type === 'state' ? state.to : 'open' };
      const longer = [...before, same, ...list.filter((event) => event.at > checkpoint)];
      const plain = (clocks: Clock[]) => clocks.map(({ explain: _, ...clock }) => clock);
      expect(plain(replay(value, longer, at))).toEqual(plain(replay(value, list, at)));
      expect(replay(value, list, at, { explain: false })).toEqual(
        plain(replay(value, list, at)).map((clock) => ({ ...clock, explain: [], shares: [] })),
      );
    }),
  );
});

test('the state of a clock and its instants agree', () => {
  check(
    fc.property(definition, events, moment, (value, list, at) => {
      for (const clock of replay(value, list, at)) {
        const counting = clock.ended_at === null && clock.state !== 'paused';
        expect(clock.due_at).toBe(counting ? clock.promised_at : null);
        if (clock.state === 'breached') expect(clock.breached).toBe(true);
        if (clock.state === 'running' || clock.state === 'met') expect(clock.breached).toBe(false);
        if (clock.breached) expect(clock.breach_at).toBeLessThanOrEqual(clock.ended_at ?? at);
        if (clock.target_s !== null) expect(clock.breached).toBe(clock.elapsed_s > clock.target_s);
      }
    }),
  );
});

test('left alone, a clock is broken exactly from the instant foretold', () => {
  check(
    fc.property(definition, events, moment, (value, list, at) => {
      const past = list.filter((event) => event.at <= at);
      for (const clock of replay(value, past, at)) {
        const next = nextDue({ ...clock, warn_at: null }, at);
        if (!next) continue;
        const later = (instant: number) => replay(value, past, instant).find(({ target: t }) => t === clock.target);
        expect(later(next.at - 1)?.breached).toBe(false);
        expect(later(next.at)?.breached).toBe(true);
      }
    }),
  );
});

test('a pause moves the end of an amount of working time by exactly the working time paused', () => {
  const amount = fc.integer({ min: 8 * 3600, max: 40 * 3600 });
  const gap = fc.integer({ min: 1, max: 30 * HOUR });
  check(
    fc.property(calendar, amount, gap, gap, (named, seconds, before, length) => {
      const value = {
        calendar: named,
        terms: { ...defaultTerms, targets: { resolution: { seconds } }, pause_states: ['on_hold'] },
        deadlines: {},
      };
      const created: ClockEvent = { at: begin, type: 'created' };
      const held: ClockEvent = { at: begin + before, type: 'state', to: 'on_hold' };
      const resumed: ClockEvent = { at: begin + before + length, type: 'state', to: 'open' };
      const at = resumed.at;
      const plain = replay(value, [created], held.at)[0]!;
      fc.pre(!plain.breached && plain.elapsed_s < seconds);
      const paused = replay(value, [created, held, resumed], at)[0]!;
      expect(workingTimeBetween(named.calendar, plain.due_at!, paused.due_at!) / 1000).toBe(paused.paused_s);
      expect(paused.elapsed_s).toBe(plain.elapsed_s);
    }),
  );
});
