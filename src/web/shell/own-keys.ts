import { useSyncExternalStore } from 'react';
import { ask } from '../api/client';
import { type KeyMap, readKeys, writeKeys } from './key-map';

const listeners = new Set<() => void>();
let known: KeyMap = readKeys();

function tell(next: KeyMap) {
  known = next;
  writeKeys(next);
  for (const listener of listeners) listener();
}

/** The keys this person chose, wherever they sit. */
export function useOwnKeys(): KeyMap {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => known,
  );
}

/** Reads a person's keys from the server. Those an older version kept in this browser are taken over. */
export async function loadOwnKeys(): Promise<void> {
  const { keys } = await ask<{ keys: KeyMap }>('/me/keys');
  const here = readKeys();
  if (Object.keys(keys).length === 0 && Object.keys(here).length > 0 && !isKnown()) await keepOwnKeys(here);
  else tell(keys);
  markKnown();
}

const place = 'tl.keys.server';
const isKnown = () => localStorage.getItem(place) !== null;
const markKnown = () => localStorage.setItem(place, '1');

/** Keeps a person's keys, whole. Throws the server's refusal. */
export async function keepOwnKeys(map: KeyMap): Promise<void> {
  const { keys } = await ask<{ keys: KeyMap }>('/me/keys', { method: 'PATCH', body: { keys: map } });
  tell(keys);
}

/** Whoever signs out takes their keys along. */
export function leaveOwnKeys(): void {
  tell({});
}
