import type { Outcome, Together, Wake } from '../../kernel/command';
import { type Db, type Row, rows, type Sql, sql, transact } from '../../kernel/database';
import type { Line } from '../../kernel/history';

/** A row that hangs on a record. */
export interface HungRow {
  readonly table: string;
  readonly id: string;
}

interface WholeRow {
  readonly table: string;
  readonly row: Row;
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
  readonly removed: readonly WholeRow[];
  /** What it changed, whole, as it was. */
  readonly changed: readonly WholeRow[];
}

/** How long it is known, in milliseconds: longer than an act can be taken back. What somebody took away is to go soon. */
const keptMs = 600_000;

/** How long many acts in one are known: so long that who comes late is told so. */
const bulkKeptMs = 86_400_000;

/**
 * Keeps what an act replaces, as it was before the statement: timers, and rows it takes away or changes; and the ids of
 * those it adds. Of a person, and of rules: what these do because of a person goes back with it.
 */
export const putAsideTogether: Together = {
  name: 'put-aside',
  on: ({ actor_kind }) => actor_kind === 'person' || actor_kind === 'rule',
  beside: async ({ house, now }, lines, _past, outcomes) => {
    const back = lines.filter(({ type, verb }) => house.whole.verbs.get(`${type}.${verb}`)?.undo);
    return putAsideSql(back, outcomes, now);
  },
};

function putAsideSql(lines: readonly Line[], outcomes: ReadonlyMap<Line, Outcome>, now: Date): Sql[] {
  const kept = lines.flatMap((line) => {
    const outcome = outcomes.get(line) ?? {};
    const replaced = (outcome.wake ?? []).map(({ key }) => key);
    const added = (outcome.children ?? []).flatMap(({ table, insert }) => (insert ? [{ table, id: insert.id }] : []));
    const gone = (outcome.children ?? []).flatMap(({ table, remove }) => (remove ? [{ table, id: remove }] : []));
    const other = (outcome.children ?? []).flatMap(({ table, change }) =>
      change ? [{ table, id: String(change.id) }] : [],
    );
    return replaced.length + added.length + gone.length + other.length > 0
      ? [{ line_id: line.id, record_id: line.record_id, replaced, added, gone, other }]
      : [];
  });
  if (kept.length === 0) return [];
  return [
    sql`insert into put_aside (line_id, timers, replaced, added, removed, changed, at)
      select x.line_id, coalesce((select jsonb_agg(to_jsonb(t)) from timer t
          where t.record_id = x.record_id and t.key = any(x.replaced)), '[]'), x.replaced, x.added,
        ${asTheyWere(
          'gone',
          kept.flatMap(({ gone }) => gone),
        )},
        ${asTheyWere(
          'other',
          kept.flatMap(({ other }) => other),
        )}, ${now}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
        as x (line_id uuid, record_id uuid, replaced text[], added jsonb, gone jsonb, other jsonb)`,
  ];
}

/** The rows a line `x` names, whole, by table: those it takes away or those it changes. */
function asTheyWere(which: 'gone' | 'other', named: readonly HungRow[]): Sql {
  const tables = [...new Set(named.map(({ table }) => table))].sort();
  if (tables.length === 0) return sql`'[]'::jsonb`;
  const parts = tables.map(
    (table) => sql`select jsonb_build_object('table', ${table}::text, 'row', to_jsonb(t)) as one
      from jsonb_array_elements(${sql.ref(`x.${which}`)}) g join ${sql.table(table)} t on t.id = (g ->> 'id')::uuid
      where g ->> 'table' = ${table}`,
  );
  return sql`coalesce((select jsonb_agg(q.one) from (${sql.join(parts, sql` union all `)}) q), '[]')`;
}

export async function readPutAside(db: Db, lineIds: readonly string[]): Promise<Map<string, PutAside>> {
  const found = await rows<PutAside>(
    db,
    sql`select line_id, timers, replaced, added, removed, changed from put_aside where line_id = any(${[...lineIds]}::uuid[])`,
  );
  return new Map(found.map((one) => [one.line_id, one]));
}

/**
 * Of these lines, those whose rows (`touched`) an act on any record added, changed or took away after them (`at`: when they were
 * written) and that was not taken back: a link hangs on both its ends.
 */
export async function touchedSince(
  db: Db,
  lines: readonly { line: string; at: Date; touched: readonly string[] }[],
): Promise<Set<string>> {
  if (lines.length === 0) return new Set();
  const from = new Date(Math.min(...lines.map(({ at }) => at.getTime())));
  const found = await rows<{ line: string }>(
    db,
    // Joined by the rows they touch: of many lines taken back at once none looks through all the others.
    sql`with asked as (select line, unnest(touched) as id
          from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as x (line uuid, touched text[])),
        since as (select p.line_id, coalesce(e ->> 'id', e -> 'row' ->> 'id') as id
          from put_aside p, jsonb_array_elements(p.added || p.removed || p.changed) e where p.at >= ${from})
        select distinct a.line from asked a join since s on s.id = a.id and s.line_id > a.line
        join history h on h.id = s.line_id
        where not exists (select 1 from history u where u.record_id = h.record_id and u.id > h.id
          and u.name like '%.undone' and u.cause ->> 'line' = h.id::text)`,
  );
  return new Set(found.map(({ line }) => line));
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
