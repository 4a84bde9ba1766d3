import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask, Problem, query } from './client';
import { keys } from './keys';
import type { Page, RecordRow } from './types';

/** A list under a name, as the server keeps it. */
export interface SavedView extends RecordRow {
  name: string;
  record_type: string;
  audience: 'own' | 'team' | 'department' | 'all';
  filter: string | null;
  sort: string | null;
  columns: string[];
  rank: number;
}

interface OldView {
  name: string;
  filter?: string;
  sort?: string;
  columns?: string;
}

const fields = 'name,record_type,audience,filter,sort,columns,rank,offers';
const taken = new Set<string>();

/** The views of one kind of record this person may use, in their order; of every kind without a type. */
export function useViews(type?: string, enabled = true): SavedView[] {
  const client = useQueryClient();
  const found = useQuery({
    queryKey: keys.list('views', { type }),
    queryFn: () =>
      ask<Page<SavedView>>(
        `/views${query({ state: 'active', record_type: type, sort: 'rank,name', limit: 200, fields })}`,
      ),
    staleTime: 60_000,
    enabled,
  });
  useEffect(() => {
    if (enabled && type) void takeOver(client, type);
  }, [client, type, enabled]);
  return found.data?.items ?? none;
}

const none: SavedView[] = [];

/** Views an older version kept in this browser become views of the person, once. */
async function takeOver(client: QueryClient, type: string): Promise<void> {
  const place = `tl.views.${type}`;
  if (taken.has(type)) return;
  taken.add(type);
  let old: OldView[];
  try {
    old = JSON.parse(localStorage.getItem(place) ?? '[]') as OldView[];
  } catch {
    return;
  }
  if (!Array.isArray(old) || old.length === 0) return;
  for (const view of old) {
    const body = { name: view.name, record_type: type, filter: view.filter, sort: view.sort };
    const columns = view.columns?.split(',').filter(Boolean);
    try {
      await ask('/views', {
        method: 'POST',
        body: { ...body, columns },
        idempotencyKey: `taken-over ${type} ${view.name}`.slice(0, 255).replaceAll(/[^\x20-\x7e]/g, '-'),
      });
    } catch (error) {
      // A field it names is gone by now: the filter alone is worth keeping. Whatever else it is, the view waits here.
      if (!(error instanceof Problem) || error.status !== 422) return;
      const alone = { name: view.name, record_type: type, filter: view.filter };
      await ask('/views', { method: 'POST', body: alone }).catch(() => undefined);
    }
  }
  localStorage.removeItem(place);
  void client.invalidateQueries({ queryKey: keys.lists('views') });
}
