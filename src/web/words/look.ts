import type { RecordRow } from '../api/types';
import type { RowLook } from '../kit/list-row';
import { numberOf, textOf, titleOf } from './record';
import { dueWords } from './time';
import type { Words } from './use-words';

/** How a record stands in a list: its marks, its title, and the time that matters under this order. */
export function lookOf(row: RecordRow, href: string, now: number, words: Words, sort = 'due_at'): RowLook {
  const state = textOf(row, 'state');
  const due = row.due_at as string | null | undefined;
  const base = {
    id: row.id,
    href,
    number: row.number,
    title: titleOf(row),
    state,
    stateName: words.state(state),
    priority: numberOf(row, 'priority'),
  };
  const stamp = sort === '-updated_at' ? row.updated_at : sort === '-opened_at' ? (row.opened_at as string) : undefined;
  if (stamp) return { ...base, due: words.when(stamp), dueTitle: words.exact(stamp), tone: 'calm' };
  if (state === 'on_hold') return { ...base, due: words.state('paused'), tone: 'quiet' };
  if (!due) return { ...base, due: '', tone: 'quiet' };
  const said = dueWords(due, now, words.language, words.units, words.zone);
  return { ...base, due: said.words, dueTitle: words.exact(due), tone: said.tone };
}
