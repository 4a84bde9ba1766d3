import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

const kept = (seat: Seat, number: string) =>
  seat.ask<{ state: string; assignee_id: unknown; merged_into_id: { number: string } | null }>(
    'GET',
    `/incidents/${number}`,
  );
const log = async (seat: Seat, input: object) =>
  (await seat.ask<{ number: string }>('POST', '/incidents', { impact: 2, ...input })).number;

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  return violations.map((one) => `${one.id} at ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

story('Sam takes a verb back with Z, and an edit with the button', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const number = await log(sam, { title: 'Proofer hums', team_id: 'Service desk' });
  await page.goto(`/incidents/${number}`);
  const head = page.getByRole('article');
  await head.getByText('Assigned').first().waitFor();
  await page.keyboard.press('s');
  await page.getByRole('status').getByText(`${number}: Started`).waitFor();
  expect((await kept(sam, number)).state).toBe('in_progress');
  await page.keyboard.press('z');
  await page.getByRole('status').getByText(`${number}: taken back`).waitFor();
  await head.getByText('Assigned').first().waitFor();
  expect(await kept(sam, number)).toMatchObject({ state: 'assigned', assignee_id: null });
  await page.keyboard.press('i');
  await page.getByRole('textbox', { name: 'Title' }).fill('Proofer rattles');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Proofer rattles' }).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('heading', { name: 'Proofer hums' }).waitFor();
  // Looked at last: it takes its time, and taking back has ten seconds.
  await page.keyboard.press('s');
  await page.getByRole('status').getByText(`${number}: Started`).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Take the last verb back').waitFor();
  await sam.close();
});

story('Sam takes a macro back whole, and the submitting of a change', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  await sam.ask('POST', '/macros', {
    name: 'Weigh the dough',
    record_type: 'incident',
    audience: 'own',
    steps: [
      { verb: 'comment', input: { text: 'Please send a picture of it.' } },
      { verb: 'hold', input: { hold_reason: 'requester' } },
    ],
  });
  const number = await log(sam, { title: 'Dough sticks', team_id: 'Service desk' });
  await page.goto(`/incidents/${number}`);
  const head = page.getByRole('article');
  await head.getByText('Assigned').first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Weigh the dough');
  await page
    .getByRole('option', { name: /Macro: Weigh the dough/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  const said = async () => (await page.getByRole('status').allInnerTexts()).join(' ');
  await expect.poll(said, { timeout: 20_000 }).toContain(`${number}: taken back`);
  expect((await kept(sam, number)).state).toBe('assigned');
  expect((await sam.ask<Listed>('GET', `/incidents/${number}/comments`)).items).toEqual([]);
  const { items } = await sam.ask<Listed>('GET', `/incidents/${number}/history?limit=10`);
  expect(JSON.stringify(items)).toContain('incident.commented');

  const change = await sam.ask<{ number: string }>('POST', '/changes', {
    title: 'New dough hook',
    description: 'The hook.',
    reason: 'It sticks.',
    service_id: (await sam.ask<Listed>('GET', '/services?limit=1')).items[0]!.number,
    configuration_item_ids: [(await sam.ask<Listed>('GET', '/configuration-items?limit=1')).items[0]!.number],
    implementation_plan: 'Screw it in.',
    test_plan: 'One dough.',
    backout_plan: 'The old one.',
    planned_start: '2026-12-01T08:00:00Z',
    planned_end: '2026-12-01T09:00:00Z',
  });
  const stateOf = async () => (await sam.ask<{ state: string }>('GET', `/changes/${change.number}`)).state;
  await page.goto(`/changes/${change.number}`);
  await page.getByRole('button', { name: /^Submit/ }).click();
  await expect.poll(stateOf).toBe('submitted');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('status').getByText(`${change.number}: taken back`).waitFor();
  expect(await stateOf()).toBe('draft');
  await sam.close();
});

story('Sam takes back what hangs on an incident: steps, time, a link, watching, a file', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const number = await log(sam, { title: 'Oven door squeaks', team_id: 'Service desk' });
  const other = await log(sam, { title: 'Oven light flickers' });
  await sam.ask('POST', `/incidents/${number}/tasks`, { title: 'Oil the hinge' });
  await sam.ask('POST', `/incidents/${number}/links`, { kind: 'relates', to: other });
  const has = async (what: string) => (await sam.ask<Listed>('GET', `/incidents/${number}/${what}`)).items;
  await page.goto(`/incidents/${number}`);
  const step = page.getByRole('checkbox', { name: /Oil the hinge/ });
  const ticked = async () => (await has('tasks')).map(({ done }) => done);
  await step.click();
  await page.getByRole('status').getByText(`${number}: Ticked a step`).waitFor();
  expect(await ticked()).toEqual([true]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(ticked).toEqual([false]);
  await page.getByRole('button', { name: /Oil the hinge/ }).click();
  await page.getByRole('status').getByText(`${number}: Took a step away`).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(ticked).toEqual([false]);
  await step.waitFor();

  await page.getByRole('textbox', { name: 'Minutes' }).fill('15');
  await page.keyboard.press('Enter');
  const time = async () => (await has('time-entries')).map(({ minutes }) => minutes);
  await page
    .getByRole('status')
    .getByText(/booked on/)
    .waitFor();
  expect(await time()).toEqual([15]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(time).toEqual([]);

  const links = async () => (await has('links')).length;
  await page.getByRole('button', { name: `Remove the link to ${other}` }).click();
  await page.getByRole('status').getByText(`${number}: Removed a link`).waitFor();
  expect(await links()).toBe(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(links).toBe(1);

  const watchers = async () => (await has('watchers')).length;
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.getByRole('button', { name: 'Stop watching' }).click();
  await page.getByRole('status').getByText(`${number}: Stopped watching`).waitFor();
  expect(await watchers()).toBe(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(watchers).toBe(1);

  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'hinge.txt', mimeType: 'text/plain', buffer: Buffer.from('rust') });
  const files = async () => (await has('attachments')).length;
  await expect.poll(files).toBe(1);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(files).toBe(0);
  expect(await faults(page)).toEqual([]);
  await sam.close();
});

story('what a rule did goes back with its cause, and what stays is named', async ({ as }) => {
  const [ada, sam, cho] = [await as('ada'), await as('sam'), await as('cho')];
  const rule = await ada.ask<{ number: string }>('POST', '/action-rules', {
    name: 'Flour is urgent',
    occasion: 'edited',
    // Once only: an edit of something else must not bring the sacks back.
    condition: '"category" in changed && category == "flour"',
    set_subcategory: 'sacks',
    add_tags: ['flour'],
    note: 'Ask the mill.',
  });
  await ada.ask('POST', `/action-rules/${rule.number}/activate`);
  const flourOf = (number: string) =>
    sam.ask<{ category: string | null; subcategory: string | null; tags: string[] }>('GET', `/incidents/${number}`);
  const begin = async () => {
    const number = await log(sam, { title: 'No flour', team_id: 'Service desk' });
    await sam.page.goto(`/incidents/${number}`);
    await sam.page.getByRole('heading', { name: 'No flour' }).waitFor();
    await sam.page.keyboard.press('i');
    await sam.page
      .getByRole('combobox', { name: 'Category' })
      .or(sam.page.getByRole('textbox', { name: 'Category' }))
      .first()
      .fill('flour');
    await sam.page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await flourOf(number)).subcategory, { timeout: 8_000 }).toBe('sacks');
    return number;
  };
  const whole = await begin();
  await sam.page.getByRole('button', { name: /^Undo/ }).click();
  await sam.page.getByRole('status').getByText(`${whole}: taken back`).waitFor();
  expect(await flourOf(whole)).toMatchObject({ category: null, subcategory: null, tags: [] });
  expect((await sam.ask<Listed>('GET', `/incidents/${whole}/comments`)).items).toEqual([]);
  const part = await begin();
  await cho.ask('PATCH', `/incidents/${part}`, { subcategory: 'silo' });
  await sam.page.getByRole('button', { name: /^Undo/ }).click();
  await sam.page
    .getByRole('status')
    .getByText(/What ACT-.* did stays: Subcategory was changed since/)
    .waitFor();
  expect(await flourOf(part)).toMatchObject({ category: null, subcategory: 'silo' });
  await ada.ask('POST', `/action-rules/${rule.number}/retire`, {});
  await Promise.all([ada.close(), sam.close(), cho.close()]);
});

story('a verb the server refuses goes back with a sentence', async ({ as }) => {
  const [sam, cho] = [await as('sam'), await as('cho')];
  const number = await log(sam, { title: 'Mixer stalls', team_id: 'Service desk' });
  await sam.page.goto(`/incidents/${number}`);
  await sam.page.getByRole('button', { name: /^Start/ }).waitFor();
  await sam.page.route('**/stream', (route) => route.abort());
  await cho.ask('POST', `/incidents/${number}/cancel`, { reason: 'A joke' });
  await sam.page.keyboard.press('s');
  await sam.page.getByRole('status').getByText('A cancelled incident cannot be started.').waitFor();
  await sam.close();
  await cho.close();
});

story('Sam merges a duplicate from either side, sees it where it went, and parts them again', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const master = await log(sam, { title: 'Walk-in cooler too warm at Northgate' });
  const twin = await log(sam, { title: 'Walk-in cooler warm at Northgate' });
  await sam.ask('POST', `/incidents/${twin}/comment`, { text: 'The thermometer says twelve degrees.' });
  await page.goto(`/incidents/${master}`);
  await page.getByRole('heading', { name: 'Walk-in cooler too warm at Northgate' }).waitFor();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('radio', { name: 'The other is the duplicate and ends' }).check();
  await dialog.getByRole('combobox').fill(twin);
  await dialog.getByRole('option', { name: new RegExp(twin) }).click();
  await dialog.getByText('What will happen').waitFor();
  await dialog.getByText(/State: New → Closed/).waitFor();
  expect(await faults(page)).toEqual([]);
  expect((await kept(sam, twin)).state).toBe('new');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('1 duplicate merged into this one').waitFor();
  await page.getByText('The thermometer says twelve degrees.').waitFor();
  await page.getByText(`on ${twin}`).first().waitFor();
  expect(await kept(sam, twin)).toMatchObject({ state: 'closed', merged_into_id: { number: master } });

  await page.goto(`/incidents/${twin}`);
  await page.getByText('Merged into').first().waitFor();
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Unmerge/ })
    .click();
  await expect.poll(() => kept(sam, twin), { timeout: 10_000 }).toMatchObject({ state: 'new', merged_into_id: null });
  await page.getByRole('status').getByText(`${twin}: Unmerged`).waitFor();
  await sam.close();
});

story('resolving a parent offers its open parts, shows them first, and takes all back', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const parent = await log(sam, { title: 'No tickets print anywhere' });
  const part = await log(sam, { title: 'No tickets print at Harbour', parent_id: parent });
  await page.goto(`/incidents/${parent}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 part of it is still open').waitFor();
  // What a field is for stands under it, and is read out with it.
  const parts = dialog.getByRole('checkbox', { name: 'Its open parts too' });
  const described = await parts.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described}"]`).innerText()).toMatch(/^Incidents that are part of it are resolved/);
  expect(await faults(page)).toEqual([]);
  await dialog.getByLabel(/^How it was resolved/).fill('fixed');
  await dialog.getByLabel(/^What solved it/).fill('The print server was restarted.');
  await dialog.getByRole('checkbox', { name: 'Its open parts too' }).check();
  await dialog.getByRole('list', { name: 'What will happen to its parts' }).getByText(part).waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await kept(sam, part)).state, { timeout: 10_000 }).toBe('resolved');
  await page.keyboard.press('z');
  await page.getByRole('status').getByText(`${parent}: taken back`).waitFor();
  const happened = async (number: string) =>
    (await sam.ask<Listed>('GET', `/incidents/${number}/history`)).items.map(({ name }) => name);
  const back = ['incident.undone', 'incident.resolved', 'incident.logged'];
  expect([await happened(parent), await happened(part)]).toEqual([back, back]);
  expect([(await kept(sam, parent)).state, (await kept(sam, part)).state]).toEqual(['new', 'new']);
  await sam.close();
});

