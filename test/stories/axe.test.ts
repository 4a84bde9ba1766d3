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

/** The sizes and themes everybody's screens are looked at in; a screen is loaded once for all of them. */
const looks = {
  desk: { name: '', width: 1440, height: 900, scheme: 'light' },
  pocket: { name: ' on a phone in the dark', width: 390, height: 844, scheme: 'dark' },
} as const;
type Look = (typeof looks)[keyof typeof looks];

/** Nothing loads any more, and what was asked for is drawn. */
async function settled({ page }: Seat): Promise<void> {
  await page.waitForSelector('main h1:visible, article:visible, .empty:visible');
  await page
    .waitForFunction(() => !document.querySelector('.skel, [aria-busy="true"]'), undefined, { timeout: 8_000 })
    .catch(() => undefined);
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** What axe finds on the page as it stands, and whether it scrolls sideways. */
async function faultsOf({ page }: Seat, name: string): Promise<string[]> {
  // Every rule is asked. Nothing of ours lies in a frame, so the answer is put together in the page itself and not in a
  // second one, and what is well is not described.
  const axe = new AxeBuilder({ page: page as never }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const found = violations.map((one) => {
    const where = one.nodes.slice(0, 3).map((node) => node.target.join(' '));
    return `${name}: ${one.id} at ${where.join(', ')}`;
  });
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return sideways > 0 ? [...found, `${name}: scrolls sideways by ${sideways} px`] : found;
}

async function lookAt(seat: Seat, screen: Screen, all: readonly Look[]): Promise<string[]> {
  const address = await addressOf(seat, screen);
  if (!address) return [];
  const found: string[] = [];
  for (const look of all) {
    await seat.page.setViewportSize({ width: look.width, height: look.height });
    await seat.page.emulateMedia({ colorScheme: look.scheme });
    if (look === all[0]) {
      await seat.page.goto(address);
      await settled(seat);
      for (const key of screen.press ?? []) await seat.page.keyboard.press(key);
    }
    await settled(seat);
    found.push(...(await faultsOf(seat, `${screen.name}${look.name}`)));
  }
  return found;
}

/** So many pages are looked at side by side. */
const abreast = 2;

/** What axe finds on every screen of one person, each fault with its screen. */
async function faults(on: Stage, who: string, all: readonly Look[]): Promise<string[]> {
  const waiting = screens.filter((one) => one.who === who);
  const found: string[] = [];
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      const seat = await on.as(who);
      for (let screen = waiting.shift(); screen; screen = waiting.shift())
        found.push(...(await lookAt(seat, screen, all)));
      await seat.close();
    }),
  );
  return found.sort();
}

describe('axe finds nothing', () => {
  for (const who of ['rita', 'sam', 'ada', 'carla', 'ines', 'cho', 'otto'])
    test(`on the screens of ${who}`, async (context) => {
      if (!stage) return context.skip(reason);
      const all = who === 'rita' || who === 'sam' ? [looks.desk, looks.pocket] : [looks.desk];
      expect(await faults(stage, who, all)).toEqual([]);
    }, 240_000);
});
