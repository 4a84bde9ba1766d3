import type { z } from 'zod';
import { type Child, type Verb, verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { same } from '../../kernel/history';
import { newId } from '../../kernel/id';
import { lifecycle } from '../../kernel/lifecycle';

import { everyone } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { asIs, say } from '../../kernel/sentence.contract';
import { besides } from '../keeping/life';
import { keptFields, move } from '../keeping/verbs';
import { administrator, staff } from '../people';
import { type CalendarDefinition, calendarShape, contradictoryDates } from './calendar.contract';

const json = (label: string, shape: z.ZodType, more: Partial<Field> = {}): Field => ({
  kind: 'json',
  label,
  shape,
  ...more,
});

const states = { active: 'open', retired: 'final' } as const;

const life = lifecycle({
  initial: 'active',
  states,
  verbs: {
    edit: { from: ['active', 'retired'], to: '=' },
    observe: { from: ['active'], to: '=' },
    remind: { from: ['active'], to: '=' },
    retire: { from: ['active'], to: 'retired' },
    restore: { from: ['retired'], to: 'active' },
    ...besides(states),
  },
});

const kept = { writable: false } as const;

/** When an organisation works: one zone, weekly hours, holidays, dates with hours or breaks of their own. */
export const calendar: RecordType = record({
  type: 'calendar',
  plural: 'calendars',
  prefix: 'CAL',
  table: 'calendar',
  label: 'Calendar',
  labels: 'Calendars',
  life,
  sees: [staff],
  named: [everyone],
  team: [staff],
  knownBy: [],
  standardSort: 'name',
  fields: {
    ...keptFields,
    timezone: { kind: 'text', label: 'Time zone', max: 60, required: true },
    hours: json('Weekly hours', calendarShape.hours, { required: true }),
    holidays: json('Holidays', calendarShape.holidays.unwrap()),
    date_hours: json('Hours of single dates', calendarShape.date_hours.unwrap()),
    breaks: json('Breaks', calendarShape.breaks.unwrap()),
    observes: { kind: 'json', label: 'Where holidays come from', ...kept },
    holiday_names: { kind: 'json', label: 'Names of holidays', ...kept },
    proposed_year: { kind: 'integer', label: 'Year without holidays', ...kept },
  },
});

/** What the engine takes, from a row of the table. */
export function definitionOf(row: Row): CalendarDefinition {
  return {
    timezone: String(row.timezone),
    hours: row.hours as CalendarDefinition['hours'],
    holidays: (row.holidays ?? []) as string[],
    ...(row.date_hours ? { date_hours: row.date_hours as NonNullable<CalendarDefinition['date_hours']> } : {}),
    ...(row.breaks ? { breaks: row.breaks as NonNullable<CalendarDefinition['breaks']> } : {}),
  };
}

/** The calendar as it will be; refuses a zone nobody knows and a date that is both closed and open. */
function checked(record: Row, input: Row): CalendarDefinition {
  const definition = definitionOf({ ...record, ...input });
  const zone = calendarShape.timezone.safeParse(definition.timezone);
  if (!zone.success) throw invalid('timezone', asIs(zone.error.issues[0]!.message));
  const [day] = contradictoryDates(definition);
  if (day !== undefined)
    throw invalid(
      `date_hours.${day}`,
      say`${day} is both a holiday and a date with hours of its own; take one of them out.`,
    );
  return definition;
}

/** The hours as they are from now on: clocks that ended before keep those they were measured by. */
export const version = (definition: CalendarDefinition, now: Date): Child => ({
  table: 'calendar_version',
  insert: { id: newId(now), changed_at: now, definition },
});

const may = [administrator];

export const calendarVerbs: Verb[] = [
  verb({
    on: calendar,
    verb: 'create',
    past: 'created',
    label: 'Create',
    creates: true,
    takes: 'writable',
    allow: may,
    decide: (_record, input, _facts, context) => ({
      set: { state: 'active', ...input, holidays: input.holidays ?? [] },
      children: [version(checked({}, input), context.now)],
    }),
  }),
  verb({
    on: calendar,
    verb: 'edit',
    past: 'edited',
    label: 'Edit',
    takes: 'writable',
    allow: may,
    decide: (record, given, _facts, context) => {
      const input = given.holidays === null ? { ...given, holidays: [] } : given;
      const definition = checked(record, input);
      const changed = !same(definition, definitionOf(record));
      return { set: input, children: changed ? [version(definition, context.now)] : [] };
    },
  }),
  move(calendar, 'retire', 'retired', 'Retire', may),
  move(calendar, 'restore', 'restored', 'Restore', may),
];
