import { type Row, type Sql, sql } from '../../../kernel/database';
import type { RecordType } from '../../../kernel/record';
import type { ClockRow } from './clock-row.rules';

/** A promise that ended, or one that counted as ended and no longer does. */
export interface EndedPromise {
  /** The record it is about, with its department, team and the rest as they stand. */
  readonly record: Row;
  readonly target: string;
  readonly ended_at: Date;
  readonly met: boolean;
  /** 1: counts from now on; -1: counts no longer. */
  readonly sign: 1 | -1;
}

/** Makes statements that count promises; each must write only where `current` holds. */
export type CountPromises = (ended: readonly EndedPromise[], current: Sql) => readonly Sql[];

const counts = ({ ended_at, state }: ClockRow): boolean =>
  ended_at !== null && (state === 'met' || state === 'breached');

const dimensions = ['type', 'department', 'organization_id', 'team_id', 'service_id', 'priority'];

const countedAs = (clock: ClockRow): string => `${clock.target} ${clock.cycle} ${clock.state} ${clock.ended_at}`;

/**
 * What ended promises of one record count from now on, and what they count no longer: those that ended or run again, and
 * all of them when the record belongs to another team, service or priority.
 */
export function endedPromises(
  before: { readonly record: Row | null; readonly clocks: readonly ClockRow[] },
  after: { readonly record: Row; readonly clocks: readonly ClockRow[] },
): EndedPromise[] {
  const told = (record: Row, clocks: readonly ClockRow[], sign: 1 | -1): EndedPromise[] =>
    clocks.map((clock) => ({
      // A team's time is its own, whoever holds the record now.
      record: clock.team_id === null ? record : { ...record, team_id: clock.team_id },
      target: clock.target,
      ended_at: new Date(clock.ended_at!),
      met: clock.state === 'met',
      sign,
    }));
  const old = before.clocks.filter(counts);
  const now = after.clocks.filter(counts);
  const { record } = before;
  if (record === null || old.length === 0) return told(after.record, now, 1);
  if (dimensions.some((name) => (record[name] ?? null) !== (after.record[name] ?? null)))
    return [...told(record, old, -1), ...told(after.record, now, 1)];
  const [were, are] = [new Set(old.map(countedAs)), new Set(now.map(countedAs))];
  return [
    ...told(
      record,
      old.filter((clock) => !are.has(countedAs(clock))),
      -1,
    ),
    ...told(
      after.record,
      now.filter((clock) => !were.has(countedAs(clock))),
      1,
    ),
  ];
}

/** All ended promises about records of a type as they stand, with the dimensions figures are asked by. */
export function endedPromisesOf(type: RecordType): Sql {
  return sql`select (c.ended_at at time zone 'UTC')::date as day, r.type, c.target as key, r.department, o.organization_id,
      coalesce(c.team_id, r.team_id) as team_id,
      o.service_id, r.priority, (c.state = 'met')::int as met
    from clock c join record r on r.id = c.record_id join ${sql.table(type.table)} o on o.id = c.record_id
    where r.type = ${type.type} and c.ended_at is not null and c.state in ('met', 'breached')`;
}
