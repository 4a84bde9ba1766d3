import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import { isId } from '../../kernel/id';
import { load } from '../../kernel/load';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { idsInWhy, isHiddenWhy, show, someRule } from '../reading';
import { undoable } from './until';

/** What a rule of the organisation did to a record because of an act. */
export interface Led {
  readonly id: string;
  readonly record_id: string;
  readonly name: string;
  /** The rule, as its line names it to who takes the act back. */
  readonly rule: string;
  /** It is for the team alone, and who takes the act back is not of it: it goes back, and nothing is said of it. */
  readonly untold: boolean;
}

/** One line to be taken back. */
type Asked = { readonly id?: string; readonly input?: unknown; readonly version?: readonly number[] };

export const lineOf = (item: Asked): string | undefined => {
  const line = (item.input as { line?: unknown } | null | undefined)?.line;
  return typeof line === 'string' && isId(line) ? line.toLowerCase() : undefined;
};

/**
 * What rules did because of these lines, by line, the last first; also because of what another rule did because of it.
 * The records are locked first: a rule that is just acting is waited for, one that comes later finds the act taken back.
 */
export async function ledByRules(
  context: Context,
  type: RecordType,
  items: readonly Asked[],
): Promise<Map<string, Led[]>> {
  const ids = items.flatMap(({ id }) => id ?? []);
  const seen = new Map(
    (await load(context, type, ids, { lock: true })).flatMap((row) => [
      [String(row.id), row],
      [String(row.number), row],
    ]),
  );
  // Who asks for another version than it has is refused; nothing is taken back for them.
  const asked = new Set(
    items.flatMap((item) => {
      const row = seen.get(item.id ?? '');
      return row && (item.version?.includes(Number(row.version)) ?? true) ? (lineOf(item) ?? []) : [];
    }),
  );
  if (asked.size === 0) return new Map();
  const found = await rows<
    Omit<Led, 'rule' | 'untold'> & { why: Row; internal: boolean; cause: string; gone: boolean }
  >(
    context.db,
    sql`select h.id, h.record_id, h.name, h.why, h.internal, h.cause ->> 'line' as cause,
          exists (select 1 from history u where u.record_id = h.record_id and u.id > h.id and u.name like '%.undone'
            and u.cause ->> 'line' = h.id::text) as gone
        from history x join history h on h.record_id = x.record_id and h.id > x.id
        where x.id ${among([...asked])} and x.record_id ${among([...new Set([...seen.values()].map(({ id }) => String(id)))])}
          and h.actor_kind = 'rule' and h.why ? 'rule_id' and h.cause ? 'line' order by h.id`,
  );
  const roots = new Map([...asked].map((line) => [line, line]));
  const led = new Map<string, Led[]>();
  const shown = await show(
    context,
    found.flatMap(({ why }) => idsInWhy(why)),
  );
  for (const { cause, gone, why, internal, ...one } of new Map(found.map((one) => [one.id, one])).values()) {
    const root = roots.get(cause);
    if (!root) continue;
    roots.set(one.id, root);
    if (gone || !undoable(context.house, type, one.name)) continue;
    const rule = isHiddenWhy(why, shown) ? someRule : String(why.rule);
    const untold = internal && !holdsAny(type.team, seen.get(one.record_id)!, context.actor);
    led.set(root, [{ ...one, rule, untold }, ...(led.get(root) ?? [])]);
  }
  return led;
}
