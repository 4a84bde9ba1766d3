import { createContext, useContext, useSyncExternalStore } from 'react';
import { ask } from '../api/client';
import { language, rename } from '../i18n';

/** Words an organisation uses instead of the delivered ones, and beside them those of its departments. */
export interface OwnWords {
  words: Record<string, string>;
  departments: Record<string, Record<string, string>>;
}

let own: OwnWords = { words: {}, departments: {} };
const listeners = new Set<() => void>();

/** Asks for the words of this reader and speaks them from now on. */
export async function loadOwnWords(): Promise<void> {
  const found = await ask<OwnWords>(`/words?language=${language()}`);
  const same = JSON.stringify(found) === JSON.stringify(own);
  own = found;
  if (same) return;
  await rename(found.words);
  for (const tell of listeners) tell();
}

/** The department of the record that is drawn here; lists of several have none. */
export const DepartmentOfWords = createContext<string | undefined>(undefined);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Own words as they hold here, by what is meant: those of the record's department before those of all. */
export function useOwnWords(): (key: string) => string | undefined {
  const department = useContext(DepartmentOfWords);
  const all = useSyncExternalStore(subscribe, () => own);
  const mine = department ? all.departments[department] : undefined;
  return ownWordsIn(mine, all.words);
}

const kept = new WeakMap<object, (key: string) => string | undefined>();
const none = {};

/** The same function for the same words, so that what hangs on it is not made anew. */
function ownWordsIn(mine: Record<string, string> = none, all: Record<string, string>) {
  const key = mine === none ? all : mine;
  const known = kept.get(key);
  if (known) return known;
  const made = (name: string) => mine[name] ?? all[name];
  kept.set(key, made);
  return made;
}
