import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.map((one) => `${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

story('Ada writes an action rule, tries it and switches it on; Sam sees why and says it is wrong', async ({ as }) => {
  const ada = await as('ada');
  const sam = await as('sam');
  const { page } = ada;
  await page.goto('/action-rules/new');
  await page.getByLabel(/^Name/).fill('Ovens are urgent');
  await page.getByLabel(/^Condition/).fill('title.lowerAscii().contans("oven")');
  await page.getByLabel(/^Order/).fill('10');
  await page.getByLabel(/^Set urgency/).selectOption('1');
  await page.getByLabel(/^Add tags/).fill('oven');
  // What is asked for nothing but quiet rules stands there for them alone.
  expect(await page.getByLabel(/^Minutes/).count()).toBe(0);
  await page.getByLabel(/^When/).selectOption('quiet');
  await page.getByLabel(/^Minutes/).waitFor();
  await page.getByLabel(/^When/).selectOption('logged');
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await page.getByText('There is no contans() here', { exact: false }).first().waitFor();
  await page.getByLabel(/^Condition/).fill('title.lowerAscii().contains("screen")');
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await page.getByText(/^It would have acted [\d,]+ times?, on [\d,]+ of [\d,]+ incidents/).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel(/^Condition/).fill('title.lowerAscii().contains("oven")');
  await page.keyboard.press('Control+Enter');

  // It is off: its page shows what it would have done, and nothing happens yet.
  await page.waitForURL(/\/action-rules\/ACT-\d+/);
  const path = `/action-rules/${page.url().split('/').at(-1)!}`;
  expect(await ada.ask('GET', path)).toMatchObject({ state: 'draft', rank: 10, set_urgency: 1, add_tags: ['oven'] });
  await page.getByText(/^It would have /).waitFor();
  expect(await faults(page)).toEqual([]);
  const began = performance.now();
  await ada.ask('POST', `${path}/try`, {});
  console.log('TRY', performance.now() - began);
  await page.getByRole('button', { name: /^Switch on/ }).click();
  await expect.poll(() => ada.ask('GET', path), { timeout: 10_000 }).toMatchObject({ state: 'active' });

  const { number } = await sam.ask<{ number: string }>('POST', '/incidents', { title: 'The oven stays cold' });
  await expect
    .poll(() => sam.ask('GET', `/incidents/${number}`), { timeout: 10_000 })
    .toMatchObject({ urgency: 1, tags: ['oven'] });
  await sam.page.goto(`/incidents/${number}`);
  await sam.page
    .getByRole('button', { name: /^Why: ACT-\d+ \(version \d+\), Ovens are urgent/ })
    .first()
    .click();
  await sam.page.getByRole('button', { name: 'This is wrong' }).first().click();
  await sam.page.getByLabel(/^What would be right/).fill('A cold oven is a normal Monday.');
  await sam.page.keyboard.press('Tab');
  await sam.page.keyboard.press('Enter');
  const told = async () => {
    const { items } = await sam.ask<Listed>('GET', `/incidents/${number}/history?limit=5`);
    return JSON.stringify(items);
  };
  await expect.poll(told, { timeout: 10_000 }).toContain('incident.doubted');
  expect(await told()).toContain('Ovens are urgent');
  await ada.close();
  await sam.close();
});
