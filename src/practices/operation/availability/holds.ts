import type { Child, Context, FactItem } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';

/** A cause that holds an outage now. */
export interface Hold {
  readonly id: string;
  readonly record_id: string;
  readonly cause_id: string;
}

/** What holds each of these outages now, the oldest first. */
export async function holdsOf(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Hold[]>> {
  const found = await rows<Hold>(
    context.db,
    sql`select id, record_id, cause_id from outage_hold where record_id ${among(items.map(({ key }) => key))}
        and until is null order by id`,
  );
  return new Map(items.map(({ key }) => [key, found.filter(({ record_id }) => record_id === key)]));
}

/** The causes that hold it; one that came in with its past is held by the cause it names. */
export const causesOf = (outage: Row, holds: readonly Hold[]): string[] => {
  if (holds.length > 0) return holds.map(({ cause_id }) => cause_id);
  return outage.cause_id ? [String(outage.cause_id)] : [];
};

/** Rows for causes that begin to hold it. */
export const holding = (context: Context, causes: readonly string[]): Child[] =>
  causes.map((cause_id) => ({
    table: 'outage_hold',
    insert: { id: newId(context.now), cause_id, since: context.now },
  }));

/** A further cause beside those that hold it; those that are only named are written down with it. */
export const holdToo = (context: Context, outage: Row, holds: readonly Hold[], cause: unknown): Child[] => {
  const causes = causesOf(outage, holds);
  if (typeof cause !== 'string' || (causes.includes(cause) && holds.length > 0)) return [];
  return holding(context, [...new Set([...(holds.length === 0 ? causes : []), cause])]);
};
