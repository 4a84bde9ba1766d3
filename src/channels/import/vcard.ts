import { type Card, spoken, tidied } from './directory';
import type { Unread } from './ticket';

interface Property {
  readonly name: string;
  readonly types: readonly string[];
  readonly value: string;
}

/** The lines of a file of cards, folded ones and those of quoted-printable joined, each with its number. */
function* linesOf(text: string): Generator<{ line: number; text: string }> {
  let held: { line: number; text: string } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const soft = held && /;ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/i.test(held.text.split(':', 1)[0]!);
    if (held && soft && held.text.endsWith('=')) {
      held.text = held.text.slice(0, -1) + raw;
      continue;
    }
    if (held && /^[ \t]/.test(raw)) {
      held.text += raw.slice(1);
      continue;
    }
    if (held) yield held;
    held = { line: index + 1, text: raw };
  }
  if (held) yield held;
}

function propertyOf(text: string): Property | null {
  const found = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;(?:"[^"]*"|[^:;"])*)*):(.*)$/s.exec(text);
  if (!found) return null;
  const parameters = found[2]!
    .split(';')
    .filter(Boolean)
    .map((one) => one.toUpperCase());
  const types = parameters.flatMap((one) =>
    one
      .replace(/^TYPE=/, '')
      .replaceAll('"', '')
      .split(','),
  );
  const quoted = parameters.some((one) => /^(ENCODING=)?QUOTED-PRINTABLE$/.test(one));
  return { name: found[1]!.toUpperCase(), types, value: quoted ? unquoted(found[3]!) : found[3]! };
}

function unquoted(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text[at] === '=' ? Number.parseInt(text.slice(at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(code)) bytes.push(...Buffer.from(text[at]!, 'utf8'));
    else {
      bytes.push(code);
      at += 2;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/** The parts of a structured value, with what was escaped as it was meant. */
const partsOf = (value: string) => value.split(/(?<!\\);/).map(unescaped);
const unescaped = (text: string) => text.replace(/\\n/gi, ' ').replace(/\\([,;:\\])/g, '$1');

/** People of a file of address cards: vCard 2.1, 3.0 and 4.0. A card without name and e-mail is told as not read. */
export function vcardCards(text: string): (Card | Unread)[] {
  const out: (Card | Unread)[] = [];
  let card: { line: number; properties: Property[] } | undefined;
  let depth = 0;
  for (const { line, text: whole } of linesOf(text)) {
    const property = propertyOf(whole.trim());
    const isCard = property?.value.trim().toUpperCase() === 'VCARD';
    if (property?.name === 'BEGIN' && isCard) {
      depth += 1;
      card ??= { line, properties: [] };
    } else if (property?.name === 'END' && isCard && card) {
      depth -= 1;
      if (depth > 0) continue;
      out.push(cardOf(card));
      card = undefined;
    } else if (property && card && depth === 1) card.properties.push(property);
  }
  if (card) out.push({ line: card.line, reason: 'This card does not end.' });
  return out;
}

function cardOf({ line, properties }: { line: number; properties: readonly Property[] }): Card | Unread {
  const all = (name: string) => properties.filter((one) => one.name === name && one.value.trim() !== '');
  const preferred = (name: string) => {
    const found = all(name);
    return found.find(({ types }) => types.some((type) => type === 'PREF' || type === 'PREF=1')) ?? found[0];
  };
  const written = preferred('FN')?.value;
  const [family, given] = partsOf(preferred('N')?.value ?? '');
  const built = [given, family].filter(Boolean).join(' ');
  const name = tidied(written === undefined ? built : unescaped(written), 300) ?? tidied(built, 300);
  const mail = preferred('EMAIL')?.value.replace(/^mailto:/i, '');
  const email = tidied(mail, 254)?.toLowerCase() ?? null;
  if (!name && !email) return { line, reason: 'This card has neither a name nor an e-mail.' };
  const phone = preferred('TEL')?.value.replace(/^tel:/i, '');
  const address = partsOf(preferred('ADR')?.value ?? '');
  return {
    line,
    name,
    email: email && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
    phone: tidied(phone, 60),
    location: tidied(address[3], 200),
    language: spoken(preferred('LANG')?.value),
  };
}
