import { say } from '../../kernel/sentence.contract';
import type { Holiday, RefusedLine } from './holidays.contract';

/** What a file of holidays says: its days, and the lines that say none. */
export interface HolidayFile {
  readonly days: readonly Holiday[];
  readonly refused: readonly RefusedLine[];
}

const mostDays = 5_000;
/** A holiday of an entry that goes on for longer than this is a mistake. */
const longest = 31;
const day = 86_400_000;

const isDate = (text: string): boolean => {
  const read = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return read !== undefined && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
};
const isHoliday = (text: string): boolean => (text.startsWith('*-') ? isDate(`2024${text.slice(1)}`) : isDate(text));

/** Reads a file of either form: iCalendar when it begins like one, else a date and a name in each line. */
export function readHolidayFile(text: string): HolidayFile {
  const whole = text.replace(/^\uFEFF/, '');
  const { days, refused } = /^\s*BEGIN:VCALENDAR/i.test(whole) ? readCalendarFile(whole) : readTable(whole);
  const seen = new Map<string, Holiday>();
  for (const one of days) if (!seen.has(one.on)) seen.set(one.on, one);
  const all = [...seen.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
  if (all.length <= mostDays) return { days: all, refused };
  return {
    days: all.slice(0, mostDays),
    refused: [...refused, { line: 0, reason: say`Only ${mostDays} days are read.` }],
  };
}

const unquoted = (cell: string): string => {
  const text = cell.trim();
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll('""', '"').trim()
    : text;
};

function readTable(text: string): HolidayFile {
  const days: Holiday[] = [];
  const refused: RefusedLine[] = [];
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const cut = /[,;\t]/.exec(line)?.index ?? line.length;
    const on = unquoted(line.slice(0, cut));
    if (at === 0 && /^(date|datum|data|on|day|tag)$/i.test(on)) continue;
    if (!isHoliday(on))
      refused.push({ line: at + 1, reason: say`“${on.slice(0, 40)}” is no date such as 2027-12-24 or *-12-25.` });
    else days.push({ on, name: unquoted(line.slice(cut + 1)).slice(0, 200) || on });
  }
  return { days, refused };
}

interface Entry {
  readonly line: number;
  readonly values: Map<string, { words: string; value: string }>;
}

/** Long lines of iCalendar are folded: one that begins with a blank goes on where the one before ended. */
function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  let open: Entry | undefined;
  const lines: { line: number; text: string }[] = [];
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(line) && last) last.text += line.slice(1);
    else lines.push({ line: at + 1, text: line });
  }
  for (const { line, text: said } of lines) {
    if (/^BEGIN:VEVENT\s*$/i.test(said)) open = { line, values: new Map() };
    else if (/^END:VEVENT\s*$/i.test(said)) {
      if (open) entries.push(open);
      open = undefined;
    } else if (open) {
      const [, name = '', words = '', value = ''] = /^([A-Za-z-]+)((?:;[^:]*)?):(.*)$/.exec(said) ?? [];
      const key = name.toUpperCase();
      if (key && !open.values.has(key)) open.values.set(key, { words: words.toUpperCase(), value: value.trim() });
    }
  }
  return entries;
}

const dateOf = (text: string | undefined): string | null => {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(text ?? '') ?? [];
  const written = `${year}-${month}-${date}`;
  return isDate(written) ? written : null;
};

/** True for every year without end or exception; null for a rule that says more than that. */
function isYearly(rule: string | undefined, from: string): boolean | null {
  if (rule === undefined) return false;
  const parts = new Map(rule.split(';').map((part) => part.toUpperCase().split('=') as [string, string]));
  if (parts.get('FREQ') !== 'YEARLY') return null;
  const same = { BYMONTH: Number(from.slice(5, 7)), BYMONTHDAY: Number(from.slice(8)), INTERVAL: 1 };
  for (const [key, value] of parts)
    if (key !== 'FREQ' && key !== 'WKST' && same[key as 'BYMONTH'] !== Number(value)) return null;
  return true;
}

const spoken = (text: string): string =>
  text
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .trim()
    .slice(0, 200);

function readCalendarFile(text: string): HolidayFile {
  const days: Holiday[] = [];
  const refused: RefusedLine[] = [];
  for (const { line, values } of entriesOf(text)) {
    const name = spoken(values.get('SUMMARY')?.value ?? '');
    const from = dateOf(values.get('DTSTART')?.value);
    if (!from) {
      refused.push({ line, reason: say`“${name || say`This entry`}” is not for a whole day.` });
      continue;
    }
    const yearly = isYearly(values.get('RRULE')?.value, from);
    const until = dateOf(values.get('DTEND')?.value);
    const count = until ? (Date.parse(until) - Date.parse(from)) / day : 1;
    if (yearly === null || count > longest || count < 1)
      refused.push({
        line,
        reason:
          yearly === null ? say`“${name}” repeats by a rule that is not read.` : say`“${name}” has no length of days.`,
      });
    else
      for (let at = 0; at < count; at += 1) {
        const on = new Date(Date.parse(from) + at * day).toISOString().slice(0, 10);
        days.push({ on: yearly ? `*${on.slice(4)}` : on, name: name || on });
      }
  }
  return { days, refused };
}
