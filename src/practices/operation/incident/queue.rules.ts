import type { WeightName, Weights } from './queue.contract';

/** By which weights a queue is ordered, and for whom: a team, a department, or everybody. */
export interface QueueOrder {
  /** Null for the delivered one. */
  readonly id: string | null;
  readonly number: string | null;
  readonly name: string;
  readonly version: number;
  readonly serial: number;
  readonly department: string | null;
  readonly team_id: string | null;
  readonly weights: Weights;
}

/** What the place of an open record follows from. Instants are UTC milliseconds. */
export interface Queued {
  readonly state_category: string;
  readonly department: string | null;
  readonly team_id: string | null;
  readonly opened_at: number;
  readonly due_at: number | null;
  readonly hold_until: number | null;
  readonly impact: number;
  readonly major: boolean;
  /** The heaviest goal its service is for. */
  readonly goal: { readonly id: string; readonly name: string; readonly weight: number } | null;
  /** The requester spoke last, and waits for the team. */
  readonly answered: boolean;
}

export type PartKind = 'impact' | 'goal' | 'major' | 'answer' | 'age' | 'hold';

export interface Part {
  readonly kind: PartKind;
  /** Below zero: it counts so much earlier. */
  readonly minutes: number;
}

export interface Place {
  readonly order: QueueOrder;
  /** Where counting begins: its due instant, the end of its hold, or an instant set by when it was opened. */
  readonly base: { readonly kind: 'due' | 'held' | 'opened'; readonly at: number };
  readonly parts: readonly Part[];
  /** The base and all parts: what is worth the earliest instant comes first. */
  readonly queue_at: number;
}

const minute = 60_000;

/** The order for a record: its team's own, then its department's, then everybody's; of several the newest. */
export function orderFor(
  orders: readonly QueueOrder[],
  record: Pick<Queued, 'department' | 'team_id'>,
  delivered: QueueOrder,
): QueueOrder {
  const fits = orders.filter(
    (order) =>
      (order.team_id === null || order.team_id === record.team_id) &&
      (order.department === null || order.department === record.department),
  );
  const exact = (order: QueueOrder) => (order.team_id ? 2 : 0) + (order.department ? 1 : 0);
  return fits.sort((a, b) => exact(b) - exact(a) || b.serial - a.serial)[0] ?? delivered;
}

function baseOf(queued: Queued, weights: Weights): Place['base'] {
  if (queued.due_at !== null) return { kind: 'due', at: queued.due_at };
  if (queued.state_category === 'paused' && queued.hold_until !== null) return { kind: 'held', at: queued.hold_until };
  return { kind: 'opened', at: queued.opened_at + weights.without_due_hours * 60 * minute };
}

/**
 * The place of a record in its queue, with every part of it; null for what is not open. A place stays the same until
 * something happens to the record: time to breach is in the due instant itself, so the order holds while the clock runs.
 */
export function placeOf(order: QueueOrder, queued: Queued): Place | null {
  if (queued.state_category !== 'open' && queued.state_category !== 'paused') return null;
  const { weights } = order;
  const base = baseOf(queued, weights);
  const worth = (name: WeightName, times = 1) => -Math.round(weights[name] * times);
  const all: Part[] = [
    { kind: 'impact', minutes: queued.impact < 3 ? worth(`impact_${queued.impact as 1 | 2}_minutes`) : 0 },
    { kind: 'goal', minutes: queued.goal ? worth('goal_minutes', Math.max(0, queued.goal.weight)) : 0 },
    { kind: 'major', minutes: queued.major ? worth('major_minutes') : 0 },
    { kind: 'answer', minutes: queued.answered ? worth('answer_minutes') : 0 },
    {
      kind: 'age',
      minutes: -Math.round((Math.max(0, base.at - queued.opened_at) / minute) * (weights.age_percent / 100)),
    },
    {
      kind: 'hold',
      minutes: queued.state_category === 'paused' && base.kind !== 'held' ? weights.hold_minutes : 0,
    },
  ];
  // Without a zero there is nothing to tell; -0 would be one.
  const parts = all.filter(({ minutes }) => minutes !== 0);
  const sum = parts.reduce((total, part) => total + part.minutes, 0);
  return { order, base, parts, queue_at: base.at + sum * minute };
}
