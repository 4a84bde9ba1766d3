/** What a rule that is tried would have done, counted. */

export type Outcome =
  | { readonly fits: false /** A field its condition asks for is empty. */; readonly undecided?: boolean }
  | { readonly fits: true /** The rule that would take it, by id. */; readonly taker: string; readonly own: string };

export interface Case {
  readonly record: { readonly id: string };
  readonly outcome: Outcome;
  /** How it found its team in fact: by a rule, by its service, by somebody who named it, not at all. */
  readonly by: 'rule' | 'service' | 'hand' | 'nobody';
  /** The team and the rule that took it in fact. */
  readonly was: string | null;
  readonly rule: string | null;
  /** It would have gone to another team than it did. */
  readonly changes: boolean;
  /** It is with the rule's team now. */
  readonly right: boolean;
}

export interface Group {
  readonly by: Case['by'];
  readonly team: string | null;
  readonly rule: string | null;
  readonly count: number;
  readonly changes: number;
}

export interface Tally {
  /** How many the rule fits. */
  readonly fits: number;
  /** Of these: how many it would take, how many somebody had given a team by hand. */
  readonly takes: number;
  readonly by_hand: number;
  /** Of those it takes: how many would have gone to another team, and how many of these came to it in the end. */
  readonly changes: number;
  readonly came_anyway: number;
  /** How many it could not judge, as a field it asks for is empty. */
  readonly undecided: number;
  /** Of those it takes, where they went in fact; the most first. */
  readonly groups: readonly Group[];
  /** Rules that go before it, and how many of those it fits they take; the most first. */
  readonly behind: readonly { readonly rule: string; readonly count: number }[];
}

const isTaken = ({ outcome, by }: Case) => outcome.fits && by !== 'hand' && outcome.taker === outcome.own;

/** Counts. What it fits is taken by it, by a rule before it, or was given by hand. */
export function tally(cases: readonly Case[]): Tally {
  const fitting = cases.filter(({ outcome }) => outcome.fits);
  const taken = fitting.filter(isTaken);
  const changing = taken.filter(({ changes }) => changes);
  const groups = new Map<string, Group>();
  for (const { by, was, rule, changes } of taken) {
    const key = [by, was, rule].join(' ');
    const known = groups.get(key) ?? { by, team: was, rule, count: 0, changes: 0 };
    groups.set(key, { ...known, count: known.count + 1, changes: known.changes + (changes ? 1 : 0) });
  }
  const behind = new Map<string, number>();
  for (const one of fitting)
    if (one.outcome.fits && one.by !== 'hand' && !isTaken(one))
      behind.set(one.outcome.taker, (behind.get(one.outcome.taker) ?? 0) + 1);
  return {
    fits: fitting.length,
    takes: taken.length,
    by_hand: fitting.filter(({ by }) => by === 'hand').length,
    changes: changing.length,
    came_anyway: changing.filter(({ right }) => right).length,
    undecided: cases.filter(({ outcome }) => !outcome.fits && outcome.undecided).length,
    groups: [...groups.values()].sort((a, b) => b.count - a.count),
    behind: [...behind].map(([rule, count]) => ({ rule, count })).sort((a, b) => b.count - a.count),
  };
}

/** Examples that are shown: those where something would change first. */
export const examples = 50;
export const examplesOf = (cases: readonly Case[]): Case[] => {
  const taken = cases.filter(isTaken);
  return [...taken.filter(({ changes }) => changes), ...taken.filter(({ changes }) => !changes)].slice(0, examples);
};
