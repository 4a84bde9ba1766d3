import './toast.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/client';
import { Key } from './marks';

export interface Toast {
  id: number;
  text: string;
  tone?: 'broken';
  undo?: () => Promise<unknown>;
  /** Milliseconds it stays. */
  stays: number;
}

let current: Toast | null = null;
let serial = 0;
const listeners = new Set<() => void>();

function set(toast: Toast | null) {
  current = toast;
  for (const tell of listeners) tell();
}

/** Says what happened, one sentence at a time; with `undo` it can be taken back while it stands there. */
export function say(text: string, options: { undo?: () => Promise<unknown>; tone?: 'broken'; stays?: number } = {}) {
  serial += 1;
  set({ id: serial, text, stays: options.stays ?? (options.undo || options.tone ? 10_000 : 5000), ...options });
}

/** Can something be taken back now? */
export const mayUndo = () => current?.undo !== undefined;

/** Takes the last verb back, if that is still possible. */
export function undoLast() {
  const toast = current;
  if (!toast?.undo) return;
  set(null);
  toast.undo().catch((error: unknown) => say(sentenceOf(error), { tone: 'broken' }));
}

/** The place where sentences appear, bottom left. */
export function Toaster() {
  const { t } = useTranslation('kit');
  const toast = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(() => {
      if (current?.id === toast.id) set(null);
    }, toast.stays);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div className="toaster" role="status" aria-live="polite">
      {toast ? (
        <div
          className="toast"
          key={toast.id}
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          role="presentation"
        >
          <span>{toast.text}</span>
          {toast.undo ? (
            <button type="button" className="un" onClick={undoLast}>
              {t('undo')} <Key>Z</Key>
            </button>
          ) : (
            <button type="button" className="un" onClick={() => set(null)}>
              {t('ok')}
            </button>
          )}
          <span className="runout" aria-hidden="true" style={{ animationDuration: `${toast.stays}ms` }} />
        </div>
      ) : null}
    </div>
  );
}
