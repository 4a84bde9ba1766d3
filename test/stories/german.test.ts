import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Seat } from './stage';

const story = onStage();

/** This browser chose German before; it prefers English all the same. */
const inGerman = (seat: Seat) => seat.context.addInitScript(() => localStorage.setItem('tl.language', 'de'));

story('On a German screen Ada reads in German what the server refuses, at its field', async ({ as }) => {
  const ada = await as('ada');
  await inGerman(ada);
  const { page } = ada;
  await page.goto('/departments/new');
  await page.getByLabel(/^Name/).fill('Bakery');
  await page.getByLabel(/^Kurzname/).fill('Back Stube');
  await page.keyboard.press('Control+Enter');
  await page
    .getByText('Ein Kurzname hat kleine Buchstaben, Ziffern und Bindestriche und beginnt mit einem Buchstaben.')
    .waitFor();
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await ada.close();
});

story('Sam reads in German why a verb did not go, because somebody else was faster', async ({ as }) => {
  const sam = await as('sam', { width: 390, height: 844 });
  await inGerman(sam);
  const { page } = sam;
  const { number } = await sam.ask<{ number: string }>('POST', '/incidents', {
    title: 'Ofen bleibt kalt',
    impact: 2,
    team_id: 'Service desk',
  });
  await page.goto(`/incidents/${number}`);
  await page.getByRole('article').getByText('Zugewiesen').first().waitFor();
  // The screen hears nothing of it: it learns by being refused.
  await page.route('**/api/v1/stream*', (route) => route.abort());
  await page.route(`**/api/v1/incidents/${number}`, (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  );
  await sam.ask('POST', `/incidents/${number}/start`, {});
  await page.keyboard.press('s');
  await page.getByText('Störung: „Beginnen“ geht im Stand „In Arbeit“ nicht.').waitFor();
  await sam.close();
});

story('Sam reads in German by which rule a report came to its team, on the incident', async ({ as }) => {
  const sam = await as('sam');
  await inGerman(sam);
  const { page } = sam;
  const { number, team_id } = await sam.ask<{ number: string; team_id: { name: string } }>('POST', '/incidents', {
    title: 'Karte wird nicht gelesen',
    service_id: 'Card payments',
    subcategory: 'Terminal',
  });
  const said = `${team_id.name} betreibt den Service Card payments.`;
  await page.goto(`/incidents/${number}`);
  await page.getByText(said).first().waitFor();
  const lines = await sam.ask<{ items: { why: { rule: string } }[] }>('GET', `/incidents/${number}/history`);
  // What is kept is English, and programs read that.
  expect(lines.items.at(-1)!.why.rule).toBe(`${team_id.name} operates the service Card payments.`);
  await sam.close();
});
