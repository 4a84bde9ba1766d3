import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Row } from '../../kernel/database';
import { Unreadable } from './csv';
import { nothingYet, type Outcome } from './outcome';
import { storeTable } from './record-table';
import { type Cells, tableMapping } from './table-rows';
import type { Unread } from './ticket';
import type { ImportHouse, ImportOptions } from './update-log';

/** A person as a directory or an address card tells of them. */
export interface Card {
  readonly line: number;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly location: string | null;
  readonly language: string | null;
}

export type CardReader = (text: string) => (Card | Unread)[];

const chunk = 500;

/**
 * Brings in people from a file of cards, each by the verb a person would use; a card that changed is an edit, the same
 * file again writes nothing. Throws `Unreadable` when there is no card in it.
 */
export async function importCards(
  at: ImportHouse,
  source: string,
  readCards: CardReader,
  path: string,
  options: ImportOptions = {},
): Promise<Outcome> {
  const outcome = nothingYet();
  const cells: Cells[] = [];
  const cards = readCards(textOf(path));
  if (cards.length === 0) throw new Unreadable(`${path} holds no entry.`);
  for (const card of cards) {
    outcome.read += 1;
    if ('reason' in card) outcome.refused.push(card);
    else cells.push(cellsOf(card));
  }
  const mapping = tableMapping.parse({ source });
  for (let from = 0; from < cells.length; from += chunk) {
    await storeTable(at, 'person', mapping, cells.slice(from, from + chunk), outcome, options.dryRun === true, path);
    options.progress?.(outcome);
  }
  outcome.refused.sort((a, b) => a.line - b.line);
  return outcome;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Known again by the e-mail, else by the name. */
function cellsOf({ line, ...card }: Card): Cells {
  const given = Object.entries(card).filter(([, value]) => value !== null);
  const input: Row = Object.fromEntries(given);
  input.name ??= card.email;
  const digest = Buffer.from(hash('sha1', JSON.stringify(given), 'hex'), 'hex').subarray(0, 8);
  return { line, key: card.email ?? card.name!, input, past: {}, digest };
}

/** Tidied, shortened to what a field takes; null when nothing is left. */
export function tidied(text: string | undefined, most: number): string | null {
  const plain = text?.replaceAll('\u0000', '').toWellFormed().replace(/\s+/g, ' ').trim() ?? '';
  return plain === '' ? null : plain.slice(0, most);
}

/** A language we speak, from `en`, `en-GB` or `de_DE`. */
export function spoken(text: string | undefined): string | null {
  const found = /^(en|de)\b/i.exec(text?.replace('_', '-') ?? '')?.[1];
  return found ? found.toLowerCase() : null;
}
