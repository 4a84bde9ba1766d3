import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

const log = (seat: Seat, input: object) => seat.ask<{ number: string }>('POST', '/incidents', input);
const stateOf = (seat: Seat, number: string) => async () =>
  (await seat.ask<{ state: string }>('GET', `/incidents/${number}`)).state;
const draftsOf = (seat: Seat) => async () =>
  (await seat.ask<{ items: { place: string; content: unknown }[] }>('GET', '/drafts')).items;

story('what Sam writes outlives his browser, and is gone when it is sent', async ({ as }) => {
  const sam = await as('sam');
  const { number } = await log(sam, { title: 'Drawer of the till sticks' });
  await sam.page.goto(`/incidents/${number}`);
  await sam.page.keyboard.press('r');
  await sam.page.getByRole('textbox', { name: 'Write an answer' }).fill('Please lift the drawer a little');
  await expect
    .poll(draftsOf(sam), { timeout: 10_000 })
    .toMatchObject([{ place: `${number}.comment`, content: 'Please lift the drawer a little' }]);
  await sam.page.keyboard.press('Escape');
  await sam.page.keyboard.press('e');
  await sam.page.getByRole('dialog').waitFor();
  await sam.page.locator('dialog textarea').fill('Lifted it');
  await expect.poll(async () => (await draftsOf(sam)()).length, { timeout: 10_000 }).toBe(2);
  await sam.close();

  // Another browser, which never saw it; meanwhile somebody changed the record.
  const again = await as('sam');
  await again.ask('PATCH', `/incidents/${number}`, { category: 'Hardware' });
  await again.page.goto(`/incidents/${number}`);
  await again.page.getByText(/^Restored: you wrote this/).waitFor();
  const box = again.page.getByRole('textbox', { name: 'Write an answer' });
  await expect.poll(() => box.inputValue()).toBe('Please lift the drawer a little');
  await box.press('Control+Enter');
  await again.page.getByRole('list').getByText('Please lift the drawer a little').waitFor();
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('e');
  const dialog = again.page.getByRole('dialog');
  await dialog.getByText(/^Restored/).waitFor();
  expect(await dialog.locator('textarea').inputValue()).toBe('Lifted it');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect.poll(draftsOf(again), { timeout: 10_000 }).toEqual([]);
  await again.close();
});

story('Sam answers, holds and goes on with few keys, by hand and by macro', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const made = [];
  for (const title of ['Tablet one is dark', 'Tablet two is dark', 'Tablet three is dark'])
    made.push(await log(sam, { title, requester_id: 'rita@pizza.example', category: 'Tablets of the story' }));
  const macro = await sam.ask<{ number: string }>('POST', '/macros', {
    name: 'Ask for a picture',
    record_type: 'incident',
    rank: 0,
    next: true,
    steps: [
      { verb: 'comment', input: { text: 'Hello {{requester.first_name}}, please send a picture of {{number}}.' } },
      { verb: 'hold', input: { hold_reason: 'requester' } },
    ],
  });
  expect(macro.number).toMatch(/^MACRO-/);
  await page.goto('/incidents?filter=category:"Tablets of the story"&sort=-opened_at');
  await page.waitForURL(/\/incidents\/INC-/);
  const [third, second, first] = made.map((one) => one.number).reverse() as [string, string, string];
  await page.goto(`/incidents/${third}?filter=category:"Tablets of the story"&sort=-opened_at`);
  await page.getByRole('heading', { name: 'Tablet three is dark' }).waitFor();
  await page.getByText('1 of 3').waitFor();
  // One key to write, one stroke to send, hold and go on.
  await page.keyboard.press('r');
  await page.keyboard.type('Is it plugged in?');
  await page.keyboard.press('Control+Shift+Enter');
  await page.waitForURL(new RegExp(second));
  await expect.poll(stateOf(sam, third), { timeout: 10_000 }).toBe('on_hold');
  await page.getByRole('heading', { name: 'Tablet two is dark' }).waitFor();
  // Two keys for all three: the macro's own.
  await page.keyboard.press('Escape');
  await page.locator('h1').first().click();
  await page.getByRole('button', { name: 'Templates and macros' }).waitFor();
  await page.keyboard.press('f');
  await page.keyboard.press('1');
  await page.waitForURL(new RegExp(first));
  await expect.poll(stateOf(sam, second), { timeout: 10_000 }).toBe('on_hold');
  const said = await sam.ask<Listed>('GET', `/incidents/${second}/comments`);
  expect(said.items[0]).toMatchObject({ text: `Hello Rita, please send a picture of ${second}.` });
  await sam.close();
});

