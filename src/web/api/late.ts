import type { QueryClient } from '@tanstack/react-query';

/**
 * Asks again for what changed while it was read for the first time. TanStack Query starts a reading anew when it is
 * found stale on its way, but not the first one: that answer may be older than the change, and would stand for fresh.
 * Answers with how to stop.
 */
export function noticeLate(client: QueryClient): () => void {
  const late = new Set<string>();
  return client.getQueryCache().subscribe((event) => {
    if (event.type === 'removed') late.delete(event.query.queryHash);
    if (event.type !== 'updated') return;
    const { query, action } = event;
    const first = query.state.data === undefined && query.state.fetchStatus !== 'idle';
    // A failed reading is marked stale already: what changes during the next one would not be told again.
    const failed = action.type === 'error' && query.state.data === undefined;
    if (failed || (action.type === 'invalidate' && first)) late.add(query.queryHash);
    else if (action.type === 'success' && !action.manual && late.delete(query.queryHash))
      // After this reading has ended: while it is on its way it would be joined, not begun anew.
      queueMicrotask(() => void client.invalidateQueries({ queryKey: query.queryKey, exact: true }));
  });
}
