import type { CalendarDefinition } from '../../../commons/calendar';
import { type Db, one, type Sql, sql } from '../../../kernel/database';
import type { AgreementContent } from './agreement.contract';
import { type Book, openBook } from './book.rules';

interface StoredVersion {
  id: string;
  number: string;
  serial: number;
  version: number;
  published_at: string;
  retired_at: string | null;
  content: AgreementContent;
}

interface StoredCalendar {
  id: string;
  number: string;
  name: string;
  changes: { changed_at: string; definition: CalendarDefinition }[];
}

// Tokens name contents, so copies may be kept for as long as there is room, whatever database they came from.
const books = new Map<string, Book>();
const mostBooks = 16;
let latest: Book = openBook('', [], []);

/** The book read last by this process: right in all but a few cases; who uses it compares its token in his statement. */
export const likelyBook = (): Book => latest;

/** The token of the book as the database has it now, as an expression. */
export const tokenNow: Sql = sql`(select token from agreement_book)`;

/** Published agreements and their calendars; read anew only when the token is not known. */
export async function bookOf(db: Db, token?: string): Promise<Book> {
  const named = token ?? (await one<{ token: string }>(db, sql`select token from agreement_book`))!.token;
  const known = books.get(named);
  if (known) {
    latest = known;
    return known;
  }
  return remember(await read(db));
}

function remember(book: Book): Book {
  books.set(book.token, book);
  latest = book;
  if (books.size > mostBooks) books.delete(books.keys().next().value!);
  return book;
}

/** One statement, so that token and content are of one moment. */
async function read(db: Db): Promise<Book> {
  const found = await one<{ token: string; versions: StoredVersion[]; calendars: StoredCalendar[]; resting: boolean }>(
    db,
    sql`select b.token,
      exists (select 1 from practice p join record r on r.id = p.id where p.key = 'service_levels' and r.state = 'off') as resting,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'serial', r.serial,
          'version', v.version, 'published_at', v.published_at, 'retired_at', a.retired_at, 'content', v.content)), '[]')
        from agreement_version v join agreement a on a.id = v.record_id join record r on r.id = a.id) as versions,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'name', r.title, 'changes',
          (select jsonb_agg(jsonb_build_object('changed_at', c.changed_at, 'definition', c.definition) order by c.id)
            from calendar_version c where c.record_id = r.id))), '[]')
        from record r where r.type = 'calendar') as calendars
      from agreement_book b`,
  );
  return openBook(
    found!.token,
    found!.versions.map((version) => ({
      ...version,
      published_at: Date.parse(version.published_at),
      retired_at: version.retired_at === null ? null : Date.parse(version.retired_at),
    })),
    found!.calendars.map(({ changes, ...calendar }) => ({
      ...calendar,
      versions: changes.map(({ changed_at, definition }) => ({ from: Date.parse(changed_at), definition })),
    })),
    found!.resting,
  );
}

/** Another token: whoever has read the book before reads it anew. */
export async function turnPage(db: Db): Promise<void> {
  await sql`update agreement_book set token = gen_random_uuid()`.execute(db);
}

/**
 * Waits until every transaction that still uses an older copy of the book has ended, by a lock that those hold in
 * common. Call it in a short transaction of its own, after the change of the book was committed.
 */
export async function waitForReaders(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${bookLock}::bigint)`.execute(db);
}

/** Held in common, until the transaction ends, by who writes clocks by the book. */
export const holdBook: Sql = sql`pg_advisory_xact_lock_shared(7310458202::bigint)`;
const bookLock = 7_310_458_202;
