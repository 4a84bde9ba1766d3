import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Screen, screens } from '../../scripts/screens/list';
import { type Listed, type Seat, type Stage, setStage } from './stage';

let stage: Stage | null = null;
let reason = '';

beforeAll(async () => {
  const set = await setStage();
  stage = set.stage;
  reason = set.reason ?? '';
}, 400_000);
afterAll(() => stage?.end());

async function addressOf(seat: Seat, screen: Screen): Promise<string | null> {
  if (typeof screen.at === 'string') return screen.at;
  const joint = screen.at.first.includes('?') ? '&' : '?';
  const found = (await seat.ask<Listed>('GET', `/${screen.at.first}${joint}limit=1`)).items[0];
  return found ? screen.at.at(found.number) : null;
}

/** What axe finds on every screen of one person, each fault with its screen. */
async function faults(on: Stage, who: string, look: Parameters<Stage['as']>[1]): Promise<string[]> {
  const seat = await on.as(who, look);
  const found: string[] = [];
  for (const screen of screens.filter((one) => one.who === who)) {
    const address = await addressOf(seat, screen);
    if (!address) continue;
    await seat.page.goto(address);
    await seat.page.waitForSelector('main h1:visible, article:visible, .empty:visible');
    await seat.page
      .waitForFunction(() => !document.querySelector('.skel, [aria-busy="true"]'), undefined, { timeout: 8_000 })
      .catch(() => undefined);
    for (const key of screen.press ?? []) await seat.page.keyboard.press(key);
    await seat.page.waitForTimeout(250);
    const { violations } = await new AxeBuilder({ page: seat.page as never }).analyze();
    for (const one of violations)
      found.push(
        `${screen.name}: ${one.id} at ${one.nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(', ')}`,
      );
    const sideways = await seat.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (sideways > 0) found.push(`${screen.name}: scrolls sideways by ${sideways} px`);
  }
  await seat.close();
  return found;
}

describe('axe finds nothing', () => {
  for (const who of ['rita', 'sam', 'ada', 'carla', 'ines', 'cho', 'otto'])
    test(`on the screens of ${who}`, async (context) => {
      if (!stage) return context.skip(reason);
      expect(await faults(stage, who, {})).toEqual([]);
    }, 240_000);

  test('on a phone in the dark', async (context) => {
    if (!stage) return context.skip(reason);
    const look = { width: 390, height: 844, dark: true };
    expect([...(await faults(stage, 'rita', look)), ...(await faults(stage, 'sam', look))]).toEqual([]);
  }, 240_000);
});
