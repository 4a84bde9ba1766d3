import type { MantineColorSchemeManager } from '@mantine/core';
import { useMantineColorScheme } from '@mantine/core';

const place = 'tl.theme';

/** Keeps the chosen scheme where theme.js finds it before the first paint. */
export const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    try {
      const kept = localStorage.getItem(place);
      return kept === 'light' || kept === 'dark' || kept === 'auto' ? kept : fallback;
    } catch {
      return fallback;
    }
  },
  set: (scheme) => {
    try {
      localStorage.setItem(place, scheme);
    } catch {
      // Without storage the choice holds for this visit.
    }
  },
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => localStorage.removeItem(place),
};

export const schemes = ['auto', 'light', 'dark'] as const;

/** The chosen scheme and how to choose another. */
export function useScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = () => setColorScheme(colorScheme === 'light' ? 'dark' : colorScheme === 'dark' ? 'auto' : 'light');
  return { scheme: colorScheme, choose: setColorScheme, next };
}
