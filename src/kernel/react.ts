import { theSystemItself } from './actor';
import type { Context, Outcome } from './command';
import { type Sql, sql } from './database';
import { type Line, same } from './history';
import { newId } from './id';
import type { Written } from './write';

/** A chain of reactions longer than this is a loop: the last one is not begun. */
const deepest = 8;

/** Columns that reactions work out: no change of the record, and they move no version. */
const computed = ['due_at', 'queue_at'] as const;

/** What reactions settle before the write: the computed columns. */
export async function foresee(
  context: Context,
  lines: readonly Line[],
  written: readonly Written[],
  past = false,
): Promise<void> {
  const seers = context.house.together.filter((together) => together.foresee);
  if (seers.length === 0 || lines.length === 0) return;
  const before = written.map(({ row }) => computed.map((name) => row[name]));
  for (const together of seers) {
    const mine = lines.filter(together.on);
    if (mine.length > 0) await together.foresee!({ ...context, actor: theSystemItself }, mine, past);
  }
  for (const [at, { row, changed }] of written.entries())
    for (const [place, name] of computed.entries())
      if (changed !== 'new' && !same(row[name], before[at]![place])) changed.add(name);
}

/** What reactions write beside the records, and a row for each asynchronous reaction: parts of the one statement. */
export async function besides(
  context: Context,
  lines: readonly Line[],
  outcomes: ReadonlyMap<Line, Outcome>,
  past = false,
): Promise<Sql[]> {
  const system: Context = { ...context, actor: theSystemItself };
  const parts: Sql[] = [];
  for (const together of context.house.together) {
    const mine = together.beside ? lines.filter(together.on) : [];
    if (mine.length > 0) parts.push(...(await together.beside!(system, mine, past, outcomes)));
  }
  if (past) return parts;
  const asking = context.house.afterwards.flatMap((reaction) => {
    const mine = lines.filter((line) => line.depth < deepest && reaction.on(line));
    return mine.length > 0 ? [{ reaction, mine }] : [];
  });
  const always = asking.filter(({ reaction }) => !reaction.where);
  if (always.length > 0)
    parts.push(
      waiting(
        context,
        always.flatMap(({ reaction, mine }) => mine.map((line) => ({ name: reaction.name, line }))),
      ),
    );
  for (const { reaction, mine } of asking)
    if (reaction.where)
      parts.push(
        sql`${waiting(
          context,
          mine.map((line) => ({ name: reaction.name, line })),
        )} where ${reaction.where}`,
      );
  return parts;
}

/** A row for each asynchronous reaction a line asks for. */
function waiting({ now }: Context, asked: readonly { name: string; line: Line }[]): Sql {
  const later = asked.map(({ name, line }) => ({
    id: newId(now),
    name,
    line_id: line.id,
    record_id: line.record_id,
    depth: line.depth,
    due_at: now,
  }));
  return sql`insert into reaction (id, name, line_id, record_id, depth, due_at)
    select id, name, line_id, record_id, depth, due_at
    from jsonb_populate_recordset(null::public.reaction, ${JSON.stringify(later)}::jsonb)`;
}

/** Same-transaction reactions after the write, in their fixed order. */
export async function react(context: Context, lines: readonly Line[], past = false): Promise<void> {
  const system: Context = { ...context, actor: theSystemItself };
  for (const together of context.house.together) {
    const mine = together.react ? lines.filter(together.on) : [];
    if (mine.length > 0) await together.react!(system, mine, past);
  }
}
