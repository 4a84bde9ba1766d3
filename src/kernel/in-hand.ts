import type { Db, Row } from './database';

/** The rows a transaction has written, as they stand: whoever answers with one of them need not read it again. */
const written = new WeakMap<Db, Map<string, Row>>();

export function takeInHand(db: Db, rows: readonly Row[]): void {
  const mine = written.get(db) ?? new Map<string, Row>();
  for (const row of rows) mine.set(String(row.id), row);
  written.set(db, mine);
}

/** The record as this transaction last wrote it; undefined when it has not. */
export function inHand(db: Db, id: string): Row | undefined {
  return written.get(db)?.get(id);
}
