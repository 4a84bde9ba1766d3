import type { Context, Outcome, Verb, Wake } from './command';
import { type Db, type Row, rows, type Sql, sql, transact } from './database';
import type { Line } from './history';

/** A row that hangs on a record. */
export interface HungRow {
  readonly table: string;
  readonly id: string;
}

/** What an act replaced beside the fields of its record. */
export interface PutAside {
  readonly line_id: string;
  readonly timers: readonly {
    key: string;
    verb: string;
    due_at: string;
    reason: string;
    input: Record<string, unknown>;
  }[];
  readonly replaced: readonly string[];
  readonly added: readonly HungRow[];
  /** What it took away, whole. */
  readonly removed: readonly { readonly table: string; readonly row: Row }[];
}

/** How long it is known, in milliseconds: longer than an act can be taken back. What somebody took away is to go soon. */
const keptMs = 600_000;

/** How long many acts in one are known: so long that who comes late is told so. */
const bulkKeptMs = 86_400_000;

/**
 * Keeps what an act replaces, as it was before the statement: timers, and rows it takes away; and the ids of those it
 * adds. Of a person, and of rules: what these do because of a person goes back with it.
 */
export function putAsideSql(
  context: Context,
  verb: Verb,
  acts: readonly { line: Line | null; outcome: Outcome }[],
): Sql[] {
  if (!verb.undo || !['person', 'rule'].includes(context.actor.kind)) return [];
  const kept = acts.flatMap(({ line, outcome }) => {
    const replaced = (outcome.wake ?? []).map(({ key }) => key);
    const added = (outcome.children ?? []).flatMap(({ table, insert }) => (insert ? [{ table, id: insert.id }] : []));
    const gone = (outcome.children ?? []).flatMap(({ table, remove }) => (remove ? [{ table, id: remove }] : []));
    return line && replaced.length + added.length + gone.length > 0
      ? [{ line_id: line.id, record_id: line.record_id, replaced, added, gone }]
      : [];
  });
  if (kept.length === 0) return [];
  return [
    sql`insert into put_aside (line_id, timers, replaced, added, removed, at)
      select x.line_id, coalesce((select jsonb_agg(to_jsonb(t)) from timer t
          where t.record_id = x.record_id and t.key = any(x.replaced)), '[]'), x.replaced, x.added,
        ${asTheyWere(kept.flatMap(({ gone }) => gone))}, ${context.now}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
        as x (line_id uuid, record_id uuid, replaced text[], added jsonb, gone jsonb)`,
  ];
}

/** The rows a line `x` takes away, whole, by table. */
function asTheyWere(gone: readonly HungRow[]): Sql {
  const tables = [...new Set(gone.map(({ table }) => table))].sort();
  if (tables.length === 0) return sql`'[]'::jsonb`;
  const parts = tables.map(
    (table) => sql`select jsonb_build_object('table', ${table}::text, 'row', to_jsonb(t)) as one
      from jsonb_array_elements(x.gone) g join ${sql.table(table)} t on t.id = (g ->> 'id')::uuid
      where g ->> 'table' = ${table}`,
  );
  return sql`coalesce((select jsonb_agg(q.one) from (${sql.join(parts, sql` union all `)}) q), '[]')`;
}

export async function readPutAside(db: Db, lineIds: readonly string[]): Promise<Map<string, PutAside>> {
  const found = await rows<PutAside>(
    db,
    sql`select line_id, timers, replaced, added, removed from put_aside where line_id = any(${[...lineIds]}::uuid[])`,
  );
  return new Map(found.map((one) => [one.line_id, one]));
}

/** The timers as they were before the act. */
export function timersBefore({ timers, replaced }: PutAside): Wake[] {
  return replaced.map((key) => {
    const timer = timers.find((one) => one.key === key);
    return timer
      ? { key, verb: timer.verb, at: new Date(timer.due_at), reason: timer.reason, input: timer.input }
      : { key, verb: '', at: null, reason: '' };
  });
}

/** Remembers which lines one verb on many left, under the name its answer bears; `until`: where it is a part of more. */
export async function keepBulk(
  context: Context,
  id: string,
  type: string,
  lineIds: readonly string[],
  until: Date | null = null,
): Promise<void> {
  await sql`insert into bulk_act (id, actor_id, type, line_ids, at, until)
    values (${id}, ${context.actor.id}, ${type}, ${[...lineIds]}::uuid[], ${context.now}, ${until})`.execute(
    context.db,
  );
}

type Done = { readonly actor_id: string | null; readonly recorded_at: Date };

/**
 * Until when lines can be taken back that are parts of an act on more: by the author and the instant, which all lines of one
 * transaction share. Undefined for other lines.
 */
export async function untilsOfParts(db: Db, lines: readonly Done[]): Promise<(line: Done) => Date | undefined> {
  const times = [...new Set(lines.map(({ recorded_at }) => recorded_at.toISOString()))];
  const found = await rows<{ actor_id: string; at: Date; until: Date }>(
    db,
    sql`select actor_id, at, until from bulk_act where at = any(${times}::timestamptz[]) and until is not null`,
  );
  const keyOf = (actor: string | null, at: Date) => `${actor} ${at.getTime()}`;
  const untils = new Map(found.map(({ actor_id, at, until }) => [keyOf(actor_id, at), until]));
  return ({ actor_id, recorded_at }) => untils.get(keyOf(actor_id, recorded_at));
}

/**
 * Forgets what can no longer be taken back. `left` is told which rows such acts added or took away, so that what was
 * kept beside them can go too. Answers how much was forgotten.
 */
export async function forgetPutAside(
  db: Db,
  now: Date,
  left: (db: Db, hung: readonly HungRow[]) => Promise<void> = async () => undefined,
): Promise<number> {
  return transact(db, async (trx) => {
    const gone = await rows<Pick<PutAside, 'added' | 'removed'>>(
      trx,
      sql`delete from put_aside where at < ${new Date(now.getTime() - keptMs)} returning added, removed`,
    );
    const bulk = await rows(
      trx,
      sql`delete from bulk_act where at < ${new Date(now.getTime() - bulkKeptMs)} returning 1`,
    );
    const hung = gone.flatMap(({ added, removed }) => [
      ...added,
      ...removed.map(({ table, row }) => ({ table, id: String(row.id) })),
    ]);
    if (hung.length > 0) await left(trx, hung);
    return gone.length + bulk.length;
  });
}
