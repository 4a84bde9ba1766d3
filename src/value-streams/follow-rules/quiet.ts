import { addWorkingTime } from '../../commons/calendar';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Afterwards } from '../../kernel/house';
import { type TimerSet, timersSql } from '../../kernel/write';
import { hoursOf } from '../../practices/design/service-level';
import {
  type ActionRule,
  actionRulesInForce,
  calledInTexts,
  countsFrom,
  incidentPromises,
  isFor,
} from '../../practices/operation/incident';

const minuteMs = 60_000;

interface Waiting {
  readonly record: Row;
  /** From when it counts. */
  readonly from: Date;
}

/** The timers by which a quiet rule speaks, if nothing happens until then. */
async function timersFor(context: Context, rule: ActionRule, waiting: readonly Waiting[]): Promise<TimerSet[]> {
  const length = Number(rule.minutes) * minuteMs;
  const matched = waiting.map(({ record }) => ({
    service_id: (record.service_id as string | null) ?? null,
    organization_id: (record.organization_id as string | null) ?? null,
    department: (record.department as string | null) ?? null,
    priority: (record.priority as number | null) ?? null,
    opened_at: new Date(String(record.opened_at)),
  }));
  const hours = rule.working_time
    ? await hoursOf(context.db, incidentPromises, matched, context.now)
    : waiting.map(() => null);
  return waiting.flatMap(({ record, from }, at) => {
    const calendar = hours[at];
    const due = calendar ? addWorkingTime(calendar, from.getTime(), length) : from.getTime() + length;
    return due === null ? [] : [timer(rule, record, new Date(due))];
  });
}

const timer = (rule: ActionRule, record: Row, at: Date | null): TimerSet => ({
  record,
  type: 'incident',
  key: `rule ${rule.id}`,
  verb: 'wait',
  at,
  reason: calledInTexts(rule),
  input: { rule_id: rule.id },
});

async function setTimers(context: Context, timers: readonly TimerSet[]): Promise<void> {
  for (const statement of timersSql(timers, context.now)) await statement.execute(context.db);
}

/** Whatever happened: rules that wait for nothing to happen wait anew, or no longer. */
export async function waitAnew(
  context: Context,
  rules: readonly ActionRule[],
  lines: readonly Line[],
  records: ReadonlyMap<string, Row>,
): Promise<void> {
  const timers: TimerSet[] = [];
  for (const rule of rules.filter(({ occasion }) => occasion === 'quiet')) {
    const waiting: Waiting[] = [];
    for (const line of lines) {
      const record = records.get(line.record_id);
      if (!record) continue;
      if (!isFor(rule, record)) timers.push(timer(rule, record, null));
      else if (countsFrom(rule.since, line)) waiting.push({ record, from: new Date(line.at) });
    }
    timers.push(...(await timersFor(context, rule, waiting)));
  }
  await setTimers(context, timers);
}

/** The newest so many open incidents wait for a rule that is switched on while they are open. */
const most = 20_000;

/** A quiet rule that is switched on, or altered while it is, counts for what is open from then on. */
export const beginToWait: Afterwards = {
  name: 'quiet rules begin to wait',
  on: (line) => line.type === 'action_rule' && ['activate', 'edit'].includes(line.verb),
  async react(context, lines) {
    const rules = await actionRulesInForce(
      context.db,
      lines.map(({ record_id }) => record_id),
    );
    const quiet = rules.filter(({ occasion }) => occasion === 'quiet');
    if (quiet.length === 0) return;
    const open = await rows<Row>(
      context.db,
      sql`select r.id, r.state, r.opened_at, r.department, r.priority, i.service_id, i.organization_id
          from record r join incident i on i.id = r.id
          where r.type = 'incident' and r.state_category in ('open', 'paused', 'stopped')
          order by r.opened_at desc nulls last, r.id limit ${most}`,
    );
    for (const rule of quiet) {
      const mine = open.filter((record) => isFor(rule, record));
      await setTimers(
        context,
        await timersFor(
          context,
          rule,
          mine.map((record) => ({ record, from: context.now })),
        ),
      );
    }
  },
};
