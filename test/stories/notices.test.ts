import { expect } from 'vitest';
import { onStage } from './on-stage';

const story = onStage();

story('Sam chooses quiet hours by himself and tries them out', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Evenings and weekends' }).focus();
  await page.keyboard.press('Enter');
  const quiet = page.locator('form.nq');
  await quiet.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await sam.ask<{ quiet: unknown[] }>('GET', '/me/notices')).quiet.length).toBe(2);
  await page.getByLabel('If this came on').fill('2026-11-21T23:10');
  await page.getByText(/Comes Monday,? 23 November.* 08:00, in the digest: quiet hours end then\./).waitFor();
  await page.getByLabel('Promises at risk: also in quiet hours').check();
  await page.getByLabel('Kind').selectOption('promise');
  await page.getByText(/Comes at once, Saturday.*it passes your quiet hours/).waitFor();
  await page.getByLabel('What you watch comes').selectOption('never');
  await expect
    .poll(async () => (await sam.ask<{ topics: { topic: string; way: string }[] }>('GET', '/me/notices')).topics)
    .toContainEqual({ topic: 'watch', way: 'never', source: 'own', critical: false, passes: false });

  // From what one was told.
  await page.goto('/notifications');
  await page.locator('.told-how summary').first().click();
  await page.locator('.told-how select').first().waitFor();
  await sam.close();
});
