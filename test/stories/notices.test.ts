import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

story('Sam chooses quiet hours by himself and tries them out', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const wayOf = (name: string) => async () => {
    const { topics } = await sam.ask<{ topics: { topic: string; way: string }[] }>('GET', '/me/notices');
    return topics.find(({ topic }) => topic === name)?.way;
  };
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Evenings and weekends' }).focus();
  await page.keyboard.press('Enter');
  const quiet = page.locator('form.nq');
  await quiet.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await sam.ask<{ quiet: unknown[] }>('GET', '/me/notices')).quiet.length).toBe(2);
  await page.getByLabel('If this came on').fill('2026-11-21T23:10');
  await page.getByText(/Comes Monday,? 23 November.* 08:00, in the digest: quiet hours end then\./).waitFor();
  const passes = page.getByLabel('Promises at risk: also in quiet hours');
  await passes.click();
  await expect.poll(() => passes.isChecked()).toBe(true);
  await page.getByLabel('Kind').selectOption('promise');
  await page.getByText(/Comes at once, Saturday.*it passes your quiet hours/).waitFor();
  await page.getByLabel('What you watch comes').selectOption('never');
  await expect.poll(wayOf('watch')).toBe('never');

  // From what one was told: Cho gives him something.
  const cho = await as('cho');
  await cho.ask('POST', '/incidents', { title: 'Told at his desk', assignee_id: 'sam@pizza.example' });
  await cho.close();
  await expect
    .poll(async () => (await sam.ask<Listed>('GET', '/me/notifications')).items.length, { timeout: 15_000 })
    .toBeGreaterThan(0);
  await page.goto('/notifications');
  const how = page.locator('.told-how').first();
  await how.locator('summary').focus();
  await page.keyboard.press('Enter');
  await how.getByRole('combobox').selectOption('in_app');
  await expect.poll(wayOf('work')).toBe('in_app');
  await sam.close();
});

story('the link of a mail opens without signing in, and says so when it is over', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' });
  const page = await context.newPage();
  const asked = page.waitForResponse((answer) => answer.url().includes('/api/v1/me'));
  await page.goto('/notices?token=example');
  await asked;
  await page.getByText(/This link does not serve any more/).waitFor();
  expect(new URL(page.url()).pathname).toBe('/notices');
  await context.close();
});
