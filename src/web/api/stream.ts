import type { QueryClient } from '@tanstack/react-query';
import { loadOwnWords } from '../words/own-words';
import { query } from './client';

export interface Change {
  type: string;
  id: string;
  number: string;
  version: number;
  name: string;
  at: string;
}

/** Who looks at a record one looks at oneself. */
export interface Told {
  type: string;
  id: string;
  number: string;
  items: { person: { id: string; name: string }; writing: 'comment' | 'note' | null; since: string }[];
}

type Heard = { kind: 'change' | 'gone'; change: Change } | { kind: 'reset' } | { kind: 'presence'; told: Told };

/** What one window tells the others, with the line it came by. */
interface Passed {
  seq: string;
  heard: Heard;
}

/** A browser gives up after an answer that is no stream, as of a proxy that finds nobody; so long until it is asked again, in milliseconds. */
const againMs = 5_000;

const neighbours = new Set<(told: Told) => void>();

/** Hears who comes and goes; answers with how to stop. */
export function onPresence(listener: (told: Told) => void): () => void {
  neighbours.add(listener);
  return () => neighbours.delete(listener);
}

const listeners = new Set<(heard: Exclude<Heard, { kind: 'presence' }>) => void>();

/** Hears every change this caller may see; answers with how to stop. */
export function onChange(listener: (heard: Exclude<Heard, { kind: 'presence' }>) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Opens the live stream once for all windows of this browser: the window that holds the lock reads it and tells the
 * others, since a browser allows only six connections to one server. It is read from `from`, a line before anything was
 * shown, or from what this window heard last: what happens while a page loads, or another window closes, is not lost.
 */
export function openStream(
  client: QueryClient,
  pluralOf: (type: string) => string | undefined,
  from?: number,
): () => void {
  const stop = new AbortController();
  const channel = new BroadcastChannel('tl-stream');
  const pending = new Set<string>();
  let reached = from === undefined ? '' : String(from);
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const refreshLists = () => {
    waiting = undefined;
    for (const plural of pending) void client.invalidateQueries({ queryKey: ['list', plural] });
    void client.invalidateQueries({ queryKey: ['told'] });
    pending.clear();
  };
  const hear = (heard: Heard) => {
    if (heard.kind === 'presence') {
      for (const listener of neighbours) listener(heard.told);
      return;
    }
    for (const listener of listeners) listener(heard);
    if (heard.kind === 'reset') {
      void client.invalidateQueries();
      return;
    }
    const plural = pluralOf(heard.change.type);
    if (!plural) return;
    void client.invalidateQueries({ queryKey: ['record', plural, heard.change.number] });
    if (heard.change.type === 'custom_field') void client.invalidateQueries({ queryKey: ['types'] });
    // What is switched off or on is gone from, or back in, everything that was asked.
    if (heard.change.type === 'practice') void client.invalidateQueries();
    if (heard.change.type === 'vocabulary') void loadOwnWords().catch(() => undefined);
    pending.add(plural);
    waiting ??= setTimeout(refreshLists, 700);
  };
  channel.onmessage = ({ data }: MessageEvent<Passed>) => {
    if (data.seq) reached = data.seq;
    hear(data.heard);
  };

  const read = () =>
    new Promise<void>((done) => {
      let source: EventSource;
      let again: ReturnType<typeof setTimeout> | undefined;
      const open = () => {
        source = new EventSource(`/api/v1/stream${query({ after: reached })}`);
        const on = (name: string, read: (data: string) => Heard) =>
          source.addEventListener(name, (event) => {
            const { data, lastEventId } = event as MessageEvent<string>;
            const heard = read(data);
            if (lastEventId) reached = lastEventId;
            channel.postMessage({ seq: lastEventId, heard } satisfies Passed);
            hear(heard);
          });
        on('change', (data) => ({ kind: 'change', change: JSON.parse(data) as Change }));
        on('gone', (data) => ({ kind: 'gone', change: JSON.parse(data) as Change }));
        on('presence', (data) => ({ kind: 'presence', told: JSON.parse(data) as Told }));
        on('reset', () => ({ kind: 'reset' }));
        source.addEventListener('error', () => {
          if (source.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
        });
      };
      open();
      stop.signal.addEventListener('abort', () => {
        clearTimeout(again);
        source.close();
        done();
      });
    });

  if (navigator.locks) {
    navigator.locks.request('tl-stream', { signal: stop.signal }, read).catch(() => undefined);
  } else {
    void read();
  }
  return () => {
    stop.abort();
    channel.close();
    if (waiting) clearTimeout(waiting);
  };
}
