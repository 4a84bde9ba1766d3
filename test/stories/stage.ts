import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../browser';
import { removePlace, testPlace } from '../place';
import { type RunningServer, startServer } from '../server';

/** The product with its demonstration, and a browser before it. */
export interface Stage {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** A browser of one person, signed in; of nobody when `who` is null. English, wide, without motion. */
  as(who: string | null, options?: { width?: number; height?: number; dark?: boolean }): Promise<Seat>;
  /** What every open page shows now and what the server said last: for the report of a story that failed. */
  scene(): Promise<string>;
  end(): Promise<void>;
}

export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Asks the API as this person. */
  ask<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** Milliseconds an answer to a page may take at most: stories played with it show what depends on speed. */
const lag = Number(process.env.STORY_LAG ?? 0);

/** Holds questions and answers back by chance, so that they overtake each other. */
async function slowDown(context: BrowserContext): Promise<void> {
  await context.route(/\/api\/v1\/(?!stream)/, async (route) => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, Math.random() ** 2 * (lag / 2)));
    try {
      await wait();
      const response = await route.fetch({ maxRedirects: 0 });
      await wait();
      await route.fulfill({ response });
    } catch {
      await route.abort().catch(() => undefined);
    }
  });
}

async function sceneOf(context: BrowserContext): Promise<string[]> {
  return Promise.all(
    context.pages().map(async (page) => {
      // What stands before and beside the screen, not the menu, which is the same everywhere.
      const parts = page.locator('main, [role=status], [role=dialog]');
      const seen = await Promise.all(
        (await parts.all()).map((part) => part.ariaSnapshot({ timeout: 3000 }).catch(String)),
      );
      return [page.url(), ...seen.map((text) => text.slice(0, 5000))].join('\n');
    }),
  );
}

/** Sets the stage, or says why no browser story can be played; `env`: further settings of the product. */
export async function setStage(
  env: Record<string, string> = {},
): Promise<{ stage: Stage; reason: null } | { stage: null; reason: string }> {
  const opened = await openBrowser();
  if (!opened.browser) return { stage: null, reason: opened.reason };
  const { browser } = opened;
  const place = testPlace();
  const server = await startServer({ DATA_DIR: place, ...env }).catch(async (error: unknown) => {
    await browser.close();
    await removePlace(place);
    throw error;
  });
  const stage: Stage = {
    server,
    browser,
    async as(who, { width = 1440, height = 900, dark = false } = {}) {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
      });
      if (lag > 0) await slowDown(context);
      const answer = who
        ? await context.request.post('/api/v1/sign-in', { data: { email: `${who}@pizza.example`, password: 'pizza' } })
        : null;
      if (answer && !answer.ok()) throw new Error(`${who} cannot sign in: ${answer.status()}`);
      return {
        page: await context.newPage(),
        context,
        async ask<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) {
          const told = await context.request.fetch(`/api/v1${path}`, { method, data: body as never });
          if (!told.ok()) throw new Error(`${method} ${path}: ${told.status()} ${await told.text()}`);
          return (await told.json()) as T;
        },
        close: () => context.close(),
      };
    },
    async scene() {
      const pages = await Promise.all(browser.contexts().map(sceneOf));
      return [...pages.flat(), `The server said: ${server.said().slice(-2000)}`].join('\n\n');
    },
    async end() {
      await browser.close().catch(() => undefined);
      await server.stop();
      await removePlace(place);
    },
  };
  return { stage, reason: null };
}

export type Listed = { items: { id: string; number: string; [field: string]: unknown }[]; total?: number };
