import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { onStage } from './on-stage';
import type { Listed, Seat } from './stage';

const story = onStage();

/** The text of a PDF where poppler's pdftotext is installed, else null. */
function textOf(pdf: Buffer): string | null {
  const place = mkdtempSync(join(tmpdir(), 'throughline-paper-'));
  try {
    const file = join(place, 'sheet.pdf');
    writeFileSync(file, pdf);
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
/** Width and height of its sheets, in points. */
function sizesOf(pdf: Buffer): number[][] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g);
  return [...boxes].map(([, width, height]) => [Number(width), Number(height)]);
}
/** Whether all sheets are of a size, but for the rounding of a printer. */
const are = (pdf: Buffer, width: number, height: number) =>
  sizesOf(pdf).length > 0 && sizesOf(pdf).every(([w, h]) => Math.abs(w! - width) < 2 && Math.abs(h! - height) < 2);

async function paper(page: Page, at: string): Promise<string> {
  await page.goto(at);
  await page.locator('.pr[data-ready]').waitFor();
  await page.emulateMedia({ media: 'print' });
  return page.locator('body').innerText();
}

const log = (seat: Seat, input: object) => seat.ask<{ number: string }>('POST', '/incidents', input);

story('Sam prints an incident with what was said and promised; notes only when he chooses so', async ({ as }) => {
  const sam = await as('sam');
  const { page } = sam;
  const { number } = await log(sam, {
    title: 'Receipt printer prints half a line',
    description: 'Only the left half is dark.',
    requester_id: 'rita@pizza.example',
  });
  for (let at = 1; at <= 40; at++)
    await sam.ask('POST', `/incidents/${number}/comment`, { text: `Answer number ${at} of the story` });
  await sam.ask('POST', `/incidents/${number}/note`, { text: 'She dropped it, I think' });

  const [place] = (
    await sam.ask<{ items: { sentence: string }[] }>('GET', `/queue-places?incident=${number}&language=en`)
  ).items;
  // From the record by its key.
  await page.goto(`/incidents/${number}`);
  await page.getByRole('heading', { name: 'Receipt printer prints half a line' }).waitFor();
  await page.getByText('Answer number 40 of the story').first().waitFor();
  await page.keyboard.press('=');
  await page.waitForURL(new RegExp(`/incidents/${number}/print$`));
  const plain = await paper(page, `/incidents/${number}/print`);
  for (const said of [
    number,
    'Only the left half is dark.',
    'Answer number 1 of the story',
    'Answer number 40',
    'Promises',
  ])
    expect(plain).toContain(said);
  expect(plain).not.toContain('She dropped it');
  // Its place in the queue is its reasons, not an instant alone.
  expect(plain).toContain(place!.sentence);
  // No button, no menu, and ink on paper.
  expect(await page.locator('button:visible, nav:visible, input:visible').count()).toBe(0);
  expect(await page.locator('.pr').evaluate((one) => getComputedStyle(one).color)).toBe('rgb(0, 0, 0)');

  const a4 = await page.pdf({ format: 'A4' });
  expect(are(a4, 595, 842)).toBe(true);
  expect(pagesOf(a4)).toBeGreaterThan(1);
  const letter = await page.pdf({ format: 'Letter' });
  expect(are(letter, 612, 792)).toBe(true);
  const text = textOf(a4);
  if (text !== null) {
    const sheets = text.split('\f').filter((sheet) => sheet.trim());
    expect(sheets.length).toBe(pagesOf(a4));
    for (const [at, sheet] of sheets.entries()) {
      expect(sheet).toContain(number);
      expect(sheet).toContain(`Page ${at + 1} / ${sheets.length}`);
    }
    expect(text).not.toContain('She dropped it');
  }

  const noted = await paper(page, `/incidents/${number}/print?notes=1&history=1`);
  expect(noted).toContain('She dropped it, I think');
  expect(noted).toContain('for the team only');
  expect(noted).toContain('History');
  await sam.close();

  // Who asked never reads a note, whatever the address says.
  const rita = await as('rita');
  const hers = await paper(rita.page, `/mine/${number}/print?notes=1&history=1`);
  expect(hers).toContain('Answer number 40 of the story');
  expect(hers).not.toContain('She dropped it');
  await rita.close();
});

story('an agreement is printed as one page that reads in plain words', async ({ as }) => {
  const ada = await as('ada');
  const agreements = await ada.ask<Listed>('GET', '/agreements?state=published');
  const { number } = agreements.items[0]!;
  const { sentences } = await ada.ask<{ sentences: string[] }>('GET', `/agreements/${number}/plain-words?language=en`);
  const text = await paper(ada.page, `/agreements/${number}/print`);
  for (const sentence of sentences) expect(text).toContain(sentence);
  expect(pagesOf(await ada.page.pdf({ format: 'A4' }))).toBe(1);
  await ada.close();
});
