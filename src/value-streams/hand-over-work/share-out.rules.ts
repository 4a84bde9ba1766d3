import { say } from '../../kernel/sentence.contract';
import { type Candidate, chooseAmong } from '../../practices/operation/incident/assignment.rules';

/** One open record that needs somebody else. */
export interface Orphan {
  readonly id: string;
  readonly department: string | null;
  readonly team_id: string | null;
}

/** Somebody of a team, and the departments whose work they do. */
export interface Colleague extends Candidate {
  readonly handles: readonly string[];
}

export interface Share {
  readonly person: Candidate | null;
  readonly alternatives: readonly { id: string; because: string }[];
}

/**
 * Shares work out among those of each record's team who are there, whoever has least taking the next. Each record
 * counts for those after it. Who does no work of a record's department is passed over.
 */
export function shareOut(
  orphans: readonly Orphan[],
  teams: ReadonlyMap<string, readonly Colleague[]>,
  now: number,
): Map<string, Share> {
  const given = new Map<string, number>();
  const shares = new Map<string, Share>();
  for (const { id, department, team_id } of orphans) {
    const team = (teams.get(team_id ?? '') ?? []).map((one) => {
      const more = given.get(one.id) ?? 0;
      return more > 0 ? { ...one, open: one.open + more, last_at: now } : one;
    });
    const fit = team.filter(({ handles }) => department === null || handles.includes(department));
    const { person, alternatives } = chooseAmong(fit);
    if (person) given.set(person.id, (given.get(person.id) ?? 0) + 1);
    const unfit = team
      .filter((one) => !fit.includes(one))
      .map((one) => ({ id: one.id, because: String(say`works elsewhere`) }));
    shares.set(id, { person, alternatives: [...alternatives, ...unfit] });
  }
  return shares;
}
