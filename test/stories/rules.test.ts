import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

story(
  'Ada writes a rule, sees what it would have done, switches it on, and it takes the next incident',
  async (stage) => {
    const ada = await stage.as('ada');
    const sam = await stage.as('sam');
    const { page } = ada;
    await page.goto('/assignment-rules/new');
    await page.getByLabel(/^Name/).fill('Printers of the points');
    await page.getByLabel(/^Condition/).fill('title.lowerAscii().contans("printer")');
    await page.getByRole('combobox', { name: /^Team/ }).fill('Field support');
    await page
      .getByRole('option', { name: /Field support/ })
      .first()
      .click();
    await page.getByLabel(/^Order/).fill('10');
    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await page.getByText('There is no contans() here', { exact: false }).first().waitFor();
    await page.getByLabel(/^Condition/).fill('title.lowerAscii().contains("printer")');
    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await page.getByText(/^It would have taken [\d,]+ of [\d,]+ incidents/).waitFor();
    await page.keyboard.press('Control+Enter');

    // It is a draft: its page shows the same, and nothing goes by it yet.
    await page.waitForURL(/\/assignment-rules\/RULE-\d+/);
    const path = `/assignment-rules/${page.url().split('/').at(-1)!}`;
    expect(await ada.ask('GET', path)).toMatchObject({ state: 'draft', rank: 10 });
    await page.getByText(/^It would have taken [\d,]+ of [\d,]+ incidents/).waitFor();
    await page.getByRole('button', { name: /^Switch on/ }).click();
    await expect.poll(() => ada.ask('GET', path), { timeout: 10_000 }).toMatchObject({ state: 'active' });

    const made = await sam.ask<{ number: string }>('POST', '/incidents', { title: 'The printer eats paper' });
    expect(await sam.ask('GET', `/incidents/${made.number}`)).toMatchObject({ team_id: { name: 'Field support' } });
    const { items } = await sam.ask<Listed>('GET', `/incidents/${made.number}/history`);
    expect(JSON.stringify(items)).toContain('Printers of the points');
    await ada.close();
    await sam.close();
  },
);
