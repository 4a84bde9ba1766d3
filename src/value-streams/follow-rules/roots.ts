import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';

interface Cause {
  readonly start: string;
  readonly id: string;
  readonly root: string | null;
}

/** The line with which everything began that led to each of these: a person's, a timer's, an alert's. */
export async function rootsOf(context: Context, lines: readonly Line[]): Promise<Map<string, string>> {
  const known = (line: Line) => (line.why as { root?: string } | null)?.root;
  const roots = new Map(lines.map((line) => [line.id, known(line) ?? line.id]));
  const led = lines.filter((line) => line.depth > 0 && !known(line)).map(({ id }) => id);
  if (led.length === 0) return roots;
  const causes = await rows<Cause>(
    context.db,
    sql`with recursive up as (
          select h.id as start, h.id, h.cause, h.why ->> 'root' as root, 0 as n from history h where h.id = any(${led}::uuid[])
          union all
          select up.start, h.id, h.cause, h.why ->> 'root', up.n + 1
          from up join history h on h.id = (up.cause ->> 'line')::uuid where up.cause ? 'line' and up.n < 20)
        select start, id, root from up order by n`,
  );
  for (const { start, id, root } of causes) roots.set(start, root ?? id);
  return roots;
}
