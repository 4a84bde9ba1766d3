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

/** One sentence at a time; what can be taken back stands below the others for its whole time. */
interface Standing {
  readonly plain: Toast | null;
  readonly undoable: Toast | null;
}

let standing: Standing = { plain: null, undoable: null };
let serial = 0;
const listeners = new Set<() => void>();

function set(next: Partial<Standing>) {
  standing = { ...standing, ...next };
  for (const tell of listeners) tell();
}

const drop = ({ id }: Toast) => {
  if (standing.plain?.id === id) set({ plain: null });
  if (standing.undoable?.id === id) set({ undoable: null });
};

/** Says what happened; with `undo` it can be taken back while it stands there. */
export function say(text: string, options: { undo?: () => Promise<unknown>; tone?: 'broken'; stays?: number } = {}) {
  serial += 1;
  const toast = {
    id: serial,
    text,
    stays: options.stays ?? (options.undo || options.tone ? 10_000 : 5000),
    ...options,
  };
  // The answer to an earlier act may come after a later one: it does not take away that this can be undone.
  set(options.undo ? { plain: null, undoable: toast } : { plain: toast });
}

/** Can something be taken back now? */
export const mayUndo = () => standing.undoable !== null;

/** Takes the last verb back, if that is still possible. */
export function undoLast() {
  const toast = standing.undoable;
  if (!toast?.undo) return;
  set({ undoable: null });
  toast.undo().catch((error: unknown) => say(sentenceOf(error), { tone: 'broken' }));
}

/** The place where sentences appear, bottom left. */
export function Toaster() {
  const { plain, undoable } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => standing,
  );
  return (
    <div className="toaster" role="status" aria-live="polite">
      {plain ? <Sentence key={plain.id} toast={plain} /> : null}
      {undoable ? <Sentence key={undoable.id} toast={undoable} /> : null}
    </div>
  );
}

function Sentence({ toast }: { toast: Toast }) {
  const { t } = useTranslation('kit');
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => drop(toast), toast.stays);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div className="toast" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} role="presentation">
      <span>{toast.text}</span>
      {toast.undo ? (
        <button type="button" className="un" onClick={undoLast}>
          {t('undo')} <Key>Z</Key>
        </button>
      ) : (
        <button type="button" className="un" onClick={() => drop(toast)}>
          {t('ok')}
        </button>
      )}
      <span className="runout" aria-hidden="true" style={{ animationDuration: `${toast.stays}ms` }} />
    </div>
  );
}
