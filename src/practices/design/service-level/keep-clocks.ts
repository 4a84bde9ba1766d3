import type { Context } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import type { Line } from '../../../kernel/history';
import { load } from '../../../kernel/load';
import { bookOf, likelyBook } from './book';
import type { Book, PromisedType } from './book.rules';
import { type ClockRow, sameClock } from './clock-row.rules';
import { type Known, readKnown, type Writing, writeJudged } from './clock-table';
import { type CountPromises, type EndedPromise, endedPromises } from './ended-promises';
import { type Case, clockKey, type Judged, judge } from './judge.rules';
import { movesClocks, type ToldLine } from './record-events.rules';

/** The lines of one record in one set of verbs. */
interface Group {
  readonly kind: PromisedType;
  readonly lines: readonly Line[];
  /** Made in this very set: all its history is at hand. */
  readonly fresh: boolean;
  /** Its team said something, and nothing else happened: it moves only a promise that waits for an answer. */
  readonly answered: boolean;
}

/** What came of judging a set: nothing is written yet. */
interface Judgement {
  readonly book: Book;
  readonly groups: readonly Group[];
  readonly judged: readonly Judged[];
  readonly writing: Writing;
}

/** Between the write and what comes after it, a judgement waits under the first of its lines. */
const waiting = new WeakMap<Line, Judgement>();

const told = (line: Line): ToldLine => ({
  id: line.id,
  cause: line.cause,
  name: line.name,
  at: line.at.getTime(),
  recorded_at: line.recorded_at.getTime(),
  actor_id: line.actor_id,
  actor_kind: line.actor_kind,
  changes: line.changes,
});

/** A comment of the team's side that changes nothing of the record. */
const isAnswer = ({ name, changes }: Line): boolean =>
  name.endsWith('.commented') &&
  changes.every(({ field, after }) => field === 'comment' && (after as { from?: unknown } | null)?.from === 'team');

function grouped(kinds: ReadonlyMap<string, PromisedType>, lines: readonly Line[]): Group[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const group = groups.get(line.record_id);
    if (group) group.push(line);
    else groups.set(line.record_id, [line]);
  }
  return [...groups.values()]
    .map((mine) => ({
      kind: kinds.get(mine[0]!.type)!,
      lines: mine,
      fresh: mine[0]!.before === null || Number(mine[0]!.before.version) === 0,
      answered: mine.every(isAnswer),
    }))
    .filter((group) => group.fresh || group.lines.some(movesClocks));
}

const millis = (at: unknown): number | null => (at == null ? null : new Date(at as Date).getTime());
const afterOf = (group: Group) => group.lines.at(-1)!.after;
const beforeOf = (group: Group): Row | null => (group.fresh ? null : group.lines[0]!.before);
const idOf = (group: Group): string => group.lines[0]!.record_id;

/** Sorts what was judged into what is to be written, beside what is kept. */
function writingOf(
  judged: readonly Judged[],
  isFresh: (at: number) => boolean,
  dueBefore: (at: number) => number | null,
  known: Pick<Known, 'clocks'> | undefined,
): Omit<Writing, 'ended'> {
  const writing = { fresh: [] as ClockRow[], changed: [] as ClockRow[], gone: [] as ClockRow[], dues: [] as Judged[] };
  for (const [at, one] of judged.entries()) {
    if (isFresh(at)) {
      writing.fresh.push(...one.rows);
      continue;
    }
    const before = new Map((known?.clocks.get(one.record_id) ?? []).map((clock) => [clockKey(clock), clock]));
    for (const row of one.rows) {
      const old = before.get(clockKey(row));
      if (!old || !sameClock(row, old)) writing.changed.push(row);
      before.delete(clockKey(row));
    }
    writing.gone.push(...before.values());
    if (dueBefore(at) !== one.due_at) writing.dues.push(one);
  }
  return writing;
}

/** Clocks are kept while they rest, so that they stand as if they never had; but nothing is due by them. */
const dueBy = (book: Book, judged: Judged): Judged => (book.resting ? { ...judged, due_at: null } : judged);

/** `written`: the lines are in the table already, and are read from there with the others. */
async function judgeGroups(
  context: Context,
  asked: readonly Group[],
  past: boolean,
  written: boolean,
  token?: string,
): Promise<Judgement> {
  const old = asked.filter((group) => !group.fresh);
  const known: Known | undefined =
    old.length > 0
      ? await readKnown(context.db, old.map(idOf), old.filter(({ answered }) => answered).map(idOf))
      : undefined;
  const groups = asked.filter((group) => group.fresh || !group.answered || known?.lines.has(idOf(group)));
  const named = known?.token ?? token;
  const book = named ? await bookOf(context.db, named) : likelyBook();
  const now = context.now.getTime();
  const judged = groups.map((group) => {
    const id = idOf(group);
    const before = group.fresh ? [] : (known?.lines.get(id) ?? []);
    const one: Case = {
      record_id: id,
      opened_at: millis(afterOf(group).opened_at)!,
      lines: written && !group.fresh ? before : [...before, ...group.lines.map(told)],
      told: past ? null : new Map((known?.clocks.get(id) ?? []).map((clock) => [clockKey(clock), clock.told])),
    };
    return dueBy(book, judge(book, group.kind, one, now));
  });
  const toWrite = writingOf(
    judged,
    (at) => groups[at]!.fresh,
    (at) => millis(afterOf(groups[at]!).due_at),
    known,
  );
  const ended = judged.flatMap(({ record_id, rows }, at) =>
    endedPromises(
      { record: beforeOf(groups[at]!), clocks: known?.clocks.get(record_id) ?? [] },
      { record: afterOf(groups[at]!), clocks: rows },
    ),
  );
  return { book, groups, judged, writing: { ...toWrite, ended } };
}

