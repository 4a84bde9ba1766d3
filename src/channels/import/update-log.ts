import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '../../clock';
import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { type Db, rows, sql, transact } from '../../kernel/database';
import type { House } from '../../kernel/house';
import { newId } from '../../kernel/id';
import { load } from '../../kernel/load';
import { performPast } from '../../kernel/past';
import { seal, sealAll } from '../../kernel/seal';
import { type NewRows, retell, type Teller } from './cases';
import { readCsv, Unreadable } from './csv';
import { forgetRun, knownCases, placesOf, reachedLine, rememberCases, rememberLine } from './known';
import { type UpdateLogMapping, WrongMapping } from './mapping';
import { nothingYet, type Outcome, type Progress } from './outcome';
import { customFieldsOf, type LogReader, logReader, type Raw } from './read-rows';
import { logCounters, reconcile } from './reconcile';
import { type Named, references } from './references';
import { prepareSurroundings } from './surroundings';

/** What an import works in. `refreshFields` makes new custom fields known to the house. */
export interface ImportHouse {
  readonly db: Db;
  readonly house: House;
  readonly clock: Clock;
  readonly refreshFields: () => Promise<unknown>;
}

export interface ImportOptions {
  readonly dryRun?: boolean;
  /** Passes over what an unfinished import of this file had stored, without looking at it again. */
  readonly resume?: boolean;
  readonly progress?: Progress;
}

/** Rows written in one transaction: well under two seconds of work. */
const chunkRows = 1_200;
/** Chunks on their way at once: one is retold while the other is being stored. */
const chunksAtOnce = 2;

/**
 * Brings in a log of updates: every case becomes a record, every row a line of its history, as if it had been worked
 * here. What came in before is known again by its rows and writes nothing. Throws `Unreadable` and `WrongMapping`.
 */
export async function importUpdateLog(
  at: ImportHouse,
  mapping: UpdateLogMapping,
  path: string,
  options: ImportOptions = {},
): Promise<Outcome> {
  const type = at.house.types.get(mapping.type);
  if (!type) throw new WrongMapping(`There is no kind of record ${mapping.type}.`);
  const outcome = nothingYet();
  const file = basename(path);
  const size = sizeOf(path);
  const contextNow = (): Context => ({
    db: at.db,
    house: at.house,
    actor: automatic('import', 'Import'),
    now: at.clock.now(),
  });
  const place = options.dryRun
    ? { organization_id: null, department_id: null }
    : await prepareSurroundings(contextNow(), mapping, at.refreshFields);
  const known = references(mapping.source, file, place);
  const after = options.resume ? await reachedLine(at.db, mapping.source, file, size) : 0;
  const house = options.dryRun ? withFields(at.house, mapping) : at.house;

  let teller: Teller | undefined;
  let counters: ReturnType<typeof logCounters> | undefined;
  const sealer = newId(new Date());
  const underWay = new Set<{ keys: Set<string>; work: Promise<void> }>();
  const finished: { line: number; done: boolean }[] = [];
  let chunk: Raw[] = [];
  let lastLine = 0;

  const flush = async () => {
    const mine = chunk;
    chunk = [];
    if (mine.length === 0 || !teller) return;
    const keys = new Set(mine.map((raw) => raw.key));
    // A case whose earlier rows are still on their way must wait for them.
    for (const other of underWay) if (![...keys].every((key) => !other.keys.has(key))) await other.work;
    while (underWay.size >= chunksAtOnce) await Promise.race([...underWay].map(({ work }) => work));
    if (!options.dryRun) await known.make(contextNow(), namedIn(teller.reader, mine));
    const mark = { line: lastLine, done: false };
    finished.push(mark);
    const entry = {
      keys,
      work: storeChunk({ ...contextNow(), house }, teller, mine, outcome, counters!, options.dryRun === true).then(
        async () => {
          mark.done = true;
          underWay.delete(entry);
          let reached = 0;
          while (finished[0]?.done) reached = finished.shift()!.line;
          options.progress?.(outcome);
          if (options.dryRun) return;
          if (reached > 0) await rememberLine(at.db, mapping.source, file, size, reached);
          await seal(at.db, sealer, new Date());
        },
      ),
    };
    underWay.add(entry);
  };

  for await (const batch of readCsv(path, mapping.delimiter)) {
    for (const row of batch) {
      if (!teller) {
        const reader = logReader(house, type, mapping, row.cells);
        teller = { type, mapping, reader, references: known, place, file };
        counters = logCounters(reader);
        continue;
      }
      outcome.read += 1;
      const raw = teller.reader.row(row);
      if ('reason' in raw) outcome.refused.push(raw);
      else if (raw.line <= after) outcome.unchanged += 1;
      else {
        if (chunk.length >= chunkRows && (chunk[chunk.length - 1]!.key !== raw.key || chunk.length >= 2 * chunkRows))
          await flush();
        chunk.push(raw);
      }
      lastLine = row.line;
    }
  }
  if (!teller) throw new Unreadable(`${path} has no header line.`);
  await flush();
  await Promise.all([...underWay].map(({ work }) => work));
  if (options.dryRun) return outcome;
  await forgetRun(at.db, mapping.source, file);
  await sealAll(at.db, sealer, new Date());
  if (outcome.created + outcome.updated > 10_000) await settle(at.db);
  const isOver = (state: string) => ['stopped', 'final'].includes(type.life.states[state] ?? '');
  outcome.reconcile = await reconcile(at.db, mapping.source, type.type, counters!, isOver);
  return outcome;
}

