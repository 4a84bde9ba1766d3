import { type Sentence, say } from '../../kernel/sentence.contract';

export type Health = 'good' | 'at_risk' | 'broken' | 'unknown';

const order: Health[] = ['good', 'unknown', 'at_risk', 'broken'];

/** The health of what stands on several things: as bad as the worst; unknown when it stands on nothing. */
export function worst(healths: readonly Health[]): Health {
  if (healths.length === 0) return 'unknown';
  return healths.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a));
}

/** What is at stake at a stop, in a sentence for the reader; null when nothing is. */
export function stakeOf(work: { open: number; people: number; strained: number }): Sentence | null {
  if (work.open === 0) return null;
  const incidents = work.open === 1 ? say`${work.open} open incident` : say`${work.open} open incidents`;
  const people = work.people === 1 ? say`${work.people} person` : say`${work.people} people`;
  return say`${incidents} · ${people}`;
}
