import { type Card, spoken, tidied } from './directory';
import type { Unread } from './ticket';

const personClasses = new Set(['person', 'organizationalperson', 'inetorgperson', 'user', 'posixaccount']);

/** The lines of an LDIF file with continuations joined; comments are left out. Each with its number in the file. */
function* linesOf(text: string): Generator<{ line: number; text: string }> {
  let held: { line: number; text: string } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.startsWith(' ') && held) {
      held.text += raw.slice(1);
      continue;
    }
    if (held && !held.text.startsWith('#')) yield held;
    held = { line: index + 1, text: raw };
  }
  if (held && !held.text.startsWith('#')) yield held;
}

/** People of a directory (RFC 2849): entries of the kind of a person. Others, and changes, are told as not read. */
export function ldifCards(text: string): (Card | Unread)[] {
  const out: (Card | Unread)[] = [];
  let entry: { line: number; values: Map<string, string[]>; problem?: string } | undefined;
  const finish = () => {
    if (entry) out.push(cardOf(entry));
    entry = undefined;
  };
  for (const { line, text: whole } of linesOf(text)) {
    if (whole.trim() === '') {
      finish();
      continue;
    }
    const found = /^([A-Za-z][\w.-]*)(?:;[^:]*)?:([:<]?)\s*(.*)$/.exec(whole);
    if (!found) {
      entry ??= { line, values: new Map() };
      entry.problem ??= `Line ${line} is no attribute.`;
      continue;
    }
    const name = found[1]!.toLowerCase();
    if (name === 'version' && !entry) continue;
    entry ??= { line, values: new Map() };
    if (found[2] === '<') continue;
    const value = found[2] === ':' ? Buffer.from(found[3]!, 'base64').toString('utf8') : found[3]!;
    entry.values.set(name, [...(entry.values.get(name) ?? []), value]);
  }
  finish();
  return out;
}

function cardOf({
  line,
  values,
  problem,
}: {
  line: number;
  values: Map<string, string[]>;
  problem?: string;
}): Card | Unread {
  if (problem) return { line, reason: problem };
  if (values.has('changetype')) return { line, reason: 'This is a change of an entry, not an entry.' };
  const classes = (values.get('objectclass') ?? []).map((name) => name.toLowerCase());
  const first = (...names: string[]) => names.map((name) => values.get(name)?.[0]).find((text) => text?.trim());
  if (!classes.some((name) => personClasses.has(name))) return { line, reason: 'This entry is no person.' };
  const name = tidied(first('cn', 'displayname', 'uid'), 300);
  const email = tidied(first('mail', 'email', 'rfc822mailbox'), 254)?.toLowerCase() ?? null;
  if (!name && !email) return { line, reason: 'This person has neither a name nor an e-mail.' };
  return {
    line,
    name,
    email,
    phone: tidied(first('telephonenumber', 'mobile', 'homephone'), 60),
    location: tidied(first('l', 'physicaldeliveryofficename'), 200),
    language: spoken(first('preferredlanguage')),
  };
}
