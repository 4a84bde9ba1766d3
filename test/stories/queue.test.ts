import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

/** What hinders people who read or act by other means, each with its place. */
const faultsOn = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

const ordered = '/incidents?state_category=open,paused&sort=queue_at&limit=5&fields=number,queue_at';

story(
  'Sam reads why his queue stands as it stands, by key alone, and Ada sees what another order would do',
  async (stage) => {
    const sam = await stage.as('sam');
    const ada = await stage.as('ada');
    const before = await sam.ask<Listed>('GET', ordered);
    const { page } = sam;
    await page.goto('/incidents');
    // The first of the queue stands open, and its side says why it is the first.
    await page.waitForURL(new RegExp(`/incidents/${before.items[0]!.number}`));
    const place = page.locator('section', { has: page.getByRole('heading', { name: 'Place in the queue' }) });
    await place.getByText('worth').waitFor();
    await place.getByText('The house').or(place.getByText('Cards before all else')).first().waitFor();
    await page.keyboard.press('j');
    await page.waitForURL(new RegExp(`/incidents/${before.items[1]!.number}`));
    const row = page.locator(`a.row[href="/incidents/${before.items[1]!.number}"]`);
    await row.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    const why = row.getByRole('tooltip');
    await why.waitFor();
    expect(await faultsOn(page)).toEqual([]);
    expect(await why.innerText()).toMatch(/→ worth .*version 1\)/);

    // Ada looks at the effect before she saves, and the queue is another one soon after.
    await ada.page.goto('/queue-orders');
    await ada.page.getByText('The house').first().click();
    await ada.page.waitForURL(/\/queue-orders\/QO-\d+/);
    await ada.page.getByRole('button', { name: /^Edit/ }).click();
    await ada.page.getByLabel(/^Minutes for being on hold/).fill('0');
    await ada.page.getByLabel(/^Minutes for impact 1/).fill('10000');
    await ada.page.getByRole('button', { name: 'Show the effect', exact: true }).click();
    await ada.page.getByText(/open incidents? would change (its|their) place/).waitFor();
    expect(await faultsOn(ada.page)).toEqual([]);
    await ada.page.keyboard.press('Control+Enter');
    await ada.page.getByRole('button', { name: /^Edit/ }).waitFor();
    await expect
      .poll(async () => JSON.stringify((await sam.ask<Listed>('GET', ordered)).items), { timeout: 20_000 })
      .not.toBe(JSON.stringify(before.items));
    await sam.close();
    await ada.close();
  },
);

story('Ada takes over the holidays of a country, and sees each day before it is written', async (stage) => {
  const ada = await stage.as('ada');
  const { page } = ada;
  const { items } = await ada.ask<Listed>('GET', '/calendars?name=Office%20hours');
  const path = `/calendars/${items[0]!.number}`;
  await page.goto(path);
  await page.getByText('Liberty Day').waitFor();
  await page.getByRole('button', { name: /^Add holidays/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Add holidays' });
  await dialog.getByLabel('From year').fill('2027');
  await dialog.getByLabel('Until year').fill('2027');
  await dialog.getByText('Good Friday').waitFor();
  await dialog.getByText('there already').first().waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Good Friday', { exact: true }).waitFor();
  expect(JSON.stringify(await ada.ask('GET', path))).toContain('"2027-03-26"');
  // A file says what of it was not read.
  await page.getByRole('button', { name: /^Add holidays/ }).click();
  await dialog.getByLabel('File', { exact: true }).check();
  await dialog.getByLabel(/^iCalendar/).fill('2027-07-05;Our day\nsometimes;Never');
  await dialog.getByText('Line 2:', { exact: false }).waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Our day', { exact: true }).waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await ada.close();
});

story(
  'an agreement tells in plain words what each team may use, and the incident which team used how much',
  async (stage) => {
    const ines = await stage.as('ines');
    const sam = await stage.as('sam');
    const { items } = await ines.ask<Listed>('GET', '/agreements?name.contains=Card%20payments');
    await ines.page.goto(`/agreements/${items[0]!.number}`);
    const slices = ines.page.locator('section', {
      has: ines.page.getByRole('heading', { name: 'Of the time to resolve' }),
    });
    await slices.getByText('all other teams together').waitFor();
    await slices.getByText('Payments').waitFor();
    expect(await faultsOn(ines.page)).toEqual([]);

    const made = await sam.ask<{ number: string }>('POST', '/incidents', {
      title: 'The new card readers do not answer',
      service_id: 'Card payments',
      impact: 1,
      urgency: 1,
      team_id: 'Service desk',
    });
    await sam.ask('POST', `/incidents/${made.number}/assign`, { team_id: 'Payments' });
    await sam.page.goto(`/incidents/${made.number}`);
    const side = sam.page.getByRole('complementary', { name: 'Context' });
    await side.getByText('Which team used how much').waitFor();
    await side.getByRole('button', { name: /^Payments/ }).waitFor();
    expect(await faultsOn(sam.page)).toEqual([]);
    await ines.close();
    await sam.close();
  },
);
