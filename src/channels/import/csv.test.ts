import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvRow, readCsv, splitRows, Unreadable } from './csv';

function inPieces(text: string, size: number): CsvRow[] {
  const split = splitRows();
  const found: CsvRow[] = [];
  for (let at = 0; at < text.length; at += size) found.push(...split(text.slice(at, at + size), false));
  return [...found, ...split('', true)];
}

const quote = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', '"', ',', '\n', ';'), maxLength: 6 });

test('what was written is read, however the text arrives in pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('\n', '\r\n'),
      (table, size, end) => {
        const text = ['one,two,three', ...table.map((row) => row.map(quote).join(','))]
          .map((row) => row + end)
          .join('');
        const rows = inPieces(text, size);
        expect(rows.slice(1).map(({ cells }) => cells)).toEqual(table);
      },
    ),
  );
});

test('a row knows the line it begins on, the delimiter comes from the header, empty lines are none', () => {
  const rows = inPieces('\ufeffa;b,c;d\n1;"x\ny";\n\n2;z;', 4);
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b,c', 'd'] },
    { line: 2, cells: ['1', 'x\ny', ''] },
    { line: 5, cells: ['2', 'z', ''] },
  ]);
});

test('a damaged row says what is wrong, and the next one is read', () => {
  const rows = inPieces('a,b\n"x"y,1\n2,3\n"open,4\n5,6\n', 7);
  expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
    [1, undefined],
    [2, 'Something follows a closing quotation mark.'],
    [3, undefined],
    [4, 'A quotation mark is not closed.'],
    [5, undefined],
  ]);
});

test('gzip is recognised; what cannot be read at all is refused with a sentence', async () => {
  const path = `/tmp/throughline-csv-${process.pid}`;
  const read = async () => {
    const rows: CsvRow[] = [];
    for await (const batch of readCsv(path)) rows.push(...batch);
    return rows.map(({ cells }) => cells);
  };
  writeFileSync(path, gzipSync('a,b\n1,2\n'));
  expect(await read()).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  writeFileSync(path, gzipSync('a,b\n1,2\n'.repeat(1000)).subarray(0, 40));
  await expect(read()).rejects.toThrow(Unreadable);
  writeFileSync(path, Buffer.from([0x61, 0xff, 0xfe, 0x0a]));
  await expect(read()).rejects.toThrow(/not a text in UTF-8/);
  await expect(readCsv('/nowhere/at/all.csv').next()).rejects.toThrow('There is no file /nowhere/at/all.csv.');
});
