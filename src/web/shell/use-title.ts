import { useEffect } from 'react';

/** What the window is called: the screen first, the house last. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} · Throughline`;
  }, [title]);
}
