import { newId } from '../src/kernel/id';
import type { PastCase, PastLine } from '../src/kernel/past';
import { description, seeded, title } from './words';

/** Everything the lives of a set refer to. */
export interface Cast {
  readonly department: string;
  readonly teams: readonly string[];
  readonly agents: readonly string[];
  readonly people: readonly string[];
  readonly services: readonly string[];
}

const hour = 3_600_000;
const year = 365 * 24 * hour;
/** One of so many is still open, from the last quarter of a year. */
const openShare = 0.03;
const matrix = [
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
];

/**
 * The lives of incidents number `from` up to `until` of `total`, six lines each on average, spread over the three years
 * before `end`. The same numbers give the same lives.
 */
export function livesOf(cast: Cast, from: number, until: number, total: number, end: Date): PastCase[] {
  return Array.from({ length: until - from }, (_, offset) => lifeOf(cast, from + offset, total, end));
}

function lifeOf(cast: Cast, number: number, total: number, end: Date): PastCase {
  const random = seeded(number * 7919 + 17);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const isOpen = random() < openShare;
  const age = isOpen ? random() * (year / 4) : 14 * 24 * hour + (3 * year - 15 * 24 * hour) * (1 - number / total);
  let at = end.getTime() - age;
  const [impact, urgency] = [1 + Math.floor(Math.sqrt(random()) * 3), 1 + Math.floor(Math.sqrt(random()) * 3)];
  const team = pick(cast.teams);
  const agent = pick(cast.agents);
  const lines: PastLine[] = [];
  const children: { table: string; insert: Record<string, unknown> }[] = [];
  const tell = (past: string, set: Record<string, unknown>, remember?: Record<string, unknown>) => {
    lines.push({ past, at: new Date(at), actor_id: agent, cause: null, set, remember });
    at += hour * (0.2 + random() * 8);
  };
  const opened = new Date(at);
  tell('logged', {
    title: title(random),
    description: description(random),
    state: 'new',
    impact,
    urgency,
    priority: matrix[impact - 1]![urgency - 1]!,
    category: pick(['hardware', 'software', 'network', 'access']),
    service_id: pick(cast.services),
    requester_id: pick(cast.people),
    department: cast.department,
    channel: pick(['portal', 'phone', 'mail', 'chat']),
    opened_at: opened,
    reopen_count: 0,
    reassignment_count: 0,
    major: false,
  });
  tell('assigned', { state: 'assigned', team_id: team, assignee_id: agent, acknowledged_at: new Date(at) });
  tell('started', { state: 'in_progress' });
  const comment = { id: newId(new Date(at)), text: description(random, 14) };
  children.push({
    table: 'comment',
    insert: { ...comment, kind: 'comment', author_id: agent, author_kind: 'person', at: new Date(at) },
  });
  tell('commented', {}, { comment: { ...comment, from: 'team' } });
  if (random() < 0.3) {
    tell('held', { state: 'on_hold', hold_reason: 'requester' });
    if (!isOpen || random() < 0.5) tell('resumed', { state: 'in_progress', hold_reason: null });
  }
  if (!isOpen) {
    tell('resolved', {
      state: 'resolved',
      hold_reason: null,
      resolved_at: new Date(at),
      resolution_code: 'fixed',
      resolution_note: description(random, 8),
    });
    tell('closed', { state: 'closed', closed_at: new Date(at) });
  }
  return { lines, children };
}
