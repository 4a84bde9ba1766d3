import { type Db, rows, sql } from '../../kernel/database';

/** What an earlier import left of a case: its record and eight bytes for each row that became a line. */
export interface KnownCase {
  readonly record_id: string;
  readonly rows: Buffer;
}

const width = 8;

/** What is known of these keys of one source and type. */
export async function knownCases(
  db: Db,
  source: string,
  type: string,
  keys: readonly string[],
): Promise<Map<string, KnownCase>> {
  const found = await rows<KnownCase & { key: string }>(
    db,
    sql`select key, record_id, rows from import_key
        where source = ${source} and type = ${type} and key = any(${[...keys]}::text[])`,
  );
  return new Map(found.map(({ key, ...known }) => [key, known]));
}

/** Remembers which record a key became, and adds the rows that are now in it. */
export async function rememberCases(
  db: Db,
  source: string,
  type: string,
  cases: readonly { readonly key: string; readonly record_id: string; readonly rows: readonly Buffer[] }[],
): Promise<void> {
  if (cases.length === 0) return;
  await sql`insert into import_key (source, type, key, record_id, rows)
    select ${source}, ${type}, k, r, decode(d, 'hex')
    from unnest(${cases.map(({ key }) => key)}::text[], ${cases.map((one) => one.record_id)}::uuid[],
      ${cases.map((one) => Buffer.concat(one.rows).toString('hex'))}::text[]) as x (k, r, d)
    on conflict (source, type, key) do update set rows = import_key.rows || excluded.rows`.execute(db);
}

/** Replaces what is remembered of a row that may change: the digest of its last version. */
export async function replaceCases(
  db: Db,
  source: string,
  type: string,
  cases: readonly { readonly key: string; readonly digest: Buffer }[],
): Promise<void> {
  if (cases.length === 0) return;
  await sql`update import_key i set rows = decode(d, 'hex')
    from unnest(${cases.map(({ key }) => key)}::text[], ${cases.map(({ digest }) => digest.toString('hex'))}::text[]) as x (k, d)
    where i.source = ${source} and i.type = ${type} and i.key = x.k`.execute(db);
}

/**
 * Which rows of a case are new. Answers for each row its place among all rows of the case, and whether it is known: each
 * known digest answers for one row, so that two equal rows stay two.
 */
export function placesOf(known: Buffer | undefined, digests: readonly Buffer[]): { place: number; isNew: boolean }[] {
  const count = (known?.length ?? 0) / width;
  const free = new Map<string, number[]>();
  for (let at = 0; at < count; at++) {
    const digest = known!.toString('hex', at * width, (at + 1) * width);
    free.set(digest, [...(free.get(digest) ?? []), at]);
  }
  let next = count;
  return digests.map((digest) => {
    const place = count === 0 ? undefined : free.get(digest.toString('hex'))?.shift();
    return place === undefined ? { place: next++, isNew: true } : { place, isNew: false };
  });
}

/** How far an unfinished import of this file had come; 0 when none was begun. */
export async function reachedLine(db: Db, source: string, file: string, size: number): Promise<number> {
  const found = await rows<{ line: number }>(
    db,
    sql`select line from import_run where source = ${source} and file = ${file} and size = ${size}`,
  );
  return Number(found[0]?.line ?? 0);
}

export async function rememberLine(db: Db, source: string, file: string, size: number, line: number): Promise<void> {
  await sql`insert into import_run (source, file, size, line) values (${source}, ${file}, ${size}, ${line})
    on conflict (source, file) do update set size = excluded.size, line = excluded.line`.execute(db);
}

export async function forgetRun(db: Db, source: string, file: string): Promise<void> {
  await sql`delete from import_run where source = ${source} and file = ${file}`.execute(db);
}
