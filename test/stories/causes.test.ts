import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

/** So many hours from now, as a form writes it. */
const inHours = (hours: number) => {
  const at = new Date(Date.now() + hours * 3_600_000);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
};

/** Waits until the server keeps this of a record. */
const kept = (seat: Seat, path: string, fields: Record<string, unknown>) =>
  expect.poll(() => seat.ask('GET', path), { timeout: 10_000 }).toMatchObject(fields);

story('Cho leads a change from draft to its end, and nothing begins before Ines has said yes', async ({ as }) => {
  const cho = await as('cho');
  const ines = await as('ines');
  const { page } = cho;
  await page.goto('/changes/new');
  await page.getByLabel(/^Title/).fill('Gateway pay-gw-1 gets more memory');
  for (const [label, text] of [
    ['Description', 'From 8 to 16 GB.'],
    ['Reason', 'It swaps on Saturdays.'],
    ['Plan', 'Stop, put in, start.'],
    ['Test', 'One payment at DP 25.'],
    ['Way back', 'Take it out again.'],
  ] as const)
    await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.getByLabel('Window begins').fill(inHours(-1));
  await page.getByLabel('Window ends').fill(inHours(3));
  for (const [label, name] of [
    ['Service', 'Card payments'],
    ['Components', 'pay-gw-1'],
  ] as const) {
    await page.getByRole('combobox', { name: label, exact: true }).fill(name);
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click();
  }
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/changes\/CHG-\d+/);
  const number = page.url().split('/').at(-1)!;
  const path = `/changes/${number}`;
  const article = page.getByRole('article');
  await article.getByText('Draft').first().waitFor();

  const dialog = page.getByRole('dialog');
  await article.getByRole('button', { name: /^Submit/ }).waitFor();
  await page.keyboard.press('b');
  await kept(cho, path, { state: 'submitted' });
  await article.getByRole('button', { name: /^Assess/ }).waitFor();
  await page.keyboard.press('-');
  await kept(cho, path, { state: 'assessing' });
  await article.getByRole('button', { name: /^Ask for approval/ }).waitFor();
  await page.keyboard.press('q');
  await dialog.waitFor();
  await dialog.getByLabel(/^Risk/).selectOption('low');
  await dialog.getByLabel(/^Impact/).selectOption('2');
  await dialog.getByLabel(/^Assessment/).fill('Looked at with the payments team.');
  await page.keyboard.press('Control+Enter');
  await kept(cho, path, { state: 'awaiting_authorization' });
  await dialog.waitFor({ state: 'detached' });

  // She asked for it: it is not hers to approve, and the work does not begin.
  await expect(cho.ask('POST', `${path}/approve`, {})).rejects.toThrow(/403/);
  await expect(cho.ask('POST', `${path}/implement`, {})).rejects.toThrow(/409/);
  const approve = async () => {
    await ines.page.goto(path);
    await ines.page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await ines.page.keyboard.press('y');
    await ines.page.getByRole('dialog').waitFor();
    await ines.page.keyboard.press('Control+Enter');
    await kept(cho, path, { state: 'scheduled', approved_by_id: { name: 'Ines Duarte' } });
  };
  await approve();

  // Another plan is another change: the yes is void, and a line says so.
  await article.getByText('Scheduled', { exact: true }).first().waitFor();
  await page.keyboard.press('i');
  await page.getByRole('textbox', { name: 'Plan', exact: true }).fill('Stop both gateways, put in, start.');
  await page.keyboard.press('Control+Enter');
  await kept(cho, path, { state: 'draft', approved_by_id: null });
  await article.getByText(/The approval is void/).waitFor();
  await cho.ask('POST', `${path}/submit`, {});
  await cho.ask('POST', `${path}/assess`, {});
  await cho.ask('POST', `${path}/refer`, {});
  await approve();

  await article.getByRole('button', { name: /^Start the work/ }).waitFor();
  await page.keyboard.press('.');
  await kept(cho, path, { state: 'implementing' });
  await article.getByRole('button', { name: /^Review/ }).waitFor();
  await page.keyboard.press('x');
  await dialog.waitFor();
  await dialog.getByLabel(/^Outcome/).selectOption('successful');
  await page.keyboard.press('Control+Enter');
  await kept(cho, path, { state: 'review', outcome: 'successful' });
  // The page hears of it by the stream, maybe before the answer comes that closes the dialog.
  await dialog.waitFor({ state: 'detached' });
  // The verb alone: a message above the page closes with a button of that name too.
  await article.locator('.verb', { hasText: /^Close/ }).waitFor();
  await page.keyboard.press('d');
  await dialog.waitFor();
  await page.keyboard.press('Control+Enter');
  await kept(cho, path, { state: 'closed' });
  await cho.close();
  await ines.close();
});

