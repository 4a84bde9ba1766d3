import type { Actor } from '../../kernel/actor';
import { type Context, type FactItem, type Verb, verb } from '../../kernel/command';
import { among, one, type Row, rows, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { same } from '../../kernel/history';
import { isId, newId } from '../../kernel/id';
import { holdsAny, type Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { absent, invalid, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { asShown, show } from '../reading';

const minutes: Field = { kind: 'integer', label: 'Minutes', min: 1, max: 1_440 };
const what: Field = { kind: 'text', label: 'What was done', max: 500 };
const who: Field = { kind: 'reference', label: 'Whose time', to: 'person' };
const when: Field = { kind: 'instant', label: 'When' };
const entryId: Field = { kind: 'text', label: 'Time entry' };

interface EntryRow {
  id: string;
  record_id: string;
  person_id: string;
  minutes: number;
  what: string | null;
  author_id: string | null;
  at: Date;
}

const leads = ['team_lead', 'incident_manager', 'administrator'];

/** The entry a change or a removal names, by the key of its record. */
async function named(context: Context, items: readonly FactItem<{ entry_id: string }>[]) {
  const found = await rows<EntryRow>(
    context.db,
    sql`select * from time_entry where id ${among(items.map(({ input }) => input.entry_id).filter(isId))}`,
  );
  return new Map(
    items.map(({ key, input }) => [key, found.find((row) => row.id === input.entry_id && row.record_id === key)]),
  );
}

/** One's own, or written down by oneself; a lead's are those of everybody. */
function mayTouch({ person_id, author_id }: EntryRow, actor: Actor): boolean {
  const own = actor.kind !== 'person' || [person_id, author_id].includes(actor.id!);
  return own || actor.roles.some((role) => leads.includes(role));
}

function refuseAhead(at: Date, now: Date): void {
  if (at > now) throw invalid('at', say`Time is booked when it is spent, not before.`);
}

/** Book time on a record, change what is booked and take it back. It is for the team, and leaves the record's version. */
export function timeVerbs(type: RecordType, allow: Relation[]): Verb[] {
  return [
    verb<{ minutes: number; what?: string; person_id?: string; at?: Date }>({
      on: type,
      verb: 'book',
      past: 'booked',
      done: 'given booked time',
      label: 'Book time',
      undo: true,
      input: { minutes, what, person_id: who, at: when },
      required: ['minutes'],
      allow,
      ownRoute: true,
      decide: (_record, input, _facts, { actor, now }) => {
        const person = input.person_id ?? actor.id;
        if (!person) throw invalid('person_id', say`Say whose time it was.`);
        if (actor.kind === 'person' && person !== actor.id && !actor.roles.some((role) => leads.includes(role)))
          throw new Refusal('forbidden', say`Only a team lead books the time of others.`);
        const at = input.at ?? now;
        refuseAhead(at, now);
        const entry = { id: newId(now), person_id: person, minutes: input.minutes, what: input.what ?? null };
        return {
          internal: true,
          remember: { time: { id: entry.id, minutes: entry.minutes, what: entry.what } },
          children: [{ table: 'time_entry', insert: { ...entry, author_id: actor.id, at } }],
        };
      },
    }),
    verb<{ entry_id: string; minutes?: number | null; what?: string | null; at?: Date | null }, EntryRow | undefined>({
      on: type,
      verb: 'rebook',
      past: 'rebooked',
      done: 'given other booked time',
      label: 'Change booked time',
      undo: true,
      input: { entry_id: entryId, minutes, what, at: when },
      required: ['entry_id'],
      allow,
      ownRoute: true,
      facts: named,
      decide: (_record, input, known, { actor, now }) => {
        if (!known) throw absent(say`time entry`);
        if (!mayTouch(known, actor)) throw new Refusal('forbidden', say`The time of others is changed by a team lead.`);
        if (input.minutes === null) throw invalid('minutes', say`Say how many minutes.`);
        if (input.at === null) throw invalid('at', say`Say when the time was spent.`);
        const was = { id: known.id, minutes: known.minutes, what: known.what, at: known.at.toISOString() };
        const time = {
          id: known.id,
          minutes: input.minutes ?? was.minutes,
          what: input.what === undefined ? was.what : input.what?.trim() || null,
          at: input.at?.toISOString() ?? was.at,
        };
        refuseAhead(new Date(time.at), now);
        if (same(was, time)) return {};
        return { internal: true, remember: { time_was: was, time }, children: [{ table: 'time_entry', change: time }] };
      },
    }),
    verb<{ entry_id: string }, EntryRow | undefined>({
      on: type,
      verb: 'unbook',
      past: 'unbooked',
      done: 'relieved of booked time',
      label: 'Take time back',
      undo: true,
      input: { entry_id: entryId },
      required: ['entry_id'],
      allow,
      ownRoute: true,
      facts: named,
      decide: (_record, _input, known, { actor }) => {
        if (!known) throw absent(say`time entry`);
        if (!mayTouch(known, actor))
          throw new Refusal('forbidden', say`The time of others is taken back by a team lead.`);
        return {
          internal: true,
          remember: { time_removed: { id: known.id, minutes: known.minutes } },
          children: [{ table: 'time_entry', remove: known.id }],
        };
      },
    }),
  ];
}

/** The time booked on a record, oldest first, and its sum in minutes; nothing for whoever is not of its team. */
export async function timeEntriesOf(context: Context, type: RecordType, record: Row, limit: number, after?: string) {
  if (!holdsAny(type.team, record, context.actor)) return { items: [], next: null, minutes: 0 };
  const found = await rows<EntryRow>(
    context.db,
    sql`select id, person_id, minutes, what, author_id, at from time_entry where record_id = ${record.id}::uuid
        ${after ? sql`and id > ${after}::uuid` : sql``} order by id ${upTo(limit)}`,
  );
  const sum = await one<{ n: number }>(
    context.db,
    sql`select coalesce(sum(minutes), 0)::int as n from time_entry where record_id = ${record.id}::uuid`,
  );
  const page = found.slice(0, limit);
  const shown = await show(
    context,
    page.flatMap((row) => [row.person_id, row.author_id].filter((id) => id !== null)),
  );
  return {
    items: page.map((row) => ({
      id: row.id,
      minutes: row.minutes,
      what: row.what,
      person: asShown(row.person_id, shown),
      author: row.author_id ? asShown(row.author_id, shown) : null,
      at: row.at,
    })),
    next: found.length > limit ? page[page.length - 1]!.id : null,
    minutes: sum!.n,
  };
}
