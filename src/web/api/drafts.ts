import { ask, Problem } from './client';

/** Something somebody writes: here at once, on the server a moment later. `content` null: it was sent or discarded. */
export interface Kept {
  content: unknown;
  at: string;
  /** The server has it: what it has no longer was sent or discarded elsewhere. */
  saved?: boolean;
}

const lead = 'tl.draft.';
const pauseMs = 600;
/** What a page that closes may still send at once, in characters. */
const lastWords = 60_000;

let owner = '';
let loading: Promise<void> | null = null;
const waiting = new Set<string>();
const listeners = new Map<string, Set<() => void>>();
/** Places written at since this page was loaded: what stands there is no surprise. */
const touched = new Set<string>();
const memory = new Map<string, Kept | null>();
let timer: ReturnType<typeof setTimeout> | undefined;

const keyOf = (place: string) => `${lead}${owner}.${place}`;

function readHere(place: string): Kept | null {
  if (memory.has(place)) return memory.get(place)!;
  let found: Kept | null = null;
  try {
    found = JSON.parse(localStorage.getItem(keyOf(place)) ?? 'null') as Kept | null;
    const old = found ? null : localStorage.getItem(`${lead}${place}`);
    if (old) {
      // As an older version kept it: a text, for whoever sits here.
      const before = JSON.parse(old) as { text?: string; at?: string | null };
      localStorage.removeItem(`${lead}${place}`);
      if (before.text) found = { content: before.text, at: before.at ?? new Date().toISOString() };
    }
  } catch {
    found = null;
  }
  memory.set(place, found);
  return found;
}

function writeHere(place: string, kept: Kept | null) {
  memory.set(place, kept);
  try {
    if (kept) localStorage.setItem(keyOf(place), JSON.stringify(kept));
    else localStorage.removeItem(keyOf(place));
  } catch {
    // Full or forbidden storage: the server still keeps it.
  }
  for (const tell of listeners.get(place) ?? []) tell();
}

/** What is kept of a place: the words themselves, never the mark that they were sent. */
export function draftAt(place: string): Kept | null {
  const kept = owner ? readHere(place) : null;
  return kept && kept.content !== null ? kept : null;
}

/** It was written before this page was loaded, and nothing was changed since. */
export const isRestored = (place: string) => !touched.has(place) && draftAt(place) !== null;

/** Places the server brought words to that this browser did not have. */
const arrived = new Set<string>();

/** Words begun elsewhere have come, before anything was written here: a form that is open already begins anew with them. */
export const hasArrived = (place: string) => arrived.has(place);

export function onDraft(place: string, tell: () => void): () => void {
  const all = listeners.get(place) ?? new Set();
  listeners.set(place, all.add(tell));
  return () => all.delete(tell);
}

/** Keeps what is written at a place; null when it was sent or discarded. */
export function keepDraft(place: string, content: unknown) {
  touched.add(place);
  writeHere(place, { content: content ?? null, at: new Date().toISOString() });
  waiting.add(place);
  clearTimeout(timer);
  timer = setTimeout(() => void flushDrafts(), content === null ? 0 : pauseMs);
}

/** Sends what is not on the server yet. What does not arrive waits for the next time. */
export async function flushDrafts(closing = false): Promise<void> {
  clearTimeout(timer);
  const places = [...waiting];
  waiting.clear();
  await Promise.all(
    places.map(async (place) => {
      const kept = readHere(place);
      if (!kept) return;
      try {
        await sendOne(place, kept, closing);
        if (readHere(place)?.at === kept.at) writeHere(place, kept.content === null ? null : { ...kept, saved: true });
      } catch (error) {
        if (!(error instanceof Problem) || error.status === 0 || error.status >= 500 || error.status === 401)
          waiting.add(place);
      }
    }),
  );
}

/** Messages of one place go one after the other: words that overtake their own removal would stand up again. */
const lanes = new Map<string, Promise<unknown>>();

function sendOne(place: string, kept: Kept, closing: boolean): Promise<void> {
  const before = lanes.get(place);
  // Who closes the page cannot wait.
  if (!before || closing) return lane(place, tellServer(place, kept, closing));
  return lane(
    place,
    before.catch(() => undefined).then(() => tellServer(place, kept, closing)),
  );
}

function lane(place: string, work: Promise<void>): Promise<void> {
  lanes.set(place, work);
  const leave = () => {
    if (lanes.get(place) === work) lanes.delete(place);
  };
  work.then(leave, leave);
  return work;
}

async function tellServer(place: string, kept: Kept, closing: boolean): Promise<void> {
  if (kept.content === null) {
    await ask(`/drafts/${encodeURIComponent(place)}`, { method: 'DELETE', keepalive: closing }).catch(
      (error: unknown) => {
        if (!(error instanceof Problem) || error.status !== 404) throw error;
      },
    );
    return;
  }
  const body = { place, content: kept.content, at: kept.at };
  await ask('/drafts', { method: 'POST', body, keepalive: closing && JSON.stringify(body).length < lastWords });
}

/** Reads what the server keeps, once for each person; later words win over earlier ones, here and there. */
export function loadDrafts(person: string): Promise<void> {
  if (owner === person && loading) return loading;
  owner = person;
  memory.clear();
  touched.clear();
  arrived.clear();
  loading = ask<{ items: { place: string; content: unknown; at: string }[] }>('/drafts')
    .then(({ items }) => {
      for (const { place, content, at } of items) {
        const here = readHere(place);
        if (here && here.at > at) {
          waiting.add(place);
          continue;
        }
        if (here?.at !== at && !touched.has(place)) arrived.add(place);
        writeHere(place, { content, at, saved: true });
      }
      for (const place of unsent()) {
        if (items.some((item) => item.place === place)) continue;
        // What was sent from another window must not come back as a draft.
        if (readHere(place)?.saved) writeHere(place, null);
        else waiting.add(place);
      }
      return flushDrafts();
    })
    .catch(() => {
      loading = null;
    });
  for (const tells of listeners.values()) for (const tell of tells) tell();
  return loading;
}

function unsent(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${lead}${owner}.`))
      .map((key) => key.slice(lead.length + owner.length + 1));
  } catch {
    return [];
  }
}

/** Whoever signs out leaves nothing in this browser that the server has. */
export async function leaveDrafts(): Promise<void> {
  await flushDrafts();
  if (waiting.size > 0) return;
  for (const place of unsent()) localStorage.removeItem(keyOf(place));
  memory.clear();
  owner = '';
  loading = null;
}

if (typeof window !== 'undefined') {
  const last = () => void flushDrafts(true);
  window.addEventListener('pagehide', last);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') last();
  });
  window.addEventListener('online', () => void flushDrafts());
}
