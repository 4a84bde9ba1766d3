import { hash } from 'node:crypto';
import { instantOf, type Ticket, type TicketComment, textOf, type Unread } from './ticket';

type Json = Record<string, unknown>;

const states: Readonly<Record<string, Ticket['state']>> = {
  '1': 'new',
  new: 'new',
  '2': 'in_progress',
  active: 'in_progress',
  'in progress': 'in_progress',
  work_in_progress: 'in_progress',
  '3': 'on_hold',
  'on hold': 'on_hold',
  '4': 'on_hold',
  '5': 'on_hold',
  pending: 'on_hold',
  '6': 'resolved',
  resolved: 'resolved',
  '7': 'closed',
  closed: 'closed',
  '8': 'cancelled',
  canceled: 'cancelled',
  cancelled: 'cancelled',
};

const holds: Readonly<Record<string, string>> = {
  '1': 'requester',
  'awaiting caller': 'requester',
  '2': 'evidence',
  'awaiting evidence': 'evidence',
  '3': 'problem',
  'awaiting problem': 'problem',
  '4': 'supplier',
  'awaiting vendor': 'supplier',
  '5': 'change',
  'awaiting change': 'change',
};

const channels: Readonly<Record<string, string>> = {
  'self-service': 'portal',
  email: 'mail',
  'walk-in': 'walk_in',
};

/** A reference comes as an id, as `{link, value}`, or with the word people see. */
function wordOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return textOf(value, 300);
  const { display_value, value: id } = value as Json;
  return textOf(display_value, 300) ?? textOf(id, 300);
}

/** The value of a field that is no reference: its key, not what people see. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? ((value as Json).value ?? (value as Json).display_value) : value;

/** A number written alone or before its word: `2`, `2 - Medium`. */
function scoreOf(value: unknown, most: number): number | null {
  const found = /^\s*(\d)/.exec(String(plain(value) ?? ''));
  const score = found ? Number(found[1]) : Number.NaN;
  return score >= 1 && score <= most ? score : null;
}

/** A journal holds its entries in one text, each under a line of when and who. */
function journal(text: unknown, kind: TicketComment['kind']): TicketComment[] {
  const whole = textOf(plain(text));
  if (!whole) return [];
  const head = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) - (.+?) \([^)]*\)$/gm;
  const heads = [...whole.matchAll(head)];
  return heads.flatMap((found, place) => {
    const from = found.index + found[0].length;
    const said = textOf(whole.slice(from, heads[place + 1]?.index));
    const at = instantOf(found[1]);
    return said && at ? [{ at, author: textOf(found[2], 300), kind, text: said }] : [];
  });
}

/** The records of a list export (`records`), of the Table API (`result`), or a plain list. Undefined: none of these. */
export function recordsOf(parsed: unknown): unknown[] | undefined {
  if (Array.isArray(parsed)) return parsed;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { records, result } = parsed as Json;
  if (Array.isArray(records)) return records;
  if (Array.isArray(result)) return result;
  return typeof result === 'object' && result !== null ? [result] : undefined;
}

/** Reads one incident of ServiceNow; answers why it cannot be read. */
export function serviceNowTicket(record: unknown, line: number): Ticket | Unread {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return { line, reason: 'This is no record.' };
  const row = record as Json;
  const refused = (reason: string): Unread => ({ line, reason });
  const named = textOf(plain(row.number), 100);
  if (!named) return refused('number is empty: the record could not be known again.');
  const table = textOf(plain(row.sys_class_name)) ?? 'incident';
  if (table !== 'incident') return refused(`${named} is no incident but of ${table}.`);
  const given = String(plain(row.state) ?? plain(row.incident_state) ?? '');
  const state = states[given.trim().toLowerCase()];
  if (!state) return refused(`state cannot be “${given.slice(0, 60)}”.`);
  const instants = ['opened_at', 'sys_created_on', 'resolved_at', 'closed_at', 'sys_updated_on'].map((name) => ({
    name,
    at: instantOf(plain(row[name])),
  }));
  const wrong = instants.find(({ at }) => at === undefined);
  if (wrong) return refused(`${wrong.name} is no instant.`);
  const [opened, created, resolved, closed, updated] = instants.map(({ at }) => at ?? null);
  const opened_at = opened ?? created ?? null;
  if (!opened_at) return refused('opened_at is empty.');
  const channel = textOf(plain(row.contact_type), 60)?.toLowerCase() ?? 'import';
  const hold = textOf(plain(row.hold_reason))?.toLowerCase();
  const number = (name: string) => Math.max(0, Math.trunc(Number(plain(row[name]) ?? 0)) || 0);
  return {
    line,
    key: textOf(plain(row.sys_id), 100) ?? named,
    number: named,
    title: textOf(plain(row.short_description), 300) ?? named,
    description: textOf(plain(row.description)),
    state,
    hold_reason: state === 'on_hold' ? (holds[hold ?? ''] ?? 'other') : null,
    impact: scoreOf(row.impact, 3) ?? 3,
    urgency: scoreOf(row.urgency, 3) ?? 3,
    priority: scoreOf(row.priority, 5),
    category: textOf(plain(row.category), 100),
    subcategory: textOf(plain(row.subcategory), 100),
    channel: channels[channel] ?? channel,
    service: wordOf(row.business_service),
    component: wordOf(row.cmdb_ci),
    team: wordOf(row.assignment_group),
    requester: wordOf(row.caller_id),
    opened_by: wordOf(row.opened_by),
    assignee: wordOf(row.assigned_to),
    opened_at,
    resolved_at: resolved ?? null,
    resolved_by: wordOf(row.resolved_by),
    closed_at: closed ?? null,
    closed_by: wordOf(row.closed_by),
    updated_at: updated ?? opened_at,
    resolution_code: textOf(plain(row.close_code), 100),
    resolution_note: textOf(plain(row.close_notes)),
    reopen_count: number('reopen_count'),
    reassignment_count: number('reassignment_count'),
    comments: [...journal(row.comments, 'comment'), ...journal(row.work_notes, 'note')],
    digest: Buffer.from(hash('sha1', JSON.stringify(row), 'hex'), 'hex').subarray(0, 8),
  };
}
