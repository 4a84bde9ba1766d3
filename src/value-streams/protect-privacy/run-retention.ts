import { dueForRetention } from '../../commons/retention';
import { theSystemItself } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Row, transact } from '../../kernel/database';
import { perform, performOne } from '../../kernel/perform';

const batch = 200;

/**
 * Runs a retention rule now: in small transactions, so that a run that is stopped half-way goes on where it was. Each
 * record's line says which rule took what. Answers how many records it went through.
 */
export async function runRetention(outer: Context, rule: Row): Promise<number> {
  const why = { rule: rule.number, rule_id: rule.id, after_days: rule.after_days };
  const context: Context = { ...outer, actor: { ...theSystemItself, kind: 'rule', name: String(rule.number) }, why };
  const verb = context.house.verbs.get(`${rule.record_type}.expire`);
  if (!verb) return 0;
  const input = { fields: rule.fields, conversation: rule.conversation, attachments: rule.attachments };
  let done = 0;
  for (;;) {
    const ids = await dueForRetention(outer, rule, batch);
    if (ids.length === 0) break;
    const results = await transact(context.db, (db) =>
      perform(
        { ...context, db },
        verb,
        ids.map((id) => ({ id, input })),
      ),
    );
    const refused = results.find((result) => !result.ok);
    if (refused && !refused.ok) throw refused.refusal;
    done += ids.length;
  }
  await performOne(context, context.house.verbs.get('retention_rule.report')!, {
    id: String(rule.id),
    input: { count: done },
  });
  return done;
}
