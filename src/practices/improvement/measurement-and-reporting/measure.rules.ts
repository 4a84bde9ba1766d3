/**
 * What a line of history adds to the figures over time. Stamps count on their own day: a record that is reopened loses
 * its resolution, one that moves to another team takes its counts along. Time spent in a state counts on the day the
 * state was left, for the team that left it. What is taken back takes its stay along: the time goes on as if nothing
 * had been.
 */

export interface Cell {
  readonly day: string;
  readonly type: string;
  readonly measure: 'logged' | 'resolved' | 'ended' | 'stay' | 'promise';
  /** The state of a stay, the target of a promise; empty otherwise. */
  readonly key: string;
  readonly department: string | null;
  readonly organization_id: string | null;
  readonly team_id: string | null;
  readonly service_id: string | null;
  readonly priority: number | null;
}

export interface Delta extends Cell {
  readonly count: number;
  /** Seconds: from opening to resolution, or in the state; met promises for a promise. */
  readonly amount: number;
}

type Values = Readonly<Record<string, unknown>>;

const text = (value: unknown) => (typeof value === 'string' ? value : null);
const instant = (value: unknown) =>
  value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export function dimensionsOf(row: Values) {
  return {
    type: String(row.type),
    department: text(row.department),
    organization_id: text(row.organization_id),
    team_id: text(row.team_id),
    service_id: text(row.service_id),
    priority: typeof row.priority === 'number' ? row.priority : null,
  };
}

/** What a record as it stands stands for in the figures. */
function standing(row: Values): Delta[] {
  const shared = { ...dimensionsOf(row), key: '' };
  const opened = instant(row.opened_at)!;
  const found: Delta[] = [{ ...shared, day: dayOf(opened), measure: 'logged', count: 1, amount: 0 }];
  const resolved = instant(row.resolved_at);
  if (resolved)
    found.push({
      ...shared,
      day: dayOf(resolved),
      measure: 'resolved',
      count: 1,
      amount: (resolved.getTime() - opened.getTime()) / 1000,
    });
  const ended = instant(row.closed_at) ?? instant(row.cancelled_at);
  if (ended) found.push({ ...shared, day: dayOf(ended), measure: 'ended', count: 1, amount: 0 });
  return found;
}

export interface Moment {
  readonly at: Date;
  /** The record before and after; `before` is null when it began. */
  readonly before: Values | null;
  readonly after: Values;
  /** The moment it takes back. */
  readonly undoes?: Moment;
}

/** What figures are made of: a line that changes none of these moves no figure. */
const moving = new Set([
  'state',
  'opened_at',
  'resolved_at',
  'closed_at',
  'cancelled_at',
  'department',
  'organization_id',
  'team_id',
  'service_id',
  'priority',
]);

export function movesFigures(line: { before: Values | null; changes: readonly { field: string }[] }): boolean {
  return line.before === null || line.changes.some(({ field }) => moving.has(field));
}

/**
 * The deltas of successive lines of one record: what stood before the first taken away, what stands after the last
 * added, and a stay for each state that was left. What came and went between them cancels out.
 */
export function deltasOf(moments: readonly Moment[]): Delta[] {
  const { before } = moments[0]!;
  const { after } = moments.at(-1)!;
  const gone = before ? standing(before).map(negated) : [];
  const stays = moments.flatMap(stayOf);
  return gone.length > 0 ? summed([...gone, ...standing(after), ...stays]) : [...standing(after), ...stays];
}

/** Lines of many records, each record's together, in their order. */
export function byRecord<Line extends { readonly record_id: string }>(lines: readonly Line[]): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const mine = found.get(line.record_id);
    if (mine) mine.push(line);
    else found.set(line.record_id, [line]);
  }
  return found;
}

/** The stay in the state that a line left; where it takes another back, that one's stay taken away. */
function stayOf({ at, before, after, undoes }: Moment): Delta[] {
  if (undoes) return stayOf(undoes).map(negated);
  if (!before || before.state === after.state) return [];
  const since = instant(before.state_since);
  if (!since) return [];
  const amount = (at.getTime() - since.getTime()) / 1000;
  return [{ ...dimensionsOf(before), day: dayOf(at), measure: 'stay', key: String(before.state), count: 1, amount }];
}

const negated = (delta: Delta): Delta => ({ ...delta, count: -delta.count, amount: -delta.amount });

export function cellKey(cell: Cell): string {
  return [
    cell.day,
    cell.type,
    cell.measure,
    cell.key,
    cell.department,
    cell.organization_id,
    cell.team_id,
    cell.service_id,
    cell.priority,
  ].join('|');
}

/** One delta per cell; those that cancel each other out fall away. */
export function summed(deltas: readonly Delta[]): Delta[] {
  const cells = new Map<string, Delta>();
  for (const delta of deltas) {
    const key = cellKey(delta);
    const known = cells.get(key);
    cells.set(key, known ? { ...known, count: known.count + delta.count, amount: known.amount + delta.amount } : delta);
  }
  return [...cells.values()].filter((delta) => delta.count !== 0 || Math.abs(delta.amount) > 1e-6);
}
