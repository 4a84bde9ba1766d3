import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Seat } from './stage';

const story = onStage();

const holderOf = async (seat: Seat, number: string) =>
  (await seat.ask<{ assignee_id: { name: string } | null }>('GET', `/incidents/${number}`)).assignee_id?.name;

story(
  'Ada hands over what Sam has for today, sees first where it goes, and Sam gets back what nobody touched',
  async ({ as }) => {
    const [sam, ada] = [await as('sam'), await as('ada')];
    const { number } = await sam.ask<{ number: string }>('POST', '/incidents', {
      title: 'Dough scale shows nothing',
      team_id: 'Service desk',
      assignee_id: 'me',
    });
    const me = (await sam.ask<{ id: string; number: string }>('GET', '/me')).id;
    const { number: person } = await ada.ask<{ number: string }>('GET', `/people/${me}`);
    const { page } = ada;
    await page.goto(`/people/${person}`);
    await page.getByRole('button', { name: 'Hand over the work' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(number).first().waitFor();
    await dialog
      .getByText(/Its assignee is away\./)
      .first()
      .waitFor();
    expect((await new AxeBuilder({ page: page as never }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(await holderOf(ada, number)).toBe('Sam Okafor');
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Ill at home');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => holderOf(ada, number), { timeout: 20_000 }).not.toBe('Sam Okafor');
    await page.getByRole('button', { name: 'Is back' }).click();
    await dialog.getByText(number).first().waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => holderOf(ada, number), { timeout: 20_000 }).toBe('Sam Okafor');
    await sam.close();
    await ada.close();
  },
);

story('what another team tried comes with the incident', async ({ as }) => {
  const sam = await as('sam');
  const { number } = await sam.ask<{ number: string }>('POST', '/incidents', {
    title: 'Oven screen stays white',
    team_id: 'Service desk',
  });
  await sam.ask('POST', `/incidents/${number}/note`, { text: 'Restarted it twice.' });
  await sam.ask('POST', `/incidents/${number}/assign`, { team_id: 'Network', reason: 'It has no address.' });
  await sam.page.goto(`/incidents/${number}`);
  const handed = sam.page.getByRole('region', { name: 'Handed over' });
  await handed.getByText('From Service desk').waitFor();
  await handed.getByText('It has no address.').waitFor();
  await handed.getByText('Its last note').click();
  await handed.getByText('Restarted it twice.').waitFor();
  expect((await new AxeBuilder({ page: sam.page as never }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await sam.close();
});
