import { useEffect, useSyncExternalStore } from 'react';

/** Something a person may do here and now, by key, palette or button. */
export interface Action {
  id: string;
  label: string;
  group: 'record' | 'here' | 'go' | 'create' | 'house';
  /** One key, or two pressed one after the other (`g i`). */
  key?: string;
  hint?: string;
  refused?: string;
  run: () => void;
}

const sets = new Map<symbol, Action[]>();
const listeners = new Set<() => void>();
let all: Action[] = [];

/** Verbs stand before what the record offers besides, texts and macros after both; else as they were offered. */
const rank = ({ id }: Action) => (id.startsWith('verb.') ? 0 : id.startsWith('record.') ? 1 : 2);

function rebuild() {
  const offered = [...sets.values()].flat();
  const ofRecord = offered.filter((one) => one.group === 'record').sort((a, b) => rank(a) - rank(b));
  all = [...ofRecord, ...offered.filter((one) => one.group !== 'record')];
  for (const tell of listeners) tell();
}

/** Offers actions as long as the caller is on the screen. Memoise the list. */
export function useActions(actions: Action[]) {
  useEffect(() => {
    const mine = Symbol('actions');
    sets.set(mine, actions);
    rebuild();
    return () => {
      sets.delete(mine);
      rebuild();
    };
  }, [actions]);
}

/** Everything that may be done now. */
export function useAllActions(): Action[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

export function currentActions(): Action[] {
  return all;
}
