import { z } from 'zod';
import { type Context, type Verb, verb } from '../../kernel/command';
import { among, any, type Db, one, type Row, rows, sql, upTo } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import { isId } from '../../kernel/id';
import { holdsAny, type Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { absent, invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { mergedInto } from '../merge';
import { asShown, show } from '../reading';
import type { HungRow } from '../taking-back';

const file = z.strictObject({
  id: z.string(),
  name: z.string(),
  media_type: z.string(),
  size: z.number(),
  sha256: z.string(),
});
const fileField: Field = { kind: 'json', label: 'File', shape: file };
const internal: Field = { kind: 'boolean', label: 'For the team only' };
const attachmentId: Field = { kind: 'text', label: 'Attachment' };

export interface AttachmentRow {
  id: string;
  record_id: string;
  name: string;
  media_type: string;
  size: number;
  internal: boolean;
  author_id: string | null;
  at: Date;
}

/** Attach and detach. The bytes are stored first, in the same transaction, by `keepContent`. */
export function attachmentVerbs(type: RecordType, who: { attach: Relation[]; detach: Relation[] }): Verb[] {
  return [
    verb<{ file: z.infer<typeof file>; internal?: boolean }>({
      on: type,
      verb: 'attach',
      past: 'attached',
      done: 'given a file',
      label: 'Attach',
      undo: true,
      input: { file: fileField, internal },
      required: ['file'],
      allow: who.attach,
      ownRoute: 'form',
      decide: (record, input, _facts, context) => {
        const team = holdsAny(type.team, record, context.actor);
        if (input.internal && !team) throw invalid('internal', say`Only the team keeps files for itself.`);
        return {
          internal: input.internal ?? false,
          remember: { attachment: { id: input.file.id, name: input.file.name, sha256: input.file.sha256 } },
          children: [
            {
              table: 'attachment',
              insert: {
                ...input.file,
                internal: input.internal ?? false,
                author_id: context.actor.id,
                at: context.now,
              },
            },
          ],
        };
      },
    }),
    verb<{ attachment_id: string }, AttachmentRow | undefined>({
      on: type,
      verb: 'detach',
      past: 'detached',
      done: 'relieved of a file',
      label: 'Take a file away',
      undo: true,
      input: { attachment_id: attachmentId },
      required: ['attachment_id'],
      allow: who.detach,
      ownRoute: true,
      facts: async (context, items) => {
        const found = await rows<AttachmentRow>(
          context.db,
          sql`select * from attachment where id ${among(items.map(({ input }) => input.attachment_id).filter(isId))}`,
        );
        return new Map(
          items.map(({ key, input }) => [
            key,
            found.find((row) => row.id === input.attachment_id && row.record_id === key),
          ]),
        );
      },
      decide: (_record, _input, known) => {
        if (!known) throw absent(say`file`);
        return {
          internal: known.internal,
          remember: { attachment_removed: { id: known.id, name: known.name } },
          children: [{ table: 'attachment', remove: known.id }],
        };
      },
    }),
  ];
}

export async function keepContent(context: Context, id: string, content: Buffer): Promise<void> {
  await sql`insert into attachment_content (id, content) values (${id}, ${content})`.execute(context.db);
}

/**
 * The bytes of files that are gone for good: nobody can take that back any more. A later act may have taken the file
 * away again, and may still be taken back.
 */
export async function dropContents(db: Db, hung: readonly HungRow[]): Promise<void> {
  const ids = hung.filter(({ table }) => table === 'attachment').map(({ id }) => id);
  if (ids.length === 0) return;
  await sql`delete from attachment_content c where c.id ${among(ids)}
    and not exists (select 1 from attachment a where a.id = c.id)
    and not exists (select 1 from put_aside p, jsonb_array_elements(p.removed) gone
      where gone ->> 'table' = 'attachment' and gone -> 'row' ->> 'id' = c.id::text)`.execute(db);
}

/** The files of a record, and of what was merged into it, as this caller may know them, oldest first. */
export async function attachmentsOf(
  context: Context,
  type: RecordType,
  record: Row,
  limit: number,
  after?: string,
  id?: string,
) {
  const parts = await mergedInto(context, record.id);
  const team = (kind: RecordType, row: Row) => holdsAny(kind.team, row, context.actor);
  const of = (place: unknown, all: boolean) => sql`(record_id = ${place}::uuid ${all ? sql`` : sql`and not internal`})`;
  const found = await rows<AttachmentRow>(
    context.db,
    sql`select * from attachment
        where ${any([of(record.id, team(type, record)), ...parts.map((part) => of(part.id, team(context.house.types.get(part.type)!, part.row)))])}
        ${after ? sql`and id > ${after}::uuid` : sql``} ${id ? sql`and id = ${id}::uuid` : sql``} order by id ${upTo(limit)}`,
  );
  const page = found.slice(0, limit);
  const shown = await show(
    context,
    page.map((row) => row.author_id).filter((author) => author !== null),
  );
  const placeOf = new Map(parts.map((part) => [part.id, part]));
  return {
    items: page.map((row) => {
      const part = placeOf.get(row.record_id);
      const plural = part ? context.house.types.get(part.type)!.plural : type.plural;
      return {
        id: row.id,
        name: row.name,
        media_type: row.media_type,
        size: Number(row.size),
        href: `/api/v1/${plural}/${part?.number ?? record.number}/attachments/${row.id}`,
        author: row.author_id ? asShown(row.author_id, shown) : null,
        at: row.at,
        internal: row.internal,
        ...(part ? { record: { id: part.id, number: part.number, name: part.title } } : {}),
      };
    }),
    next: found.length > limit ? page[page.length - 1]!.id : null,
  };
}

export async function contentOf(context: Context, id: string): Promise<Buffer> {
  const found = await one<{ content: Buffer }>(
    context.db,
    sql`select content from attachment_content where id = ${id}::uuid`,
  );
  if (!found) throw absent(say`file`);
  return found.content;
}