/** Much has come in: what the database knows of its tables is old, and searches would read what waits for its index. */
async function settle(db: Db): Promise<void> {
  for (const table of ['record', 'incident', 'person', 'history', 'search_document', 'clock', 'import_key'])
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    throw new Unreadable(`There is no file ${path}.`);
  }
}

/** A dry run knows the fields an import would make. */
function withFields(house: House, mapping: UpdateLogMapping): House {
  const planned = Object.fromEntries(
    customFieldsOf(mapping).map(({ key, kind, label }) => [
      key,
      {
        label,
        on: 'custom' as const,
        kind: kind === 'person' || kind === 'record' ? ('reference' as const) : kind,
        to: kind === 'person' ? 'person' : undefined,
      },
    ]),
  );
  const known: House = {
    ...house,
    get whole() {
      return known;
    },
    fieldsOf: (type) => ({ ...(type.type === mapping.type ? planned : {}), ...house.whole.fieldsOf(type) }),
  };
  return known;
}

/** Every record these rows name. */
function namedIn(reader: LogReader, chunk: readonly Raw[]): Named[] {
  const seen = new Set<string>();
  const found: Named[] = [];
  const columns = reader.columns.filter((column) => column.to !== undefined);
  const add = (type: string, name: string, raw: Raw) => {
    const key = `${type} ${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ type, name, at: raw.at, line: raw.line });
  };
  for (const raw of chunk) {
    if (raw.actor !== null) add('person', raw.actor, raw);
    for (const column of columns) {
      const value = column.read(raw.cells[column.index]!);
      if (typeof value === 'string') add(column.to!, value, raw);
    }
  }
  return found;
}

/** Stores the new rows of a chunk with their keys, in one transaction. */
async function storeChunk(
  outer: Context,
  teller: Teller,
  chunk: readonly Raw[],
  outcome: Outcome,
  counters: ReturnType<typeof logCounters>,
  dryRun: boolean,
): Promise<void> {
  const { mapping, type } = teller;
  const byCase = new Map<string, Raw[]>();
  for (const raw of chunk) {
    const list = byCase.get(raw.key);
    if (list) list.push(raw);
    else byCase.set(raw.key, [raw]);
  }
  const { places, figures } = await transact(outer.db, async (db) => {
    const context = { ...outer, db };
    const known = await knownCases(db, mapping.source, type.type, [...byCase.keys()]);
    const fresh: { key: string; rows: Raw[] }[] = [];
    const places: [Raw, number][] = [];
    const figures = { created: 0, updated: 0, unchanged: 0 };
    for (const [key, list] of byCase) {
      const found = placesOf(
        known.get(key)?.rows,
        list.map((raw) => raw.digest),
      );
      for (const [at, raw] of list.entries()) places.push([raw, found[at]!.place]);
      const news = list.filter((_, at) => found[at]!.isNew);
      figures.unchanged += list.length - news.length;
      if (news.length === 0) continue;
      figures.created += known.has(key) ? 0 : 1;
      figures.updated += news.length - (known.has(key) ? 0 : 1);
      fresh.push({ key, rows: news });
    }
    if (fresh.length > 0 && !dryRun) await storeCases(context, teller, fresh, known);
    return { places, figures };
  });
  for (const [raw, place] of places) counters.add(raw, place);
  outcome.created += figures.created;
  outcome.updated += figures.updated;
  outcome.unchanged += figures.unchanged;
}

async function storeCases(
  context: Context,
  teller: Teller,
  fresh: readonly { key: string; rows: Raw[] }[],
  known: ReadonlyMap<string, { record_id: string }>,
): Promise<void> {
  const ids = fresh.map(({ key }) => known.get(key)?.record_id).filter((id) => id !== undefined);
  const standing = new Map((await load(context, teller.type, ids, { lock: true })).map((row) => [String(row.id), row]));
  const links = await linksOf(context, teller, ids);
  const cases: NewRows[] = fresh.map(({ key, rows: list }) => {
    const id = known.get(key)?.record_id ?? '';
    return { key, record: standing.get(id), links: links.get(id) ?? new Set(), rows: list };
  });
  const written = await performPast(
    context,
    teller.type,
    cases.map((one) => retell(context, teller, one)),
  );
  await rememberCases(
    context.db,
    teller.mapping.source,
    teller.type.type,
    cases.map((one, at) => ({
      key: one.key,
      record_id: String(written[at]!.id),
      rows: one.rows.map((raw) => raw.digest),
    })),
  );
}

async function linksOf(context: Context, teller: Teller, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const map = new Map<string, Set<string>>();
  if (ids.length === 0 || !teller.reader.columns.some((column) => column.link)) return map;
  const found = await rows<{ record_id: string; kind: string; to_id: string }>(
    context.db,
    sql`select record_id, kind, to_id from link where record_id = any(${[...ids]}::uuid[])`,
  );
  for (const { record_id, kind, to_id } of found)
    map.set(record_id, (map.get(record_id) ?? new Set<string>()).add(`${kind} ${to_id}`));
  return map;
}
