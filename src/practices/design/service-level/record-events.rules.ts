import { calendarFrom } from '../../../commons/calendar/working-time.rules';
import { standingLines } from '../../../commons/taking-back/moments.rules';
import { type Book, type Chosen, choose, nothingPromised, type PromisedType } from './book.rules';
import type { Matched } from './choice.rules';
import type { ClockDefinition, ClockEvent, NamedCalendar } from './terms.rules';

/** A line of a record's history, as far as clocks look at it. Instants are UTC milliseconds. */
export interface ToldLine {
  readonly id: string;
  readonly name: string;
  /** What led to it: a line that takes another back names it here. */
  readonly cause: unknown;
  readonly at: number;
  readonly recorded_at: number;
  readonly actor_id: string | null;
  readonly actor_kind: string;
  readonly changes: readonly { readonly field: string; readonly after?: unknown }[];
}

/** The fields whose changes move clocks; deadlines (`deadline_at`, `x_…`) beside them. */
export const movingFields = [
  'state',
  'team_id',
  'priority',
  'service_id',
  'organization_id',
  'department',
  'requester_id',
  'beneficiary_id',
  'resolution_code',
] as const;

const moving = new Set<string>(movingFields);
const choosing = new Set<string>(['priority', 'service_id', 'organization_id', 'department']);
const isDeadline = (field: string): boolean => field === 'deadline_at' || field.startsWith('x_');

/** Does this line say anything to a clock? One that takes another back may take back an answer. */
export const movesClocks = (line: Pick<ToldLine, 'name' | 'changes'>): boolean =>
  line.name.endsWith('.commented') ||
  line.name.endsWith('.undone') ||
  line.changes.some(({ field }) => moving.has(field) || isDeadline(field));

/** The calendar of what has no agreement: nothing is ever asked of it. */
const noCalendar: NamedCalendar = {
  name: 'none',
  calendar: calendarFrom({ timezone: 'UTC', hours: {}, holidays: [] }),
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const instant = (value: unknown): number | null => {
  const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** On whose side the author of a comment stood; where the line does not say, who asked is no agent. */
const sideOf = (line: ToldLine, values: ReadonlyMap<string, unknown>): 'team' | 'requester' | null => {
  const comment = line.changes.find(({ field }) => field === 'comment')?.after as { from?: unknown } | null | undefined;
  if (comment?.from === 'team' || comment?.from === 'requester') return comment.from;
  if (line.actor_id === null || !['person', 'import'].includes(line.actor_kind)) return null;
  const asked = [values.get('requester_id'), values.get('beneficiary_id')].includes(line.actor_id);
  return asked ? 'requester' : 'team';
};

/** What happened to a record, as clock events, and what it was held to when it was recorded first. */
export interface RecordTimeline {
  readonly definition: ClockDefinition;
  readonly events: readonly ClockEvent[];
  /** What it is held to now. */
  readonly chosen: Chosen | null;
}

/**
 * Tells the story of a record to the clock engine: a pure function of its lines (in the order they were written) and of
 * the book. A line dated before one that was written earlier counts from that one's time on, since its change was made
 * on top of it. Resolving answers the requester: it is an agent's reply first. What was published, or a calendar
 * changed, after the record was first recorded is a change of terms at that instant. What was taken back was never told.
 */
export const readTimeline = (
  book: Book,
  kind: PromisedType,
  openedAt: number,
  written: readonly ToldLine[],
  now: number,
): RecordTimeline => {
  const lines = standingLines(written);
  const values = new Map<string, unknown>();
  const matched = (): Matched => ({
    service_id: text(values.get('service_id')),
    organization_id: text(values.get('organization_id')),
    department: text(values.get('department')),
    priority: (values.get('priority') as number | null | undefined) ?? null,
  });
  const firstKnown = Math.max(lines[0]?.recorded_at ?? now, openedAt);
  const marks = book.marks.filter((mark) => mark > firstKnown && mark <= now);
  const events: ClockEvent[] = [];
  let at = openedAt;
  let chosen: Chosen | null = null;
  let definition: ClockDefinition = { terms: nothingPromised(kind), calendar: noCalendar, deadlines: {} };

  const chooseAgain = (known: number, when: number) => {
    const next = choose(book, kind, matched(), openedAt, known);
    if (next === chosen) return;
    events.push({ at: when, type: 'sla_change', terms: next?.terms ?? nothingPromised(kind) });
    if (next && next.calendar !== chosen?.calendar)
      events.push({ at: when, type: 'calendar_change', calendar: next.calendar });
    chosen = next;
  };
  const passMarks = (until: number) => {
    while (marks.length > 0 && marks[0]! <= until) {
      const mark = marks.shift()!;
      at = Math.max(at, mark);
      chooseAgain(mark, at);
    }
  };

  for (const [index, line] of lines.entries()) {
    if (index > 0) {
      passMarks(Math.max(at, line.at));
      at = Math.max(at, line.at);
    }
    const changed = new Set<string>();
    for (const { field, after } of line.changes) {
      if (!moving.has(field) && !isDeadline(field)) continue;
      values.set(field, after);
      changed.add(field);
    }
    const state = text(values.get('state'));
    if (index === 0) {
      chosen = choose(book, kind, matched(), openedAt, firstKnown);
      const deadlines: Record<string, number | null> = {};
      for (const field of changed) if (isDeadline(field)) deadlines[field] = instant(values.get(field));
      definition = {
        terms: chosen?.terms ?? nothingPromised(kind),
        calendar: chosen?.calendar ?? noCalendar,
        deadlines,
      };
      events.push({ at, type: 'created', state: state ?? undefined, team: text(values.get('team_id')) });
      // Imported as already ended: it was answered by then.
      if (state && kind.stop_states.includes(state) && !kind.cancel_states.includes(state))
        events.push({ at, type: 'agent_reply' });
      continue;
    }
    if ([...changed].some((field) => choosing.has(field))) chooseAgain(Math.max(firstKnown, line.recorded_at), at);
    for (const field of changed)
      if (isDeadline(field)) events.push({ at, type: 'deadline_change', field, to: instant(values.get(field)) });
    if (changed.has('team_id')) events.push({ at, type: 'team_change', to: text(values.get('team_id')) });
    if (changed.has('state') && state) {
      const merged = line.name.endsWith('.merged');
      const dropped = merged || kind.cancel_states.includes(state);
      if (kind.stop_states.includes(state) && !dropped) events.push({ at, type: 'agent_reply' });
      events.push({ at, type: 'state', to: state, ...(merged ? { cancelled: true } : {}) });
    }
    const side = line.name.endsWith('.commented') ? sideOf(line, values) : null;
    if (side) events.push({ at, type: side === 'team' ? 'agent_reply' : 'customer_reply' });
  }
  passMarks(now);
  return { definition, events, chosen };
};
