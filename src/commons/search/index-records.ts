import { fieldValue } from '../../kernel/apply';
import type { Context } from '../../kernel/command';
import { type Row, rows, type Sql, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { spellable, vectorOf } from './words.rules';

const bodyLength = 2_000;
/** A document holds a megabyte; a conversation without end must not break on it. */
const mostLexemes = 15_000;

interface Said {
  record_id: string;
  kind: string;
  text: string;
}

/** Fields by which a record is found whole, beside its number. */
const nameFields = ['source_number', 'serial', 'email', 'further_emails', 'key'];

function textsOf(context: Context, row: Row) {
  const type = context.house.whole.types.get(String(row.type))!;
  const names = [String(row.number)];
  const texts: string[] = [];
  for (const [name, field] of Object.entries(context.house.whole.fieldsOf(type))) {
    const value = fieldValue(row, name, field);
    if (nameFields.includes(name) && Array.isArray(value)) names.push(...value.map(String));
    if (typeof value !== 'string' || value === '') continue;
    if (nameFields.includes(name)) names.push(value);
    else if (field.searched && value !== row.title) texts.push(value);
  }
  return { title: String(row.title), names, texts };
}

/** A line that says something and changes nothing else. */
const onlySays = (line: Line): boolean =>
  line.before !== null && saying.has(line.verb) && line.changes.every(({ field }) => field === 'comment');

const saying = new Set(['comment', 'note']);

function touches(context: Context, line: Line): boolean {
  if (line.before === null || saying.has(line.verb) || taking.has(line.verb)) return true;
  const type = context.house.whole.types.get(line.type);
  const fields = type ? context.house.whole.fieldsOf(type) : {};
  return line.changes.some(
    ({ field }) =>
      field === 'comment' ||
      fields[field]?.searched === true ||
      nameFields.includes(field) ||
      fields[field]?.column === 'title',
  );
}

/** What these lines themselves say, not yet in the table of comments. */
function saidIn(lines: readonly Line[]): Said[] {
  return lines.flatMap((line) =>
    line.changes
      .filter(({ field }) => field === 'comment')
      .map(({ after }) => ({
        record_id: line.record_id,
        kind: line.verb,
        text: String((after as { text?: unknown } | null)?.text ?? ''),
      })),
  );
}

/** The statements that write the full text of the records behind these lines. `written`: their comments are in the table. */
async function documentsSql(context: Context, lines: readonly Line[], written: boolean): Promise<Sql[]> {
  const latest = new Map<string, { row: Row; fresh: boolean }>();
  for (const line of lines)
    if (touches(context, line) || latest.has(line.record_id))
      latest.set(line.record_id, {
        row: line.after,
        fresh: line.before === null || (latest.get(line.record_id)?.fresh ?? false),
      });
  if (latest.size === 0) return [];
  const known = [...latest].filter(([, { fresh }]) => written || !fresh).map(([id]) => id);
  const said = groupSaid([...(await saidOn(context, known)), ...(written ? [] : saidIn(lines))]);
  const documents: Row[] = [];
  const words = new Set<string>();
  for (const [id, { row }] of latest) {
    const { title, names, texts } = textsOf(context, row);
    const mine = said.get(id) ?? [];
    const text = [...texts, ...mine.filter(({ kind }) => kind === 'comment').map((one) => one.text)].join('\n');
    const notes = mine
      .filter(({ kind }) => kind === 'note')
      .map((one) => one.text)
      .join('\n');
    documents.push({
      record_id: id,
      type: row.type,
      words: vectorOf({ title, names, text }),
      team_words: notes === '' ? null : vectorOf({ title: '', names: [], text: notes }),
      body: text.slice(0, bodyLength),
    });
    for (const word of spellable({ title, text })) words.add(word);
  }
  return [
    sql`insert into search_document (record_id, type, words, team_words, body)
      select record_id, type, words::tsvector, team_words::tsvector, body
      from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
        as d (record_id uuid, type text, words text, team_words text, body text)
      on conflict (record_id) do update
        set words = excluded.words, team_words = excluded.team_words, body = excluded.body`,
    ...learningSql(words),
  ];
}

/**
 * What is said is put behind what was said before: reading the whole conversation each time would make the hundredth
 * comment a hundred times as dear. Where there is no document yet, nothing is written.
 */
function additionsSql(lines: readonly Line[]): Sql[] {
  const said = saidIn(lines).filter(({ text }) => text !== '');
  if (said.length === 0) return [];
  const words = new Set<string>();
  const additions = [...groupSaid(said)].map(([record_id, mine]) => {
    const textOf = (kind: string) =>
      mine
        .filter((one) => one.kind === kind)
        .map(({ text }) => text)
        .join('\n');
    const [text, notes] = [textOf('comment'), textOf('note')];
    for (const word of spellable({ title: '', text })) words.add(word);
    return {
      record_id,
      words: vectorOf({ title: '', names: [], text }),
      team_words: notes === '' ? null : vectorOf({ title: '', names: [], text: notes }),
      body: text,
    };
  });
  return [
    sql`update search_document d
      set words = case when length(d.words) < ${mostLexemes}::int then d.words || a.words::tsvector else d.words end,
        team_words = case when a.team_words is null or length(d.team_words) >= ${mostLexemes}::int then d.team_words
          else coalesce(d.team_words, '') || a.team_words::tsvector end,
        body = case when a.body = '' then d.body else left(concat_ws(E'\n', nullif(d.body, ''), a.body), ${bodyLength}::int) end
      from jsonb_to_recordset(${JSON.stringify(additions)}::jsonb) as a (record_id uuid, words text, team_words text, body text)
      where d.record_id = a.record_id`,
    ...learningSql(words),
  ];
}

/** Words a mistyped one may be compared with; in one order, so that two writers never wait crosswise. */
function learningSql(words: ReadonlySet<string>): Sql[] {
  if (words.size === 0) return [];
  return [
    sql`insert into search_word (word) select w from unnest(${[...words].sort()}::text[]) as x (w) order by w
      on conflict do nothing`,
  ];
}

/** The words of documents, as they stand in the table. */
async function wordsIn(context: Context, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ word: string }>(
    context.db,
    sql`select distinct unnest(tsvector_to_array(words || coalesce(team_words, ''))) as word from search_document
        where record_id = any(${[...ids]}::uuid[])`,
  );
  return found.map(({ word }) => word);
}

