import { actorsOf } from '../../commons/people';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';
import { say } from '../../kernel/sentence.contract';

const told = (line: Line, field: string) => line.changes.find((change) => change.field === field)?.after;

/**
 * Who resolves a parent may resolve its open children with it: the same code and note, in the same transaction, as the
 * same person and no more than they may. Children of children follow by their own lines. What was seen in the preview
 * is what is done; a child the person may not resolve stays as it is.
 */
export const childrenToo: Together = {
  name: 'children resolved with their parent',
  on: (line) => line.name === 'incident.resolved' && told(line, 'children') === true && line.actor_id !== null,
  react: async (context, lines, past) => {
    const resolve = context.house.verbs.get('incident.resolve');
    if (past || !resolve) return;
    const people = new Map(
      (await actorsOf(context.db, [...new Set(lines.map((line) => line.actor_id!))])).map((one) => [one.id, one]),
    );
    const children = await rows<{ id: string; parent_id: string }>(
      context.db,
      sql`select i.id, i.parent_id from incident i join record r on r.id = i.id
          where i.parent_id ${among(lines.map((line) => line.record_id))} and r.state_category in ('open', 'paused')
          order by i.id`,
    );
    for (const line of lines) {
      const actor = people.get(line.actor_id);
      const mine = children.filter(({ parent_id }) => parent_id === line.record_id);
      if (!actor || mine.length === 0) continue;
      const { resolution_code, resolution_note, number } = line.after as Row;
      await perform(
        {
          ...context,
          actor,
          cause: { line: line.id },
          depth: line.depth + 1,
          why: { rule: String(say`It was resolved with ${String(number)}, the incident it is part of.`) },
        },
        resolve,
        mine.map(({ id }) => ({ id, input: { resolution_code, resolution_note, children: true } })),
      );
    }
  },
};
