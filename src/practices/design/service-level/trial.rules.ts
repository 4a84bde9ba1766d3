import { type Said, type Sentence, say, type Word } from '../../../kernel/sentence.contract';
import type { AgreementContent, KeptCase, TriedEvent } from './agreement.contract';
import { anyType, termsFor } from './book.rules';
import { type Clock, replay } from './clock.rules';
import type { ClockEvent, NamedCalendar } from './terms.rules';

/** An agreement to be tried: a draft's content or a published one, with its calendar. */
export interface Tried {
  readonly number: string;
  readonly version: number;
  readonly content: AgreementContent;
  readonly calendar: NamedCalendar;
  /** Ids of the teams with a slice, by name and number in lower case: what is tried names them so. */
  readonly teams?: ReadonlyMap<string, string>;
}

/** What was tried, as the clock engine reads it; resolving answers the requester, as it does with a real record. */
const teamOf = (tried: Tried, text: string | null): string | null =>
  text === null ? null : (tried.teams?.get(text.toLowerCase()) ?? text);

const readEvents = (tried: Tried, events: readonly TriedEvent[]): ClockEvent[] =>
  events.flatMap((event): ClockEvent[] => {
    const at = Date.parse(event.at);
    switch (event.type) {
      case 'created':
        return [{ at, type: 'created', state: event.state, team: teamOf(tried, event.team ?? null) }];
      case 'team_change':
        return [{ at, type: 'team_change', to: teamOf(tried, event.to) }];
      case 'state': {
        const kept = anyType.stop_states.includes(event.to) && !anyType.cancel_states.includes(event.to);
        return [...(kept ? [{ at, type: 'agent_reply' as const }] : []), { at, type: 'state', to: event.to }];
      }
      case 'priority_change':
        return [{ at, type: 'sla_change', terms: termsFor(anyType, tried, event.to) }];
      case 'deadline_change':
        return [
          { at, type: 'deadline_change', field: event.field, to: event.to === null ? null : Date.parse(event.to) },
        ];
      default:
        return [{ ...event, at }];
    }
  });

/** A sentence when what was tried cannot have happened; null when it can. */
export const contradiction = (events: readonly TriedEvent[]): Sentence | null => {
  if (events[0]?.type !== 'created') return say`The first event must be "created": before it there is no record.`;
  if (events.filter(({ type }) => type === 'created').length > 1) return say`A record is created only once.`;
  const early = events.findIndex((event, at) => at > 0 && Date.parse(event.at) < Date.parse(events[at - 1]!.at));
  return early < 0
    ? null
    : say`Events come in the order of time: the one at ${events[early]!.at} is too late in the list.`;
};

/** How the clocks would stand at an instant, explained. `events` must be without contradiction. */
export const tryOut = (tried: Tried, events: readonly TriedEvent[], at: number): Clock[] => {
  const created = events[0]?.type === 'created' ? events[0] : null;
  const definition = {
    terms: termsFor(anyType, tried, created?.priority ?? null),
    calendar: tried.calendar,
    deadlines: {},
  };
  return replay(definition, readEvents(tried, events), at);
};

const written = (at: number | null): Said => (at === null ? say`no due instant` : new Date(at).toISOString());

/** The first difference between what a kept case expects and what comes out, in a sentence; null when it holds. */
export const differenceIn = (tried: Tried, one: KeptCase): Sentence | null => {
  const wrong = contradiction(one.events);
  if (wrong) return say`The case "${one.name}" cannot have happened. ${wrong}`;
  const clocks = tryOut(tried, one.events, Date.parse(one.at));
  for (const [target, expected] of Object.entries(one.expected)) {
    if (!expected) continue;
    const clock = clocks.find((candidate) => candidate.target === target);
    const name: Word = { of: 'target', key: target, label: target.replaceAll('_', ' ') };
    const says = (want: Sentence, got: Said) => say`The case "${one.name}" expects ${name} ${want}, but it is ${got}.`;
    if (!clock) return say`The case "${one.name}" expects a clock for ${name}, but nothing is promised for it.`;
    if (expected.due_at !== undefined) {
      const want = expected.due_at === null ? null : Date.parse(expected.due_at);
      if (want !== clock.due_at) return says(say`to be due at ${written(want)}`, written(clock.due_at));
    }
    if (expected.state !== undefined && expected.state !== clock.state)
      return says(say`to be ${expected.state}`, clock.state);
    if (expected.breached !== undefined && expected.breached !== clock.breached)
      return says(expected.breached ? say`to be past its target` : say`to be within its target`, say`not so`);
    if (expected.elapsed_s !== undefined && Math.abs(expected.elapsed_s - clock.elapsed_s) > 0.0005)
      return says(say`to have used ${expected.elapsed_s} s`, `${clock.elapsed_s} s`);
  }
  return null;
};