story('one verb on 500: effects and mails before, progress, a result for each, and all of it back', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const made = await Promise.all(
    Array.from({ length: 5 }, async () => {
      for (let at = 0; at < 100; at += 1)
        await sam.ask('POST', '/incidents', { title: 'Crumbs in the keyboard', category: 'crumbs' });
    }),
  );
  expect(made).toHaveLength(5);
  await page.goto('/incidents/table?filter=category:crumbs');
  await page.getByRole('checkbox', { name: 'Choose all rows shown' }).check();
  await page.getByRole('combobox', { name: 'All 500 that match' }).selectOption('resolve');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^How it was resolved/).fill('cleaned');
  await dialog.getByLabel(/^What solved it/).fill('Shaken out.');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('500 would be done').waitFor({ timeout: 60_000 });
  await dialog
    .getByText(/State: New → Resolved/)
    .first()
    .waitFor();
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Do it' }).click();
  await dialog.getByText('500 done').waitFor({ timeout: 60_000 });
  const resolved = () => sam.ask<Listed>('GET', '/incidents?category=crumbs&state=resolved&count=true&limit=1');
  expect((await resolved()).total).toBe(500);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await resolved()).total, { timeout: 60_000 }).toBe(0);
  await page.getByRole('status').getByText('500 taken back').waitFor({ timeout: 60_000 });
  await sam.close();
});

