import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';

type Side = { readonly own: string; readonly other: 'person' | 'team'; readonly theirs: string };

/** A membership stands on both sides: on the team as `member_ids`, on the person as `team_ids`. */
const sides: Readonly<Record<string, Side>> = {
  team: { own: 'member_ids', other: 'person', theirs: 'team_ids' },
  person: { own: 'team_ids', other: 'team', theirs: 'member_ids' },
};

const ids = (row: Row | null, name: string) => ((row?.[name] as string[] | null | undefined) ?? []).map(String);

/** For each record of the other side: what joins its list and what leaves it. */
function movesIn(lines: readonly Line[], own: string) {
  const moves = new Map<string, { join: Set<string>; leave: Set<string> }>();
  const of = (id: string) => {
    const known = moves.get(id) ?? { join: new Set<string>(), leave: new Set<string>() };
    moves.set(id, known);
    return known;
  };
  for (const line of lines) {
    const [before, after] = [ids(line.before, own), ids(line.after, own)];
    for (const id of after) if (!before.includes(id)) of(id).join.add(line.record_id);
    for (const id of before) if (!after.includes(id)) of(id).leave.add(line.record_id);
  }
  return moves;
}

/** Whoever sets one side of a membership has set the other: the same transaction writes it there, if it is not yet. */
export const keepTeamsTogether: Together[] = Object.entries(sides).map(([type, { own, other, theirs }]) => ({
  name: `members of ${type}`,
  on: (line) => line.type === type && line.changes.some(({ field }) => field === own),
  react: async (context, lines, past) => {
    const moves = past ? new Map() : movesIn(lines, own);
    if (moves.size === 0) return;
    const known = await rows<Row>(
      context.db,
      sql`select id, ${sql.ref(theirs)} from ${sql.table(other)} where id = any(${[...moves.keys()]}::uuid[])`,
    );
    const items = known.flatMap((row) => {
      const { join, leave } = moves.get(String(row.id))!;
      const now = ids(row, theirs);
      const next = [...now.filter((id) => !leave.has(id)), ...[...join].filter((id) => !now.includes(id))];
      return next.length === now.length && next.every((id, at) => id === now[at])
        ? []
        : [{ id: String(row.id), input: { [theirs]: next } }];
    });
    const verb = context.house.verbs.get(`${other}.regroup`);
    if (verb && items.length > 0)
      await perform({ ...context, cause: { line: lines[0]!.id }, depth: lines[0]!.depth + 1 }, verb, items);
  },
}));
