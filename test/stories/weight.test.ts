import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildProduct } from '../server';

const web = join(import.meta.dirname, '..', '..', 'dist', 'web');
const assets = join(web, 'assets');

beforeAll(buildProduct, 120_000);

/** The one built file whose name begins so. */
function chunk(name: string, holds = ''): string {
  // After the name stand eight signs of what is in it.
  const called = new RegExp(`^${name}-[\\w-]{8}\\.js$`);
  const found = readdirSync(assets).filter(
    (file) => called.test(file) && readFileSync(join(assets, file), 'utf8').includes(holds),
  );
  expect(found, `one built file called ${name}`).toHaveLength(1);
  return found[0]!;
}

/** A file, what it imports at once, and the styles those bring. */
function reached(file: string, into: Set<string>) {
  if (into.has(file)) return;
  into.add(file);
  if (!file.endsWith('.js')) return;
  const text = readFileSync(join(assets, file), 'utf8');
  for (const found of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) reached(found[1]!, into);
}

/** Bytes over the wire of what a first visit to a screen loads: page, scripts, styles, words, font. */
function weigh(chunks: string[], withFont = true): { gzip: number; brotli: number; files: number } {
  const files = new Set<string>();
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  for (const found of html.matchAll(/\/assets\/([\w.-]+)/g)) reached(found[1]!, files);
  for (const one of chunks) reached(one, files);
  const loader = [...files].map((file) => readFileSync(join(assets, file), 'utf8')).join('\n');
  // Styles of lazily loaded screens stand in the list of what they need beside their import.
  for (const one of [...files].filter((file) => file.endsWith('.js')))
    for (const style of readdirSync(assets).filter((file) => file.endsWith('.css')))
      if (style.split('-')[0] === one.split('-')[0] && loader.includes(style)) files.add(style);
  if (withFont) for (const font of readdirSync(assets).filter((file) => file.endsWith('.woff2'))) files.add(font);
  let gzip = gzipSync(html).length;
  let brotli = brotliCompressSync(html).length;
  for (const file of files) {
    const bytes = readFileSync(join(assets, file));
    gzip += file.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
    brotli += file.endsWith('.woff2') ? bytes.length : brotliCompressSync(bytes).length;
  }
  return { gzip, brotli, files: files.size };
}

describe('the first load over the wire', () => {
  test('is built', () => expect(existsSync(join(web, 'index.html'))).toBe(true));

  test('of the portal is at most 300 KB', () => {
    const { gzip, files } = weigh([chunk('home'), chunk('portal-head'), chunk('en')]);
    // The portal never waits for our font: where it is not here at once, the system's stays.
    const styles = readdirSync(assets).filter((file) => file.endsWith('.css'));
    expect(
      styles.some((file) =>
        /font-family:\s*"?Inter Portal"?[^}]*font-display:\s*optional/.test(readFileSync(join(assets, file), 'utf8')),
      ),
    ).toBe(true);
    expect(files).toBeGreaterThan(6);
    expect(gzip).toBeLessThanOrEqual(300 * 1024);
  });

  test('of the workspace is at most 450 KB', () => {
    const { gzip, files } = weigh([chunk('queue'), chunk('en')]);
    expect(files).toBeGreaterThan(6);
    expect(gzip).toBeLessThanOrEqual(450 * 1024);
  });
});
