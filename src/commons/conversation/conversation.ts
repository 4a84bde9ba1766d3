import type { Actor } from '../../kernel/actor';
import { type Context, type Verb, verb } from '../../kernel/command';
import { any, type Row, rows, type Sql, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { idBefore, newId } from '../../kernel/id';
import { holdsAny, type Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { absent, invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { mastersOf, mergedInto } from '../merge';
import { actorsOf } from '../people';
import { asShown, type Shown, show } from '../reading';

const text: Field = { kind: 'markdown', label: 'Text', max: 100_000 };

/** Comment (the requester sees it) and note (the team only), on a type that has a conversation. */
export function conversationVerbs(type: RecordType, who: { comment: Relation[]; note: Relation[] }): Verb[] {
  return [saying(type, 'comment', 'commented', 'Answer', who.comment), saying(type, 'note', 'noted', 'Note', who.note)];
}

function saying(type: RecordType, kind: 'comment' | 'note', past: string, label: string, allow: Relation[]): Verb {
  return verb<{ text: string }>({
    on: type,
    verb: kind,
    past,
    done: { comment: 'answered', note: 'given a note' }[kind],
    label,
    hangs: true,
    undo: async (context, items) =>
      new Map(items.filter(({ record }) => asksFor(context, record)).map(({ key }) => [key, answersStand])),
    input: { text },
    required: ['text'],
    allow,
    decide: (record, input, _facts, context) => {
      if (input.text.trim() === '') throw invalid('text', say`There is nothing to say.`);
      const id = newId(context.now);
      return {
        internal: kind === 'note',
        remember: { comment: { id, text: input.text, from: sideOf(context, record) } },
        children: [
          {
            table: 'comment',
            insert: {
              id,
              kind,
              text: input.text,
              author_id: context.actor.id,
              author_kind: context.actor.kind,
              at: context.at ?? context.now,
            },
          },
        ],
      };
    },
  });
}

/** What somebody writes who asked may set the work going again at once: it stands. */
const asksFor = (context: Context, record: Row) => sideOf(context, record) === 'requester';
const answersStand = say`The desk works with what you wrote already: write another answer.`;

/** On whose side the author stands: an agent's answer meets a promise, whoever asked. Null for the product itself. */
function sideOf({ actor }: Context, record: Row): 'team' | 'requester' | null {
  if (actor.kind !== 'person') return null;
  return typeof record.department === 'string' && actor.handles.includes(record.department) ? 'team' : 'requester';
}

interface CommentRow {
  id: string;
  record_id: string;
  kind: string;
  text: string;
  author_id: string | null;
  author_kind: string;
  at: Date;
}

/** Who asked and is not of the team that answers. */
const askers = (row: Row, known: readonly Actor[]): string[] =>
  [row.requester_id, row.beneficiary_id]
    .filter((id) => typeof id === 'string')
    .filter((id) => !known.some((one) => one.id === id && one.handles.includes(String(row.department))));

/** Where a record's conversation lies: in itself, in what was merged into it, in what it was merged into. */
async function placesOf(
  context: Context,
  type: RecordType,
  record: Row,
): Promise<{ where: Sql; from: Map<string, Shown> }> {
  const of = (id: unknown, team: boolean) => sql`(record_id = ${id}::uuid ${team ? sql`` : sql`and kind = 'comment'`})`;
  const parts = await mergedInto(context, record.id);
  const masters = await mastersOf(context, record);
  const asked = masters.flatMap(({ row }) => [row.requester_id, row.beneficiary_id]);
  const known =
    masters.length > 0
      ? await actorsOf(
          context.db,
          asked.filter((id) => typeof id === 'string'),
        )
      : [];
  const where = any([
    of(record.id, holdsAny(type.team, record, context.actor)),
    ...parts.map((part) => of(part.id, holdsAny(context.house.types.get(part.type)!.team, part.row, context.actor))),
    // Who asked there speaks for themselves; what the team answers since is for who asked here too.
    ...masters.map(
      ({ id, row, since }) => sql`(record_id = ${id}::uuid and kind = 'comment' and at >= ${since}
        and not coalesce(author_id = any(${askers(row, known)}::uuid[]), false))`,
    ),
  ]);
  const seen = await show(
    context,
    [...parts, ...masters].map(({ id }) => id),
  );
  return { where, from: seen };
}

/**
 * The conversation of a record, oldest first, as this caller may read it. What was said on a record that was merged
 * into it bears that `record`, as does what is answered on the one it was merged into; null where that is hidden.
 */
export async function commentsOf(context: Context, type: RecordType, record: Row, limit: number, after?: string) {
  const { where, from } = await placesOf(context, type, record);
  const found = await rows<CommentRow>(
    context.db,
    sql`select id, record_id, kind, text, author_id, author_kind, at from comment where ${where}
        ${after ? sql`and id > ${after}::uuid` : sql``} order by id ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  const shown = await show(
    context,
    page.map((row) => row.author_id).filter((id) => id !== null),
  );
  return {
    items: page.map(({ author_id, author_kind, record_id, ...rest }) => ({
      ...rest,
      author: author_id ? asShown(author_id, shown) : { id: null, number: null, name: author_kind },
      ...(record_id === record.id ? {} : { record: asShown(record_id, from) }),
    })),
    next: found.length > limit ? page[page.length - 1]!.id : null,
  };
}

/** One entry of a conversation; absent when it is for the team and the caller is not of it. */
export async function commentOf(context: Context, type: RecordType, record: Row, id: string) {
  const page = await commentsOf(context, type, record, 1, idBefore(id));
  const found = page.items[0];
  if (!found || found.id !== id) throw absent(say`comment`);
  return found;
}
