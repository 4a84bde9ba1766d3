import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../test/browser';
import { removePlace, testPlace } from '../../test/place';
import { startServer } from '../../test/server';
import { type Screen, screens, sizes, themes } from './list';

/**
 * Takes a picture of every screen into `screens/`, signed in as whom it is made for, wide and narrow, light and dark.
 * Words after the command choose: names of screens, `wide`, `phone`, `guide`, `light`, `dark`. `SCREENS_URL` takes them from a
 * product that already runs; otherwise one starts with the demonstration and goes when the pictures are there.
 */
async function main(words: string[]): Promise<void> {
  const opened = await openBrowser();
  if (!opened.browser) throw new Error(`No pictures without a browser: ${opened.reason}.`);
  const directory = join(process.cwd(), 'screens');
  mkdirSync(directory, { recursive: true });
  const place = process.env.SCREENS_URL ? null : testPlace();
  let server: Awaited<ReturnType<typeof startServer>> | null = null;
  try {
    server = place ? await startServer({ DATA_DIR: place }) : null;
    const url = process.env.SCREENS_URL ?? server!.url;
    const asked = words.filter((word) => screens.some((screen) => screen.name === word));
    const wanted = screens.filter((screen) => asked.length === 0 || asked.includes(screen.name));
    const of = <T extends string>(all: readonly T[]) => {
      const some = all.filter((one) => words.includes(one));
      return some.length ? some : all.filter((one) => one !== 'guide');
    };
    for (const size of of(Object.keys(sizes) as (keyof typeof sizes)[]))
      for (const theme of of(themes)) await takeAll(opened.browser, url, wanted, size, theme, directory);
  } finally {
    await opened.browser.close();
    await server?.stop();
    if (place) await removePlace(place);
  }
}

async function takeAll(
  browser: Browser,
  url: string,
  wanted: readonly Screen[],
  size: keyof typeof sizes,
  theme: (typeof themes)[number],
  directory: string,
): Promise<void> {
  for (const who of new Set(wanted.map((screen) => screen.who))) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: sizes[size],
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    if (who) {
      const answer = await context.request.post('/api/v1/sign-in', {
        data: { email: `${who}@pizza.example`, password: 'pizza' },
      });
      if (!answer.ok()) throw new Error(`${who} cannot sign in: ${answer.status()}.`);
    }
    const page = await context.newPage();
    // People come by the sign-in page; it leaves our font behind, as it does for them.
    if (who) {
      await page.goto('/reset');
      await settled(page);
    }
    for (const screen of wanted.filter((one) => one.who === who)) {
      const problem = await take(context, page, screen, join(directory, `${screen.name}-${size}-${theme}.png`));
      if (problem) process.stderr.write(`${screen.name} (${size}, ${theme}): ${problem}\n`);
    }
    await context.close();
  }
}

/** Takes one picture; answers what was wrong with it. */
async function take(context: BrowserContext, page: Page, screen: Screen, path: string): Promise<string | null> {
  const faults: string[] = [];
  const hear = (error: Error) => faults.push(error.message.split('\n')[0]!);
  page.on('pageerror', hear);
  try {
    const address = await addressOf(context, screen);
    if (!address) return 'nothing to show yet';
    await page.goto(address);
    await settled(page);
    if (screen.click) await page.locator(screen.click).first().click();
    if (screen.type) await page.keyboard.type(screen.type);
    for (const key of screen.press ?? []) await page.keyboard.press(key);
    if (screen.click || screen.press) await settled(page);
    await page.screenshot({ path });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`scrolls sideways by ${wide} px`);
  } finally {
    page.off('pageerror', hear);
  }
  return faults.length ? faults.join('; ') : null;
}

async function addressOf(context: BrowserContext, screen: Screen): Promise<string | null> {
  if (typeof screen.at === 'string') return screen.at;
  const joint = screen.at.first.includes('?') ? '&' : '?';
  const answer = await context.request.get(`/api/v1/${screen.at.first}${joint}limit=1`);
  const page = (await answer.json()) as { items?: { number: string }[] };
  const found = page.items?.[0];
  return found ? screen.at.at(found.number) : null;
}

/** Waits until nothing is loading any more; the live stream never ends, so the network's silence is no sign. */
async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main, form, h1', { timeout: 15_000 });
  await page
    .waitForFunction(() => !document.querySelector('.skel, [aria-busy="true"]'), undefined, { timeout: 8_000 })
    .catch(() => undefined);
  await page.waitForTimeout(500);
}

await main(process.argv.slice(2));
