import { idsInWhy, isHiddenWhy, show, someRule } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { kept, type Sentence } from '../../kernel/sentence.contract';
import type { Why } from './parts';

/** By which rule an incident came to its team, as its line told it; null when somebody chose it. */
export async function assignmentOf(context: Context, record: Row): Promise<{ sentence: Sentence; why: Why } | null> {
  const [found] = await rows<{ told: Row & { rule?: string; chosen?: string } }>(
    context.db,
    sql`select h.why as told from history h
        where h.record_id = ${record.id}::uuid and h.why ? 'team'
          and h.why -> 'team' ->> 'id' = ${record.team_id ?? null} order by h.id desc limit 1`,
  );
  if (!found?.told.rule) return null;
  const { rule, chosen } = found.told;
  const hidden = isHiddenWhy(found.told, await show(context, idsInWhy(found.told)));
  return {
    sentence: kept(hidden ? someRule : rule),
    why: { rule: 'assignment', inputs: {}, alternatives: chosen && !hidden ? { chosen: kept(chosen) } : {} },
  };
}
