import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarFrom } from '../../../commons/calendar';
import type { Promised } from './agreement.contract';
import { type Clock, replay } from './clock.rules';
import { plainWords } from './plain-words.rules';
import { slicesTooLarge } from './slices.rules';
import { type ClockDefinition, type ClockEvent, defaultTerms } from './terms.rules';

const hour = 3600;
const at = (text: string) => Date.parse(`2026-03-02T${text}:00Z`);
const definition = (slices: Record<string, number>, rest?: number, pause: string[] = []): ClockDefinition => ({
  terms: {
    ...defaultTerms,
    targets: { resolution: { seconds: 8 * hour }, ...(rest ? { team: { seconds: rest } } : {}) },
    slices,
    pause_states: pause,
  },
  calendar: {
    name: 'Always',
    calendar: calendarFrom({
      timezone: 'UTC',
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['07:00', '19:00']]])),
      holidays: [],
    }),
  },
  deadlines: {},
});
const moves = (...all: [string, string | null][]): ClockEvent[] =>
  all.map(([time, team], index) =>
    index === 0
      ? { at: at(time), type: 'created', state: 'new', team }
      : { at: at(time), type: 'team_change', to: team },
  );
const teams = (clocks: Clock[]) => clocks.filter(({ target }) => target === 'team');

describe('slices of the whole', () => {
  const told = moves(['08:00', 'desk'], ['08:30', 'net'], ['10:00', 'desk'], ['11:00', 'web'], ['12:00', 'dba']);

  test('a team that holds a record again goes on with what is left of its slice', () => {
    const [first, , again] = teams(
      replay(definition({ desk: hour, net: 5 * hour }, 2 * hour), told, at('13:00'), { every_cycle: true }),
    );
    expect([first!.state, first!.target_s, first!.elapsed_s, first!.slice]).toEqual([
      'met',
      hour,
      hour / 2,
      { whole_s: hour, before_s: 0 },
    ]);
    expect([again!.state, again!.target_s, again!.elapsed_s, again!.slice]).toEqual([
      'breached',
      hour / 2,
      hour,
      { whole_s: hour, before_s: hour / 2 },
    ]);
    expect(again!.breach_at).toBe(at('10:30') + 1);
  });

  test('those without a slice of their own share the rest', () => {
    const last = teams(replay(definition({ desk: hour, net: 5 * hour }, 2 * hour), told, at('12:30')))[0]!;
    expect([last.team, last.target_s, last.elapsed_s, last.due_at]).toEqual(['dba', hour, hour / 2, at('13:00')]);
    expect(teams(replay(definition({ desk: hour }), told, at('12:30')))).toEqual([]);
  });

  test('a slice that is used up is broken as soon as the team holds the record again', () => {
    const back = moves(['08:00', 'desk'], ['09:30', 'net'], ['10:00', 'desk']);
    const clock = teams(replay(definition({ desk: hour }), back, at('10:15')))[0]!;
    expect([clock.state, clock.target_s, clock.due_at, clock.elapsed_s]).toEqual(['breached', 0, at('10:00'), 900]);
  });

  test('which team used how much always sums to what the whole has used', () => {
    const team = fc.constantFrom('desk', 'net', 'web', null);
    const event = fc.oneof(
      team.map((to) => ({ type: 'team_change' as const, to })),
      fc.constantFrom('new', 'on_hold', 'resolved', 'in_progress').map((to) => ({ type: 'state' as const, to })),
      fc.constantFrom({ type: 'agent_reply' as const }, { type: 'customer_reply' as const }),
    );
    const story = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 20 * 3600_000 })), { maxLength: 20 });
    fc.assert(
      fc.property(story, team, fc.boolean(), (steps, first, pauses) => {
        let now = at('06:00');
        const events: ClockEvent[] = [{ at: now, type: 'created', state: 'new', team: first }];
        for (const [one, later] of steps) {
          now += later;
          events.push({ ...one, at: now });
        }
        const clocks = replay(
          definition({ desk: hour, net: 5 * hour }, 0, pauses ? ['on_hold'] : []),
          events,
          now + 5_000,
        );
        const whole = clocks.find(({ target }) => target === 'resolution')!;
        const millis = (seconds: number) => Math.round(seconds * 1000);
        const sum = whole.shares.reduce((total, { elapsed_s }) => total + millis(elapsed_s), 0);
        expect(sum).toBe(millis(whole.elapsed_s));
        for (const { elapsed_s } of whole.shares) expect(elapsed_s).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an agreement with slices', () => {
  const whole: Promised = { target: 'resolution', seconds: 8 * hour };
  const slice = (team_id: string, hours: number, priority?: number): Promised => ({
    target: 'team',
    team_id,
    seconds: hours * hour,
    ...(priority ? { priority } : {}),
  });

  test('the slices may be the whole, and a refusal names by how much they are more', () => {
    const rest: Promised = { target: 'team', seconds: 2 * hour };
    expect(slicesTooLarge([whole, slice('desk', 1), slice('net', 5), rest])).toBeNull();
    expect(String(slicesTooLarge([whole, slice('desk', 2), slice('net', 5), { ...rest, seconds: 9000 }]))).toBe(
      'The slices of the teams are 9 h 30 min together, 1 h 30 min more than the whole of 8 h.',
    );
    expect(String(slicesTooLarge([whole, { ...whole, seconds: 4 * hour, priority: 1 }, slice('net', 5)]))).toBe(
      'For priority 1 the slices of the teams are 5 h together, 1 h more than the whole of 4 h.',
    );
    expect(String(slicesTooLarge([slice('net', 5)]))).toContain('a whole that is not promised');
    expect(slicesTooLarge([whole, { ...rest, seconds: 20 * hour }])).toBeNull();
  });

  test('says in plain words what each team may use', () => {
    const sentences = (language: 'en' | 'de') =>
      plainWords(
        {
          number: 'SLA-1',
          version: 1,
          state: 'draft',
          content: {
            name: 'A',
            calendar_id: 'c',
            match: {},
            targets: [whole, slice('net', 5), { target: 'team', seconds: 2 * hour }],
            pause_states: [],
            pause_targets: [],
            warn_share: null,
            escalations: [],
            effective_on: '2026-01-01',
            valid_until: null,
            review_on: null,
            parties: [],
          },
          nameOf: () => 'Network',
          calendar: { name: 'Always', timezone: 'UTC' },
          accepted: null,
        },
        language,
      );
    expect(sentences('en')).toContain('Of this, Network may use 5 hours of working time.');
    expect(sentences('en')).toContain('Of this, all other teams together may use 2 hours of working time.');
    expect(sentences('de')).toContain('Davon darf Network 5 Stunden Arbeitszeit brauchen.');
  });
});
