import type { RecordRow } from '../api/types';
import { textOf, titleOf } from './record';

/** Services whose name or description has a longer word of what is written, those with more of them first. */
export function speakingOf(text: string, services: RecordRow[]): RecordRow[] {
  const asked = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 3);
  const hits = (row: RecordRow) => {
    const name = `${textOf(row, 'customer_name')} ${titleOf(row)}`.toLowerCase();
    const more = textOf(row, 'description').toLowerCase();
    return asked.reduce((sum, word) => sum + (name.includes(word) ? 2 : more.includes(word) ? 1 : 0), 0);
  };
  return services
    .map((row) => ({ row, hits: hits(row) }))
    .filter((one) => one.hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .map(({ row }) => row);
}
