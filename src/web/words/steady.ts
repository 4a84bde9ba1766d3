/**
 * Rows that were read stay where they are: those known keep their old order, new ones come in after the row they follow,
 * and those that left go, except the one that stands open. Pure.
 */
export function steady<R extends { id: string }>(before: readonly R[], after: readonly R[], kept?: string): R[] {
  const fresh = new Map(after.map((row) => [row.id, row]));
  const old = before.filter((row) => fresh.has(row.id) || row.id === kept);
  const known = new Set(old.map((row) => row.id));
  const made = old.map((row) => fresh.get(row.id) ?? row);
  after.forEach((row, at) => {
    if (known.has(row.id)) return;
    const previous = after[at - 1]?.id;
    const place = previous === undefined ? 0 : made.findIndex((one) => one.id === previous) + 1;
    made.splice(place, 0, row);
    known.add(row.id);
  });
  return made;
}
