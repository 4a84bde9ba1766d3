/** One thing that was said on a ticket. */
export interface TicketComment {
  readonly at: Date;
  readonly author: string | null;
  readonly kind: 'comment' | 'note';
  readonly text: string;
}

/** A ticket of another desk in our words, as its export tells it: how it stands, and the instants and people of its life. */
export interface Ticket {
  /** Its place in the file, from 1. */
  readonly line: number;
  /** By what it is known again: two of one desk may bear one number. */
  readonly key: string;
  /** Its number there. */
  readonly number: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: 'new' | 'in_progress' | 'on_hold' | 'resolved' | 'closed' | 'cancelled';
  readonly hold_reason: string | null;
  readonly impact: number;
  readonly urgency: number;
  /** The priority it had there, 1 to 5, to be compared with ours. */
  readonly priority: number | null;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly channel: string;
  readonly service: string | null;
  readonly component: string | null;
  readonly team: string | null;
  readonly requester: string | null;
  readonly opened_by: string | null;
  readonly assignee: string | null;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  readonly updated_at: Date;
  readonly resolution_code: string | null;
  readonly resolution_note: string | null;
  readonly reopen_count: number;
  readonly reassignment_count: number;
  readonly comments: readonly TicketComment[];
  /** Eight bytes that tell whether it changed since. */
  readonly digest: Buffer;
}

export type Unread = { readonly line: number; readonly reason: string };

/** An instant of an export without a zone: UTC, as these tools keep it. Null for none, undefined for what is no instant. */
export function instantOf(text: unknown): Date | null | undefined {
  if (text === null || text === undefined || text === '') return null;
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(String(text));
  if (!found) return undefined;
  const at = new Date(`${found[1]}T${found[2]}${found[3] ?? 'Z'}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** A text with what the database cannot hold taken out; null when nothing is left. */
export function textOf(value: unknown, most = 100_000): string | null {
  if (value === null || value === undefined || typeof value === 'object') return null;
  const text = String(value).replaceAll('\u0000', '').toWellFormed().trim();
  return text === '' ? null : text.slice(0, most);
}
