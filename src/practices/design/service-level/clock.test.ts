import { describe, expect, test } from 'vitest';
import { calendarDefinition } from '../../../commons/calendar/calendar.contract';
import { calendarFrom } from '../../../commons/calendar/working-time.rules';
import { type Clock, nextDue, replay } from './clock.rules';
import { type ClockDefinition, type ClockEvent, defaultTerms, type NamedCalendar, type Terms } from './terms.rules';

// 2026-03-02 is a Monday; a short time such as "mon 09:30" means that week, in UTC.
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const at = (text: string): number => Date.parse(`2026-03-0${2 + days.indexOf(text.slice(0, 3))}T${text.slice(4)}:00Z`);
const short = (instant: number | null | undefined): string | null => {
  if (instant == null) return null;
  const text = new Date(instant).toISOString();
  const rest = text.slice(16) === ':00.000Z' ? '' : text.slice(16, 23);
  return `${days[(new Date(instant).getUTCDay() + 6) % 7]} ${text.slice(11, 16)}${rest}`;
};

const named = (name: string, ...windows: [string, string][]): NamedCalendar => ({
  name,
  calendar: calendarFrom(
    calendarDefinition.parse({
      timezone: 'UTC',
      hours: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows },
      holidays: ['2026-03-05'],
    }),
  ),
});
const office = named('Office', ['09:00', '17:00']);
const early = named('Early', ['06:00', '14:00']);

const definition = (terms: Partial<Terms>, deadlines: ClockDefinition['deadlines'] = {}): ClockDefinition => ({
  terms: { ...defaultTerms, pause_states: ['on_hold'], ...terms },
  calendar: office,
  deadlines,
});
const hours = (count: number) => ({ seconds: count * 3600 });
const created: ClockEvent = { at: at('mon 09:00'), type: 'created', state: 'new' };
const to = (time: string, state: string): ClockEvent => ({ at: at(time), type: 'state', to: state });
const clockOf = (clocks: Clock[], target: Clock['target']): Clock => {
  const found = clocks.find((clock) => clock.target === target);
  if (!found) throw new Error(`There is no clock for ${target}.`);
  return found;
};

describe('a resolution promised in working hours', () => {
  const eight = definition({ targets: { resolution: hours(8) } });
  const look = (events: ClockEvent[], time: string) => clockOf(replay(eight, events, at(time)), 'resolution');

  test('runs, and is due when the hours are used up', () => {
    const clock = look([created], 'mon 12:00');
    expect([clock.state, short(clock.due_at), clock.elapsed_s, clock.target_s]).toEqual([
      'running',
      'mon 17:00',
      10800,
      28800,
    ]);
    expect(short(clock.warn_at)).toBe('mon 15:00');
  });

  test('is not broken at the very end, but by the first moment of work after it', () => {
    expect(look([created], 'tue 09:00').breached).toBe(false);
    const later = replay(eight, [created], at('tue 09:00') + 1)[0];
    expect([later?.state, later?.breached, short(later?.due_at), short(later?.breach_at)]).toEqual([
      'breached',
      true,
      'mon 17:00',
      'tue 09:00:00.001',
    ]);
  });

  test('has no due instant while paused, keeps the last promise, and goes on from what is left', () => {
    const events = [created, to('mon 10:00', 'on_hold'), to('tue 10:00', 'in_progress')];
    const paused = look(events, 'mon 18:00');
    expect([paused.state, paused.due_at, short(paused.promised_at), paused.warn_at]).toEqual([
      'paused',
      null,
      'mon 17:00',
      null,
    ]);
    expect([paused.elapsed_s, paused.paused_s]).toEqual([3600, 7 * 3600]);
    expect(short(look(events, 'tue 10:00').due_at)).toBe('tue 17:00');
  });

  test('kept in time is met, and its values stay', () => {
    const clock = look([created, to('mon 11:00', 'resolved'), to('tue 11:00', 'closed')], 'fri 12:00');
    expect([clock.state, clock.due_at, clock.elapsed_s, short(clock.ended_at)]).toEqual([
      'met',
      null,
      7200,
      'mon 11:00',
    ]);
    expect(short(clock.promised_at)).toBe('mon 17:00');
  });

  test('reopened goes on, and the time it lay resolved does not count', () => {
    const events = [created, to('mon 11:00', 'resolved'), to('tue 11:00', 'in_progress')];
    const clock = look(events, 'tue 12:00');
    expect([clock.state, clock.elapsed_s, short(clock.due_at)]).toEqual(['running', 10800, 'tue 17:00']);
    expect(clock.explain.map(({ from, kind, seconds, counts }) => [short(from), kind, seconds / 3600, counts])).toEqual(
      [
        ['mon 09:00', 'running', 2, true],
        ['mon 11:00', 'stopped', 6, false],
        ['mon 17:00', 'closed', 16, false],
        ['tue 09:00', 'stopped', 2, false],
        ['tue 11:00', 'running', 1, true],
      ],
    );
  });

  test('cancelled or merged is stopped, unless it was broken before', () => {
    expect(look([created, to('mon 11:00', 'cancelled')], 'fri 12:00').state).toBe('stopped');
    const merge: ClockEvent = { at: at('mon 11:00'), type: 'state', to: 'closed', cancelled: true };
    expect(look([created, merge], 'fri 12:00').state).toBe('stopped');
    expect(look([created, to('wed 11:00', 'cancelled')], 'fri 12:00').state).toBe('breached');
  });

  test('closed hours are closed whatever the state, and holidays are named', () => {
    const clock = look([created, to('wed 16:00', 'on_hold')], 'fri 10:00');
    const last = clock.explain.slice(-3);
    expect(last.map(({ kind, seconds }) => [kind, seconds / 3600])).toEqual([
      ['paused', 1],
      ['closed', 40],
      ['paused', 1],
    ]);
    expect(String(last[1]?.rule)).toBe('Closed by the calendar Office, with the holiday 2026-03-05.');
    expect(String(last[0]?.rule)).toBe('The state "on_hold" pauses this clock.');
  });
});

