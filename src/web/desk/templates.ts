import { useQuery } from '@tanstack/react-query';
import { ask, query } from '../api/client';
import { keys } from '../api/keys';
import type { Page, RecordRow } from '../api/types';

export interface TextTemplate extends RecordRow {
  name: string;
  mode: 'both' | 'comment' | 'note';
  text: string;
}

export interface Macro extends RecordRow {
  name: string;
  record_type: string;
  next: boolean;
}

/** Texts this person may use, in their order. */
export function useTemplates(enabled = true): TextTemplate[] {
  const found = useQuery({
    queryKey: keys.list('text-templates', { desk: true }),
    queryFn: () =>
      ask<Page<TextTemplate>>(
        `/text-templates${query({ state: 'active', sort: 'rank,name', limit: 200, fields: 'name,mode,text' })}`,
      ),
    staleTime: 60_000,
    enabled,
  });
  return found.data?.items ?? noTemplates;
}

/** Series of verbs this person may use on a kind of record, in their order. */
export function useMacros(type: string, enabled = true): Macro[] {
  const found = useQuery({
    queryKey: keys.list('macros', { desk: type }),
    queryFn: () =>
      ask<Page<Macro>>(
        `/macros${query({ state: 'active', record_type: type, sort: 'rank,name', limit: 200, fields: 'name,record_type,next' })}`,
      ),
    staleTime: 60_000,
    enabled,
  });
  return found.data?.items ?? noMacros;
}

const noTemplates: TextTemplate[] = [];
const noMacros: Macro[] = [];

/** A text with its variables filled from a record, and the names of those without a value. */
export function filledText(text: string, record?: string) {
  return ask<{ text: string; missing: string[] }>('/text-templates/preview', {
    method: 'POST',
    body: { text, record },
  });
}
