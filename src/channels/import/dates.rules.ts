import { toInstant, zoneNamed } from '../../commons/calendar/zone.rules';

export interface DateForm {
  /** Which number comes first: day, month or year. */
  readonly order: 'dmy' | 'mdy' | 'ymd';
  readonly zone: string;
}

const written = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const withOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Reads instants written in one form. A text that names its own offset is read by it. Answers null for what is no
 * date: a 31st of June, a 14th month, a year outside 1900 to 2999.
 */
export function dateReader(form: DateForm): (text: string) => Date | null {
  const zone = zoneNamed(form.zone);
  const utc = form.zone === 'UTC' || form.zone === 'Etc/UTC';
  const known = new Map<string, Date | null>();
  const read = (text: string): Date | null => {
    if (withOffset.test(text)) {
      const at = new Date(text.replace(' ', 'T'));
      return Number.isNaN(at.getTime()) ? null : at;
    }
    const match = written.exec(text);
    if (!match) return null;
    const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const yearFirst = form.order === 'ymd' || match[1]!.length === 4;
    const [year, month, day] = yearFirst
      ? [first, second, third]
      : form.order === 'dmy'
        ? [third, second, first]
        : [third, first, second];
    const [hour, minute, seconds] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
    if (year! < 1900 || year! > 2999 || hour > 23 || minute > 59 || seconds > 59) return null;
    const wall = Date.UTC(year!, month! - 1, day, hour, minute, seconds);
    const check = new Date(wall);
    if (check.getUTCMonth() !== month! - 1 || check.getUTCDate() !== day) return null;
    return utc ? check : new Date(toInstant(zone, wall));
  };
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size > 200_000) known.clear();
    const at = read(text);
    known.set(text, at);
    return at;
  };
}
