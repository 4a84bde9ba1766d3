import { useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../api/client';
import { onPresence } from '../api/stream';
import type { RecordRow } from '../api/types';

export interface Present {
  person: { id: string; name: string };
  writing: 'comment' | 'note' | null;
  since: string;
}

type Writing = Present['writing'];

/** It is said again well within the minute after which nobody believes it any more. */
const againMs = 25_000;
/** Whoever typed nothing for so long only reads. */
const restMs = 8_000;

const seat = crypto.randomUUID();

/** Tells others that one looks at a record, and hears who else does. `typed` says that something is being written. */
export function usePresence(plural: string, record: RecordRow, enabled: boolean) {
  const [items, setItems] = useState<Present[]>([]);
  const [writing, setWriting] = useState<Writing>(null);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const path = `/${plural}/${encodeURIComponent(record.number)}/presence`;

  useEffect(() => {
    if (!enabled) return;
    let open = true;
    const say = () => {
      if (document.visibilityState !== 'visible') return;
      ask<{ items: Present[] }>(path, { method: 'POST', body: { seat, writing } })
        .then((told) => open && setItems(told.items))
        .catch(() => undefined);
    };
    say();
    const timer = setInterval(say, againMs);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, [path, writing, enabled]);

  useEffect(() => {
    if (!enabled) return;
    const gone = () =>
      void ask(path, { method: 'POST', body: { seat, gone: true }, keepalive: true }).catch(() => undefined);
    const turn = () => {
      if (document.visibilityState === 'hidden') gone();
      else void ask(path, { method: 'POST', body: { seat } }).catch(() => undefined);
    };
    document.addEventListener('visibilitychange', turn);
    window.addEventListener('pagehide', gone);
    const deaf = onPresence((told) => {
      if (told.id === record.id) setItems(told.items);
    });
    return () => {
      document.removeEventListener('visibilitychange', turn);
      window.removeEventListener('pagehide', gone);
      deaf();
      clearTimeout(rest.current);
      gone();
    };
  }, [path, record.id, enabled]);

  const typed = useMemo(
    () => (mode: 'comment' | 'note', text: string) => {
      clearTimeout(rest.current);
      setWriting(text ? mode : null);
      if (text) rest.current = setTimeout(() => setWriting(null), restMs);
    },
    [],
  );
  return { items, typed };
}
