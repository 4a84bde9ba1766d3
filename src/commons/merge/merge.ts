import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import { holdsAny, outsideWalls } from '../../kernel/policy';
import { sightOf } from '../../kernel/references';

/** A record that stands for others, or that others stand for: its kernel's row. */
export interface Merged {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly title: string;
  readonly row: Row;
}

const columns = sql`r.id, r.type, r.number, r.title, to_jsonb(r) - 'custom' as row`;

/** Questions under way: the parts of a page ask the same at the same time. */
const asked = new WeakMap<Context, Map<unknown, Promise<Merged[]>>>();

/** What was merged into a record, and into that, as far as the caller sees it; the first merged first. */
export function mergedInto(context: Context, id: unknown): Promise<Merged[]> {
  const mine = asked.get(context) ?? new Map<unknown, Promise<Merged[]>>();
  asked.set(context, mine);
  const under = mine.get(id) ?? readMergedInto(context, id).finally(() => mine.delete(id));
  mine.set(id, under);
  return under;
}

async function readMergedInto(context: Context, id: unknown): Promise<Merged[]> {
  return rows<Merged>(
    context.db,
    sql`with recursive part as (
        select id from record where merged_into_id = ${id}::uuid
        union select r.id from record r join part p on r.merged_into_id = p.id)
      select ${columns} from record r where r.id in (select id from part)
        and ${sightOf(context, [...context.house.types.values()])} order by r.state_since, r.id`,
  );
}

/**
 * The records that stand for this one, the nearest first, with the instant from which each does. They need not be in
 * sight, as whoever asked is answered there; what lies behind a wall of theirs is left out.
 */
export async function mastersOf(context: Context, record: Row): Promise<(Merged & { since: Date })[]> {
  if (!record.merged_into_id) return [];
  const found = await rows<Merged & { since: Date }>(
    context.db,
    sql`with recursive up (id, since, step) as (
        select ${record.merged_into_id}::uuid, ${record.state_since}::timestamptz, 1
        union all select r.merged_into_id, greatest(r.state_since, up.since), up.step + 1
          from up join record r on r.id = up.id where r.merged_into_id is not null and up.step < 20)
      select ${columns}, up.since from up join record r on r.id = up.id order by up.step`,
  );
  return found.filter(({ type, row }) => {
    const sees = context.house.types.get(type)?.sees ?? [];
    return holdsAny([outsideWalls, ...sees], row, context.actor);
  });
}

/** The records merged into any of these, each with the one it stands behind, whoever sees them. */
export async function allMergedInto(
  context: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<{ into_id: string; row: Row }[]> {
  return rows<{ into_id: string; row: Row }>(
    context.db,
    sql`with recursive part (id, into_id) as (
        select id, merged_into_id from record where merged_into_id ${among([...new Set(ids)])}
        union select r.id, p.into_id from record r join part p on r.merged_into_id = p.id)
      select part.into_id, to_jsonb(r) - 'custom' as row from part join record r on r.id = part.id`,
  );
}
