import { basename } from 'node:path';
import { automatic } from '../../kernel/actor';
import type { Context, Verb } from '../../kernel/command';
import { type Row, sql, transact } from '../../kernel/database';
import { creatingVerb } from '../../kernel/house';
import { inputFields } from '../../kernel/input';
import { type Item, perform, type Result } from '../../kernel/perform';
import type { RecordType } from '../../kernel/record';
import { lookUp } from '../../kernel/references';
import { clashOf } from '../../kernel/unique';
import { type CsvRow, readCsv, Unreadable } from './csv';
import { hasPast, storePast } from './finished';
import { knownCases, rememberCases, replaceCases } from './known';
import { mergedAway, withoutName } from './merged-people';
import { nothingYet, type Outcome } from './outcome';
import { type Cells, rowReader, type TableMapping } from './table-rows';
import type { ImportHouse, ImportOptions } from './update-log';

const chunkRows = 500;

/**
 * Brings in records from a table, each by its creating verb and, when it is known and a row changed, by `edit`: who
 * may, required fields and references hold as everywhere. Rows with columns of the past come in by the door's form for
 * the past. The same row again writes nothing.
 */
export async function importTable(
  at: ImportHouse,
  typeName: string,
  mapping: TableMapping,
  path: string,
  options: ImportOptions = {},
): Promise<Outcome> {
  const type = at.house.types.get(typeName)!;
  const outcome = nothingYet();
  let read: ((row: CsvRow) => Cells | string) | undefined;
  let chunk: Cells[] = [];
  const flush = async () => {
    const mine = chunk;
    chunk = [];
    if (mine.length > 0) await storeRows(at, type, mapping, mine, outcome, options.dryRun === true, basename(path));
    options.progress?.(outcome);
  };
  for await (const batch of readCsv(path, mapping.delimiter))
    for (const row of batch) {
      if (!read) {
        read = rowReader(at, type, mapping, row.cells);
        continue;
      }
      outcome.read += 1;
      const cells = read(row);
      if (typeof cells === 'string') outcome.refused.push({ line: row.line, reason: cells });
      else if (chunk.push(cells) >= chunkRows) await flush();
    }
  if (!read) throw new Unreadable(`${path} has no header line.`);
  await flush();
  outcome.refused.sort((a, b) => a.line - b.line);
  return outcome;
}

/** Stores rows that were read elsewhere than from a table: cards of a directory. */
export async function storeTable(
  at: ImportHouse,
  typeName: string,
  mapping: TableMapping,
  chunk: readonly Cells[],
  outcome: Outcome,
  dryRun: boolean,
  path: string,
): Promise<void> {
  await storeRows(at, at.house.types.get(typeName)!, mapping, chunk, outcome, dryRun, basename(path));
}

/** Stores rows in one transaction: new ones, then changed ones. A dry run does the same and takes it back. */
async function storeRows(
  at: ImportHouse,
  type: RecordType,
  mapping: TableMapping,
  chunk: readonly Cells[],
  outcome: Outcome,
  dryRun: boolean,
  file: string,
): Promise<void> {
  const takenBack = new Error('a dry run');
  const create = creatingVerb(at.house, type)!;
  const edit = at.house.verbs.get(`${type.type}.edit`);
  const run = (db: Context['db']) => {
    const context: Context = { db, house: at.house, actor: automatic('import', 'Import'), now: at.clock.now() };
    return storeIn(context, type, mapping, chunk, { create, edit }, file);
  };
  let told: Awaited<ReturnType<typeof run>> | undefined;
  await transact(at.db, async (db) => {
    told = await run(db);
    if (dryRun) throw takenBack;
  }).catch((error) => {
    if (error !== takenBack) throw error;
  });
  outcome.created += told!.created;
  outcome.updated += told!.updated;
  outcome.unchanged += told!.unchanged;
  outcome.refused.push(...told!.refused);
}

