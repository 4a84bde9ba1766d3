/** What is known of a case before a row: the fields that decide what the row means. */
export interface Standing {
  readonly state: string;
  readonly hold_reason: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly acknowledged_at: Date | null;
  readonly reopen_count: number;
  readonly reassignment_count: number;
}

/** What a row says of the same. */
export interface Said {
  readonly state: string;
  readonly hold_reason: string | null;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly at: Date;
}

type Category = (state: string) => 'open' | 'paused' | 'stopped' | 'final' | undefined;

/**
 * The name of the strongest thing in a row: reopened, closed, resolved, held (also from hold to hold), resumed,
 * started, assigned, else edited; the first row of a case is logged.
 */
export function pastOf(before: Standing | null, said: Said, category: Category): string {
  if (!before) return 'logged';
  const [from, to] = [category(before.state), category(said.state)];
  const over = (what: typeof from) => what === 'stopped' || what === 'final';
  if (over(from) && !over(to)) return 'reopened';
  if (to === 'final' && from !== 'final') return 'closed';
  if (to === 'stopped' && from !== 'stopped') return 'resolved';
  if (to === 'paused' && (from !== 'paused' || said.hold_reason !== before.hold_reason)) return 'held';
  if (from === 'paused' && to === 'open') return 'resumed';
  if (said.state === 'in_progress' && before.state !== 'in_progress') return 'started';
  if (said.team_id !== before.team_id || said.assignee_id !== before.assignee_id) return 'assigned';
  return 'edited';
}

/** The stamps and counters of ours that follow from it, and nothing that did not change. */
export function consequences(before: Standing | null, said: Said, past: string): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  if (!before) {
    set.reopen_count = 0;
    set.reassignment_count = 0;
  }
  if (past === 'reopened') {
    set.reopen_count = before!.reopen_count + 1;
    set.resolved_at = null;
    set.closed_at = null;
  }
  if (before?.team_id && said.team_id && before.team_id !== said.team_id)
    set.reassignment_count = before.reassignment_count + 1;
  if ((past === 'assigned' || past === 'started') && !before?.acknowledged_at) set.acknowledged_at = said.at;
  if (said.hold_reason !== (before?.hold_reason ?? null)) set.hold_reason = said.hold_reason;
  if (before?.hold_reason && !said.hold_reason) set.hold_until = null;
  return set;
}

/** The log's own counting, from the states and teams of one case: `null` is counted as a team. */
export function countAsTheLog(
  rows: readonly { state: string; team_id: string | null }[],
  isOver: (state: string) => boolean,
): { reopened: number; reassigned: number }[] {
  let reopened = 0;
  let reassigned = 0;
  return rows.map((row, at) => {
    const before = rows[at - 1];
    if (before && isOver(before.state) && !isOver(row.state)) reopened += 1;
    if (before && before.team_id !== row.team_id) reassigned += 1;
    return { reopened, reassigned };
  });
}
