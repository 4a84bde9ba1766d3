/** A stretch of time; `to` is null while it lasts. Milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/**
 * How much of a period lies in any of the spans: what overlaps counts once, what reaches out of the period not at all.
 * Milliseconds.
 */
export function covered(spans: readonly Span[], from: number, to: number): number {
  const clipped = spans
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to ?? to, to) }))
    .filter((span) => span.to > span.from)
    .sort((a, b) => a.from - b.from);
  let sum = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const span of clipped) {
    const begins = Math.max(span.from, reached);
    if (span.to > begins) sum += span.to - begins;
    reached = Math.max(reached, span.to);
  }
  return sum;
}
