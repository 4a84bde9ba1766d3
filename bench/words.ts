/** A random source that gives the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const syllables = 'ba de fi go ku la me ni po ru sa te vi wo xa ze cho dra fle gri'.split(' ');
const plain =
  'printer scanner monitor keyboard laptop login password mailbox calendar phone network cable door badge till screen order menu oven payment card report server backup folder update licence browser camera headset'.split(
    ' ',
  );
const troubles =
  'does not start|is slow|shows an error|lost its settings|cannot be reached|keeps restarting|asks for a password again|prints blank pages|is missing|was stolen'.split(
    '|',
  );

/** Word number `index` of an endless vocabulary; the first ones are the frequent ones of a service desk. */
export function word(index: number): string {
  if (index < plain.length) return plain[index]!;
  let rest = index;
  let text = '';
  do {
    text += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  } while (rest > 0);
  return `${text}n`;
}

export const vocabulary = 20_000;
/** Stands in about one of four descriptions. */
export const commonWord = 'printer';
/** Stands in one of thousands. */
export const rareWord = word(15_733);

/** A word as texts have them: a few stand everywhere, most almost nowhere. */
export function drawWord(random: () => number): string {
  return word(Math.floor(vocabulary ** random()) - 1);
}

export function title(random: () => number): string {
  return `${capital(drawWord(random))} ${troubles[Math.floor(random() * troubles.length)]}`;
}

export function description(random: () => number, words = 30): string {
  const text = Array.from({ length: words }, () => drawWord(random)).join(' ');
  return `${capital(text)}.`;
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
