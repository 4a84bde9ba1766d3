import { expect, test } from 'vitest';
import { openBrowser } from './browser';

test('a browser for the stories starts and draws a page', async (context) => {
  const { browser, reason } = await openBrowser();
  if (!browser) return context.skip(reason);
  try {
    const page = await browser.newPage();
    await page.setContent('<h1>Throughline</h1>');
    expect(await page.textContent('h1')).toBe('Throughline');
  } finally {
    await browser.close();
  }
}, 300_000);
