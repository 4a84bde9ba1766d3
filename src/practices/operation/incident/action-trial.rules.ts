import { type ActionRule, type Acts, type Change, countsFrom, type Heard, occasionsOf, wantedBy } from './action.rules';

/** The past gone through as a rule would have heard it. Times are UTC milliseconds. */

type Row = Readonly<Record<string, unknown>>;

export interface PastLine extends Heard {
  readonly at: number;
}

/** A moment in the life of an incident at which a rule would have been asked. */
export interface Moment {
  readonly at: number;
  /** The name of the line; `null`: nothing had happened for as long as the rule waits. */
  readonly line: string | null;
  /** The fields as they were then. */
  readonly incident: Row;
}

/**
 * When a rule would have been asked about an incident, by its lines in order. `wait` tells when a quiet rule would have
 * spoken that counts from an instant; `until` is now. A quiet rule speaks once until somebody does something.
 */
export function momentsFor(
  rule: Pick<ActionRule, 'occasion' | 'since'>,
  lines: readonly PastLine[],
  until: number,
  wait: (from: number) => number | null,
): Moment[] {
  const moments: Moment[] = [];
  let incident: Row = {};
  let due: number | null = null;
  const speak = (before: number) => {
    if (due !== null && due <= before) {
      moments.push({ at: due, line: null, incident });
      due = null;
    }
  };
  for (const line of lines) {
    speak(line.at);
    incident = { ...incident, ...Object.fromEntries(line.changes.map(({ field, after }) => [field, after])) };
    if (rule.occasion === 'quiet') {
      if (countsFrom(rule.since, line)) due = wait(line.at);
    } else if (occasionsOf(line).includes(rule.occasion)) {
      const changed = line.changes.map(({ field }) => field);
      const said = line.changes.find(({ field }) => field === 'comment')?.after as { text?: string } | undefined;
      moments.push({ at: line.at, line: line.name, incident: { ...incident, changed, comment: said?.text ?? '' } });
    }
  }
  speak(until);
  return moments;
}

/** What would have changed, as lines say it: the field, what it was, what the rule sets. */
export function changesBy(acts: Acts, incident: Row): Change[] {
  const set: Row = acts.team === null ? acts.set : { ...acts.set, team_id: acts.team };
  return Object.entries(set).map(([field, after]) => ({ field, before: incident[field] ?? null, after }));
}

/** The incident as the rule would have left it. */
export const afterActs = (acts: Acts, incident: Row): Row => ({
  ...incident,
  ...acts.set,
  ...(acts.team === null ? {} : { team_id: acts.team }),
  changed: changesBy(acts, incident).map(({ field }) => field),
});

/** Does a rule listen to what another one does? Setting fields is an edit; giving it to a team may move its state. */
export function hearsActs(rule: Pick<ActionRule, 'occasion'>, acts: Acts): boolean {
  if (rule.occasion === 'edited') return Object.keys(acts.set).length > 0 || acts.team !== null;
  return rule.occasion === 'moved' && acts.team !== null;
}

/** The fields two rules set to different values. */
export function opposed(a: ActionRule, b: ActionRule): string[] {
  const [left, right] = [wantedBy(a), wantedBy(b)];
  return Object.keys(left).filter((name) => name in right && left[name] !== right[name]);
}
