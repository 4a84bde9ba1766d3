export type Health = 'good' | 'at_risk' | 'broken' | 'unknown';

const order: Health[] = ['good', 'unknown', 'at_risk', 'broken'];

/** The health of what stands on several things: as bad as the worst; unknown when it stands on nothing. */
export function worst(healths: readonly Health[]): Health {
  if (healths.length === 0) return 'unknown';
  return healths.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a));
}

/** What is at stake at a stop, in a sentence for the reader; null when nothing is. */
export function stakeOf(work: { open: number; people: number; strained: number }, language: string): string | null {
  if (work.open === 0) return null;
  const german = language === 'de';
  const incidents = german
    ? `${work.open} ${work.open === 1 ? 'offene Störung' : 'offene Störungen'}`
    : `${work.open} open ${work.open === 1 ? 'incident' : 'incidents'}`;
  const people = german
    ? `${work.people} ${work.people === 1 ? 'Person' : 'Personen'}`
    : `${work.people} ${work.people === 1 ? 'person' : 'people'}`;
  return `${incidents} · ${people}`;
}
