/** Chance that always falls the same way: a small generator of our own, seeded by words and numbers. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight; a weight of 0 is never picked. */
  weighted<T>(list: readonly T[], weight: (one: T) => number): T;
  /** True in this share of cases. */
  happens(share: number): boolean;
  /** Around a median, with a long tail upwards; `spread` 0.7 makes one in fourteen more than 2.8 times the median. */
  around(median: number, spread: number): number;
  /** How often something happens that happens so often on average. */
  count(mean: number): number;
}

function seedOf(words: readonly (string | number)[]): number {
  let seed = 2_166_136_261;
  for (const letter of words.join(' ')) seed = Math.imul(seed ^ letter.codePointAt(0)!, 16_777_619);
  return seed >>> 0;
}

/** The same words give the same chance, on every machine. */
export function chanceOf(...words: (string | number)[]): Chance {
  let state = seedOf(words);
  const next = () => {
    // A counter whose bits are mixed until each depends on all.
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  return {
    next,
    pick,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    weighted: (list, weight) => {
      let left = next() * list.reduce((sum, one) => sum + weight(one), 0);
      for (const one of list) {
        left -= weight(one);
        if (left < 0) return one;
      }
      return list.at(-1)!;
    },
    happens: (share) => next() < share,
    around: (median, spread) => {
      const bell = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * bell);
    },
    count: (mean) => {
      const floor = Math.exp(-mean);
      let found = -1;
      for (let left = 1; left > floor; found += 1) left *= next();
      return found;
    },
  };
}
