import { automatic } from '../../kernel/actor';
import { rows, sql } from '../../kernel/database';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';

interface Laid {
  id: string;
  number: string;
  match: Record<string, unknown>;
  department: string | null;
  /** Its department is confidential: its steps stand on nothing outside. */
  walled: boolean;
}

const alike = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

/** A new incident gets the steps of every checklist that says it is for such incidents. */
export const layChecklists: Together = {
  name: 'checklists for new incidents',
  on: (line) => line.name === 'incident.logged',
  react: async (context, lines, past) => {
    const task = context.house.verbs.get('incident.task');
    if (past || !task) return;
    const lists = await rows<Laid>(
      context.db,
      sql`select c.id, r.number, c.match, r.department, coalesce(d.confidential, false) as walled
          from checklist c join record r on r.id = c.id left join department d on d.id = r.department
          where r.state = 'active' and c.match <> '{}'::jsonb order by r.serial`,
    );
    for (const list of lists) {
      const fitting = lines.filter(
        ({ after }) =>
          (!list.walled || after.department === list.department) &&
          Object.entries(list.match).every(([name, value]) => alike(value, after[name])),
      );
      if (fitting.length === 0) continue;
      await perform(
        {
          ...context,
          actor: automatic('rule', list.number),
          cause: { line: fitting[0]!.id },
          depth: fitting[0]!.depth + 1,
          why: { rule: list.number, rule_id: list.id, match: list.match },
        },
        task,
        fitting.map(({ record_id }) => ({ id: record_id, input: { checklist_id: list.id } })),
      );
    }
  },
};
