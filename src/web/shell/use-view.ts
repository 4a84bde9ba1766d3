import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The part of the view that lies in the address, and how to change it without losing the way back. */
export function useView(): [
  Record<string, string>,
  (change: Record<string, string | undefined>, replace?: boolean) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const navigate = useNavigate();
  const change = useCallback(
    (parts: Record<string, string | undefined>, replace = false) => {
      void navigate({
        to: '.',
        search: ((before: Record<string, string>) => {
          const next: Record<string, string> = { ...before };
          for (const [key, value] of Object.entries(parts)) {
            if (value === undefined || value === '') delete next[key];
            else next[key] = value;
          }
          return next;
        }) as never,
        replace,
      });
    },
    [navigate],
  );
  return [search, change];
}
