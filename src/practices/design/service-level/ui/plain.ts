import type { Ref } from '../../../../web/api/types';

/** An agreement as data, as the screen reads it. */
export interface PromiseRow {
  target: string;
  seconds?: number;
  working_days?: number;
  end_of_day?: boolean;
  at_field?: string;
  priority?: number;
  /** Of target team: whose slice of the whole it is. */
  team_id?: Ref | string;
}

export const isSlice = (row: PromiseRow): boolean => row.target === 'team' && row.team_id !== undefined;

export type MatchRow = Partial<Record<'service_id' | 'organization_id' | 'department', Ref | string>> & {
  priority?: number;
};

/** Names what a reference in a match stands for. */
export function nameOf(value: Ref | string | undefined | null): string {
  return !value ? '' : typeof value === 'string' ? value : value.name;
}

/** Promises by target, general ones first, then by priority. */
export function byTarget(targets: PromiseRow[]): [string, PromiseRow[]][] {
  const order = ['first_response', 'update', 'resolution', 'team'];
  const found = new Map<string, PromiseRow[]>();
  for (const row of targets) found.set(row.target, [...(found.get(row.target) ?? []), row]);
  for (const rows of found.values()) rows.sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  return [...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}
