import { hash } from 'node:crypto';
import { instantOf, type Ticket, type TicketComment, textOf, type Unread } from './ticket';

type Json = Record<string, unknown>;

/** By the kind of state, which a desk cannot rename as it can the state. */
const states: readonly [RegExp, Ticket['state']][] = [
  [/^new/, 'new'],
  [/^open/, 'in_progress'],
  [/^pending/, 'on_hold'],
  [/^(closed|merged)/, 'closed'],
  [/^removed/, 'cancelled'],
];

/** Impact and urgency of the five priorities, `1 very low` to `5 very high`. */
const scores: Readonly<Record<string, readonly [number, number]>> = {
  '5': [1, 1],
  '4': [2, 1],
  '3': [2, 2],
  '2': [2, 3],
  '1': [3, 3],
};

const channels: Readonly<Record<string, string>> = {
  phone: 'phone',
  email: 'mail',
  webrequest: 'portal',
  chat: 'chat',
};

/** The tickets of an export: one, a list, or a list under `Ticket` or `Tickets`. Undefined: none of these. */
export function otrsTickets(parsed: unknown): unknown[] | undefined {
  if (Array.isArray(parsed)) return parsed;
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { Ticket: one, Tickets: many } = parsed as Json;
  const found = many ?? one;
  if (Array.isArray(found)) return found;
  return 'TicketNumber' in parsed ? [parsed] : undefined;
}

function articlesOf(row: Json): { articles: Json[]; comments: TicketComment[] } | string {
  const articles = [row.Articles ?? row.Article ?? []].flat() as Json[];
  const comments: TicketComment[] = [];
  for (const one of articles) {
    const at = instantOf(one.Created ?? one.CreateTime);
    if (!at) return 'An article has no instant.';
    const text = textOf(one.Body);
    if (!text) continue;
    const internal = /internal/.test(String(one.ArticleType ?? '')) || String(one.IsVisibleForCustomer ?? '1') === '0';
    comments.push({
      at,
      author: textOf(one.FromRealname, 300) ?? textOf(one.From, 300),
      kind: internal ? 'note' : 'comment',
      text,
    });
  }
  return { articles, comments };
}

/** Reads one ticket of OTRS or Znuny; answers why it cannot be read. */
export function otrsTicket(record: unknown, line: number): Ticket | Unread {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return { line, reason: 'This is no ticket.' };
  const row = record as Json;
  const refused = (reason: string): Unread => ({ line, reason });
  const key = textOf(row.TicketNumber, 100);
  if (!key) return refused('TicketNumber is empty: the ticket could not be known again.');
  const given = String(row.StateType ?? row.State ?? '').toLowerCase();
  const state = states.find(([word]) => word.test(given))?.[1];
  if (!state) return refused(`State cannot be “${given.slice(0, 60)}”.`);
  const opened_at = instantOf(row.Created);
  if (!opened_at) return refused('Created is empty or no instant.');
  const closed = instantOf(row.Closed ?? row.SolutionTime);
  const updated = instantOf(row.Changed);
  if (closed === undefined || updated === undefined) return refused('Closed or Changed is no instant.');
  const read = articlesOf(row);
  if (typeof read === 'string') return refused(read);
  const [first, ...rest] = read.comments;
  const priority = /^\d/.exec(String(row.Priority ?? row.PriorityID ?? ''))?.[0] ?? '3';
  const [impact, urgency] = scores[priority] ?? [2, 2];
  const kind = String(read.articles[0]?.ArticleType ?? read.articles[0]?.CommunicationChannel ?? '').toLowerCase();
  const channel = Object.keys(channels).find((word) => kind.startsWith(word));
  const owner = textOf(row.Owner, 300);
  const assignee = owner === 'root@localhost' ? null : owner;
  const isOver = state === 'closed';
  const merged = /^merged/.test(String(row.State ?? given).toLowerCase());
  return {
    line,
    key,
    number: key,
    title: textOf(row.Title, 300) ?? key,
    description: first?.text ?? null,
    state: state === 'in_progress' && !assignee ? 'new' : state,
    hold_reason: state === 'on_hold' ? 'other' : null,
    impact,
    urgency,
    priority: 6 - Number(priority) >= 1 ? 6 - Number(priority) : null,
    category: textOf(row.Type, 100),
    subcategory: null,
    channel: channel ? channels[channel]! : 'import',
    service: textOf(row.Service, 300),
    component: null,
    team: textOf(row.Queue, 300),
    requester: textOf(row.CustomerUserID, 300),
    opened_by: textOf(row.CustomerUserID, 300),
    assignee,
    opened_at,
    resolved_at: isOver ? (closed ?? updated ?? opened_at) : null,
    resolved_by: assignee,
    closed_at: isOver ? (closed ?? updated ?? opened_at) : null,
    closed_by: assignee,
    updated_at: updated ?? opened_at,
    resolution_code: merged ? 'duplicate' : isOver ? textOf(row.State, 100) : null,
    resolution_note: null,
    reopen_count: 0,
    reassignment_count: 0,
    comments: rest,
    digest: Buffer.from(hash('sha1', JSON.stringify({ ...row, Age: 0 }), 'hex'), 'hex').subarray(0, 8),
  };
}
