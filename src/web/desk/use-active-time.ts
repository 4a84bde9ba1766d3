import { useCallback, useEffect, useState } from 'react';

/** Nobody works on what they did not touch for so long. */
const idleMs = 120_000;
const tickMs = 5_000;

const placeOf = (number: string) => `tl.active.${number}`;

function secondsAt(number: string): number {
  try {
    return Number(sessionStorage.getItem(placeOf(number)) ?? 0) || 0;
  } catch {
    return 0;
  }
}

/**
 * How long a record stood open in this window while somebody was at it, in seconds, since time was last booked. It
 * stays in this window: nobody else ever reads it.
 */
export function useActiveTime(number: string): { seconds: number; clear: () => void } {
  const [seconds, setSeconds] = useState(() => secondsAt(number));
  useEffect(() => {
    setSeconds(secondsAt(number));
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || Date.now() - touched > idleMs) return;
      const next = secondsAt(number) + tickMs / 1000;
      try {
        sessionStorage.setItem(placeOf(number), String(next));
      } catch {
        return;
      }
      setSeconds(next);
    }, tickMs);
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touch);
    };
  }, [number]);
  const clear = useCallback(() => {
    try {
      sessionStorage.removeItem(placeOf(number));
    } catch {
      // Without storage nothing was counted.
    }
    setSeconds(0);
  }, [number]);
  return { seconds, clear };
}
