import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** One row of a CSV file and the line it begins on (the first is 1); `problem` says why a row cannot be read. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem?: string;
}

/** A quotation mark that is not closed within so many characters is taken for damage. */
const longestQuoted = 256 * 1024;

/** A file that cannot be read at all, in a sentence. */
export class Unreadable extends Error {}

/**
 * Reads a CSV file (gzip is recognised) as a stream of batches, the header line included. RFC 4180 with LF or CRLF; the
 * delimiter is told from the header when not given. Damaged rows are given with their problem; the next ones go on.
 * Throws `Unreadable` when the file is absent, no text or broken off.
 */
export async function* readCsv(path: string, delimiter?: string): AsyncGenerator<CsvRow[]> {
  const splitter = splitRows(delimiter);
  try {
    const gzip = await isGzip(path);
    const source = createReadStream(path, { highWaterMark: 512 * 1024 });
    const stream = gzip ? source.pipe(withErrorsOf(source, createGunzip({ chunkSize: 256 * 1024 }))) : source;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of stream) yield splitter(decoder.decode(chunk as Buffer, { stream: true }), false);
    yield splitter(decoder.decode(), true);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT') throw new Unreadable(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new Unreadable(`${path} is a directory.`);
    if (code === 'EACCES') throw new Unreadable(`${path} may not be read.`);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Unreadable(`${path} is not a text in UTF-8.`);
    throw new Unreadable(`${path} cannot be read: ${message}.`);
  }
}

function withErrorsOf<T extends NodeJS.ReadWriteStream & { destroy(error: Error): unknown }>(
  source: NodeJS.ReadableStream,
  into: T,
): T {
  source.once('error', (error: Error) => into.destroy(error));
  return into;
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Cuts text that arrives in pieces into rows; `last` gives what is left at the end. */
export function splitRows(given?: string): (piece: string, last: boolean) => CsvRow[] {
  let rest = '';
  let line = 1;
  let delimiter = given;
  return (piece, last) => {
    const text = rest + piece;
    const found: CsvRow[] = [];
    let from = text.charCodeAt(0) === 0xfeff && line === 1 ? 1 : 0;
    while (from < text.length) {
      const newline = text.indexOf('\n', from);
      if (newline === -1 && !last) break;
      const end = newline === -1 ? text.length : newline;
      const row = text.charCodeAt(end - 1) === 13 && end > from ? text.slice(from, end - 1) : text.slice(from, end);
      delimiter ??= delimiterOf(row);
      if (!row.includes('"')) {
        if (row !== '') found.push({ line, cells: row.split(delimiter) });
        from = end + 1;
        line += 1;
        continue;
      }
      const quoted = readQuoted(text, from, delimiter, last);
      const open = quoted.problem === 'open';
      if (open && !last && text.length - from < longestQuoted) break;
      if (quoted.problem) {
        const problem = open ? 'A quotation mark is not closed.' : quoted.problem;
        found.push({ line, cells: row.split(delimiter), problem });
        from = end + 1;
        line += 1;
        continue;
      }
      found.push({ line, cells: quoted.cells });
      line += quoted.lines;
      from = quoted.next;
    }
    rest = from < text.length ? text.slice(from) : '';
    return found;
  };
}

/** The delimiter is the one of these that the header has most of. */
function delimiterOf(header: string): string {
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

type Quoted = { cells: string[]; next: number; lines: number; problem?: string };

/**
 * One row with quotation marks in it: cells may hold delimiters, line ends and doubled quotation marks. Where the text
 * ends before the row does, more may come: a mark at the very end may be the first of two.
 */
function readQuoted(text: string, start: number, delimiter: string, last: boolean): Quoted {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  const done = (next: number): Quoted => ({ cells, next, lines });
  const open = (): Quoted => ({ cells, next: start, lines, problem: 'open' });
  for (;;) {
    if (text[at] === '"') {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const mark = text.indexOf('"', from);
        if (mark === -1 || mark - at > longestQuoted) return open();
        cell += text.slice(from, mark);
        from = mark + 1;
        if (text[from] !== '"') break;
        cell += '"';
        from += 1;
      }
      lines += cell.split('\n').length - 1;
      cells.push(cell);
      at = from;
      if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1;
      if (at >= text.length) return last ? done(at) : open();
      if (text[at] === '\n') return done(at + 1);
      if (text[at] !== delimiter) return { ...done(start), problem: 'Something follows a closing quotation mark.' };
      at += 1;
    } else {
      const mark = text.indexOf(delimiter, at);
      const newline = text.indexOf('\n', at);
      if (newline === -1 && mark === -1 && !last) return open();
      const end = newline === -1 ? text.length : newline;
      if (mark !== -1 && mark < end) {
        cells.push(text.slice(at, mark));
        at = mark + 1;
      } else {
        cells.push(text.slice(at, end).replace(/\r$/, ''));
        return done(end + 1);
      }
    }
  }
}
