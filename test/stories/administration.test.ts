import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

type Told = Record<string, unknown>;

story('Ada switches a practice off and on, and sees before what goes out of sight', async (stage) => {
  const ada = await stage.as('ada');
  const { page } = ada;
  await page.goto('/administration');
  await page.getByRole('link', { name: /^Practices/ }).click();
  await page.getByRole('button', { name: 'Switch off: Problems' }).click();
  await page.getByText(/Open records that go out of sight.*Problems/).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => ada.ask<Told>('GET', '/practices/problems'), { timeout: 10_000 })
    .toMatchObject({ state: 'off' });
  // Within a second it is gone from the menu of everybody.
  await page.getByRole('navigation').getByRole('link', { name: 'Problems' }).waitFor({ state: 'detached' });
  await page.goto('/problems');
  await page.getByText('Nothing is here').first().waitFor();
  await page.goto('/practices');
  await page.getByRole('button', { name: 'Switch on: Problems' }).click();
  await page.getByText(/that are there again/).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => ada.ask<Told>('GET', '/practices/problems'), { timeout: 10_000 })
    .toMatchObject({ state: 'in_use' });
  await page.getByRole('navigation').getByRole('link', { name: 'Problems' }).waitFor();
  await ada.close();
});

story('Ada changes a team after seeing what follows, and goes back to what it was', async (stage) => {
  const ada = await stage.as('ada');
  const { page } = ada;
  const [team] = (await ada.ask<Listed>('GET', '/teams?name=Service%20desk')).items;
  const path = `/teams/${team!.number}`;
  await page.goto(path);
  await page.getByRole('button', { name: /^Edit/ }).first().click();
  await page.getByLabel(/^Name/).fill('First line');
  await page.keyboard.press('Control+Enter');
  const seen = page.getByRole('status', { name: 'What this does' });
  await seen.getByText('First line').waitFor();
  expect(await ada.ask<Told>('GET', path)).toMatchObject({ name: 'Service desk' });
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => ada.ask<Told>('GET', path), { timeout: 10_000 }).toMatchObject({ name: 'First line' });

  await page.goto(`${path}/versions`);
  await page.getByRole('button', { name: 'Back to this' }).first().click();
  await page.getByLabel(/^Reason/).fill('Everybody knows it by its old name.');
  await page.getByRole('status', { name: 'What this does' }).getByText('Service desk').waitFor();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => ada.ask<Told>('GET', path), { timeout: 10_000 }).toMatchObject({ name: 'Service desk' });
  // It is told once it is sealed.
  await expect
    .poll(async () => JSON.stringify(await ada.ask<Told>('GET', '/history?type=team&order=newest&limit=5')), {
      timeout: 20_000,
    })
    .toContain('Everybody knows it by its old name.');
  await page.goto('/administration/changed');
  await page.getByText('Everybody knows it by its old name.', { exact: false }).first().waitFor();
  await ada.close();
});

story('Ada calls incidents tickets, and everybody reads it so', async (stage) => {
  const ada = await stage.as('ada');
  const sam = await stage.as('sam');
  const { page } = ada;
  await page.goto('/vocabularies/new');
  await page.getByLabel(/^Language/).selectOption('en');
  await page.getByLabel('Incident', { exact: true }).fill('Ticket');
  await page.getByText('Kinds of record: many').click();
  await page.getByLabel('Incidents', { exact: true }).fill('Tickets');
  await page.getByRole('region', { name: 'After' }).getByText('Ticket INC-1042').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status', { name: 'What this does' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/vocabularies\/WORDS-\d+/);
  await sam.page.goto('/my-work');
  await sam.page.getByRole('navigation').getByRole('link', { name: 'Tickets', exact: true }).waitFor();
  // A record is read in the words of its department.
  await ada.ask('POST', '/vocabularies', {
    language: 'en',
    department: 'it',
    words: { 'state.in_progress': 'Being fixed' },
  });
  const [one] = (await sam.ask<Listed>('GET', '/incidents?state=in_progress&department=it&limit=1')).items;
  await sam.page.goto(`/incidents/${one!.number}`);
  await sam.page.getByRole('article').getByText('Being fixed').first().waitFor();
  // The interface keeps its names.
  expect((await sam.ask<Listed>('GET', '/incidents?limit=1')).items).toHaveLength(1);
  await ada.close();
  await sam.close();
});
