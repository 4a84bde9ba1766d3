import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

story(
  'Rita signs in, says what is broken in her own words, and reads the answer without a reload',
  async ({ browser, server, as }) => {
    const context = await browser.newContext({
      baseURL: server.url,
      locale: 'en-GB',
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel('E-mail').fill('rita@pizza.example');
    await page.getByLabel('Password').fill('pizza');
    await page.keyboard.press('Enter');
    const box = page.getByRole('textbox', { name: 'What do you need, Rita?' });
    await box.fill('The oven display shows only stars');
    await box.press('Enter');
    await page.waitForURL(/\/mine\/INC-\d+/);
    const number = page.url().split('/').at(-1)!;
    await page.getByRole('heading', { name: 'The oven display shows only stars' }).waitFor();

    const sam = await as('sam');
    await sam.ask('POST', `/incidents/${number}/note`, { text: 'Probably the cable again.' });
    await sam.ask('POST', `/incidents/${number}/comment`, {
      text: 'Please hold the **round** button for five seconds.',
    });
    await page.getByText('button for five seconds').waitFor({ timeout: 5_000 });
    expect(await page.getByText('Probably the cable again.').count()).toBe(0);

    await page.getByRole('textbox', { name: 'Write an answer' }).fill('That helped, thank you');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('list').getByText('That helped, thank you').waitFor();
    const said = await sam.ask<Listed>('GET', `/incidents/${number}/comments`);
    expect(said.items.map((one) => one.kind)).toEqual(['note', 'comment', 'comment']);
    await sam.close();
    await context.close();
  },
);

story('Sam works a morning with the keyboard alone', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const made = await sam.ask<{ number: string }>('POST', '/incidents', {
    title: 'Scale of the dough room drifts',
    impact: 2,
    urgency: 1,
    team_id: 'Service desk',
  });
  await page.goto('/my-work');
  await page.getByRole('link', { name: 'Goals' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL(/\/incidents\/INC-/);
  await page.getByRole('article').waitFor();
  const first = page.url();
  await page.keyboard.press('j');
  await expect.poll(() => page.url(), { timeout: 10_000 }).not.toBe(first);

  // To the new one by the palette, taken, held with a reason, resumed, answered, resolved: no pointer.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to or do' }).waitFor();
  await page.keyboard.type(made.number);
  await page
    .getByRole('option', { name: new RegExp(made.number) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(made.number));
  const head = page.getByRole('article');
  await head.getByText('Assigned').first().waitFor();
  await page.keyboard.press('s');
  await head.getByText('In progress').first().waitFor();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('s');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await head.getByText('On hold').first().waitFor();
  await page.keyboard.press('u');
  await head.getByRole('button', { name: /^Hold/ }).waitFor();
  await page.keyboard.press('r');
  await page.keyboard.type('We are on it. Thank you for the hint.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Thank you for the hint.').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page
    .getByText(/promises/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await dialog.waitFor();
  await page.keyboard.type('fixed');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Calibrated with the reference weight.');
  await page.keyboard.press('Control+Enter');
  await head.getByText('Resolved').first().waitFor();
  // The page says it before the server has answered; the server says so in the end.
  const kept = () => sam.ask<{ state: string; resolution_code: string }>('GET', `/incidents/${made.number}`);
  await expect.poll(kept, { timeout: 10_000 }).toMatchObject({ state: 'resolved', resolution_code: 'fixed' });
  await sam.close();
});

story('Ada adds a field and finds it at once in form, list and filter', async ({ as }) => {
  const ada = await as('ada');
  const { page } = ada;
  await page.goto('/custom-fields/new');
  await page.getByLabel(/^Short name/).fill('x_oven');
  await page.getByRole('textbox', { name: /^Label/ }).fill('Oven');
  await page.getByLabel(/^On/).selectOption('incident');
  await page.getByLabel(/^Kind/).selectOption('text');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status', { name: 'What this does' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/custom-fields\/FIELD-/);

  const sam = await as('sam');
  const made = await sam.ask<{ number: string }>('POST', '/incidents', { title: 'Stone cracked', x_oven: 'North 2' });
  await sam.page.goto(`/incidents/${made.number}`);
  await sam.page.getByText('North 2').waitFor();
  await sam.page.keyboard.press('i');
  expect(await sam.page.getByRole('textbox', { name: 'Oven' }).inputValue()).toBe('North 2');
  await sam.page.goto('/incidents/table?filter=oven:"North 2"&columns=title,x_oven');
  await sam.page.getByRole('cell', { name: 'North 2' }).waitFor();
  expect(await sam.page.getByRole('columnheader', { name: 'Oven' }).count()).toBe(1);
  expect(await sam.page.getByRole('row').count()).toBe(2);
  await sam.close();
  await ada.close();
});

story('Ada tries an agreement before she puts it in force', async ({ as }) => {
  const ada = await as('ada');
  const { page } = ada;
  const calendar = await ada.ask<{ number: string }>('POST', '/calendars', {
    name: 'Story hours',
    timezone: 'Europe/Lisbon',
    hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
  });
  const agreement = await ada.ask<{ number: string }>('POST', '/agreements', {
    name: 'Story promise',
    calendar_id: calendar.number,
    match: { department: 'facilities' },
    targets: [{ target: 'resolution', seconds: 7_200 }],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  await page.goto(`/agreements/${agreement.number}`);
  await page.getByText('Draft').first().waitFor();
  await page.getByLabel('Logged').fill('2026-11-20T17:00');
  await page.getByRole('button', { name: 'Due when?' }).click();
  await page
    .getByText(/23 Nov 2026/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog');
  if (
    await dialog.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    )
  )
    await page.keyboard.press('Control+Enter');
  await page.getByText('In force').first().waitFor();
  await ada.close();
});

story('Carla reads the dashboard and opens the list behind a number', async ({ as }) => {
  const carla = await as('carla');
  const { page } = carla;
  await page.goto('/operations');
  const open = page.locator('.kpi').first();
  await expect
    .poll(async () => Number((await open.locator('.kv').textContent())?.replace(/\D/g, '')), { timeout: 20_000 })
    .toBeGreaterThan(5);
  const figure = Number((await open.locator('.kv').textContent())?.replace(/\D/g, ''));
  await open.click();
  await page.waitForURL(/\/incidents/);
  const counted = await carla.ask<Listed>('GET', '/incidents?state_category=open,paused&count=true&limit=1');
  expect(counted.total).toBe(figure);
  await page
    .getByText(`${figure} open`)
    .or(page.locator('.queue header').getByText(String(figure)))
    .first()
    .waitFor();
  await carla.close();
});

story("Hana's records do not exist for Sam: not by address, list, search or history", async ({ as }) => {
  const hana = await as('hana');
  const made = await hana.ask<{ number: string }>('POST', '/incidents', {
    title: 'Quarrel about zucchini shifts',
    department: 'hr',
  });
  await hana.page.goto(`/incidents/${made.number}`);
  await hana.page.getByRole('heading', { name: 'Quarrel about zucchini shifts' }).waitFor();
  const sam = await as('sam');
  await sam.page.goto(`/incidents/${made.number}`);
  await sam.page.getByText('Nothing is here').waitFor();
  await sam.page.goto('/search?q=zucchini');
  await sam.page.getByText('Nothing for “zucchini”').waitFor();
  await sam.page.goto('/incidents/table?filter=zucchini');
  await sam.page.getByText('No Incidents match').waitFor();
  expect(await sam.page.getByText('zucchini shifts').count()).toBe(0);
  await sam.close();
  await hana.close();
});

story('Otto reads everything of the house and is offered no verb', async ({ as }) => {
  const otto = await as('otto');
  const { page } = otto;
  await page.goto('/incidents');
  await page.waitForURL(/\/incidents\/INC-/);
  await page.getByRole('toolbar').waitFor();
  const verbs = page.getByRole('toolbar').getByRole('button', { name: /^(Answer|Resolve|Assign|Hold|Start|Edit)\b/ });
  expect(await verbs.and(page.locator(':not([aria-disabled])')).count()).toBe(0);
  expect(await page.getByRole('textbox', { name: /Write/ }).count()).toBe(0);
  await page.goto('/history');
  const line = page.locator('.hi-b').first();
  await line.click();
  await page.getByRole('heading', { name: 'What it led to' }).waitFor();
  await otto.close();
});

story('Sam does one verb for several, sees first what would happen, and each result', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const titles = ['Lamp one flickers', 'Lamp two flickers'];
  const made = [];
  for (const title of titles) made.push(await sam.ask<{ number: string }>('POST', '/incidents', { title }));
  await sam.ask('POST', `/incidents/${made[1]!.number}/cancel`, { reason: 'A joke' });
  await page.goto('/incidents/table?filter=flickers');
  for (const one of made) await page.getByRole('checkbox', { name: `Choose ${one.number}` }).check();
  await page.getByRole('combobox', { name: 'Do with all' }).selectOption('start');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('1 would be done · 1 is refused').waitFor();
  expect((await sam.ask<{ state: string }>('GET', `/incidents/${made[0]!.number}`)).state).not.toBe('in_progress');
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await dialog.getByText('1 done · 1 is refused').waitFor();
  expect((await sam.ask<{ state: string }>('GET', `/incidents/${made[0]!.number}`)).state).toBe('in_progress');
  await sam.close();
});