describe('replies', () => {
  const both = definition({ targets: { first_response: hours(1), update: hours(2) } });

  test('a first response ends with the first reply of an agent', () => {
    const reply: ClockEvent = { at: at('mon 09:45'), type: 'agent_reply' };
    const clock = clockOf(replay(both, [created, reply], at('tue 12:00')), 'first_response');
    expect([clock.state, clock.elapsed_s, clock.due_at]).toEqual(['met', 2700, null]);
  });

  test('a first response that never came is stopped with the record', () => {
    const clock = clockOf(replay(both, [created, to('mon 09:30', 'closed')], at('tue 12:00')), 'first_response');
    expect(clock.state).toBe('stopped');
  });

  test('each unanswered question has a clock of its own; asking again does not move it', () => {
    const events: ClockEvent[] = [
      created,
      { at: at('mon 10:00'), type: 'customer_reply' },
      { at: at('mon 11:00'), type: 'customer_reply' },
      { at: at('mon 13:00'), type: 'agent_reply' },
      { at: at('mon 14:00'), type: 'customer_reply' },
    ];
    expect(replay(both, events.slice(0, 1), at('mon 09:30')).map(({ target }) => target)).toEqual(['first_response']);
    const cycles = replay(both, events, at('mon 15:00'), { every_cycle: true }).filter((c) => c.target === 'update');
    expect(cycles.map(({ cycle, state, elapsed_s }) => [cycle, state, elapsed_s])).toEqual([
      [1, 'breached', 10800],
      [2, 'running', 3600],
    ]);
    expect(replay(both, events, at('mon 15:00')).filter((c) => c.target === 'update')).toHaveLength(1);
  });
});

test('a team clock runs from one hand-over to the next', () => {
  const team = definition({ targets: { team: hours(2) } });
  const events: ClockEvent[] = [
    { ...created, team: null },
    { at: at('mon 10:00'), type: 'team_change', to: 'Network' },
    { at: at('mon 11:00'), type: 'team_change', to: 'Network' },
    { at: at('mon 13:00'), type: 'team_change', to: 'Servers' },
    to('mon 14:00', 'resolved'),
  ];
  const cycles = replay(team, events, at('tue 12:00'), { every_cycle: true });
  expect(cycles.map(({ state, elapsed_s, cycle }) => [cycle, state, elapsed_s])).toEqual([
    [1, 'breached', 10800],
    [2, 'met', 3600],
  ]);
});

describe('changes', () => {
  const eight = definition({ targets: { resolution: hours(8) } });
  const harder = (time: string, seconds: number): ClockEvent => ({
    at: at(time),
    type: 'sla_change',
    terms: { targets: { resolution: { seconds } }, agreement: { number: 'AGR-2', name: 'Gold', version: 3 } },
  });

  test('another promise holds from the original start', () => {
    const clock = clockOf(replay(eight, [created, harder('mon 12:00', 4 * 3600)], at('mon 12:00')), 'resolution');
    expect([short(clock.due_at), clock.elapsed_s, clock.agreement?.name]).toEqual(['mon 13:00', 10800, 'Gold']);
    expect(String(clock.explain[0]?.rule)).toBe('Working time in the state "new" counts (Gold, version 3).');
  });

  test('a promise that is used up already is broken by the change, dated when it was used up', () => {
    const clock = clockOf(replay(eight, [created, harder('mon 12:00', 3600)], at('mon 12:00')), 'resolution');
    expect([clock.state, short(clock.due_at)]).toEqual(['breached', 'mon 10:00']);
  });

  test('another calendar holds from the original start', () => {
    const change: ClockEvent = { at: at('mon 12:00'), type: 'calendar_change', calendar: early };
    const clock = clockOf(replay(eight, [created, change], at('mon 18:00')), 'resolution');
    expect([clock.elapsed_s, short(clock.due_at), clock.calendar]).toEqual([5 * 3600, 'tue 09:00', 'Early']);
  });

  test('what has ended is not judged anew, until it is reopened', () => {
    const events = [created, to('mon 11:00', 'resolved'), harder('mon 12:00', 60)];
    expect(clockOf(replay(eight, events, at('tue 12:00')), 'resolution').state).toBe('met');
    const reopened = [...events, to('tue 10:00', 'in_progress')];
    expect(clockOf(replay(eight, reopened, at('tue 12:00')), 'resolution').state).toBe('breached');
  });

  test('without a promise there is no clock; nothing is promised by an amount of zero', () => {
    expect(replay(eight, [created, harder('mon 12:00', 0)], at('mon 13:00'))).toEqual([]);
  });
});

