import { useCallback, useSyncExternalStore } from 'react';
import { draftAt, hasArrived, isRestored, keepDraft, onDraft } from '../api/drafts';

export interface DraftOf<T> {
  /** What is written there; undefined when nothing is. */
  readonly content: T | undefined;
  readonly write: (content: T | null) => void;
  /** When it was last written. */
  readonly at: string | null;
  /** It was written before this screen was opened, and nothing was changed since. */
  readonly restored: boolean;
}

/** What somebody writes at a place: it survives reload, crash, sign-out and an upgrade. Null takes it away. */
export function useDraftOf<T>(place: string): DraftOf<T> {
  const kept = useSyncExternalStore(
    useCallback((tell) => onDraft(place, tell), [place]),
    () => draftAt(place),
  );
  const write = useCallback((content: T | null) => keepDraft(place, content), [place]);
  return {
    content: kept ? (kept.content as T) : undefined,
    write,
    at: kept?.at ?? null,
    restored: isRestored(place),
  };
}

/** Whether words begun elsewhere have come to a place. Nobody who writes already is torn out of their field by it. */
export function useArrived(place: string): boolean {
  return useSyncExternalStore(
    useCallback((tell) => onDraft(place, tell), [place]),
    () => hasArrived(place),
  );
}

/** The same for one text; an empty one is none. */
export function useDraft(
  place: string,
): [text: string, write: (text: string) => void, keptAt: string | null, restored: boolean] {
  const { content, write, at, restored } = useDraftOf<string>(place);
  const put = useCallback((text: string) => write(text === '' ? null : text), [write]);
  const text = typeof content === 'string' ? content : '';
  return [text, put, text ? at : null, restored && text !== ''];
}
