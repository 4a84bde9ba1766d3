import type { Moment } from '../../kernel/moment.contract';

/** A line as it is told: its name, and what it changed. */
export interface PlainLine {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly cause: unknown;
  readonly changes: readonly { readonly field: string; readonly after?: unknown }[];
}

/** Lines that take their cause back: of the moment, or at any time. */
const takingBack = /\.(undone|unmerged)$/;

/** The line this one takes back, if it does. */
export function undoneBy(line: { readonly name: string; readonly cause: unknown }): string | null {
  if (!takingBack.test(line.name)) return null;
  return (line.cause as { line?: string } | null)?.line ?? null;
}

/**
 * A life from its lines in the order they were written: each with the record before and after it. A record is in its
 * state since the line that brought it there; where that was taken back, since it was before. `first` is what is known
 * of the record before its first line.
 */
export function momentsOf(lines: readonly PlainLine[], first: Readonly<Record<string, unknown>>): Moment[] {
  const known = new Map<string, Moment>();
  let before: Readonly<Record<string, unknown>> | null = null;
  for (const line of lines) {
    const undone = known.get(undoneBy(line) ?? '');
    const after: Record<string, unknown> = { ...(before ?? { ...first, state_since: line.at }) };
    for (const change of line.changes) if ('after' in change) after[change.field] = change.after;
    if (before && before.state !== after.state) after.state_since = undone?.before?.state_since ?? line.at;
    known.set(line.id, { line: line.id, at: line.at, before, after, ...(undone ? { undoes: undone } : {}) });
    before = after;
  }
  return [...known.values()];
}

/** The lines that still say something: those that were taken back, and those that took them back, left out. */
export function standingLines<T extends { readonly id: string; readonly name: string; readonly cause: unknown }>(
  lines: readonly T[],
): T[] {
  const gone = new Set<string>();
  for (const line of lines) {
    const undone = line.name.endsWith('.undone') ? undoneBy(line) : null;
    if (undone) gone.add(undone).add(line.id);
  }
  return gone.size === 0 ? [...lines] : lines.filter(({ id }) => !gone.has(id));
}