describe('promises in days and at an instant', () => {
  test('working days keep the time of day and move by the working time paused', () => {
    const two = definition({ targets: { resolution: { working_days: 2 } } });
    const start: ClockEvent = { at: at('mon 12:00'), type: 'created', state: 'new' };
    const look = (events: ClockEvent[], time: string) => clockOf(replay(two, events, at(time)), 'resolution');
    const clock = look([start], 'mon 13:00');
    expect([short(clock.due_at), clock.target_s, short(clock.warn_at)]).toEqual(['wed 12:00', null, 'tue 16:00']);
    const paused = [start, to('mon 13:00', 'on_hold'), to('tue 10:00', 'new')];
    expect(short(look(paused, 'tue 10:00').due_at)).toBe('wed 17:00');
    // Held, and held again for another reason, is one interruption, though the second begins after the old due.
    const held = [start, to('wed 11:59', 'on_hold'), to('wed 14:00', 'on_hold'), to('wed 15:00', 'new')];
    expect(short(look(held, 'wed 15:00').due_at)).toBe('wed 15:01');
    expect(look([start], 'wed 12:00').breached).toBe(false);
    expect(replay(two, [start], at('wed 12:00') + 1)[0]?.breached).toBe(true);
  });

  test('the end of the day is the end of its last window', () => {
    const one = definition({ targets: { resolution: { working_days: 1, end_of_day: true } } });
    expect(short(replay(one, [created], at('mon 10:00'))[0]?.due_at)).toBe('tue 17:00');
  });

  test('a pause does not move a fixed deadline, a new date does', () => {
    const fixed = definition(
      { targets: { resolution: { at_field: 'deadline_at' } } },
      { deadline_at: at('tue 12:00') },
    );
    const events: ClockEvent[] = [
      created,
      to('mon 10:00', 'on_hold'),
      { at: at('tue 11:00'), type: 'deadline_change', field: 'deadline_at', to: at('wed 12:00') },
    ];
    const look = (time: string) => clockOf(replay(fixed, events, at(time)), 'resolution');
    expect([look('mon 11:00').state, short(look('mon 11:00').due_at)]).toEqual(['running', 'tue 12:00']);
    expect([look('wed 12:00').breached, short(look('wed 12:00').due_at)]).toEqual([false, 'wed 12:00']);
    expect([look('wed 13:00').state, look('wed 13:00').paused_s]).toEqual(['breached', 0]);
    expect(
      replay(definition({ targets: { resolution: { at_field: 'deadline_at' } } }), [created], at('mon 10:00')),
    ).toEqual([]);
  });
});

describe('what is to be done next', () => {
  const eight = definition({ targets: { resolution: hours(8) } });
  const next = (events: ClockEvent[], time: string) => {
    const clock = replay(eight, events, at(time))[0];
    const due = clock && nextDue(clock, at(time));
    return due && [due.kind, short(due.at)];
  };

  test('the warning, then the breach, then nothing', () => {
    expect(next([created], 'mon 10:00')).toEqual(['warning', 'mon 15:00']);
    expect(next([created], 'mon 15:00')).toEqual(['breach', 'tue 09:00:00.001']);
    expect(next([created], 'tue 10:00')).toBeNull();
  });

  test('nothing inside a pause, nor after the end', () => {
    expect(next([created, to('mon 14:00', 'on_hold')], 'mon 16:00')).toBeNull();
    expect(next([created, to('mon 14:00', 'resolved')], 'mon 16:00')).toBeNull();
  });

  test('the instant of the breach is one at which the clock is broken', () => {
    const breach = nextDue(replay(eight, [created], at('mon 16:00'))[0]!, at('mon 16:00'))!;
    expect(replay(eight, [created], breach.at - 1)[0]?.breached).toBe(false);
    expect(replay(eight, [created], breach.at)[0]?.breached).toBe(true);
  });
});
