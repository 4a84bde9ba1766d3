import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Why } from './parts';

/** By which rule an incident came to its team, as its line told it; null when somebody chose it. */
export async function assignmentOf(context: Context, record: Row): Promise<{ sentence: string; why: Why } | null> {
  const [found] = await rows<{ sentence: string | null; chosen: string | null }>(
    context.db,
    sql`select h.why ->> 'rule' as sentence, h.why ->> 'chosen' as chosen from history h
        where h.record_id = ${record.id}::uuid and h.why ? 'team'
          and h.why -> 'team' ->> 'id' = ${record.team_id ?? null} order by h.id desc limit 1`,
  );
  if (!found?.sentence) return null;
  return {
    sentence: found.sentence,
    why: { rule: 'assignment', inputs: {}, alternatives: found.chosen ? { chosen: found.chosen } : {} },
  };
}
