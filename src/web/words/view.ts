import type { SavedView } from '../api/views';

export type Shown = { filter?: string; sort?: string; columns?: string };

/** What the address holds while a view is shown. */
export function shownBy(view: SavedView): Shown {
  return {
    filter: view.filter ?? undefined,
    sort: view.sort ?? undefined,
    columns: view.columns.length ? view.columns.join(',') : undefined,
  };
}
