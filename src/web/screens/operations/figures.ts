import { useQueries, useQuery } from '@tanstack/react-query';
import { ask, query } from '../../api/client';
import { keys } from '../../api/keys';
import { useList } from '../../api/queries';
import type { Measure, Page, RecordRow } from '../../api/types';
import { titleOf } from '../../words/record';

export type MeasureName = 'intake' | 'resolved' | 'backlog' | 'dwell' | 'resolution-hours' | 'promises';

/** One measure over a period, cut by something. */
export function useMeasure(name: MeasureName, params: Record<string, string | undefined>, enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.measure(name, params),
    queryFn: () => ask<Page<Measure>>(`/measures/${name}${query({ type: 'incident', ...params })}`),
    staleTime: 60_000,
    placeholderData: (before) => before,
    retry: false,
  });
}

const day = 86_400_000;
export const ages = [
  { key: 'd1', from: 0, to: 1 },
  { key: 'd3', from: 1, to: 3 },
  { key: 'd7', from: 3, to: 7 },
  { key: 'd14', from: 7, to: 14 },
  { key: 'd28', from: 14, to: 28 },
  { key: 'old', from: 28, to: null },
] as const;

/** Open work by how long it has been open, and how much of each is late. Counted live. */
export function useAges(now: number, where: Record<string, string | undefined>, promising: boolean) {
  const hour = now - (now % 3_600_000);
  const asked = ages.map(({ from, to }) => ({
    'opened_at.lt': from ? new Date(hour - from * day).toISOString() : undefined,
    'opened_at.gte': to === null ? undefined : new Date(hour - to * day).toISOString(),
    state_category: 'open,paused',
    ...where,
  }));
  const count = (params: Record<string, string | undefined>) => ({
    queryKey: keys.count('incidents', params),
    queryFn: () => ask<Page<RecordRow>>(`/incidents${query({ ...params, limit: 1, fields: 'id', count: true })}`),
    staleTime: 60_000,
  });
  const all = useQueries({ queries: asked.map(count) });
  const late = useQueries({
    queries: asked.map((params) => ({
      ...count({ ...params, 'due_at.lt': new Date(now - (now % 60_000)).toISOString() }),
      enabled: promising,
    })),
  });
  return ages.map((age, at) => ({
    ...age,
    params: asked[at]!,
    total: all[at]?.data?.total ?? 0,
    late: late[at]?.data?.total ?? 0,
    ready: Boolean(all[at]?.data),
  }));
}

/** Names of teams and services by their number, for keys of measures. */
export function useNames(plural: 'teams' | 'services', enabled: boolean): Map<string, string> {
  const list = useList(plural, { fields: 'title' }, { limit: 500, enabled });
  return new Map(
    list.data?.pages.flatMap((page) => page.items.map((row) => [row.number, titleOf(row)] as const)) ?? [],
  );
}
