import { type Context, type UndoItem, type Verb, verb } from '../../kernel/command';
import { among, type Row, rows, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { isId, newId } from '../../kernel/id';
import { holdsAny, type Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { absent, invalid } from '../../kernel/refusal';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { mergedInto } from '../merge';
import { asShown, show } from '../reading';

const person: Field = { kind: 'reference', label: 'Person', to: 'person' };
const watcherId: Field = { kind: 'text', label: 'Watcher' };

interface WatcherRow {
  id: string;
  record_id: string;
  person_id: string;
}

/** Watch and unwatch. Watching tells what happens; it never opens what a person may not see. */
export function watchVerbs(type: RecordType, allow: Relation[]): Verb[] {
  return [
    verb<{ person_id: string }, WatcherRow[]>({
      on: type,
      verb: 'watch',
      past: 'watched',
      label: 'Watch',
      undo: true,
      input: { person_id: person },
      required: ['person_id'],
      allow,
      ownRoute: true,
      facts: async (context, items) => {
        const found = await rows<WatcherRow>(
          context.db,
          sql`select id, record_id, person_id from watcher where record_id ${among(items.map(({ key }) => key))}`,
        );
        return new Map(items.map(({ key }) => [key, found.filter((row) => row.record_id === key)]));
      },
      decide: (_record, input, known, context) => {
        if (known.some((row) => row.person_id === input.person_id))
          throw invalid('person_id', say`They watch it already.`);
        const id = newId(context.now);
        return {
          remember: { watcher: { id, person: input.person_id } },
          children: [{ table: 'watcher', insert: { id, person_id: input.person_id, at: context.now } }],
        };
      },
    }),
    verb<{ watcher_id: string }, WatcherRow | undefined>({
      on: type,
      verb: 'unwatch',
      past: 'unwatched',
      done: 'left unwatched',
      label: 'Stop watching',
      undo: watchedAnew,
      input: { watcher_id: watcherId },
      required: ['watcher_id'],
      allow,
      ownRoute: true,
      facts: async (context, items) => {
        const found = await rows<WatcherRow>(
          context.db,
          sql`select id, record_id, person_id from watcher where id ${among(items.map(({ input }) => input.watcher_id).filter(isId))}`,
        );
        return new Map(
          items.map(({ key, input }) => [
            key,
            found.find((row) => row.id === input.watcher_id && row.record_id === key),
          ]),
        );
      },
      decide: (_record, _input, known) => {
        if (!known) throw absent(say`watcher`);
        return {
          remember: { watcher_removed: { person: known.person_id } },
          children: [{ table: 'watcher', remove: known.id }],
        };
      },
    }),
  ];
}

/** Whoever put them there again meanwhile has done it already. */
async function watchedAnew(context: Context, items: readonly UndoItem[]): Promise<Map<string, Sentence>> {
  const found = await rows<WatcherRow>(
    context.db,
    sql`select id, record_id, person_id from watcher where record_id ${among(items.map(({ key }) => key))}`,
  );
  const there = new Set(found.map((one) => `${one.record_id} ${one.person_id}`));
  return new Map(
    items
      .filter((item) => item.rows.some((row) => there.has(`${item.key} ${row.person_id}`)))
      .map(({ key }) => [key, say`They watch it again.`]),
  );
}

/** Where people only say that something hits them, nobody outside the team learns who else did. */
function seesAll({ actor, house }: Context, record: Row): boolean {
  const type = house.types.get(String(record.type));
  return !type || house.verbs.has(`${type.type}.watch`) || holdsAny(type.team, record, actor);
}

/** Who watches a record or what was merged into it, oldest first; the latter bear that `record`. */
export async function watchersOf(context: Context, record: Row, limit: number, after?: string) {
  const parts = await mergedInto(context, record.id);
  const found = await rows<{ id: string; record_id: string; person_id: string; at: Date }>(
    context.db,
    sql`select id, record_id, person_id, at from watcher
        where record_id ${among([String(record.id), ...parts.map(({ id }) => id)])}
        ${seesAll(context, record) ? sql`` : sql`and person_id = ${context.actor.id}::uuid`}
        ${after ? sql`and id > ${after}::uuid` : sql``} order by id ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  const shown = await show(
    context,
    page.map((row) => row.person_id),
  );
  const placeOf = new Map(parts.map(({ id, number, title }) => [id, { id, number, name: title }]));
  return {
    items: page.map((row) => ({
      id: row.id,
      at: row.at,
      person: asShown(row.person_id, shown),
      ...(placeOf.has(row.record_id) ? { record: placeOf.get(row.record_id) } : {}),
    })),
    next: found.length > limit ? page[page.length - 1]!.id : null,
  };
}
