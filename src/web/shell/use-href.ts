import { useCallback } from 'react';
import { useTypes } from '../api/queries';
import type { Stop } from '../api/types';

/** Record types whose page bears another name than their plural. */
const shownAs: Record<string, string> = { 'configuration-items': 'components' };

/** The page of a record type. */
export function pathOf(plural: string): string {
  return `/${shownAs[plural] ?? plural}`;
}

/** The plural of a page's first word. */
export function pluralOfPath(word: string): string {
  return Object.entries(shownAs).find(([, shown]) => shown === word)?.[0] ?? word;
}

/** Finds the page of a record by its number (`INC-7`), if its type is one this person may see. */
export function useHref() {
  const types = useTypes();
  return useCallback(
    (number: string, of?: string): string | undefined => {
      const named = of && types.data?.find((one) => one.type === of);
      if (named) return `${pathOf(named.plural)}/${number}`;
      const prefix = number.slice(0, number.indexOf('-'));
      const type = types.data?.find((one) => one.prefix === prefix || `${one.prefix}-` === `${prefix}-`);
      return type ? `${pathOf(type.plural)}/${number}` : undefined;
    },
    [types.data],
  );
}

/** The page of a stop on the line of sight. */
export function useStopHref() {
  const href = useHref();
  return useCallback((stop: Stop) => href(stop.number), [href]);
}
