import { AxeBuilder } from '@axe-core/playwright';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Seat } from './stage';

const began = new Date();
const story = onStage({ THROUGHLINE_NOW: began.toISOString() });

/** So much further than the wall is the product's clock, in seconds. */
let ahead = 0;
async function later(ada: Seat, seconds: number): Promise<void> {
  await ada.ask('POST', '/clock', { advance_s: seconds });
  ahead += seconds;
}
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 1000 });

const faults = async (page: Page) =>
  (await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

/** Sets up one-time codes where the page offers it. Answers the secret. */
async function setUp(page: Page): Promise<string> {
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  const secret = (await page.locator('.pf-secret').innerText()).replaceAll(' ', '');
  await page.getByRole('textbox', { name: 'One-time code' }).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.locator('.pf-codes code').first().waitFor();
  return secret;
}

story('Cho is asked again who she is before she protects her account, ten minutes after she came', async ({ as }) => {
  const [ada, cho] = [await as('ada'), await as('cho')];
  const { page } = cho;
  await later(ada, 660);
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Set up one-time codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Show again who you are' });
  const field = dialog.getByLabel('Your password');
  await field.waitFor();
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await dialog.getByText('This is not your password.').first().waitFor();
  await field.fill('pizza');
  await page.keyboard.press('Enter');
  const secret = await setUp(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await later(ada, 660);
  await page.getByRole('button', { name: 'Remove one-time codes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'By a one-time code' }).click();
  await page.getByRole('dialog').getByLabel('One-time code').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByText('The password alone. With a second factor').waitFor();
  await ada.close();
  await cho.close();
});

story('A rule comes to ask Otto for a second factor while he works: he shows it and goes on', async ({ as }) => {
  // Two of his devices, one of which is there since before he had one-time codes.
  const [ada, first, second] = [await as('ada'), await as('otto'), await as('otto')];
  await first.page.goto('/history');
  await first.page.getByRole('heading', { level: 1 }).waitFor();
  await second.page.goto('/profile');
  await second.page.getByRole('button', { name: 'Set up one-time codes' }).click();
  const secret = await setUp(second.page);
  const rule = await ada.ask<{ number: string }>('POST', '/sign-in-rules', { name: 'Looking on', roles: ['auditor'] });
  await first.page.goto('/history?record_type=incident');
  await first.page.getByRole('heading', { name: 'One more step' }).waitFor();
  await first.page.getByText('A rule asks for your second factor now.').waitFor();
  expect(await faults(first.page)).toEqual([]);
  await later(ada, 60);
  await first.page.getByLabel('One-time code').fill(codeOf(secret));
  await first.page.keyboard.press('Enter');
  await first.page.waitForURL((url) => url.pathname === '/history');
  await first.page.getByRole('heading', { level: 1 }).waitFor();
  // The device he set it up on was asked for nothing.
  await second.page.goto('/history');
  await second.page.waitForURL((url) => url.pathname === '/history');
  await ada.page.goto(`/sign-in-rules/${rule.number}`);
  await ada.page.getByRole('heading', { name: 'Without a second factor' }).waitFor();
  await ada.page.getByText(/has a second factor|have a second factor/).waitFor();
  await ada.ask('PATCH', `/sign-in-rules/${rule.number}`, { roles: ['auditor', 'cio'] });
  await ada.page.getByText(/1 of 2 people it asks has none yet/).waitFor();
  await ada.page.getByRole('link', { name: /Carla/ }).waitFor();
  expect(await faults(ada.page)).toEqual([]);
  for (const seat of [ada, first, second]) await seat.close();
});

story('Ada sees whose tokens a sign-in rule ends before she saves it', async ({ as }) => {
  const [ada, fred] = [await as('ada'), await as('fred', { width: 390, height: 844, dark: true })];
  const { token } = await fred.ask<{ token: string }>('POST', '/me/tokens', { name: 'Ledger', scope: 'read' });
  const { page } = ada;
  await page.goto('/sign-in-rules/new');
  await page.getByLabel(/^Name/).fill('Money');
  await page.getByRole('checkbox', { name: /finance manager/i }).check();
  await page.getByLabel(/^End their tokens/).check();
  await page.getByRole('button', { name: 'Look at the effect' }).click();
  await page.getByText(/Tokens of people without a second factor that stop: 1 \(Fred/).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/sign-in-rules\/SIGN-\d+/);
  await page.getByText('End their tokens').first().waitFor();
  expect(await faults(page)).toEqual([]);
  const reads = await fred.context.request.get('/api/v1/incidents', { headers: { authorization: `Bearer ${token}` } });
  expect([reads.status(), (await reads.json()).code]).toEqual([403, 'second_factor_needed']);
  await fred.page.goto('/incidents');
  await fred.page.getByRole('heading', { name: 'Protect your account' }).waitFor();
  for (const seat of [ada, fred]) await seat.close();
});
