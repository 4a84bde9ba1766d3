import { calendarFrom, definitionOf } from '../../../../commons/calendar';
import { reason } from '../../../../commons/keeping/verbs';
import { staff } from '../../../../commons/people';
import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { type Row, rows, sql } from '../../../../kernel/database';
import type { Field } from '../../../../kernel/field';
import { holdsAny } from '../../../../kernel/policy';
import { invalid, Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { agreement, casesOf, contentFields, contentOf } from '../agreement';
import type { AgreementContent } from '../agreement.contract';
import type { NamedCalendar } from '../terms.rules';
import { differenceIn } from '../trial.rules';
import { makers } from './draft';

/** The calendar each agreement names, ready to be asked. */
export async function calendarsOf(
  context: Context,
  items: readonly Pick<FactItem<Row>, 'key' | 'record'>[],
): Promise<Map<string, NamedCalendar>> {
  const ids = [...new Set(items.map(({ record }) => String(record.calendar_id)))];
  const found = await rows<Row>(
    context.db,
    sql`select c.*, r.title from calendar c join record r on r.id = c.id where c.id = any(${ids}::uuid[])`,
  );
  const byId = new Map(
    found.map((row) => [String(row.id), { name: String(row.title), calendar: calendarFrom(definitionOf(row)) }]),
  );
  return new Map(items.map(({ key, record }) => [key, byId.get(String(record.calendar_id))!]));
}

/** Teams with a slice in these agreements, by what people call them. */
export async function teamsOf(context: Context, records: readonly Row[]): Promise<Map<string, string>> {
  const ids = records.flatMap((record) => contentOf(record).targets.map(({ team_id }) => team_id));
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  if (wanted.length === 0) return new Map();
  const found = await rows<{ id: string; number: string; title: string }>(
    context.db,
    sql`select id, number, title from record where id = any(${wanted}::uuid[])`,
  );
  return new Map(found.flatMap((row) => [row.number, row.title].map((name) => [name.toLowerCase(), row.id] as const)));
}

interface Trying {
  readonly calendar: NamedCalendar;
  readonly teams: ReadonlyMap<string, string>;
}

async function tryingFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Trying>> {
  const calendars = await calendarsOf(context, items);
  const teams = await teamsOf(
    context,
    items.map(({ record }) => record),
  );
  return new Map(items.map(({ key }) => [key, { calendar: calendars.get(key)!, teams }]));
}

/** Puts the draft in force. Its kept cases are run first: one that fails refuses with what came out. */
export const publish = verb<Row, Trying>({
  on: agreement,
  verb: 'publish',
  past: 'published',
  label: 'Publish',
  allow: makers,
  facts: tryingFacts,
  decide: (record, _input, { calendar, teams }, context) => {
    const content = contentOf(record);
    const version = Number(record.agreement_version);
    const tried = { number: String(record.number), version, content, calendar, teams };
    for (const [at, one] of casesOf(record).entries()) {
      const difference = differenceIn(tried, one);
      if (difference) throw invalid(`cases.${at}`, difference);
    }
    return {
      set: { state: 'published', published_version: version, published_at: context.now },
      children: [{ table: 'agreement_version', insert: { version, published_at: context.now, content } }],
    };
  },
});

async function publishedContents(
  context: Context,
  items: readonly FactItem<Row>[],
): Promise<Map<string, AgreementContent | undefined>> {
  const found = await rows<{ record_id: string; content: AgreementContent }>(
    context.db,
    sql`select distinct on (record_id) record_id, content from agreement_version
        where record_id = any(${items.map(({ key }) => key)}::uuid[]) order by record_id, version desc`,
  );
  const byId = new Map(found.map((row) => [row.record_id, row.content]));
  return new Map(items.map(({ key }) => [key, byId.get(key)]));
}

/** Throws the draft away: the agreement is again what is published. */
export const discard = verb<Row, AgreementContent | undefined>({
  on: agreement,
  verb: 'discard',
  past: 'discarded',
  label: 'Discard draft',
  allow: makers,
  facts: publishedContents,
  decide: (record, _input, content) => {
    if (!content)
      throw new Refusal('wrong_state', say`This agreement was never published: there is nothing to go back to.`);
    return {
      set: {
        ...Object.fromEntries(contentFields.map((name) => [name, content[name]])),
        state: 'published',
        agreement_version: record.published_version,
      },
    };
  },
});

const person: Field = { kind: 'reference', label: 'Accepted by', to: 'person' };

/** A party says yes, or a maker notes who did. */
export const accept = verb<Row>({
  on: agreement,
  verb: 'accept',
  past: 'accepted',
  label: 'Accept',
  input: { accepted_by_id: person },
  allow: [staff],
  decide: (record, input, _facts, context) => {
    const by = input.accepted_by_id ?? context.actor.id;
    const party = ((record.parties ?? []) as string[]).includes(String(context.actor.id)) && by === context.actor.id;
    if (!party && !holdsAny(makers, record, context.actor))
      throw new Refusal('forbidden', say`Only a party of this agreement, or who makes agreements, may accept it.`);
    if (!by) throw invalid('accepted_by_id', say`Say who accepted it.`);
    return { set: { accepted_by_id: by, accepted_at: context.now } };
  },
});

/** Records opened from now on fall under it no more; those opened before keep their promise. */
export const retire = verb<Row>({
  on: agreement,
  verb: 'retire',
  past: 'retired',
  label: 'Retire',
  input: { reason },
  allow: makers,
  decide: (_record, input, _facts, context) => ({
    set: { state: 'retired', retired_at: context.now },
    remember: { reason: input.reason },
  }),
});
