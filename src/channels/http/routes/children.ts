import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachmentsOf, contentOf, keepContent, mediaTypeOf } from '../../../commons/attachment';
import { commentOf, commentsOf } from '../../../commons/conversation';
import { linksOf } from '../../../commons/link';
import { undoOf } from '../../../commons/taking-back';
import { tasksOf } from '../../../commons/task';
import { timeEntriesOf } from '../../../commons/time-entry';
import { watchersOf } from '../../../commons/watch';
import { calledMany } from '../../../kernel/called';
import type { Context, Verb } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import type { Line } from '../../../kernel/history';
import { idBefore, isId, newId } from '../../../kernel/id';
import { performOne } from '../../../kernel/perform';
import type { RecordType } from '../../../kernel/record';
import { absent, malformed, Refusal } from '../../../kernel/refusal';
import { type Sentence, say, wrong } from '../../../kernel/sentence.contract';
import { standing } from '../../../kernel/standing';
import { act } from '../act';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { type Answer, once } from '../idempotency';
import { readIfMatch } from '../if-match';
import { refusalOf } from '../problem';
import { knows, readPage, readQuery } from '../query';
import { read } from './identity';
import { type Address, find, typeOf } from './records';

type Child = Address & { id: string };
type Page = { items: { id: string }[]; next: string | null };