story('a text template is filled in the composer before it is sent', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  await page.goto('/text-templates/new');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Received');
  await page.getByRole('textbox', { name: /^Text/ }).fill('Hello {{requester.first_nam}}');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/There is no variable/).waitFor();
  await page.getByRole('textbox', { name: /^Text/ }).fill('Hello {{requester.first_name}}, we have {{number}}.');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/text-templates\/TEXT-/);
  const { number } = await log(sam, { title: 'Oven hums', requester_id: 'rita@pizza.example' });
  await page.getByRole('textbox', { name: 'On the record' }).fill(number);
  await page.getByText(`Hello Rita, we have ${number}.`).waitFor();
  await page.goto(`/incidents/${number}`);
  await page.getByRole('button', { name: 'Templates and macros' }).click();
  await page.getByRole('menuitem', { name: 'Insert: Received' }).click();
  const box = page.getByRole('textbox', { name: 'Write an answer' });
  await expect.poll(() => box.inputValue()).toBe(`Hello Rita, we have ${number}.`);
  await sam.close();
});

story('a call is logged and resolved in one form, without the mouse', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  await page.goto('/my-work');
  await page.getByRole('link', { name: 'Goals' }).waitFor();
  await page.keyboard.press('v');
  await page.waitForURL(/\/incidents\/new\?call=1/);
  const who = page.getByRole('combobox', { name: /^Requester/ });
  await expect.poll(() => who.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.type('rita');
  await page.getByRole('option', { name: /Rita/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^What is broken/ }).focus();
  await page.keyboard.type('Forgot how to print a receipt');
  await page.locator('.solved input').focus();
  await page.keyboard.type('explained');
  await page.locator('.solved textarea').focus();
  await page.keyboard.type('Showed where the button is.');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/incidents\/INC-\d+/);
  const number = /INC-\d+/.exec(page.url())![0];
  expect(await sam.ask('GET', `/incidents/${number}`)).toMatchObject({
    state: 'resolved',
    channel: 'phone',
    resolution_code: 'explained',
    requester_id: { name: expect.stringContaining('Rita') },
  });
  await sam.close();
});

story('Cho sees that Sam writes, and Rita sees nobody', async ({ as }) => {
  const [sam, cho, rita] = [await as('sam'), await as('cho'), await as('rita')];
  const { number } = await log(sam, { title: 'Freezer alarm', requester_id: 'rita@pizza.example' });
  await sam.page.goto(`/incidents/${number}`);
  await cho.page.goto(`/incidents/${number}`);
  await cho.page.getByText(/Sam .* reads this/).waitFor();
  await rita.page.goto(`/mine/${number}`);
  await rita.page.getByRole('heading', { name: 'Freezer alarm' }).waitFor();
  await sam.page.keyboard.press('r');
  await sam.page.keyboard.type('On my way');
  await cho.page.getByText(/Sam .* writes an answer/).waitFor({ timeout: 10_000 });
  expect(await rita.page.getByText(/reads this|writes an answer/).count()).toBe(0);
  await sam.page.goto('/my-work');
  await cho.page.getByText(/Sam .* (reads|writes)/).waitFor({ state: 'detached', timeout: 10_000 });
  for (const seat of [sam, cho, rita]) await seat.close();
});

story('a needed step keeps an incident open, and time is booked with one key', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const { number } = await log(sam, { title: 'Cash drawer exchanged' });
  await page.goto(`/incidents/${number}`);
  await page.evaluate((at) => sessionStorage.setItem(`tl.active.${at}`, '130'), number);
  await page.reload();
  const steps = page.getByRole('textbox', { name: 'Add a step' });
  await steps.fill('Count the money');
  await page.getByRole('checkbox', { name: 'needed' }).check();
  await steps.press('Enter');
  await page.getByRole('checkbox', { name: /Count the money/ }).waitFor();
  await page.locator('h1').first().click();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.type('replaced');
  await page.keyboard.press('Tab');
  await page.keyboard.type('New drawer.');
  await page.keyboard.press('Control+Enter');
  await dialog.getByText(/The step “Count the money” is needed/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('checkbox', { name: /Count the money/ }).check();
  const done = async () => (await sam.ask<Listed>('GET', `/incidents/${number}/tasks`)).items[0]?.done;
  await expect.poll(done, { timeout: 10_000 }).toBe(true);
  await page.getByText('Open and active for 2 min.').waitFor();
  await page.locator('h1').first().click();
  await page.keyboard.press('b');
  const booked = async () => (await sam.ask<{ minutes: number }>('GET', `/incidents/${number}/time-entries`)).minutes;
  await expect.poll(booked, { timeout: 10_000 }).toBe(2);
  expect(await sam.ask('GET', `/incidents/${number}`)).toMatchObject({ version: 1 });
  await sam.close();
});

