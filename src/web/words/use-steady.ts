import { useRef } from 'react';
import { steady } from './steady';

/**
 * Keeps rows in place while others change them. A new question (`key`) takes the answer's own order again, and so does
 * an answer that replaces most of what was there.
 */
export function useSteady<R extends { id: string }>(rows: R[], key: string, fresh: boolean, kept?: string): R[] {
  const held = useRef<{ key: string; from: R[]; kept?: string; rows: R[] }>({ key: '', from: [], rows: [] });
  const before = held.current;
  if (!fresh) return before.key === key ? before.rows : rows;
  if (before.key === key && before.from === rows && before.kept === kept) return before.rows;
  const next = before.key === key ? steady(before.rows, rows, kept) : rows;
  held.current = { key, from: rows, kept, rows: next };
  return next;
}