/** What hangs on a record: conversation, files, links, watchers. Oldest first, paged by the last id. */
export function childRoutes(server: FastifyInstance, app: App): void {
  const on = async (request: FastifyRequest<{ Params: Address }>) => {
    const type = typeOf(app, request.params.plural);
    const context = contextOf(app, request);
    return { type, context, row: await find(context, type, request.params.number) };
  };
  const listing = (
    name: string,
    read: (context: Context, type: RecordType, row: Row, limit: number, after?: string) => Promise<Page>,
  ) =>
    server.get<{ Params: Address }>(`/api/v1/:plural/:number/${name}`, async (request) => {
      const query = readQuery(request);
      knows(query, 'limit', 'cursor');
      if (query.cursor !== undefined && !isId(query.cursor))
        throw malformed('cursor', say`This cursor belongs to another list.`);
      const limit = readPage(query);
      const { type, context, row } = await on(request);
      return read(context, type, row, limit, query.cursor);
    });
  listing('comments', commentsOf);
  listing('attachments', attachmentsOf);
  listing('links', (context, _type, row, limit, after) => linksOf(context, row, limit, after));
  listing('watchers', (context, _type, row, limit, after) => watchersOf(context, row, limit, after));

  listing('tasks', tasksOf);
  listing('time-entries', timeEntriesOf);

  server.get<{ Params: Child }>('/api/v1/:plural/:number/comments/:id', async (request) => {
    const { type, context, row } = await on(request);
    return commentOf(context, type, row, childId(request.params.id, say`comment`));
  });

  server.get<{ Params: Child }>('/api/v1/:plural/:number/attachments/:id', async (request, reply) => {
    const { type, context, row } = await on(request);
    const id = childId(request.params.id, say`file`);
    const [found] = (await attachmentsOf(context, type, row, 1, undefined, id)).items;
    if (!found) throw absent(say`file`);
    return reply
      .type(found.media_type)
      .header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`)
      .header('Content-Security-Policy', "sandbox; default-src 'none'")
      .send(await contentOf(context, id));
  });

  attaching(server, app, 'attachments', async ({ context, type, row }, verb, input) => {
    const { line } = await performOne(context, verb, { id: String(row.id), input });
    const [made] = (await attachmentsOf(context, type, row, 1, undefined, input.file.id)).items;
    return { status: 201, body: withUndo(context, line, made), location: made?.href };
  });
  // Under its own name the verb answers as every verb does: with the record.
  attaching(server, app, 'attach', ({ context, row }, verb, input, version) =>
    act(context, verb, { id: String(row.id), input, version }),
  );

  adding(server, app, 'links', 'link', (context, _type, row, id) => linksOf(context, row, 1, idBefore(id)));
  adding(server, app, 'watchers', 'watch', (context, _type, row, id) => watchersOf(context, row, 1, idBefore(id)));
  adding(server, app, 'time-entries', 'book', (context, type, row, id) =>
    timeEntriesOf(context, type, row, 1, idBefore(id)),
  );
  addingTasks(server, app);
  ticking(server, app);
  rebooking(server, app);
  removing(server, app, 'time-entries', 'unbook', 'entry_id', say`time entry`);
  removing(server, app, 'tasks', 'untask', 'task_id', say`task`);
  removing(server, app, 'links', 'unlink', 'link_id', say`link`);
  removing(server, app, 'watchers', 'unwatch', 'watcher_id', say`watcher`);
  removing(server, app, 'attachments', 'detach', 'attachment_id', say`attachment`);
}

type Reader = (context: Context, type: RecordType, row: Row, id: string) => Promise<Page>;

interface Uploaded {
  readonly file: { readonly id: string; readonly [name: string]: unknown };
  readonly internal: boolean;
}

/** Takes a form with a file, keeps its bytes and attaches it. */
function attaching(
  server: FastifyInstance,
  app: App,
  name: 'attachments' | 'attach',
  answer: (
    at: Awaited<ReturnType<typeof located>>,
    verb: Verb,
    input: Uploaded,
    version?: readonly number[],
  ) => Promise<Answer>,
): void {
  server.post<{ Params: Address }>(`/api/v1/:plural/:number/${name}`, async (request, reply) => {
    if (!request.isMultipart()) throw new Refusal('media_type', say`Send a multipart form with the part file.`);
    const upload = await readUpload(request);
    const sha256 = createHash('sha256').update(upload.content).digest('hex');
    const work = async (db: Context['db']): Promise<Answer> => {
      const kind = mediaTypeOf(upload.name, upload.content);
      if ('refused' in kind) throw new Refusal('media_type', kind.refused);
      const at = await located(app, request, db);
      const id = newId(at.context.now);
      await keepContent(at.context, id, upload.content);
      const file = { id, name: upload.name, ...kind, size: upload.content.length, sha256 };
      const version = name === 'attach' ? readIfMatch(request) : undefined;
      return answer(at, verbOf(app, at.type, 'attach'), { file, internal: upload.internal }, version);
    };
    return once(app, request, reply, work, { sha256, name: upload.name, internal: upload.internal });
  });
}

function adding(server: FastifyInstance, app: App, name: string, verb: string, read: Reader): void {
  server.post<{ Params: Address }>(`/api/v1/:plural/:number/${name}`, (request, reply) =>
    once(app, request, reply, async (db): Promise<Answer> => {
      const { type, context, row } = await located(app, request, db);
      const done = await performOne(context, verbOf(app, type, verb), { id: String(row.id), input: request.body });
      const told = done.line?.changes[0]?.after as { id: string };
      const [made] = (await read(context, type, row, told.id)).items;
      const body = withUndo(context, done.line, made);
      return { status: 201, body, location: `/api/v1/${type.plural}/${row.number}/${name}/${told.id}` };
    }),
  );
}

/** What is answered, and how what was done is taken back. */
function withUndo(context: Context, line: Line | null, body: object | undefined): object | undefined {
  const undo = undoOf(context, line);
  return undo ? { ...body, undo } : body;
}

/** One step answers itself; a checklist answers the list of what was added. */
function addingTasks(server: FastifyInstance, app: App): void {
  server.post<{ Params: Address }>('/api/v1/:plural/:number/tasks', (request, reply) =>
    once(app, request, reply, async (db): Promise<Answer> => {
      const { type, context, row } = await located(app, request, db);
      const done = await performOne(context, verbOf(app, type, 'task'), { id: String(row.id), input: request.body });
      const added = (done.line?.changes[0]?.after ?? []) as { id: string }[];
      const ids = added.map(({ id }) => id);
      const made = await tasksOf(context, type, row, ids.length, undefined, ids);
      const at = `/api/v1/${type.plural}/${row.number}/tasks`;
      return ids.length === 1 && made.items[0]
        ? { status: 201, body: withUndo(context, done.line, made.items[0]), location: `${at}/${ids[0]}` }
        : { status: 201, body: withUndo(context, done.line, made), location: at };
    }),
  );
}

/** Each part is read as the verb reads it. */
const rebooked = z.strictObject({ minutes: z.unknown(), what: z.unknown(), at: z.unknown() }).partial();
const done = z.strictObject({ done: z.boolean(wrong`done is true or false.`) });

function ticking(server: FastifyInstance, app: App): void {
  server.patch<{ Params: Child }>('/api/v1/:plural/:number/tasks/:id', (request, reply) =>
    once(app, request, reply, async (db): Promise<Answer> => {
      const { type, context, row } = await located(app, request, db);
      const id = childId(request.params.id, say`task`);
      mayChange(request);
      const refusal = standing(context, verbOf(app, type, 'tick'), row);
      if (refusal) throw refusal;
      const wanted = read(done, request.body);
      const verb = verbOf(app, type, wanted.done ? 'tick' : 'untick');
      const { line } = await performOne(context, verb, { id: String(row.id), input: { task_id: id } });
      const [step] = (await tasksOf(context, type, row, 1, undefined, [id])).items;
      return { status: 200, body: withUndo(context, line, step) };
    }),
  );
}

/** What is booked is changed in part: what is left out stays. */
function rebooking(server: FastifyInstance, app: App): void {
  server.patch<{ Params: Child }>('/api/v1/:plural/:number/time-entries/:id', (request, reply) =>
    once(app, request, reply, async (db): Promise<Answer> => {
      const { type, context, row } = await located(app, request, db);
      const id = childId(request.params.id, say`time entry`);
      const verb = verbOf(app, type, 'rebook');
      mayChange(request);
      const refusal = standing(context, verb, row);
      if (refusal) throw refusal;
      const input = { ...read(rebooked, request.body), entry_id: id };
      const { line } = await performOne(context, verb, { id: String(row.id), input });
      const [entry] = (await timeEntriesOf(context, type, row, 1, idBefore(id))).items;
      return { status: 200, body: withUndo(context, line, entry) };
    }),
  );
}

function removing(server: FastifyInstance, app: App, name: string, verb: string, field: string, what: Sentence): void {
  server.delete<{ Params: Child }>(`/api/v1/:plural/:number/${name}/:id`, (request, reply) =>
    once(app, request, reply, async (db): Promise<Answer> => {
      const { type, context, row } = await located(app, request, db);
      const id = childId(request.params.id, what);
      const { line } = await performOne(context, verbOf(app, type, verb), {
        id: String(row.id),
        input: { [field]: id },
      });
      return { status: 204, body: withUndo(context, line, {}) };
    }),
  );
}

async function located(app: App, request: FastifyRequest<{ Params: Address }>, db: Context['db']) {
  const type = typeOf(app, request.params.plural);
  const context = contextOf(app, request, db);
  return { type, context, row: await find(context, type, request.params.number) };
}

function verbOf(app: App, type: RecordType, name: string): Verb {
  const verb = app.house.verbs.get(`${type.type}.${name}`);
  if (!verb) throw new Refusal('absent', say`${calledMany(type)} have nothing of this kind.`);
  return verb;
}

function childId(text: string, what: Sentence): string {
  if (!isId(text)) throw absent(what);
  return text.toLowerCase();
}

async function readUpload(request: FastifyRequest): Promise<{ name: string; content: Buffer; internal: boolean }> {
  let found: { name: string; content: Buffer } | undefined;
  let internal = false;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file' && part.fieldname === 'file')
        found = { name: cleanName(part.filename), content: await part.toBuffer() };
      else if (part.type === 'file') await part.toBuffer();
      else if (part.fieldname === 'internal') internal = part.value === 'true';
    }
  } catch (error) {
    // The parser throws plain errors for a form it cannot read: no boundary, no end.
    throw refusalOf(error) ?? new Refusal('malformed', say`The form cannot be read.`);
  }
  if (!found)
    throw new Refusal('invalid', say`The part file is missing.`, [{ field: 'file', message: say`A file is needed.` }]);
  return { ...found, internal };
}

/** A name without path and control characters. */
function cleanName(name: string | undefined): string {
  const last = (name ?? '').replaceAll('\\', '/').split('/').pop() ?? '';
  const clean = [...last.toWellFormed()]
    .filter((letter) => letter >= ' ' && letter !== '\u007f')
    .join('')
    .trim();
  return clean.slice(-200).toWellFormed() || 'file';
}