story('a view is kept for the person, not the browser; old ones are taken over', async ({ as }) => {
  const sam = await as('sam');
  await sam.page.addInitScript(() => {
    if (sessionStorage.getItem('old')) return;
    sessionStorage.setItem('old', '1');
    localStorage.setItem('tl.views.incident', JSON.stringify([{ name: 'From before', filter: 'priority:1' }]));
  });
  await sam.page.goto('/incidents/table?filter=state:open priority:1,2&sort=-opened_at&columns=title,priority');
  await sam.page.getByText('Views', { exact: true }).click();
  await sam.page.getByRole('button', { name: 'From before', exact: true }).waitFor();
  await sam.page.getByRole('textbox', { name: 'Name of the view' }).fill('Urgent');
  await sam.page.keyboard.press('Enter');
  await sam.page.getByRole('button', { name: 'Urgent', exact: true }).waitFor();
  await sam.close();
  const again = await as('sam');
  await again.page.goto('/incidents/table');
  await again.page.getByText('Views', { exact: true }).click();
  await again.page.getByRole('button', { name: 'From before', exact: true }).waitFor();
  await again.page.getByRole('button', { name: 'Urgent', exact: true }).click();
  await again.page.waitForURL(/filter=state/);
  await again.page.getByRole('columnheader', { name: /Priority/ }).waitFor();
  expect(await again.page.getByRole('columnheader', { name: /^Team/ }).count()).toBe(0);
  await again.page.keyboard.press('Control+k');
  await again.page.keyboard.type('urgent');
  await again.page
    .getByRole('option', { name: /Urgent/ })
    .first()
    .waitFor();
  await again.close();
});

story('Sam chooses his own keys, and two things never share one', async ({ as }) => {
  const sam = await as('sam');
  await sam.page.goto('/profile');
  const hold = sam.page.getByRole('textbox', { name: 'Hold', exact: true });
  await hold.focus();
  await sam.page.keyboard.press('a');
  await sam.page
    .getByRole('alert')
    .getByText(/A does “Assign” already/)
    .waitFor();
  await sam.page.keyboard.press('w');
  await expect.poll(() => hold.inputValue()).toBe('W');
  await expect.poll(() => sam.ask('GET', '/me/keys')).toMatchObject({ keys: { 'verb.hold': 'w' } });
  await sam.close();
  const again = await as('sam');
  const { number } = await log(again, { title: 'Key of the cold room' });
  await again.page.goto(`/incidents/${number}`);
  await again.page.getByRole('toolbar').getByRole('button', { name: 'Hold' }).getByText('W', { exact: true }).waitFor();
  await again.page.keyboard.press('?');
  await again.page.getByRole('dialog').getByText('W', { exact: true }).first().waitFor();
  await again.page.keyboard.press('Escape');
  await again.page.keyboard.press('w');
  await again.page.getByRole('dialog', { name: /Hold/ }).waitFor();
  await again.close();
});

story('a stream that was refused is asked again, and what happened meanwhile is shown', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const refused = new Promise<void>((done) =>
    page.route(
      '**/api/v1/stream*',
      async (route) => {
        await route.fulfill({ status: 502, body: 'nobody there' });
        done();
      },
      { times: 1 },
    ),
  );
  await page.goto('/incidents/table?filter=category:"Refused streams"');
  await refused;
  await page.locator('.empty').waitFor();
  await log(sam, { title: 'Seen without a reload', category: 'Refused streams' });
  await page.getByRole('link', { name: 'Seen without a reload' }).first().waitFor({ timeout: 20_000 });
  await sam.close();
});