story('Sam sees a known error on an incident, names it, and says where the product is wrong', async ({ as }) => {
  const sam = await as('sam');
  const ines = await as('ines');
  const { page } = sam;
  const made = await sam.ask<{ number: string }>('POST', '/incidents', {
    title: 'Code 91 for all cards in the evening',
    configuration_item_id: 'pay-gw-1',
    service_id: 'Card payments',
  });
  const path = `/incidents/${made.number}`;
  await page.goto(path);
  const aside = page.getByRole('complementary', { name: 'Context' });
  await aside.getByText('Put the old one back', { exact: false }).waitFor();
  await aside.getByRole('button', { name: 'This is it' }).first().click();
  await kept(sam, path, { problem_id: { name: 'Certificates of the gateways are renewed by hand' } });

  await aside.getByRole('button', { name: 'Why: Known errors' }).click();
  await aside.getByText('Problems with a known cause or workaround', { exact: false }).waitFor();
  await aside.getByRole('button', { name: 'This is wrong' }).click();
  await aside.getByLabel('What would be right?').fill('That is about pay-gw-2 alone.');
  await aside.getByRole('button', { name: 'Tell the owner' }).click();
  const notes = async () =>
    (await sam.ask<Listed>('GET', `${path}/comments`)).items.map(({ kind, text }) => `${kind}: ${text}`).join('\n');
  await expect.poll(notes, { timeout: 10_000 }).toContain('That is about pay-gw-2 alone.');
  const told = async () =>
    (await ines.ask<Listed>('GET', '/me/notifications')).items.map(({ kind, reason: why }) => `${kind} ${why}`);
  await expect.poll(told, { timeout: 10_000 }).toContain('doubted rule');

  // From the other side: the problem lists the incident.
  const { problem_id } = await sam.ask<{ problem_id: { number: string } }>('GET', path);
  await page.goto(`/problems/${problem_id.number}`);
  await page.getByRole('link', { name: /Code 91 for all cards/ }).waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('One more of them tonight.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('list').getByText('One more of them tonight.').waitFor();
  await sam.close();
  await ines.close();
});

story('Cho sees which incidents a change caused, and what meets in the calendar', async ({ as }) => {
  const cho = await as('cho');
  const { page } = cho;
  const [release] = (await cho.ask<Listed>('GET', '/changes?title.contains=Release 9.2')).items;
  await page.goto(`/changes/${release!.number}`);
  const caused = page.getByRole('heading', { name: /Incidents it caused/ });
  await caused.waitFor();
  await expect.poll(() => caused.textContent(), { timeout: 10_000 }).toContain('40');
  await page
    .getByRole('link', { name: /Basket is empty|Guests cannot|Only single|Website loses|Order page/ })
    .first()
    .waitFor();
  await page.goto('/changes/calendar');
  await page.getByText('Security patch for the orders database').first().waitFor();
  expect(await page.getByText('Conflict', { exact: true }).count()).toBeGreaterThanOrEqual(2);
  await cho.close();
});
