import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { screens } from '../../scripts/screens/list';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

/** What the interface refused while screens were open: nobody asks for what is not there. */
function refusalsOn(page: Page): string[] {
  const found: string[] = [];
  page.on('response', (answer) => {
    const address = new URL(answer.url());
    if (answer.status() >= 400 && address.pathname.startsWith('/api/'))
      found.push(`${answer.status()} ${address.pathname}${address.search}`);
  });
  return found;
}

/** The addresses of a person's screens, as far as there is something to see. */
async function addressesOf(seat: Seat, who: string): Promise<string[]> {
  const found: string[] = [];
  for (const { at } of screens.filter((screen) => screen.who === who && screen.name !== 'missing')) {
    if (typeof at === 'string') {
      found.push(at);
      continue;
    }
    const list = at.first.replace(/service_id[^&]*&?/g, '').replace(',due_at', '');
    const page = await seat.ask<Listed>('GET', `/${list}${list.includes('?') ? '&' : '?'}limit=1`).catch(() => null);
    if (page?.items[0]) found.push(at.at(page.items[0].number));
  }
  return [...new Set(found)];
}

story('whoever has a page open sees each practice go, one after the other, on one live stream', async ({ as }) => {
  const [ada, sam] = [await as('ada'), await as('sam')];
  const practices = ['goals', 'problems', 'changes'];
  const streams: string[] = [];
  sam.page.on('request', (asked) => {
    if (new URL(asked.url()).pathname === '/api/v1/stream') streams.push(asked.url());
  });
  await sam.page.goto('/my-work');
  const nav = sam.page.getByRole('navigation').first();
  await nav.getByRole('link', { name: 'Goals' }).waitFor();
  await expect.poll(() => streams.length).toBe(1);
  for (const key of practices) {
    await ada.ask('POST', `/practices/${key}/switch_off`, {});
    await nav.getByRole('link', { name: key, exact: false }).waitFor({ state: 'detached' });
  }
  expect(streams).toHaveLength(1);
  for (const key of practices.reverse()) await ada.ask('POST', `/practices/${key}/switch_on`, {});
  for (const key of practices) await nav.getByRole('link', { name: key, exact: false }).waitFor();
  await Promise.all([ada.close(), sam.close()]);
});

story(
  'a small house: with service levels and services off no screen knows of them, and on again all is due',
  async (stage) => {
    const ada = await stage.as('ada');
    const before = await ada.ask<Listed>(
      'GET',
      '/incidents?due_at.empty=false&state_category=open&sort=number&limit=5',
    );
    expect(before.items.length).toBeGreaterThan(0);
    const { page } = ada;
    await page.goto('/practices');
    await page.getByRole('button', { name: 'Switch off: Service levels' }).click();
    await page.getByText(/Clocks that go out of sight/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('navigation').getByRole('link', { name: 'Agreements' }).waitFor({ state: 'detached' });
    for (const key of ['availability', 'goals', 'services']) await ada.ask('POST', `/practices/${key}/switch_off`, {});

    const asked = refusalsOn(page);
    await page.goto('/goals');
    await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
    expect(asked).toEqual([]);

    for (const who of ['rita', 'sam', 'carla']) {
      const seat = await stage.as(who);
      const gone = /^\/(goals|services|outages|agreements|calendars)/;
      const refused = refusalsOn(seat.page);
      for (const address of (await addressesOf(seat, who)).filter((one) => !gone.test(one))) {
        await seat.page.goto(address);
        await seat.page.waitForSelector('main h1:visible, article:visible, .empty:visible');
        await expect.poll(() => seat.page.locator('.skel, [aria-busy="true"]').count(), { timeout: 10_000 }).toBe(0);
        const text = await seat.page.locator('main').innerText();
        expect([address, /\b(overdue|promise[sd]? (kept|broken|late)|due (today|in|at))\b/i.exec(text)?.[0]]).toEqual([
          address,
          undefined,
        ]);
      }
      expect([who, refused]).toEqual([who, []]);
      await seat.close();
    }

    for (const key of ['services', 'goals', 'availability', 'service_levels'])
      await ada.ask('POST', `/practices/${key}/switch_on`, {});
    for (const one of before.items)
      await expect
        .poll(async () => (await ada.ask<Record<string, unknown>>('GET', `/incidents/${one.number}`)).due_at, {
          timeout: 60_000,
        })
        .toBe(one.due_at);
    await ada.close();
  },
);

story('the form and the history say words, not keys, in the language of the reader', async ({ as }) => {
  const [ada, cho] = [await as('ada'), await as('cho')];
  for (const verb of ['switch_off', 'switch_on']) await ada.ask('POST', `/practices/service_levels/${verb}`, {});
  for (const [language, called, channel] of [
    ['de', 'Zusagen', 'Telefon'],
    ['en', 'Service levels', 'phone'],
  ] as const) {
    const { page } = cho;
    await page.goto('/profile');
    await page.getByRole('button', { name: language === 'de' ? 'Deutsch' : 'English' }).click();
    await expect.poll(async () => (await cho.ask<{ language: string }>('GET', '/me')).language).toBe(language);
    await page.goto('/incidents/new?call=1');
    await expect.poll(() => page.getByLabel(language === 'de' ? 'Kanal' : 'Channel').inputValue()).toBe(channel);
    await page.goto('/history?type=practice');
    const lines = page.locator('.hi-lines');
    await lines.getByRole('link', { name: called }).first().waitFor();
    await lines
      .getByRole('button', { name: /Ada Rossi/ })
      .first()
      .click();
    await page.locator('.causes').getByRole('link', { name: called }).first().waitFor();
    expect(await page.locator('.hi').innerText()).not.toMatch(/service_levels|configuration_item/);
  }
  await Promise.all([ada.close(), cho.close()]);
});
