import type { Calendar } from '../../../commons/calendar';
import type { Db } from '../../../kernel/database';
import { bookOf } from './book';
import { choose, type PromisedType } from './book.rules';
import type { Matched } from './choice.rules';

/** The working hours of the agreement each record falls under, in the order given; null where nothing is promised, or promises rest. */
export async function hoursOf(
  db: Db,
  kind: PromisedType,
  records: readonly (Matched & { readonly opened_at: Date })[],
  now: Date,
): Promise<(Calendar | null)[]> {
  if (records.length === 0) return [];
  const book = await bookOf(db);
  if (book.resting) return records.map(() => null);
  return records.map(
    (record) => choose(book, kind, record, record.opened_at.getTime(), now.getTime())?.calendar.calendar ?? null,
  );
}
