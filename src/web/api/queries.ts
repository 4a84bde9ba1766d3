import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { setClock } from '../words/now';
import { loadOwnWords } from '../words/own-words';
import { ask, query } from './client';
import { loadDrafts } from './drafts';
import { keys } from './keys';
import type { Me, Page, RecordRow, RecordType, Told } from './types';

const hour = 3_600_000;

/** Who is signed in; null when nobody is. */
export function useMe() {
  return useQuery({ queryKey: keys.me, queryFn: askMe, staleTime: hour, retry: false });
}

/** Asks who is signed in, and sets the page's clock by the answer. */
export async function askMe(): Promise<Me> {
  const [me] = await Promise.all([ask<Me>('/me'), loadOwnWords().catch(() => undefined)]);
  setClock(me.now);
  // What somebody began to write is known before a screen is drawn.
  if (!me.must_enrol) void loadDrafts(me.id);
  return me;
}

/** What this person was told, newest first, with the number of what is not read. */
export function useTold(enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.told,
    queryFn: ({ pageParam }) =>
      ask<Page<Told> & { unread: number }>(`/me/notifications${query({ limit: 50, cursor: pageParam })}`),
    initialPageParam: '' as string,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 15_000,
    enabled,
  });
}

/** The record types this caller may see, with fields, states and verbs. */
export function useTypes() {
  return useQuery({
    queryKey: keys.types,
    queryFn: async () => {
      const answer = await ask<RecordType[] | Page<RecordType>>('/record-types');
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: hour,
  });
}

/** One record type, found by its plural, its singular or its prefix. */
export function useType(name: string): RecordType | undefined {
  const types = useTypes();
  return types.data?.find((type) => type.plural === name || type.type === name || type.prefix === name);
}

export type ListParams = Record<string, string | number | boolean | undefined>;

/** What may not be there, as its practice can be switched off. */
const maybe = /\b(due_at|service_id|problem_id|configuration_item_id)\b/;

/** Fields and order of a list as far as they are there; undefined until it is known what is. */
function useThere(plural: string, params: ListParams): ListParams | undefined {
  const types = useTypes();
  if (!maybe.test(`${params.fields ?? ''} ${params.sort ?? ''}`)) return params;
  const type = types.data?.find((one) => one.plural === plural);
  if (!type) return types.isFetched ? params : undefined;
  const known = new Set(type.fields.map((field) => field.name));
  const there = (text: ListParams[string]) =>
    text === undefined
      ? undefined
      : String(text)
          .split(',')
          .filter((name) => !maybe.test(name) || known.has(name.replace(/^-/, '')))
          .join() || undefined;
  return { ...params, fields: there(params.fields), sort: there(params.sort) };
}

/** Does this kind of record have the field? Not before it is known. */
export function useHasField(plural: string, field: string): boolean {
  return useType(plural)?.fields.some(({ name }) => name === field) ?? false;
}

/** A list, page by page; the rows on screen stay while the next answer comes. */
export function useList(plural: string, asked: ListParams, options: { enabled?: boolean; limit?: number } = {}) {
  const there = useThere(plural, asked);
  const params = there ?? asked;
  return useInfiniteQuery({
    queryKey: keys.list(plural, params),
    queryFn: ({ pageParam, signal }) =>
      ask<Page<RecordRow>>(`/${plural}${query({ limit: options.limit ?? 100, ...params, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: '' as string,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: (options.enabled ?? true) && there !== undefined,
  });
}

/** How many records a list would hold. */
export function useCount(plural: string, params: ListParams, enabled = true) {
  return useQuery({
    queryKey: keys.count(plural, params),
    queryFn: () => ask<Page<RecordRow>>(`/${plural}${query({ ...params, limit: 1, fields: 'id', count: true })}`),
    staleTime: 15_000,
    enabled,
  });
}

/** One record by its number. */
export function useRecord(plural: string, number: string | undefined) {
  return useQuery({
    queryKey: keys.record(plural, number ?? ''),
    queryFn: () => ask<RecordRow>(`/${plural}/${encodeURIComponent(number ?? '')}`),
    enabled: Boolean(number),
    staleTime: 5_000,
  });
}

/** Parts that are asked for with more than their name. */
const askedAs: Record<string, string> = { history: 'history?limit=200', tasks: 'tasks?limit=200' };

/** What the page of a piece of work shows at once. */
export const pageParts = [
  'comments',
  'history',
  'attachments',
  'links',
  'watchers',
  'tasks',
  'time-entries',
  'line-of-sight',
  'clocks',
] as const;

/**
 * One record with the parts a page shows of it, in one question; they lie in the cache as if each had been asked for.
 * Asked again later, each is asked by itself.
 */
export function useWhole(plural: string, number: string | undefined, parts: readonly string[] = pageParts) {
  const client = useQueryClient();
  const at = encodeURIComponent(number ?? '');
  return useQuery({
    queryKey: keys.record(plural, number ?? ''),
    queryFn: async () => {
      const known = client.getQueryData(keys.record(plural, number ?? '')) !== undefined;
      const { with: found, ...record } = await ask<RecordRow & { with?: Record<string, unknown> }>(
        `/${plural}/${at}${known ? '' : query({ with: parts.join(',') })}`,
      );
      for (const [part, answer] of Object.entries(found ?? {}))
        client.setQueryData(keys.part(plural, number ?? '', askedAs[part] ?? part), answer);
      return record as RecordRow;
    },
    enabled: Boolean(number),
    staleTime: 5_000,
  });
}

/** A part of a record: `comments`, `history`, `clocks`, `line-of-sight`, `links`, `attachments`, `watchers`. */
export function usePart<T>(plural: string, number: string | undefined, part: string, enabled = true) {
  return useQuery({
    queryKey: keys.part(plural, number ?? '', part),
    queryFn: () => ask<T>(`/${plural}/${encodeURIComponent(number ?? '')}/${part}`),
    enabled: enabled && Boolean(number),
    staleTime: 5_000,
    retry: false,
  });
}

/** Puts the answer of a verb where the record is read, and lets its parts and lists be asked again. */
export function settle(client: QueryClient, plural: string, number: string, record?: RecordRow) {
  if (record?.id) client.setQueryData(keys.record(plural, number), record);
  void client.invalidateQueries({ queryKey: ['record', plural, number] });
  void client.invalidateQueries({ queryKey: keys.lists(plural) });
  if (plural === 'vocabularies') void loadOwnWords();
  // A field of one's own, or a practice that is switched, changes what all forms, lists and filters know.
  if (['custom-fields', 'practices'].includes(plural)) void client.invalidateQueries({ queryKey: keys.types });
}
