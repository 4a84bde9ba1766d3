import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from './client';
import type { Page, RecordRow, Ref } from './types';

/** Where an incident stands in its queue: the base, each part, and the whole in one sentence. */
export interface QueuePlace extends Ref {
  queue_at: string;
  sentence: string;
  order: (Ref & { version: number }) | null;
  base: { kind: 'due' | 'held' | 'opened'; at: string };
  parts: { kind: string; minutes: number; words: string }[];
}

const askPlaces = (numbers: string, language: string) =>
  ask<Page<QueuePlace>>(`/queue-places${query({ incident: numbers, language })}`);
/** So many are asked at once. */
const atOnce = 50;

/** The sentences of these rows by their ids; those not known yet are missing. A row that moved is asked anew. */
export function useReasons(rows: readonly RecordRow[], enabled = true): ReadonlyMap<string, string> {
  const { language } = useTranslation().i18n;
  const placed = rows.filter((row) => row.queue_at);
  const pages: RecordRow[][] = [];
  for (let at = 0; at < placed.length && enabled; at += atOnce) pages.push(placed.slice(at, at + atOnce));
  const found = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['places', language, page.map((row) => `${row.number} ${row.queue_at} ${row.version}`).join()],
      queryFn: () => askPlaces(page.map(({ number }) => number).join(), language),
      staleTime: 300_000,
      retry: false,
    })),
  });
  const told = found.map(({ data }) => data);
  // Each answer is one object as long as it is kept.
  return useMemo(
    () => new Map(told.flatMap((page) => page?.items.map((one) => [one.id, one.sentence] as const) ?? [])),
    told,
  );
}

/** Why one incident stands where it stands. */
export function usePlace(record: RecordRow) {
  const { language } = useTranslation().i18n;
  return useQuery({
    queryKey: ['places', 'one', language, record.number, record.queue_at, record.version],
    queryFn: async () => (await askPlaces(record.number, language)).items[0] ?? null,
    enabled: Boolean(record.queue_at),
    retry: false,
  });
}
