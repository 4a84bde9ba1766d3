import type { Context } from '../../kernel/command';
import { among, type Db, one, rows, type Sql, sql } from '../../kernel/database';

/** Unfinished incidents on a service or a component. */
export interface OpenWork {
  /** Priority 1 or major. */
  critical: number;
  /** Priority 2 or past their promise. */
  strained: number;
  open: number;
  /** How many people asked. */
  people: number;
}

type Found = ReadonlyMap<string, OpenWork>;

/** With more open work than this, going through it takes longer than a page may. */
const much = 5_000;
/** So old the picture of a large desk may be, in milliseconds. */
const freshMs = 10_000;

interface Picture {
  readonly at: number;
  readonly found: Promise<Found>;
}

/** Pictures of large desks, by what their readers may see; each process has its own. */
const pictures = new WeakMap<Db, Map<string, Picture>>();

/**
 * Open work on services and components that the caller may see. On a large desk everything is gone through once for all
 * who read the same departments, and what is answered may be ten seconds old; their own requests behind other walls do
 * not count there.
 */
export async function openWorkOn(context: Context, ids: readonly string[]): Promise<Found> {
  const { actor, db } = context;
  const byReader = pictures.get(db) ?? new Map<string, Picture>();
  pictures.set(db, byReader);
  const reader = actor.kind === 'person' ? [...actor.reads].sort().join() : actor.kind;
  const now = context.now.getTime();
  const known = byReader.get(reader);
  if (known && Math.abs(now - known.at) < freshMs) return known.found;
  if (db.isTransaction || reader === '' || !(await isLarge(context)))
    return count(context, sightOf(context), sql`w.id = any(${[...new Set(ids)]}::uuid[])`);
  const departments = actor.kind === 'person' ? sql`q.department ${among([...actor.reads])}` : sql`true`;
  const found = count(context, departments, sql`w.id is not null`);
  byReader.set(reader, { at: now, found });
  // What failed is asked again by the next.
  found.catch(() => byReader.delete(reader));
  return found;
}

function sightOf({ actor }: Context): Sql {
  if (actor.kind !== 'person') return sql`true`;
  return sql`(q.department ${among([...actor.reads])} or q.requester_id = ${actor.id}::uuid or q.beneficiary_id = ${actor.id}::uuid)`;
}

async function isLarge({ db }: Context): Promise<boolean> {
  const found = await one<{ n: number }>(
    db,
    sql`select count(*)::int as n from (select 1 from record q where q.type = 'incident'
      and q.state_category in ('open', 'paused') limit ${sql.lit(much + 1)}) open`,
  );
  return found!.n > much;
}

/** Open work is gone through once for all places; asking each in turn went through everything. */
async function count({ db, now }: Context, sight: Sql, places: Sql): Promise<Found> {
  const found = await rows<OpenWork & { id: string }>(
    db,
    sql`select w.id, count(*)::int as open, count(*) filter (where q.priority = 1 or i.major)::int as critical,
          count(*) filter (where q.priority = 2 or q.due_at < ${now})::int as strained,
          count(distinct q.requester_id)::int as people
        from record q join incident i on i.id = q.id
          cross join lateral (values (i.service_id), (i.configuration_item_id)) as w (id)
        where q.type = 'incident' and q.state_category in ('open', 'paused') and ${sight} and ${places}
        group by w.id`,
  );
  return new Map(found.map(({ id, ...work }) => [id, work]));
}