async function storeIn(
  context: Context,
  type: RecordType,
  mapping: TableMapping,
  chunk: readonly Cells[],
  verbs: { create: Verb; edit: Verb | undefined },
  file: string,
): Promise<Pick<Outcome, 'created' | 'updated' | 'unchanged' | 'refused'>> {
  const told = { created: 0, updated: 0, unchanged: 0, refused: [] as Outcome['refused'] };
  const rows = lastOfEach(chunk, told.refused);
  const known = await knownCases(
    context.db,
    mapping.source,
    type.type,
    rows.map(({ key }) => key),
  );
  const ids = await existing(
    context,
    type,
    rows.filter(({ key }) => !known.has(key)),
  );
  const fresh = rows.filter(({ key }) => !known.has(key) && !ids.has(key));
  const changed = rows.filter(({ key, digest }) =>
    known.has(key) ? !known.get(key)!.rows.equals(digest) : ids.has(key),
  );
  told.unchanged = rows.length - fresh.length - changed.length;

  const [plain, withPast] = [fresh.filter((row) => !hasPast(row)), fresh.filter(hasPast)];
  const made = await performAll(
    context,
    verbs.create,
    plain.map(({ input }) => ({ input })),
  );
  const past = await storePast(context, verbs.create, file, withPast);
  const remember: { key: string; record_id: string; rows: Buffer[] }[] = [];
  for (const [list, results] of [
    [plain, made],
    [withPast, past],
  ] as const)
    for (const [at, result] of results.entries())
      if (result.ok) {
        told.created += 1;
        remember.push({ key: list[at]!.key, record_id: String(result.record.id), rows: [list[at]!.digest] });
      } else told.refused.push({ line: list[at]!.line, reason: sentenceOf(result) });

  const standing = await mergedAway(
    context.db,
    changed.flatMap(({ key }) => known.get(key)?.record_id ?? []),
  );
  const edits = verbs.edit
    ? await performAll(
        context,
        verbs.edit,
        changed.map(({ key, input }) => {
          const id = known.get(key)?.record_id ?? ids.get(key)!;
          const stays = standing.get(id);
          return { id: stays ?? id, input: editable(context, verbs.edit!, stays ? withoutName(input) : input) };
        }),
      )
    : [];
  const again: { key: string; digest: Buffer }[] = [];
  for (const [at, result] of edits.entries()) {
    const row = changed[at]!;
    if (!result.ok) {
      told.refused.push({ line: row.line, reason: sentenceOf(result) });
      continue;
    }
    told[result.line ? 'updated' : 'unchanged'] += 1;
    if (known.has(row.key)) again.push(row);
    else remember.push({ key: row.key, record_id: ids.get(row.key)!, rows: [row.digest] });
  }
  await rememberCases(context.db, mapping.source, type.type, remember);
  await replaceCases(context.db, mapping.source, type.type, again);
  return told;
}

/** All at once; when one of them breaks a unique rule each goes by itself, so that only that one is refused. */
async function performAll(context: Context, verb: Verb, items: readonly Item[]): Promise<Result[]> {
  if (items.length === 0) return [];
  await sql`savepoint rows`.execute(context.db);
  try {
    const results = await perform(context, verb, items);
    await sql`release savepoint rows`.execute(context.db);
    return results;
  } catch (error) {
    await sql`rollback to savepoint rows`.execute(context.db);
    if (!clashOf(error, verb.on)) throw error;
  }
  const results: Result[] = [];
  for (const item of items) results.push(...(await perform(context, verb, [item])));
  return results;
}

/** One row for each key; an earlier one that says something else is refused. */
function lastOfEach(chunk: readonly Cells[], refused: Outcome['refused']): Cells[] {
  const last = new Map<string, Cells>();
  for (const row of chunk) {
    const before = last.get(row.key);
    if (before) refused.push({ line: before.line, reason: `${before.key} stands again in line ${row.line}.` });
    last.set(row.key, row);
  }
  return [...last.values()];
}

/** Records that were here before any import and are known by the same e-mail, number or name. */
async function existing(context: Context, type: RecordType, rows: readonly Cells[]): Promise<Map<string, string>> {
  if (!type.knownBy) return new Map();
  const found = await lookUp(
    context,
    rows.map(({ key }) => ({ to: [type.type], text: key })),
  );
  const ids = rows.map(({ key }) => [key, found({ to: [type.type], text: key })] as const);
  return new Map(ids.filter((one): one is [string, string] => one[1] !== null && one[1] !== 'several'));
}

/** What of a row an edit may set. */
function editable(context: Context, edit: Verb, input: Row): Row {
  const fields = inputFields(context.house, edit);
  return Object.fromEntries(Object.entries(input).filter(([name]) => fields[name]));
}

function sentenceOf(result: Extract<Result, { ok: false }>): string {
  const { errors, message } = result.refusal;
  return errors.length === 0 ? message : errors.map((error) => `${error.field}: ${error.message}`).join(' ');
}
