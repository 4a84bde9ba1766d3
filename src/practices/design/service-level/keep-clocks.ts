import type { Context } from '../../../kernel/command';
import type { Line } from '../../../kernel/history';
import { bookOf, likelyBook } from './book';
import type { Book, PromisedType } from './book.rules';
import type { ClockRow } from './clock-row.rules';
import { type Known, readKnown, writeJudged } from './clock-table';
import { type Case, clockKey, type Judged, judge } from './judge.rules';
import { movesClocks, type ToldLine } from './record-events.rules';

/** Lines of one record in one set of verbs, and what came of judging it. */
interface Group {
  readonly kind: PromisedType;
  readonly lines: readonly Line[];
  /** Made in this very set: all its history is at hand. */
  readonly fresh: boolean;
}

interface Judgement {
  readonly book: Book;
  readonly groups: readonly Group[];
  readonly judged: readonly Judged[];
  readonly gone: readonly ClockRow[];
}

/** Between the write and what comes after it, a judgement waits under the first of its lines. */
const waiting = new WeakMap<Line, Judgement>();

const told = (line: Line): ToldLine => ({
  name: line.name,
  at: line.at.getTime(),
  recorded_at: line.recorded_at.getTime(),
  actor_id: line.actor_id,
  actor_kind: line.actor_kind,
  changes: line.changes,
});

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
    }))
    .filter((group) => group.fresh || group.lines.some(movesClocks));
}

const openedAt = (group: Group): number => new Date(group.lines.at(-1)!.after.opened_at as Date).getTime();
const idOf = (group: Group): string => group.lines[0]!.record_id;

/** `written`: the lines are in the table already, and are read from there with the others. */
async function judgeGroups(
  context: Context,
  groups: readonly Group[],
  past: boolean,
  written: boolean,
  token?: string,
): Promise<Judgement> {
  const ids = groups.filter((group) => !group.fresh).map(idOf);
  const known: Known | undefined = ids.length > 0 ? await readKnown(context.db, ids) : undefined;
  const named = known?.token ?? token;
  const book = named ? await bookOf(context.db, named) : likelyBook();
  const now = context.now.getTime();
  const gone: ClockRow[] = [];
  const judged = groups.map((group) => {
    const id = idOf(group);
    const clocks = known?.clocks.get(id) ?? [];
    const before = group.fresh ? [] : (known?.lines.get(id) ?? []);
    const one: Case = {
      record_id: id,
      opened_at: openedAt(group),
      lines: written && !group.fresh ? before : [...before, ...group.lines.map(told)],
      told: past ? null : new Map(clocks.map((clock) => [clockKey(clock), clock.told])),
    };
    const result = judge(book, group.kind, one, now);
    const still = new Set(result.rows.map(clockKey));
    gone.push(...clocks.filter((clock) => !still.has(clockKey(clock))));
    return result;
  });
  return { book, groups, judged, gone };
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
    groups[at]!.lines.at(-1)!.after.due_at = due_at === null ? null : new Date(due_at);
}

/** After the write: the clocks themselves. Judges anew when the book was changed meanwhile. */
export async function keepClocks(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  lines: readonly Line[],
  past: boolean,
): Promise<void> {
  const foreseen = waiting.get(lines[0]!);
  const all = foreseen?.groups ?? grouped(kinds, lines);
  if (all.length === 0) return;
  let judgement = foreseen ?? (await judgeGroups(context, all, past, true));
  let first = waiting.delete(lines[0]!);
  for (;;) {
    const { book, judged, gone, groups } = judgement;
    // New records bear their due instant already, unless they were judged by a book that is out of date.
    const dues = first ? judged.filter((_one, at) => !groups[at]!.fresh) : judged;
    const token = await writeJudged(context.db, book.token, judged, gone, dues);
    if (token === book.token) return;
    first = false;
    judgement = await judgeGroups(context, groups, past, true, token);
    setDues(judgement);
  }
}

/** Judges records anew, as they stand in their history: after a change of agreement or calendar. */
export async function judgeAnew(
  context: Context,
  kinds: ReadonlyMap<string, PromisedType>,
  records: readonly { id: string; type: string; opened_at: Date }[],
): Promise<void> {
  if (records.length === 0) return;
  const known = await readKnown(
    context.db,
    records.map(({ id }) => id),
  );
  const book = await bookOf(context.db, known.token);
  const gone: ClockRow[] = [];
  const judged = records.map(({ id, type, opened_at }) => {
    const clocks = known.clocks.get(id) ?? [];
    const result = judge(
      book,
      kinds.get(type)!,
      {
        record_id: id,
        opened_at: opened_at.getTime(),
        lines: known.lines.get(id) ?? [],
        told: new Map(clocks.map((clock) => [clockKey(clock), clock.told])),
      },
      context.now.getTime(),
    );
    const still = new Set(result.rows.map(clockKey));
    gone.push(...clocks.filter((clock) => !still.has(clockKey(clock))));
    return result;
  });
  const token = await writeJudged(context.db, book.token, judged, gone, judged);
  if (token !== book.token) await judgeAnew(context, kinds, records);
}