story('Sam changes what he booked, by the keyboard, and takes that back', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const number = await log(sam, { title: 'Fridge of DP 09 is warm', team_id: 'Service desk' });
  await sam.ask('POST', `/incidents/${number}/time-entries`, { minutes: 12, what: 'Called them' });
  const booked = async () => {
    const { items } = await sam.ask<{ items: { minutes: number; what: string | null; at: string }[] }>(
      'GET',
      `/incidents/${number}/time-entries`,
    );
    return items;
  };
  const [was] = await booked();
  await page.goto(`/incidents/${number}`);
  await page.getByRole('button', { name: 'Change 12 min' }).press('Enter');
  const minutes = page.getByRole('listitem').getByRole('textbox', { name: 'Minutes' });
  await minutes.press('Escape');
  await page.getByRole('button', { name: 'Change 12 min' }).press('Enter');
  await minutes.fill('25');
  await page.getByRole('listitem').getByRole('textbox', { name: 'What was done' }).fill('Went there');
  const day = new Date(Date.parse(was!.at) - 3 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Day').fill(day);
  expect(await faults(page)).toEqual([]);
  await page.getByLabel('Day').press('Enter');
  await page.getByRole('button', { name: 'Change 25 min' }).waitFor();
  expect(await booked()).toMatchObject([{ minutes: 25, what: 'Went there', at: expect.stringContaining(day) }]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: 'Change 12 min' }).waitFor();
  expect(await booked()).toEqual([was]);
  await sam.close();
});
