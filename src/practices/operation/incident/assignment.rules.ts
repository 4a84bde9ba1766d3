import { say } from '../../../kernel/sentence.contract';
/** Which rule a new incident falls under, and whom of its team it is given to. */

export interface AssignmentRule {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Only for incidents of this department; none: for all. */
  readonly department?: string | null;
  readonly match: Readonly<Record<string, string | number>>;
  /** In the language of conditions; fits when both fit. */
  readonly condition?: string | null;
  readonly team_id: string;
  readonly team: string;
  readonly balance: 'none' | 'round_robin';
  readonly rank: number;
  readonly version: number;
}

/** The fields of an incident that rules look at. */
export type Sorted = Readonly<Record<string, unknown>>;

/** Does the condition of a rule hold for an incident? Null: a field it asks for is empty. */
export type Judge = (rule: AssignmentRule, incident: Sorted) => boolean | null;

export const matches = (rule: AssignmentRule, incident: Sorted): boolean =>
  (rule.department == null || rule.department === incident.department) &&
  Object.entries(rule.match).every(([name, value]) =>
    typeof value === 'string' && typeof incident[name] === 'string'
      ? value.toLowerCase() === incident[name].toLowerCase()
      : value === incident[name],
  );

const says = (rule: AssignmentRule) => Object.keys(rule.match).length + (rule.condition ? 1 : 0);

/** The first that fits: by rank, then the one that says most, then the older one. */
export const ruleFor = (rules: readonly AssignmentRule[], incident: Sorted, judge: Judge): AssignmentRule | undefined =>
  rules
    .filter((rule) => matches(rule, incident) && (!rule.condition || judge(rule, incident) === true))
    .sort((a, b) => a.rank - b.rank || says(b) - says(a) || (a.number < b.number ? -1 : 1))[0];

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly absent: boolean;
  readonly on_shift: boolean;
  /** Open incidents they have now. */
  readonly open: number;
  /** When the newest of all they were given was opened; UTC milliseconds, 0 for none. */
  readonly last_at: number;
}

export interface Choice {
  readonly person: Candidate | null;
  /** Whom it was chosen among, and why not each; no figures, as history is read by many, and no names, as it lasts. */
  readonly alternatives: { id: string; because: string }[];
}

/** Who is there and has the fewest open ones; among equals whoever waited longest for a new one. */
export const chooseAmong = (candidates: readonly Candidate[]): Choice => {
  const there = candidates.filter((one) => !one.absent && one.on_shift);
  const [person = null] = [...there].sort((a, b) => a.open - b.open || a.last_at - b.last_at || (a.id < b.id ? -1 : 1));
  const because = (one: Candidate): string => {
    if (one.absent) return String(say`is absent`);
    if (!one.on_shift) return String(say`is off shift`);
    return person && one.open > person.open
      ? String(say`has more open work`)
      : String(say`was given one more recently`);
  };
  return {
    person,
    alternatives: candidates.filter((one) => one !== person).map((one) => ({ id: one.id, because: because(one) })),
  };
};

export interface Shift {
  readonly days?: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly person_ids?: readonly string[];
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Is somebody on shift? `wall` is their local time as milliseconds, read as if it were UTC. A team without shifts is
 * always there; a shift that names nobody is everybody's; one whose end is not later than its start runs past midnight.
 */
export const isOnShift = (shifts: readonly Shift[], personId: string, wall: number): boolean => {
  if (shifts.length === 0) return true;
  const local = new Date(wall);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const worksOn = (shift: Shift, day: number) => shift.days === undefined || shift.days.includes(weekdays[day]!);
  return shifts.some((shift) => {
    if (shift.person_ids && shift.person_ids.length > 0 && !shift.person_ids.includes(personId)) return false;
    const [from, until] = [minutes(shift.from), minutes(shift.until)];
    const today = local.getUTCDay();
    if (from < until) return worksOn(shift, today) && minute >= from && minute < until;
    return (worksOn(shift, today) && minute >= from) || (worksOn(shift, (today + 6) % 7) && minute < until);
  });
};

/** Is somebody away on a date of theirs (`YYYY-MM-DD`)? */
export const isAbsent = (from: string | null, until: string | null, on: string): boolean =>
  (from !== null || until !== null) && (from === null || from <= on) && (until === null || until >= on);
