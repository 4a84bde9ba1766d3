import { beforeEach, expect, test, vi } from 'vitest';

type Kept = { place: string; content: unknown; at: string };

/** What the server keeps; `away` while it cannot be reached. */
const server = new Map<string, Kept>();
let away = false;

/** As much of a browser's storage as drafts use: what is kept are its own keys. */
const storage: Record<string, string> = Object.create({
  getItem: (key: string) => storage[key] ?? null,
  setItem: (key: string, text: string) => {
    storage[key] = text;
  },
  removeItem: (key: string) => {
    delete storage[key];
  },
});

const answer = (body: unknown, status = 200) =>
  new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

beforeEach(() => {
  server.clear();
  away = false;
  for (const key of Object.keys(storage)) delete storage[key];
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    if (away) throw new TypeError('no way');
    if (init.method === 'POST') {
      const kept = JSON.parse(String(init.body)) as Kept;
      server.set(kept.place, kept);
      return answer(kept, 201);
    }
    if (init.method === 'DELETE') {
      const gone = server.delete(decodeURIComponent(address.split('/').pop()!));
      return gone ? answer(null, 204) : answer({ detail: 'There is no such draft.' }, 404);
    }
    return answer({ items: [...server.values()], next: null });
  });
});

/** The page as it is loaded anew. */
const page = async () => {
  vi.resetModules();
  const drafts = await import('./drafts');
  await drafts.loadDrafts('sam');
  return drafts;
};

test('what was sent from another window does not come back as a draft', async () => {
  const first = await page();
  first.keepDraft('INC-1.comment', 'We look.');
  await first.flushDrafts();
  expect(server.get('INC-1.comment')).toMatchObject({ content: 'We look.' });
  server.delete('INC-1.comment');
  const again = await page();
  expect(again.draftAt('INC-1.comment')).toBeNull();
  expect([...server.keys()]).toEqual([]);
});

test('what never arrived is sent when the server is back', async () => {
  const first = await page();
  away = true;
  first.keepDraft('INC-1.comment', 'We look.');
  await first.flushDrafts();
  away = false;
  const again = await page();
  expect(again.draftAt('INC-1.comment')).toMatchObject({ content: 'We look.' });
  expect(server.get('INC-1.comment')).toMatchObject({ content: 'We look.' });
});

test('words written after the last that arrived win over what the server has', async () => {
  const first = await page();
  first.keepDraft('INC-1.comment', 'We');
  await first.flushDrafts();
  away = true;
  await new Promise((resolve) => setTimeout(resolve, 5));
  first.keepDraft('INC-1.comment', 'We look.');
  await first.flushDrafts();
  away = false;
  const again = await page();
  expect(again.draftAt('INC-1.comment')).toMatchObject({ content: 'We look.' });
  expect(server.get('INC-1.comment')).toMatchObject({ content: 'We look.' });
});

test('words begun elsewhere arrive once, and never where somebody writes already', async () => {
  const first = await page();
  first.keepDraft('new.goal', { name: 'Wanted' });
  first.keepDraft('new.team', { name: 'Night' });
  await first.flushDrafts();
  expect((await page()).hasArrived('new.goal')).toBe(false);
  for (const key of Object.keys(storage)) delete storage[key];
  vi.resetModules();
  const drafts = await import('./drafts');
  const loading = drafts.loadDrafts('sam');
  drafts.keepDraft('new.team', { name: 'Day' });
  await loading;
  expect([drafts.hasArrived('new.goal'), drafts.hasArrived('new.team')]).toEqual([true, false]);
  expect(drafts.draftAt('new.team')).toMatchObject({ content: { name: 'Day' } });
});
