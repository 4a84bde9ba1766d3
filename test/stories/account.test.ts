import { AxeBuilder } from '@axe-core/playwright';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Stage } from './stage';

const story = onStage();

/** A browser nobody has signed in with, at the name passkeys belong to. */
async function browserOf({ browser, server }: Stage): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url.replace('127.0.0.1', 'localhost'),
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  return context.newPage();
}

async function enter(page: Page, who: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(`${who}@pizza.example`);
  await page.getByLabel('Password', { exact: true }).fill('pizza');
  await page.keyboard.press('Enter');
}

const faults = async (page: Page) =>
  (await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

/** The code of the next half minute: the one of this was used to confirm, and serves once. */
const nextCode = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + 30_000 });

/** Sets up one-time codes where the page offers it. Answers the secret and the recovery codes. */
async function setUp(page: Page) {
  await page.getByRole('button', { name: 'Set up one-time codes' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  const secret = (await page.locator('.pf-secret').innerText()).replaceAll(' ', '');
  const field = page.getByRole('textbox', { name: 'One-time code' });
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await faults(page)).toEqual([]);
  await page.keyboard.type(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await page.keyboard.press('Enter');
  await page.locator('.pf-codes code').first().waitFor();
  const recovery = await page.locator('.pf-codes code').allInnerTexts();
  expect(recovery).toHaveLength(10);
  return { secret, recovery };
}

story(
  'Rita protects her account with one-time codes, and comes in with one, and with a recovery code',
  async (stage) => {
    const page = await browserOf(stage);
    await enter(page, 'rita');
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/profile');
    const { secret, recovery } = await setUp(page);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 codes are left').waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await page.waitForURL(/sign-in/);
    await enter(page, 'rita');
    const field = page.getByRole('textbox', { name: 'One-time code' });
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await faults(page)).toEqual([]);
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code does not fit').waitFor();
    await field.fill(nextCode(secret));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await page.context().clearCookies();
    await enter(page, 'rita');
    await page.getByRole('button', { name: 'Device lost' }).click();
    await page.getByLabel('Recovery code').fill(recovery[0]!);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/profile');
    await page.getByText('9 codes are left').waitFor();
    await page.getByRole('button', { name: 'Remove one-time codes' }).click();
    await page.getByRole('dialog').getByLabel('Your password').fill('pizza');
    await page.keyboard.press('Enter');
    await page.getByText('The password alone. With a second factor').waitFor();
    await page.context().close();
  },
);

story('Cho makes a passkey on her device, names it, and signs in with it without a password', async (stage) => {
  const page = await browserOf(stage);
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await enter(page, 'cho');
  await page.waitForURL(/my-work/);
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name of the passkey').fill('Laptop');
  await page.keyboard.press('Enter');
  await page.locator('.pf-codes code').first().waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Laptop').waitFor();
  await page.getByRole('button', { name: 'Rename Laptop' }).click();
  await page.getByLabel('Name of the passkey').fill('Blue laptop');
  await page.keyboard.press('Enter');
  await page.getByText('Blue laptop').waitFor();
  expect(await faults(page)).toEqual([]);
  await page.context().clearCookies();
  // The password alone no longer opens this account.
  await enter(page, 'cho');
  await page.getByText('Show your passkey.').waitFor();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/my-work/);
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Remove Blue laptop' }).click();
  await page.getByRole('dialog').getByLabel('Your password').fill('pizza');
  await page.keyboard.press('Enter');
  await page.getByText('The password alone. With a second factor').waitFor();
  await page.context().close();
});

story('Ada asks auditors for a second factor: Otto is led there when he signs in, and goes on', async (stage) => {
  const ada = await stage.as('ada');
  const rule = await ada.ask<{ number: string }>('POST', '/sign-in-rules', { name: 'Auditors', roles: ['auditor'] });
  const page = await browserOf(stage);
  await enter(page, 'otto');
  await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
  await page.goto('/history');
  await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
  await setUp(page);
  await page.getByRole('button', { name: 'I have kept them, go on' }).click();
  await page.waitForURL((url) => url.pathname === '/history');
  await ada.ask('POST', `/sign-in-rules/${rule.number}/retire`, {});
  // Otto loses his telephone: Ada lets him in.
  const { items } = await ada.ask<{ items: { number: string }[] }>('GET', '/people?email=otto@pizza.example');
  await ada.page.goto(`/people/${items[0]!.number}`);
  await ada.page.getByRole('button', { name: 'Take away the second factor' }).click();
  await ada.page.getByRole('dialog').getByRole('textbox').fill('Telephone lost');
  await ada.page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await page.request.get('/api/v1/me')).status(), { timeout: 20_000 }).toBe(401);
  await enter(page, 'otto');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.context().close();
  await ada.close();
});

story('Ada merges a person who stands here twice, sees first what moves, and parts them again', async ({ as }) => {
  const ada = await as('ada');
  const make = (email: string) =>
    ada.ask<{ number: string }>('POST', '/people', { name: 'Mira Conti', email, roles: ['requester'] });
  const [stays, goes] = [await make('mira.conti@pizza.example'), await make('m.conti@pizza.example')];
  const { number } = await ada.ask<{ number: string }>('POST', '/incidents', {
    title: 'Scanner beeps all day',
    requester_id: 'm.conti@pizza.example',
  });
  const requester = async () =>
    (await ada.ask<{ requester_id: { number: string } }>('GET', `/incidents/${number}`)).requester_id.number;
  const { page } = ada;
  await page.goto(`/people/${goes.number}`);
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(stays.number);
  await dialog.getByRole('option', { name: new RegExp(stays.number) }).click();
  await dialog.getByText('This moves to Mira Conti:').waitFor();
  await dialog.getByText(/1\s+Incidents: Requester/).waitFor();
  await dialog.getByText(/signed in by m\.conti@pizza\.example/).waitFor();
  expect(await faults(page)).toEqual([]);
  expect(await requester()).toBe(goes.number);
  await page.keyboard.press('Control+Enter');
  await expect.poll(requester, { timeout: 20_000 }).toBe(stays.number);
  await page.goto(`/people/${stays.number}`);
  await page.getByRole('heading', { name: 'The same human' }).waitFor();
  await page.getByRole('link', { name: goes.number }).first().click();
  await page.getByRole('button', { name: 'Unmerge' }).click();
  await page.keyboard.press('Control+Enter');
  await expect.poll(requester, { timeout: 20_000 }).toBe(goes.number);
  await ada.close();
});
