/** What of gathered messages still is to be said, and in which order: pure. */

export interface Gathered {
  readonly id: string;
  readonly record_id: string;
  readonly kind: string;
  readonly reason: string;
  readonly brief: string;
  readonly at: Date;
}

/** How a record stands when the digest is written. */
export interface Standing {
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly state_category: string;
  readonly assignee_id: string | null;
}

const turns = new Set(['resolved', 'reopened', 'cancelled', 'approved', 'rejected']);
const promises = new Set(['warned', 'breached', 'escalated', 'missed']);

/** Does a message still hold for this person, given how its record stands now? */
export function stillTrue(message: Gathered, record: Standing, person: string): boolean {
  const over = record.state_category === 'final' || record.state_category === 'stopped';
  if (message.kind === 'assigned' && message.reason === 'assigned') return record.assignee_id === person;
  if (promises.has(message.kind)) return !over;
  if (message.kind === 'submitted' || message.kind === 'referred') return record.state.startsWith('awaiting');
  if (message.kind === 'resolved') return over;
  if (message.kind === 'reopened') return !over;
  return true;
}

/** Of each record the newest first, one turn of its state, the record last heard of first. */
export function grouped<T extends Gathered>(messages: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const message of [...messages].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))) {
    const group = groups.get(message.record_id) ?? [];
    const turned = turns.has(message.kind) && group.some(({ kind }) => turns.has(kind));
    if (!turned) groups.set(message.record_id, [...group, message]);
  }
  return [...groups.values()];
}
