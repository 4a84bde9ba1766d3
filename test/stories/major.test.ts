import AxeBuilder from '@axe-core/playwright';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed } from './stage';

const story = onStage();

story(
  'a storm of similar reports becomes one major incident with a true banner and one answer to all',
  async ({ as }) => {
    const [rita, sam, fred, carla] = await Promise.all([
      as('rita', { width: 390, height: 844 }),
      as('sam'),
      as('fred'),
      as('carla', { dark: true }),
    ]);
    const reports: string[] = [];
    for (const [seat, title] of [
      [rita, 'No call reaches the shop'],
      [fred, 'Our telephones are silent'],
      [sam, 'Guests say nobody picks up'],
    ] as const) {
      const made = await seat.ask<{ number: string }>('POST', '/incidents', { title, service_id: 'Telephony' });
      reports.push(made.number);
    }
    const [lead, ...others] = reports;
    const proposed = () => sam.ask<Listed>('GET', `/incidents/${lead}/proposals`);
    await expect.poll(async () => (await proposed()).items.length, { timeout: 15_000 }).toBe(1);

    // One key, a sentence, and everything follows.
    const { page } = sam;
    await page.goto(`/incidents/${lead}`);
    await page.getByRole('region', { name: 'Proposed' }).waitFor();
    await page.keyboard.press('y');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.type('No call comes in. Please use your mobile phones.');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: 'Major incident' }).getByText('No call comes in.').waitFor();
    const kept = () => sam.ask<{ major: boolean; next_update_at: string | null }>('GET', `/incidents/${lead}`);
    await expect.poll(kept, { timeout: 10_000 }).toMatchObject({ major: true });
    for (const number of others) {
      const child = await sam.ask<{ parent_id: { number: string } | null }>('GET', `/incidents/${number}`);
      expect(child.parent_id?.number).toBe(lead);
    }

    // Rita reported it and is told anyway; Carla only hears of it and says that it hits her too.
    await rita.page.goto('/');
    const banner = rita.page.getByRole('region', { name: 'Out of order now' });
    await banner.getByText('No call comes in.').waitFor();
    await banner.getByText('You are told how it goes on', { exact: true }).waitFor();
    const faults = await new AxeBuilder({ page: rita.page }).analyze();
    expect(faults.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const [outage] = (await carla.ask<Listed>('GET', '/me/outages')).items;
    await carla.page.goto(`/outages/${outage!.number}`);
    await carla.page.getByRole('button', { name: 'It hits me too' }).click();
    const joined = async () => (await carla.ask<Listed>('GET', '/me/outages')).items[0];
    await expect.poll(joined, { timeout: 10_000 }).toMatchObject({ joined: 1, mine: true });

    await page.getByRole('button', { name: 'Timeline' }).click();
    await page.getByRole('region', { name: 'Major incident' }).getByText('Declared a major incident').waitFor();
    const axe = await new AxeBuilder({ page }).analyze();
    expect(axe.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

    // One resolution answers everybody, and the banner is gone.
    await page.keyboard.press('e');
    await dialog.waitFor();
    await page.keyboard.type('by_supplier');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The supplier changed a card.');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'hidden' });
    for (const number of others) {
      const state = () => sam.ask<{ state: string; resolution_note: string }>('GET', `/incidents/${number}`);
      await expect
        .poll(state, { timeout: 10_000 })
        .toMatchObject({ state: 'resolved', resolution_note: 'The supplier changed a card.' });
    }
    await banner.waitFor({ state: 'detached' });
    const told = async () => (await carla.ask<Listed>('GET', '/me/notifications')).items.map((one) => one.kind);
    await expect.poll(told, { timeout: 15_000 }).toContain('ended');
    for (const seat of [rita, sam, fred, carla]) await seat.close();
  },
);

story('Ada sets up a source, tries its mapping on a body, and sees what could not be understood', async ({ as }) => {
  const ada = await as('ada');
  const { page } = ada;
  await page.goto('/alert-sources/new');
  const main = page.getByRole('main');
  await main.getByLabel('Name', { exact: false }).first().fill('Ovens');
  await main.getByLabel('Short name').fill('ovens');
  const mapping = page.getByRole('group', { name: 'Mapping' });
  await mapping.getByLabel('Name').fill('alert.what');
  await mapping.getByLabel('State').fill('alert.state');
  await mapping.getByLabel('Fingerprint').fill('alert.oven + alert.what');
  await mapping.getByLabel('Try it with a body').fill('{"what":"Too cold","oven":"DP 12","state":"problem"}');
  await mapping.getByRole('button', { name: 'Try' }).click();
  await mapping.getByRole('listitem').getByText('Too cold', { exact: true }).waitFor();
  await main.getByRole('button', { name: 'Look at the effect' }).click();
  await main.getByRole('status', { name: 'What this does' }).waitFor();
  await main.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/alert-sources\/MON-/);
  await main.getByText('/hooks/ovens').waitFor();
  const { token } = await ada.ask<{ token: string }>('POST', '/me/tokens', { name: 'Ovens', scope: 'hooks' });
  const send = (data: object) =>
    ada.context.request.post('/hooks/ovens', { data, headers: { authorization: `Bearer ${token}` } });
  expect((await send({ oven: 'DP 12' })).status()).toBe(202);
  expect((await send({ what: 'Too cold', oven: 'DP 12', state: 'problem' })).status()).toBe(202);
  const alerts = async () => (await ada.ask<Listed>('GET', '/alerts?title.contains=Too cold')).items.length;
  await expect.poll(alerts, { timeout: 15_000 }).toBe(1);
  await page.reload();
  await main.getByText('what', { exact: false }).first().waitFor();
  await main.getByRole('button', { name: 'Go through it again' }).waitFor();
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await ada.close();
});
