import { automatic } from './actor';
import type { Context } from './command';
import { type Db, rows, sql, transact } from './database';
import type { House } from './house';
import { performSparing } from './perform-sparing';
import { type TimerSet, timersSql } from './write';

interface TimerRow {
  id: string;
  record_id: string;
  key: string;
  type: string;
  verb: string;
  due_at: Date;
  input: Record<string, unknown>;
  reason: string;
}

/** So many are fired at once. */
const most = 500;

/** How long a timer waits whose verb met a fault of ours, in milliseconds. */
const putOffMs = 300_000;

/**
 * Fires timers that are due, in sets of one verb, through the door. What no longer fits (another state, gone, hidden)
 * is done, not tried again. A late timer's line is dated when it was due. One that meets a fault of ours is reported
 * and put off, so that the others fire. Answers how many were taken.
 */
export async function fireTimers(db: Db, house: House, now: Date, report?: (fault: unknown) => void): Promise<number> {
  return transact(db, async (trx) => {
    const failed: TimerSet[] = [];
    // Those of what is switched off rest, and fire late when it is on again.
    const resting = house.off.size > 0 ? sql`and type <> all(${[...house.off]}::text[])` : sql``;
    const due = await rows<TimerRow>(
      trx,
      sql`delete from timer where id in (
            select id from timer where due_at <= ${now} ${resting} order by due_at limit ${most} for update skip locked)
          returning id, record_id, key, type, verb, due_at, input, reason`,
    );
    const sets = new Map<string, TimerRow[]>();
    for (const timer of due.sort((a, b) => a.due_at.getTime() - b.due_at.getTime())) {
      const at = `${timer.type}.${timer.verb}\n${timer.due_at.getTime()}`;
      // A record takes part once in a set: another timer of it at the same time goes after.
      let key = at;
      for (let turn = 1; sets.get(key)?.some((one) => one.record_id === timer.record_id); turn++)
        key = `${at}\n${turn}`;
      sets.set(key, [...(sets.get(key) ?? []), timer]);
    }
    for (const set of sets.values()) {
      const first = set[0]!;
      const verb = house.verbs.get(`${first.type}.${first.verb}`);
      if (!verb) continue;
      const context: Context = {
        db: trx,
        house,
        actor: automatic('timer', 'Timer'),
        now,
        at: first.due_at,
        cause: { timer: first.reason },
        why: { timer: first.reason, due_at: first.due_at },
      };
      const results = await performSparing(
        context,
        verb,
        set.map((timer) => ({ id: timer.record_id, input: timer.input })),
        report,
      );
      const later = new Date(now.getTime() + putOffMs);
      for (const [at, { record_id, ...timer }] of set.entries())
        if (!results[at]) failed.push({ ...timer, record: { id: record_id }, at: later });
    }
    for (const statement of timersSql(failed, now)) await statement.execute(trx);
    return due.length;
  });
}
