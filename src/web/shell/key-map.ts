/** Which key does what: delivered keys, a person's own, and how a key press is read. Pure. */

export type KeyMap = Record<string, string>;

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The name of a single press as it stands in the map, or null for presses that belong to the browser. */
export function nameOfPress(press: Press): string | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (press.key === 'Shift' || press.key === 'Dead' || press.key === 'Unidentified') return null;
  if (press.key.length > 1) return press.key === 'Escape' ? 'Esc' : press.key;
  return press.key.toLowerCase();
}

/** The key of an action: the person's own where they chose one. */
export function keyOf(id: string, delivered: string | undefined, own: KeyMap): string | undefined {
  const chosen = own[id];
  return chosen === '' ? undefined : (chosen ?? delivered);
}

export interface Strokes {
  pending: string | null;
}

/** Reads one stroke; answers with the action to run and what is waited for next. */
export function stroke<A extends { id: string; key?: string; group?: string }>(
  actions: A[],
  own: KeyMap,
  strokes: Strokes,
  name: string,
): { action: A | null; pending: string | null } {
  const wanted = strokes.pending ? `${strokes.pending} ${name}` : name;
  // A record's verb wins over the page's key, whichever was offered first; else the newest offer does.
  const fits = actions.filter((one) => keyOf(one.id, one.key, own) === wanted);
  const action = fits.findLast(({ group }) => group === 'record') ?? fits.at(-1) ?? null;
  if (action) return { action, pending: null };
  const begins = actions.some((one) => keyOf(one.id, one.key, own)?.startsWith(`${wanted} `));
  if (begins) return { action: null, pending: wanted };
  return strokes.pending ? stroke(actions, own, { pending: null }, name) : { action: null, pending: null };
}

/** The action that has the key already which another one would be given; a key that begins a longer one is taken too. */
export function clashOf<A extends { id: string; key?: string }>(actions: A[], own: KeyMap, id: string): A | undefined {
  const mine = keyOf(id, actions.find((one) => one.id === id)?.key, own);
  if (!mine) return undefined;
  return actions.find((one) => {
    const key = one.id === id ? undefined : keyOf(one.id, one.key, own);
    return key !== undefined && (key === mine || key.startsWith(`${mine} `) || mine.startsWith(`${key} `));
  });
}

const place = 'tl.keys';

export function readKeys(): KeyMap {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as KeyMap;
  } catch {
    return {};
  }
}

export function writeKeys(map: KeyMap) {
  localStorage.setItem(place, JSON.stringify(map));
}

/** Keys of verbs, the same on every record. */
export const verbKeys: KeyMap = {
  comment: 'r',
  note: 'n',
  hold: 'h',
  assign: 'a',
  start: 's',
  resume: 'u',
  resolve: 'e',
  reopen: 'o',
  close: 'd',
  merge: 'm',
  edit: 'i',
  publish: 'p',
  approve: 'y',
  adopt: 't',
  assess: '-',
  investigate: ';',
  document: 'l',
  fix: 'f',
  submit: 'b',
  refer: 'q',
  reject: 'w',
  implement: '.',
  review: 'x',
  schedule: ',',
};