/** Words that stand in no document any more are forgotten: a name that was erased must not stay behind as a spelling. */
async function unlearn(context: Context, words: readonly string[]): Promise<void> {
  const stands = (column: Sql) =>
    sql`exists (select 1 from search_document d where d.${column} @@ quote_literal(w.word)::tsquery)`;
  await sql`delete from search_word w where w.word = any(${[...words]}::text[])
    and not ${stands(sql`words`)} and not ${stands(sql`team_words`)}`.execute(context.db);
}

async function saidOn(context: Context, ids: readonly string[]): Promise<Said[]> {
  if (ids.length === 0) return [];
  return rows<Said>(
    context.db,
    sql`select record_id, kind, text from comment where record_id = any(${[...ids]}::uuid[]) order by id`,
  );
}

function groupSaid(all: readonly Said[]): Map<string, Said[]> {
  const map = new Map<string, Said[]>();
  for (const one of all) map.set(one.record_id, [...(map.get(one.record_id) ?? []), one]);
  return map;
}

/** Verbs that take comments away: their text is written when they are gone. */
const taking = new Set(['expire', 'erase', 'undo']);

/** Full text is true together with the record: what was just written is found. */
export const searchTogether: Together = {
  name: 'full text',
  on: () => true,
  beside: async (context, lines, past) => {
    if (past) return [];
    const mine = lines.filter((line) => !taking.has(line.verb));
    return [
      ...additionsSql(mine.filter(onlySays)),
      ...(await documentsSql(
        context,
        mine.filter((line) => !onlySays(line)),
        false,
      )),
    ];
  },
  // The whole past of a record comes with its conversation, which is in the table only now.
  react: async (context, lines, past) => {
    const mine = past ? lines : lines.filter((line) => taking.has(line.verb));
    if (mine.length === 0) return;
    const before = past ? [] : await wordsIn(context, [...new Set(mine.map((line) => line.record_id))]);
    for (const part of await documentsSql(context, mine, true)) await part.execute(context.db);
    if (before.length > 0) await unlearn(context, before);
  },
};
