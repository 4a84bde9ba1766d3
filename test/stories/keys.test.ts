import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

/** A practised hand: so long a key takes, in milliseconds. */
const msPerKey = 120;

/** Counts each key that goes down in this page, held ones once; kept over reloads. */
async function counting(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    addEventListener(
      'keydown',
      (event) => {
        if (!event.repeat) sessionStorage.setItem('keys', String(Number(sessionStorage.getItem('keys') ?? 0) + 1));
      },
      true,
    );
  });
  return async () => Number(await page.evaluate(() => sessionStorage.getItem('keys') ?? '0'));
}

/** Tabs until something has the focus; says where it ended when it never does. */
async function tabTo(page: Page, target: Locator, most = 12): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await target.evaluate((one) => one === document.activeElement || one.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Not reached with ${most} tabs: ${await page.evaluate(() => document.activeElement?.outerHTML)}`);
}

const log = (seat: Seat, input: object) => seat.ask<{ number: string }>('POST', '/incidents', input);

story('a call is logged as a resolved incident within 15 seconds of keys', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const pressed = await counting(page);
  await page.goto('/my-work');
  await page.getByRole('link', { name: 'Goals' }).waitFor();
  await page.keyboard.press('v');
  const who = page.getByRole('combobox', { name: /^Requester/ });
  await expect.poll(() => who.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.type('rita');
  await page.getByRole('option', { name: /Rita/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: /^What is broken/ }));
  await page.keyboard.type('Cannot print a receipt');
  await tabTo(page, page.locator('.solved input'));
  await page.keyboard.type('explained');
  await tabTo(page, page.locator('.solved textarea'));
  await page.keyboard.type('Showed where the button is');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/incidents\/INC-\d+/);
  const number = /INC-\d+/.exec(page.url())![0];
  expect(await sam.ask('GET', `/incidents/${number}`)).toMatchObject({ state: 'resolved', channel: 'phone' });
  const keys = await pressed();
  console.log(`A call, logged and resolved: ${keys} keys, ${(keys * msPerKey) / 1000} s at ${msPerKey} ms per key`);
  expect(keys).toBeLessThanOrEqual(15_000 / msPerKey);
  await sam.close();
});

story('to answer, hold and go on takes at most six keys besides the words', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const pressed = await counting(page);
  const category = 'Keys of the story';
  for (const title of ['First of three keys', 'Second of three keys', 'Third of three keys'])
    await log(sam, { title, requester_id: 'rita@pizza.example', category });
  const view = `filter=category:"${category}"&sort=-opened_at`;
  const listed = await sam.ask<Listed>('GET', `/incidents?category=${encodeURIComponent(category)}&sort=-opened_at`);
  const [first, second] = listed.items.map(({ number }) => number) as [string, string];
  await page.goto(`/incidents/${first}?${view}`);
  await page.getByText('1 of 3').waitFor();
  const before = await pressed();
  const words = 'Is it plugged in?';
  await page.keyboard.press('r');
  await page.keyboard.type(words);
  await page.keyboard.press('Control+Shift+Enter');
  await page.waitForURL(new RegExp(second));
  const keys = (await pressed()) - before - words.length;
  console.log(`Answer, hold, next: ${keys} keys, ${(keys * msPerKey) / 1000} s at ${msPerKey} ms per key`);
  expect(keys).toBeLessThanOrEqual(6);
  await expect
    .poll(async () => (await sam.ask<{ state: string }>('GET', `/incidents/${first}`)).state, { timeout: 10_000 })
    .toBe('on_hold');
  const said = await sam.ask<{ items: { text: string }[] }>('GET', `/incidents/${first}/comments`);
  expect(said.items.map(({ text }) => text)).toEqual([words]);
  await sam.close();
});