/** Before the write: how clocks will stand, so that the due instant is written with the record. */
export async function foreseeClocks(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  lines: readonly Line[],
  past: boolean,
): Promise<void> {
  const groups = grouped(kinds, lines);
  if (groups.length === 0) return;
  const judgement = await judgeGroups(context, groups, past, false);
  waiting.set(lines[0]!, judgement);
  setDues(judgement);
}

/** The row in hand says what the table says, also in the answer to the caller. */
function setDues({ groups, judged }: Judgement): void {
  for (const [at, { due_at }] of judged.entries())
    afterOf(groups[at]!).due_at = due_at === null ? null : new Date(due_at);
}

const isNothing = ({ changed, gone, dues, ended }: Writing): boolean =>
  changed.length === 0 && gone.length === 0 && dues.length === 0 && ended.length === 0;

/** After the write: the clocks themselves. Judges anew when the book was changed meanwhile. */
export async function keepClocks(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  lines: readonly Line[],
  past: boolean,
  count: CountPromises,
): Promise<void> {
  const foreseen = waiting.get(lines[0]!);
  waiting.delete(lines[0]!);
  const groups = foreseen?.groups ?? grouped(kinds, lines);
  if (groups.length === 0) return;
  let judgement = foreseen ?? (await judgeGroups(context, groups, past, true));
  // A known record is locked, and a review waits for that lock: if its clocks stay as they are, there is nothing to do.
  if (!groups.some((group) => group.fresh) && isNothing(judgement.writing)) return;
  for (;;) {
    const { book, writing } = judgement;
    const token = await writeJudged(context.db, book.token, writing, count);
    if (token === book.token) return;
    judgement = await judgeGroups(context, groups, past, true, token);
    // New records bear the due instant of the old book.
    const fresh = judgement.judged.filter((_one, at) => judgement.groups[at]!.fresh);
    setDues(judgement);
    judgement = { ...judgement, writing: { ...judgement.writing, dues: [...judgement.writing.dues, ...fresh] } };
  }
}

/** Judges records anew, as they stand in their history: after a change of agreement or calendar. */
export async function judgeAnew(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  records: readonly { id: string; type: string; opened_at: Date; due_at: Date | null }[],
  count: CountPromises,
): Promise<void> {
  if (records.length === 0) return;
  const known = await readKnown(
    context.db,
    records.map(({ id }) => id),
  );
  const book = await bookOf(context.db, known.token);
  const judged = records.map(({ id, type, opened_at }) => {
    const one: Case = {
      record_id: id,
      opened_at: opened_at.getTime(),
      lines: known.lines.get(id) ?? [],
      told: new Map((known.clocks.get(id) ?? []).map((clock) => [clockKey(clock), clock.told])),
    };
    return dueBy(book, judge(book, kinds.get(type)!, one, context.now.getTime()));
  });
  const toWrite = writingOf(
    judged,
    () => false,
    (at) => millis(records[at]!.due_at),
    known,
  );
  const writing = { ...toWrite, ended: await endedAnew(context, records, judged, known) };
  if (isNothing(writing)) return;
  const token = await writeJudged(context.db, book.token, writing, count);
  if (token !== book.token) await judgeAnew(context, kinds, records, count);
}

/** What counts otherwise after records were judged anew; they stay with their team and service meanwhile. */
async function endedAnew(
  context: Context,
  records: readonly { id: string; type: string }[],
  judged: readonly Judged[],
  known: Known,
): Promise<EndedPromise[]> {
  const changes = (record: Row, { record_id, rows }: Judged) =>
    endedPromises({ record, clocks: known.clocks.get(record_id) ?? [] }, { record, clocks: rows });
  const moved = judged.filter((one) => changes({}, one).length > 0);
  if (moved.length === 0) return [];
  const wanted = new Set(moved.map(({ record_id }) => record_id));
  const found = new Map<string, Row>();
  for (const name of new Set(records.map(({ type }) => type))) {
    const ids = records.filter(({ id, type }) => type === name && wanted.has(id)).map(({ id }) => id);
    for (const row of await load(context, context.house.types.get(name)!, ids)) found.set(String(row.id), row);
  }
  return moved.flatMap((one) => changes(found.get(one.record_id)!, one));
}
