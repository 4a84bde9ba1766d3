import { type TakenLine, wholeHistories } from '../../commons/taking-back';
import { standingLines } from '../../commons/taking-back/moments.rules';
import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import { say } from '../../kernel/sentence.contract';
import type { Passing } from './where-to';

const why = { rule: String(say`Its assignee of before is back, and nobody has touched it meanwhile.`) };

/** Who moved it or began with it has touched it. */
const moving = new Set(['state', 'team_id', 'assignee_id']);

/**
 * What goes back to somebody who is there again: records that were passed on for them and not touched since, neither
 * by their new assignee nor by whoever moves work.
 */
export async function giveBack(context: Context, returned: Line): Promise<Passing[]> {
  const person = returned.record_id;
  const passed = await rows<{ id: string; record_id: string; type: string }>(
    context.db,
    sql`select h.id, h.record_id, h.type from history x
        join history h on h.tx = x.tx and h.cause ->> 'line' = x.id::text and h.name = h.type || '.passed'
        where x.record_id = ${person}::uuid and x.name = 'person.relieved' order by h.id`,
  );
  if (passed.length === 0) return [];
  const known = new Set(passed.map(({ id }) => id));
  const histories = await wholeHistories(
    context,
    passed.map(({ record_id }) => record_id),
  );
  return [...new Map(passed.map((one) => [one.record_id, one.type]))]
    .filter(([id]) => isUntouched(histories.get(id) ?? [], known))
    .map(([id, type]) => ({ type, id, input: { assignee_id: person, why } }));
}

function isUntouched(history: readonly TakenLine[], passed: ReadonlySet<string>): boolean {
  const lines = standingLines(history);
  const at = lines.findLastIndex(({ id }) => passed.has(id));
  if (at < 0) return false;
  const given = lines[at]!.changes.find(({ field }) => field === 'assignee_id');
  const receiver = given && !('erased' in given) ? given.after : null;
  return lines
    .slice(at + 1)
    .every(
      ({ actor_id, changes }) =>
        (receiver === null || actor_id !== receiver) && !changes.some(({ field }) => moving.has(field)),
    );
}
