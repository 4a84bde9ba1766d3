import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Screen, screens } from '../../scripts/screens/list';
import { measurePage } from './measure';
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

/** What axe finds on the page as it stands. */
async function faultsOf({ page }: Seat, name: string): Promise<string[]> {
  // Every rule is asked. Nothing of ours lies in a frame, so the answer is put together in the page itself and not in a
  // second one, and what is well is not described.
  const axe = new AxeBuilder({ page: page as never }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map((one) => {
    const where = one.nodes.slice(0, 3).map((node) => node.target.join(' '));
    return `${name}: ${one.id} at ${where.join(', ')}`;
  });
}

/** What is too wide, cut, too small or covered on the page as it stands. */
async function misfitsOf({ page }: Seat, name: string): Promise<string[]> {
  const found = await page.evaluate(measurePage, { finger: 40, pointer: 24 });
  return found.map((one) => `${name}: ${one}`);
}

/** Opens a screen and looks at it in both sizes: measured in the narrow one, asked by axe in those named. */
async function lookAt(seat: Seat, screen: Screen, asked: readonly Look[]): Promise<string[]> {
  const address = await addressOf(seat, screen);
  if (!address) return [];
  const found: string[] = [];
  for (const look of [looks.desk, looks.pocket]) {
    await seat.page.setViewportSize({ width: look.width, height: look.height });
    await seat.page.emulateMedia({ colorScheme: look.scheme });
    if (look === looks.desk) {
      await seat.page.goto(address);
      await settled(seat);
      if (screen.click) await seat.page.locator(screen.click).first().click();
      if (screen.type) await seat.page.keyboard.type(screen.type);
      for (const key of screen.press ?? []) await seat.page.keyboard.press(key);
    }
    await settled(seat);
    const name = `${screen.name}${look.name}`;
    if (asked.includes(look)) found.push(...(await faultsOf(seat, name)));
    if (look === looks.pocket) found.push(...(await misfitsOf(seat, name)));
  }
  return found;
}

/** So many pages are looked at side by side. */
const abreast = 2;

/** What is wrong with every screen of one person, each fault with its screen. */
async function faults(on: Stage, who: string | null, asked: readonly Look[]): Promise<string[]> {
  const waiting = screens.filter((one) => one.who === who);
  const found: string[] = [];
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      const seat = await on.as(who);
      for (let screen = waiting.shift(); screen; screen = waiting.shift())
        found.push(...(await lookAt(seat, screen, asked)));
      await seat.close();
    }),
  );
  return found.sort();
}

describe('axe finds nothing, and a phone shows everything', () => {
  for (const who of [null, 'rita', 'sam', 'ada', 'carla', 'ines', 'cho', 'otto'])
    test(`on the screens of ${who ?? 'whoever is not signed in'}`, async (context) => {
      if (!stage) return context.skip(reason);
      const asked = who === 'rita' || who === 'sam' ? [looks.desk, looks.pocket] : [looks.desk];
      expect(await faults(stage, who, asked)).toEqual([]);
    }, 400_000);

  test('where words have no end, nothing is found, the menu is open, or a person has a phone of the smallest kind', async (context) => {
    if (!stage) return context.skip(reason);
    const [sam, rita] = await Promise.all([
      stage.as('sam', { width: 390, height: 844 }),
      stage.as('rita', { width: 320, height: 640 }),
    ]);
    const word = 'Rinderkennzeichnungsfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
    const { number } = await sam.ask<{ number: string }>('POST', '/incidents', {
      title: `The reader at the counter behind the second oven says nothing but ${word}, and that in capitals`,
      description: `https://pizza.example/${'way/'.repeat(60)}\n\n\`\`\`\n${'a line of a program '.repeat(12)}\n\`\`\``,
      requester_id: 'rita@pizza.example',
      service_id: 'Card payments',
    });
    await sam.ask('POST', `/incidents/${number}/comment`, { text: `${word} ${word}` });
    const found: string[] = [];
    const look = async (seat: Seat, address: string, act?: () => Promise<void>) => {
      await seat.page.goto(address);
      await settled(seat);
      await act?.();
      await settled(seat);
      found.push(...(await misfitsOf(seat, address)));
    };
    const press = (name: string) => () => sam.page.getByRole('button', { name, exact: true }).click();
    await look(sam, `/incidents/${number}`);
    await look(sam, `/incidents/${number}`, press('More'));
    await look(sam, `/incidents/${number}`, () => sam.page.keyboard.press('h'));
    await look(sam, '/incidents/table', () => sam.page.getByRole('textbox', { name: 'Filter' }).click());
    await look(sam, '/incidents/table', () => sam.page.getByRole('checkbox').nth(1).check());
    await look(sam, `/incidents/table?filter=title:${word}`);
    await look(sam, `/incidents?filter=category:${word}`);
    await look(sam, '/my-work', press('Open the menu'));
    await look(sam, '/my-work', press('Go to or do'));
    for (const address of ['/', '/mine', `/mine/${number}`, '/profile', '/notifications']) await look(rita, address);
    expect(found).toEqual([]);
    await Promise.all([sam.close(), rita.close()]);
  }, 120_000);
});
