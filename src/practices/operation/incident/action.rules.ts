import { say } from '../../../kernel/sentence.contract';
import type { Occasion, QuietKind } from './action-rule.contract';

/** What a rule does to one incident when something happened to it, and what it must not do. Times are UTC milliseconds. */

type Row = Readonly<Record<string, unknown>>;

export interface ActionRule {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Only for incidents of this department; none: for all. */
  readonly department?: string | null;
  /** It stands behind the wall of its department or of a team it names: texts that others may read do not name it. */
  readonly walled?: boolean;
  readonly version: number;
  readonly occasion: Occasion;
  readonly states: readonly string[];
  readonly since: QuietKind | null;
  readonly minutes: number | null;
  readonly working_time: boolean | null;
  readonly condition: string | null;
  readonly set_impact: number | null;
  readonly set_urgency: number | null;
  readonly set_category: string | null;
  readonly set_subcategory: string | null;
  readonly set_service_id: string | null;
  readonly set_fields: Row;
  readonly add_tags: readonly string[];
  readonly to_team_id: string | null;
  readonly watcher_ids: readonly string[];
  readonly tell_team_ids: readonly string[];
  readonly tell_lead: boolean | null;
  readonly tell_roles: readonly string[];
  readonly tell_text: string | null;
  readonly note: string | null;
  readonly propose_major: boolean | null;
  readonly rank: number;
  readonly stop: boolean | null;
}

/** A chain of rules that set each other off is no longer than this. */
export const longestChain = 5;

export interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A line of an incident, as far as rules listen to it. */
export interface Heard {
  readonly name: string;
  readonly actor_kind: string;
  readonly changes: readonly Change[];
}

const openStates = ['new', 'assigned', 'in_progress', 'on_hold'];
const edits = new Set(['incident.edited', 'incident.assigned', 'incident.passed']);
const touches = (line: Heard, field: string) => line.changes.some((change) => change.field === field);

/** What a line is an occasion for. What is taken back is none: nothing has happened then. */
export const occasionsOf = (line: Heard): Occasion[] => {
  if (line.name === 'incident.logged') return ['logged'];
  if (line.name.endsWith('.undone')) return [];
  return [
    ...(edits.has(line.name) ? (['edited'] as const) : []),
    ...(line.name === 'incident.commented' ? (['commented'] as const) : []),
    ...(touches(line, 'state') ? (['moved'] as const) : []),
  ];
};

/** Does a quiet rule count anew from this line? What rules and timers do is no sign of life. */
export const countsFrom = (since: QuietKind | null, line: Heard): boolean => {
  if (line.name === 'incident.logged') return true;
  if (since === 'state') return touches(line, 'state');
  if (since === 'team') return touches(line, 'team_id');
  return !['rule', 'timer', 'system'].includes(line.actor_kind);
};

/** What a rule is called in a text that is kept: one of a confidential department is named by "why" alone. */
export const calledInTexts = (rule: Pick<ActionRule, 'number' | 'name' | 'walled'>): string =>
  rule.walled ? String(say`A rule`) : `${rule.number}, ${rule.name}`;

/** Is the rule for an incident of this department, in this state? A quiet one that names no state is for open ones. */
export const isFor = (
  rule: Pick<ActionRule, 'occasion' | 'states' | 'department'>,
  { state, department }: { readonly state?: unknown; readonly department?: unknown },
): boolean => {
  if (rule.department != null && rule.department !== department) return false;
  if (rule.states.length > 0) return rule.states.includes(String(state));
  return rule.occasion !== 'quiet' || openStates.includes(String(state));
};

/** What a rule would do, without what is so already. */
export interface Acts {
  /** Fields with their new values; tags are the whole list. */
  readonly set: Row;
  readonly team: string | null;
  readonly watch: readonly string[];
  readonly tell: boolean;
  readonly note: string | null;
  readonly major: boolean;
}

const alike = (a: unknown, b: unknown): boolean =>
  a === b || (a ?? null) === (b ?? null) || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const own = ['impact', 'urgency', 'category', 'subcategory', 'service_id'] as const;

/** What the rule sets, whatever it is now; `team_id` among it. */
export const wantedBy = (rule: ActionRule): Row => ({
  ...Object.fromEntries(own.map((name) => [name, rule[`set_${name}`]]).filter(([, value]) => value != null)),
  ...rule.set_fields,
  ...(rule.to_team_id ? { team_id: rule.to_team_id } : {}),
});

/** What is left to do on an incident as it stands; its own fields are beside the declared ones. */
export const actsOf = (rule: ActionRule, incident: Row, watching: readonly string[]): Acts => {
  const { team_id, ...wanted } = wantedBy(rule);
  const set: Record<string, unknown> = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !alike(incident[name], value)),
  );
  const tags = (incident.tags as string[] | null | undefined) ?? [];
  const added = rule.add_tags.filter((tag) => !tags.includes(tag));
  if (added.length > 0) set.tags = [...tags, ...added];
  return {
    set,
    team: team_id !== undefined && team_id !== incident.team_id ? String(team_id) : null,
    watch: rule.watcher_ids.filter((id) => !watching.includes(id)),
    tell: rule.tell_team_ids.length > 0 || rule.tell_lead === true || rule.tell_roles.length > 0,
    note: rule.note,
    major: rule.propose_major === true && incident.major !== true,
  };
};

export const isNothing = ({ set, team, watch, tell, note, major }: Acts): boolean =>
  Object.keys(set).length === 0 && team === null && watch.length === 0 && !tell && note === null && !major;

/** What a rule did to an incident since somebody last worked on it. */
export interface Earlier {
  readonly rule_id: string;
  readonly rule: string;
  readonly changes: readonly Change[];
}

export interface Clash {
  readonly field: string;
  readonly other_id: string;
  readonly other: string;
}

/** The fields in which these acts would take back what another rule has just done. */
export const clashesOf = (acts: Acts, earlier: readonly Earlier[]): Clash[] => {
  const wanted: Row = acts.team === null ? acts.set : { ...acts.set, team_id: acts.team };
  return Object.entries(wanted).flatMap(([field, value]) => {
    const one = earlier.find(({ changes }) =>
      changes.some((change) => change.field === field && alike(change.before, value) && !alike(change.after, value)),
    );
    return one && field !== 'tags' ? [{ field, other_id: one.rule_id, other: one.rule }] : [];
  });
};

/** The acts without those fields. */
export const without = (acts: Acts, fields: readonly string[]): Acts => ({
  ...acts,
  set: Object.fromEntries(Object.entries(acts.set).filter(([name]) => !fields.includes(name))),
  team: fields.includes('team_id') ? null : acts.team,
});

/** From the lowest rank on; among equals the older one first. */
export const inOrder = (rules: readonly ActionRule[]): ActionRule[] =>
  [...rules].sort((a, b) => a.rank - b.rank || Number(a.number.slice(4)) - Number(b.number.slice(4)) || 0);
