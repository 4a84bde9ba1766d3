import { useSyncExternalStore } from 'react';

/** The width below which one thing stands at a time; the style sheets name the same. */
const narrow = matchMedia('(max-width: 720px)');

const follow = (tell: () => void): (() => void) => {
  narrow.addEventListener('change', tell);
  return () => narrow.removeEventListener('change', tell);
};

/** Whether the window is as narrow as a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(follow, () => narrow.matches);
}
