import { useSyncExternalStore } from 'react';

/** One ticking second for the whole page: every clock on it moves together. */
const listeners = new Set<() => void>();
let offset = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** The present of the product, in milliseconds since 1970: the server's clock, which may stand elsewhere than ours. */
export function present(): number {
  return Date.now() + offset;
}

/** Sets our clock by the server's; a difference under two seconds is the network's and changes nothing. */
export function setClock(serverNow: string | null | undefined) {
  const at = Date.parse(serverNow ?? '');
  if (Number.isNaN(at)) return;
  const found = at - Date.now();
  offset = Math.abs(found) < 2_000 ? 0 : found;
  tick();
}

function tick() {
  now = present();
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present second, in milliseconds since 1970. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** The present minute: for lists, which need not be drawn each second. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => now - (now % 60_000));
}
