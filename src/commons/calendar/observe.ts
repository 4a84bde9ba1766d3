import { type Context, type FactItem, type Verb, verb } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { theSystem } from '../../kernel/policy';
import { invalid } from '../../kernel/refusal';
import { asIs, say } from '../../kernel/sentence.contract';
import { administrator } from '../people';
import { calendar, definitionOf, version } from './calendar';
import type { CalendarDefinition } from './calendar.contract';
import { type Gathered, gather } from './holidays';
import { type Holiday, type Observed, type Observing, observing } from './holidays.contract';

const input: Record<string, Field> = {
  country: { kind: 'text', label: 'Country', max: 10, help: 'Two letters, such as PT.' },
  region: { kind: 'text', label: 'Region', max: 20, help: 'Where it has holidays of its own.' },
  from_year: { kind: 'integer', label: 'From year', min: 1990, max: 2100 },
  until_year: { kind: 'integer', label: 'Until year', min: 1990, max: 2100 },
  text: { kind: 'markdown', label: 'File', max: 900_000, help: 'iCalendar, or a date and a name in each line.' },
  source: { kind: 'text', label: 'Name of the file', max: 200 },
};

/** What becomes of each day: `new` is written, `there` is a holiday already, `open` has hours of its own and stays open. */
export interface Weighed extends Holiday {
  readonly state: 'new' | 'there' | 'open';
}

export function weigh(definition: CalendarDefinition, days: readonly Holiday[]): Weighed[] {
  const closed = new Set(definition.holidays);
  const open = new Set(Object.keys(definition.date_hours ?? {}));
  return days.map((day) => {
    const there = closed.has(day.on) || (!day.on.startsWith('*') && closed.has(`*${day.on.slice(4)}`));
    return { ...day, state: there ? 'there' : open.has(day.on) ? 'open' : 'new' };
  });
}

/** The calendar with the new days in it. */
export const withDays = (definition: CalendarDefinition, weighed: readonly Weighed[]): CalendarDefinition => ({
  ...definition,
  holidays: [...definition.holidays, ...weighed.filter(({ state }) => state === 'new').map(({ on }) => on)],
});

/** Reads what is asked for; throws the refusal with the field. */
export function readObserving(given: unknown): Observing {
  const read = observing.safeParse(given);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw invalid(issue.path.join('.') || 'country', asIs(issue.message));
}

/** The first of October before the year that is not in the calendar yet. */
const proposeAt = (year: number, now: Date): Date =>
  new Date(Math.max(Date.UTC(year - 1, 9, 1, 6), now.getTime() + 86_400_000));

const observedOf = (record: Row): Observed[] => (record.observes as Observed[] | null) ?? [];

const sameSource = (a: Observed | Gathered, b: Observed | Gathered) =>
  a.country === b.country && a.region === b.region && a.source === b.source;

const observe = verb<Row, Gathered>({
  on: calendar,
  verb: 'observe',
  past: 'observed',
  done: 'given holidays',
  label: 'Add holidays',
  input,
  allow: [administrator],
  facts: async (context, items) => {
    const found = new Map<string, Gathered>();
    for (const { key, input: given } of items)
      found.set(key, await gather(readObserving(given), context.now, context.actor.language));
    return found;
  },
  decide: (record, _given, found, context) => {
    const definition = definitionOf(record);
    const weighed = weigh(definition, found.days);
    const next = withDays(definition, weighed);
    const added = weighed.filter(({ state }) => state === 'new');
    const names = Object.fromEntries(found.days.map(({ on, name }) => [on, name]));
    const known = observedOf(record).find((one) => sameSource(one, found));
    const until = found.until_year === null ? null : Math.max(found.until_year, known?.until_year ?? 0);
    const one: Observed = {
      country: found.country,
      region: found.region,
      source: found.source,
      until_year: until,
      days: found.days.length,
      at: context.now.toISOString(),
    };
    return {
      set: {
        ...(added.length > 0 ? { holidays: next.holidays } : {}),
        holiday_names: { ...((record.holiday_names as Row | null) ?? {}), ...names },
        observes: [...observedOf(record).filter((other) => !sameSource(other, one)), one],
        ...(until === null ? {} : { proposed_year: null }),
      },
      remember: { added: added.length, refused: found.refused.length || null },
      children: added.length > 0 ? [version(next, context.now)] : [],
      wake:
        until === null
          ? []
          : [
              {
                key: 'holidays',
                verb: 'remind',
                at: proposeAt(until + 1, context.now),
                reason: `The holidays of ${until + 1} are not in this calendar yet.`,
                input: { year: until + 1 },
              },
            ],
    };
  },
});

/** Who is told: the owner of the calendar, else the administrators. */
async function keepers(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string }>(
    context.db,
    sql`select p.id from person p join record r on r.id = p.id where r.state = 'active' and 'administrator' = any(p.roles)`,
  );
  return new Map(
    items.map(({ key, record }) => [key, record.owner_id ? [String(record.owner_id)] : found.map(({ id }) => id)]),
  );
}

const remind = verb<Row, string[]>({
  on: calendar,
  verb: 'remind',
  past: 'reminded',
  done: 'given proposed holidays',
  label: 'Propose holidays',
  hidden: true,
  input: { year: { kind: 'integer', label: 'Year' } },
  required: ['year'],
  allow: [theSystem],
  facts: keepers,
  decide: (_record, given, to) => ({
    set: { proposed_year: given.year },
    why: { rule: String(say`Holidays of a country are taken over year by year.`), to: to.map((id) => ({ id })) },
  }),
});

export const observeVerbs: Verb[] = [observe, remind];
