import {
  addWorkingDays,
  addWorkingTime,
  type Calendar,
  calendarFrom,
  isWorkingTime,
  workingTimeBetween,
} from '../../../commons/calendar/working-time.rules';
import type { Instant } from '../../../commons/calendar/zone.rules';
import { targetNames } from './clock.contract';
import { replay } from './clock.rules';
import { type ClockDefinition, type ClockEvent, defaultTerms, type NamedCalendar, type Targets } from './terms.rules';
import { type CaseEvent, type CaseTarget, type Checkpoint, type VerifyCase, verifyCase } from './verify.contract';

/** What came of one case; `difference` says in words what was expected and what came out. */
export interface Verdict {
  kind: string;
  id: string;
  passed: boolean;
  difference: string | null;
}

export interface KindSummary {
  kind: string;
  passed: number;
  failed: number;
  failing_ids: string[];
}

type TimelineCase = Extract<VerifyCase, { kind: 'sla_timeline' }>;

const written = (at: Instant | null): string => (at === null ? 'null' : new Date(at).toISOString());

const compareInstant = (expected: string, found: Instant | null): string | null =>
  found === Date.parse(expected) ? null : `expected ${written(Date.parse(expected))}, found ${written(found)}`;

// Amounts are kept to the millisecond; a case may write them with more digits.
const compareNumber = (expected: number, found: number | undefined): string | null =>
  found !== undefined && Math.abs(found - expected) < 0.0005
    ? null
    : `expected ${expected}, found ${found ?? 'no clock'}`;

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);

const readTargets = (
  targets: Partial<Record<string, CaseTarget>>,
): Pick<ClockDefinition, 'deadlines'> & { targets: Targets } => {
  const read: Targets = {};
  const deadlines: Record<string, Instant> = {};
  for (const name of targetNames) {
    const value = targets[name];
    if (value === undefined) continue;
    if (typeof value === 'number') read[name] = { seconds: value };
    else if ('working_days' in value) read[name] = value;
    else {
      read[name] = { at_field: name };
      deadlines[name] = Date.parse(value.at);
    }
  }
  return { targets: read, deadlines };
};

const named = (calendar: Calendar): NamedCalendar => ({ name: 'the calendar of the case', calendar });

const readEvent = (event: CaseEvent): ClockEvent[] => {
  const at = Date.parse(event.at);
  if (event.type === 'calendar_change') {
    return [{ at, type: 'calendar_change', calendar: named(calendarFrom(event.calendar)) }];
  }
  if (event.type !== 'sla_change') return [{ ...event, at }];
  const { targets, deadlines } = readTargets(event.sla.targets);
  const moved = Object.entries(deadlines).map(([field, to]) => ({ at, type: 'deadline_change' as const, field, to }));
  return [{ at, type: 'sla_change', terms: { targets } }, ...moved];
};

const comparePoint = (definition: ClockDefinition, events: ClockEvent[], point: Checkpoint): string[] => {
  const at = Date.parse(point.at);
  const clocks = replay(definition, events, at);
  const differences: string[] = [];
  const note = (what: string, difference: string | null) => {
    if (difference) differences.push(`${point.at} ${what}: ${difference}`);
  };
  for (const name of targetNames) {
    const clock = clocks.find(({ target }) => target === name);
    const due = point.due?.[name];
    if (due === null) {
      note(`due of ${name}`, clock?.due_at == null ? null : `expected none, found ${written(clock.due_at)}`);
    } else if (due !== undefined) note(`due of ${name}`, compareInstant(due, clock?.due_at ?? null));
    const elapsed = point.elapsed_s?.[name];
    if (elapsed !== undefined) note(`elapsed of ${name}`, compareNumber(elapsed, clock?.elapsed_s));
    const paused = point.paused_s?.[name];
    if (paused !== undefined) note(`paused of ${name}`, compareNumber(paused, clock?.paused_s));
    const breached = point.breached?.[name];
    if (breached !== undefined && breached !== clock?.breached) {
      note(`breached of ${name}`, `expected ${breached}, found ${clock?.breached ?? 'no clock'}`);
    }
    const counted = clock?.explain.reduce((sum, segment) => (segment.counts ? sum + segment.seconds : sum), 0);
    if (clock) note(`explanation of ${name}`, compareNumber(clock.elapsed_s, counted));
  }
  return differences;
};

const runTimeline = (one: TimelineCase): string | null => {
  const { targets, deadlines } = readTargets(one.sla.targets);
  const definition: ClockDefinition = {
    terms: {
      ...defaultTerms,
      targets,
      pause_states: one.sla.pause_states ?? [],
      pause_targets: one.sla.pause_targets ?? null,
      stop_states: one.sla.stop_states ?? ['resolved', 'closed'],
      cancel_states: [],
    },
    calendar: named(calendarFrom(one.calendar)),
    deadlines,
  };
  const events = one.events.flatMap(readEvent);
  const differences = one.expected.flatMap((point) => comparePoint(definition, events, point));
  return differences.length === 0 ? null : differences.join('; ');
};

const run = (one: VerifyCase): string | null => {
  if (one.kind === 'sla_timeline') return runTimeline(one);
  const calendar = calendarFrom(one.calendar);
  if (one.kind === 'add_working_time') {
    const { start, seconds, direction } = one.input;
    const found = addWorkingTime(calendar, Date.parse(start), milliseconds(seconds), direction);
    return compareInstant(one.expected.at, found);
  }
  if (one.kind === 'working_time_between') {
    const found = workingTimeBetween(calendar, Date.parse(one.input.from), Date.parse(one.input.to)) / 1000;
    return compareNumber(one.expected.seconds, found);
  }
  if (one.kind === 'is_working_time') {
    const found = isWorkingTime(calendar, Date.parse(one.input.at));
    return found === one.expected.working ? null : `expected ${one.expected.working}, found ${found}`;
  }
  const found = addWorkingDays(calendar, Date.parse(one.input.start), one.input.days, one.input.end_of_day);
  return compareInstant(one.expected.at, found);
};

const labelOf = (value: unknown, key: string, fallback: string): string => {
  const label = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof label === 'string' ? label : fallback;
};

/**
 * Evaluates cases one by one. `cases` is the parsed content of a case file; what is not a case fails with a sentence
 * and stops no other. Throws nothing.
 */
export const verify = (cases: unknown): Verdict[] => {
  if (!Array.isArray(cases)) {
    return [{ kind: 'unknown', id: 'file', passed: false, difference: 'The file is not a list of cases.' }];
  }
  return cases.map((value: unknown, index) => {
    const label = { kind: labelOf(value, 'kind', 'unknown'), id: labelOf(value, 'id', `number ${index + 1}`) };
    const parsed = verifyCase.safeParse(value);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'case'}: ${issue.message}`);
      return { ...label, passed: false, difference: `This is not a case: ${problems.join('; ')}` };
    }
    const difference = run(parsed.data);
    return { ...label, passed: difference === null, difference };
  });
};

/** Counts verdicts by kind, in the order the kinds first appear. */
export const summarise = (verdicts: readonly Verdict[]): KindSummary[] => {
  const kinds = new Map<string, KindSummary>();
  for (const { kind, id, passed } of verdicts) {
    const summary = kinds.get(kind) ?? { kind, passed: 0, failed: 0, failing_ids: [] };
    kinds.set(kind, summary);
    if (passed) summary.passed += 1;
    else {
      summary.failed += 1;
      summary.failing_ids.push(id);
    }
  }
  return [...kinds.values()];
};
