import { type Context, type UndoItem, type Verb, verb } from '../../kernel/command';
import { among, type Row, rows, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { isId, newId } from '../../kernel/id';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { sightOf } from '../../kernel/references';
import { absent, invalid } from '../../kernel/refusal';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { mergedInto } from '../merge';

export const linkKinds = ['caused_by', 'blocks', 'relates', 'duplicates', 'parent'] as const;

const kind: Field = { kind: 'choice', label: 'Kind', choices: linkKinds };
const to: Field = { kind: 'reference', label: 'To' };
const linkId: Field = { kind: 'text', label: 'Link' };

interface LinkRow {
  id: string;
  kind: string;
  record_id: string;
  to_id: string;
}

/** Link and unlink: typed, to any record in sight, seen from both ends. */
export function linkVerbs(type: RecordType, allow: Relation[]): Verb[] {
  return [
    verb<{ kind: string; to: string }, LinkRow[]>({
      on: type,
      verb: 'link',
      past: 'linked',
      label: 'Link',
      undo: true,
      input: { kind, to },
      required: ['kind', 'to'],
      allow,
      ownRoute: true,
      facts: async (context, items) => {
        const found = await rows<LinkRow>(
          context.db,
          sql`select id, kind, record_id, to_id from link where record_id ${among(items.map(({ key }) => key))}`,
        );
        return new Map(items.map(({ key }) => [key, found.filter((row) => row.record_id === key)]));
      },
      decide: (record, input, known, context) => {
        if (input.to === record.id) throw invalid('to', say`A record is not linked to itself.`);
        if (known.some((row) => row.kind === input.kind && row.to_id === input.to))
          throw invalid('to', say`This link is there already.`);
        const id = newId(context.now);
        return {
          remember: { link: { id, kind: input.kind, to: input.to } },
          children: [
            {
              table: 'link',
              insert: { id, kind: input.kind, to_id: input.to, author_id: context.actor.id, at: context.now },
            },
          ],
        };
      },
    }),
    verb<{ link_id: string }, LinkRow | undefined>({
      on: type,
      verb: 'unlink',
      past: 'unlinked',
      label: 'Unlink',
      undo: linkedAnew,
      input: { link_id: linkId },
      required: ['link_id'],
      allow,
      ownRoute: true,
      facts: async (context, items) => {
        const found = await rows<LinkRow & { seen: string[] }>(
          context.db,
          sql`select l.id, l.kind, l.record_id, l.to_id, array(select r.id from record r
                where r.id in (l.record_id, l.to_id) and ${sightOf(context, [...context.house.types.values()])}) as seen
              from link l where l.id ${among(items.map(({ input }) => input.link_id).filter(isId))}`,
        );
        return new Map(
          items.map(({ key, input }) => [
            key,
            found.find(
              ({ id, record_id, to_id, seen }) =>
                id === input.link_id && seen.includes(record_id) && seen.includes(to_id),
            ),
          ]),
        );
      },
      decide: (record, _input, known) => {
        if (!known || (known.record_id !== record.id && known.to_id !== record.id)) throw absent(say`link`);
        return {
          remember: {
            link_removed: {
              id: known.id,
              kind: known.kind,
              to: known.to_id === record.id ? known.record_id : known.to_id,
            },
          },
          children: [{ table: 'link', remove: known.id }],
        };
      },
    }),
  ];
}

/** Whoever linked the same again meanwhile has done it already. */
async function linkedAnew(context: Context, items: readonly UndoItem[]): Promise<Map<string, Sentence>> {
  const there = new Set(
    (
      await rows<LinkRow>(
        context.db,
        sql`select id, kind, record_id, to_id from link
            where record_id ${among(items.flatMap((item) => item.rows.map((row) => String(row.record_id))))}`,
      )
    ).map((one) => `${one.record_id} ${one.kind} ${one.to_id}`),
  );
  const again = (row: Row) => there.has(`${row.record_id} ${row.kind} ${row.to_id}`);
  return new Map(items.filter((item) => item.rows.some(again)).map(({ key }) => [key, say`This link is there again.`]));
}

interface LinkEnd {
  id: string;
  kind: string;
  record_id: string;
  to_id: string;
  at: Date;
}

/**
 * The links of a record, and of what was merged into it, whose other end is in sight, oldest first. A link of what was
 * merged bears that record as `of`; one between the record and what was merged into it stands once.
 */
export async function linksOf(context: Context, record: Row, limit: number, after?: string) {
  const parts = await mergedInto(context, record.id);
  const own = [String(record.id), ...parts.map(({ id }) => id)];
  const found = await rows<LinkEnd & { other: string; type: string; number: string; title: string; state: string }>(
    context.db,
    sql`select l.id, l.kind, l.at, l.record_id, l.to_id, r.id as other, r.type, r.number, r.title, r.state
        from link l
        join record r on r.id = case when l.record_id ${among(own)} and l.record_id is distinct from ${record.id}::uuid
            and l.to_id = ${record.id}::uuid then l.record_id when l.record_id ${among(own)} then l.to_id else l.record_id end
        where (l.record_id ${among(own)} or l.to_id ${among(own)})
          and ${sightOf(context, [...context.house.types.values()])} ${after ? sql`and l.id > ${after}::uuid` : sql``}
        order by l.id ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  const placeOf = new Map(parts.map(({ id, number, title }) => [id, { id, number, name: title }]));
  return {
    items: page.map(({ other, type, number, title, state, record_id, to_id, ...link }) => {
      const end = other === to_id ? record_id : to_id;
      return {
        ...link,
        direction: end === record_id ? 'out' : 'in',
        record: { type, id: other, number, name: title, state },
        ...(placeOf.has(end) ? { of: placeOf.get(end) } : {}),
      };
    }),
    next: found.length > limit ? page[page.length - 1]!.id : null,
  };
}
