import { useEffect, useRef } from 'react';
import { mayUndo, undoLast } from '../kit/toast';
import { currentActions } from './actions';
import { nameOfPress, readKeys, stroke } from './key-map';

function writing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (!element?.closest) return false;
  return Boolean(element.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], dialog'));
}

/** One listener for all keys: `Ctrl K` everywhere, `Z` and `Ctrl Z` while a toast offers it, the rest outside of fields. */
export function useKeyboard(palette: () => void, asking: boolean) {
  const pending = useRef<string | null>(null);
  useEffect(() => {
    let forget: ReturnType<typeof setTimeout> | undefined;
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        palette();
        return;
      }
      // While something that asks is still coming, keys are meant for it and not for the page behind.
      if (asking || writing(event.target) || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.shiftKey) {
        undoLast();
        return;
      }
      if (nameOfPress(event) === 'z' && pending.current === null && mayUndo()) {
        event.preventDefault();
        undoLast();
        return;
      }
      const name = nameOfPress(event);
      if (!name) return;
      const heard = stroke(currentActions(), readKeys(), { pending: pending.current }, name);
      pending.current = heard.pending;
      clearTimeout(forget);
      if (heard.pending) {
        forget = setTimeout(() => {
          pending.current = null;
        }, 1200);
      }
      if (heard.action) {
        event.preventDefault();
        if (!heard.action.refused) heard.action.run();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [palette, asking]);
}
