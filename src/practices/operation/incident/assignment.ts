import { toWall, zoneNamed } from '../../../commons/calendar';
import type { Context } from '../../../kernel/command';
import { among, type Row, rows, type Sql, sql } from '../../../kernel/database';
import { say } from '../../../kernel/sentence.contract';
import {
  type AssignmentRule,
  type Candidate,
  type Choice,
  chooseAmong,
  isAbsent,
  isOnShift,
  ruleFor,
  type Shift,
  type Sorted,
} from './assignment.rules';
import { type Asked, asked, inputsOf } from './assignment-condition';

/** To whom an incident goes that was given to nobody, and why. */
export interface Assignment {
  readonly team_id: string;
  readonly assignee_id: string | null;
  readonly why: Row;
}

export interface Unassigned {
  readonly key: string;
  readonly sorted: Sorted;
  /** The service it concerns and who operates that, when it concerns one. */
  readonly service: { readonly name: string; readonly team_id: string; readonly team: string } | null;
}

/** The rules that are switched on, as one value of JSON. */
export const rulesInForce: Sql = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number,
    'name', r.title, 'department', r.department, 'match', a.match, 'condition', a.condition, 'team_id', r.team_id, 'team', t.title,
    'balance', a.balance, 'rank', a.rank, 'version', r.version)), '[]')
  from assignment_rule a join record r on r.id = a.id join record t on t.id = r.team_id where r.state = 'active')`;

/** The rule each of these incidents falls under, in the order given. */
export async function rulesFor(context: Context, all: readonly Sorted[]): Promise<(AssignmentRule | undefined)[]> {
  const [found] = await rows<{ rules: AssignmentRule[] }>(context.db, sql`select ${rulesInForce} as rules`);
  const rules = found?.rules ?? [];
  const about = await asked(context, rules, all);
  return all.map((sorted) => ruleFor(rules, sorted, about.judge));
}

/**
 * Finds a team for each of many incidents, and a person where the rule balances. Each counts for those after it, so
 * that a hundred at once are spread as a hundred one by one.
 */
export async function assignAll(
  context: Context,
  rules: readonly AssignmentRule[],
  all: readonly Unassigned[],
): Promise<Map<string, Assignment>> {
  const about = await asked(
    context,
    rules,
    all.map(({ sorted }) => sorted),
  );
  const found = all.map((one) => ({ ...one, rule: ruleFor(rules, one.sorted, about.judge) }));
  const balanced = found.flatMap(({ rule }) => (rule?.balance === 'round_robin' ? [rule.team_id] : []));
  const candidates = balanced.length > 0 ? await candidatesOf(context, [...new Set(balanced)]) : new Map();
  const out = new Map<string, Assignment>();
  for (const { key, sorted, service, rule } of found) {
    if (!rule) {
      if (service) out.set(key, byService(service, sorted.service_id));
      continue;
    }
    const team: Candidate[] | undefined =
      rule.balance === 'round_robin' ? (candidates.get(rule.team_id) ?? []) : undefined;
    const choice = team && chooseAmong(team);
    if (choice?.person) {
      const person = choice.person;
      const given = { ...person, open: person.open + 1, last_at: context.now.getTime() };
      candidates.set(
        rule.team_id,
        team!.map((one) => (one.id === person.id ? given : one)),
      );
    }
    out.set(key, byRule(rule, sorted, about, choice));
  }
  return out;
}

const byService = (service: NonNullable<Unassigned['service']>, id: unknown): Assignment => ({
  team_id: service.team_id,
  assignee_id: null,
  why: {
    rule: String(say`${service.team} operates the service ${service.name}.`),
    team: { id: service.team_id, name: service.team },
    service: { id },
  },
});

function byRule(rule: AssignmentRule, sorted: Sorted, about: Asked, choice: Choice | undefined): Assignment {
  const inputs = {
    ...inputsOf(about.values(rule, sorted)),
    ...Object.fromEntries(Object.keys(rule.match).map((name) => [name, sorted[name] ?? null])),
  };
  const person = choice?.person ?? null;
  return {
    team_id: rule.team_id,
    assignee_id: person?.id ?? null,
    why: {
      rule: String(say`${rule.number} (version ${rule.version}), ${rule.name}: ${rule.team} takes it.`),
      rule_id: rule.id,
      rule_version: rule.version,
      inputs,
      team: { id: rule.team_id, name: rule.team },
      ...(choice
        ? {
            person: person ? { id: person.id } : null,
            chosen: String(
              person ? say`has the fewest open incidents of those who are there` : say`nobody of the team is there now`,
            ),
            alternatives: choice.alternatives,
          }
        : {}),
    },
  };
}

interface Member {
  team_id: string;
  shifts: Shift[] | null;
  id: string;
  name: string;
  time_zone: string | null;
  absent_from: string | null;
  absent_until: string | null;
  open: number;
  last_at: Date | null;
}

/** The members of teams: who is there, and how much they have. */
export async function candidatesOf(context: Context, teams: readonly string[]): Promise<Map<string, Candidate[]>> {
  const members = await rows<Member>(
    context.db,
    sql`select t.id as team_id, t.shifts, p.id, r.title as name, p.time_zone, p.absent_from, p.absent_until,
          (select count(*)::int from record w where w.assignee_id = p.id and w.type = 'incident'
            and w.state_category in ('open', 'paused')) as open,
          (select max(w.opened_at) from record w where w.assignee_id = p.id and w.type = 'incident') as last_at
        from team t join person p on p.id = any(t.member_ids) or t.id = any(p.team_ids)
        join record r on r.id = p.id
        where t.id ${among(teams)} and r.state = 'active'`,
  );
  const out = new Map<string, Candidate[]>();
  for (const member of members) {
    const wall = toWall(zoneNamed(member.time_zone ?? 'UTC'), context.now.getTime());
    const candidate: Candidate = {
      id: member.id,
      name: member.name,
      absent: isAbsent(member.absent_from, member.absent_until, new Date(wall).toISOString().slice(0, 10)),
      on_shift: isOnShift(member.shifts ?? [], member.id, wall),
      open: member.open,
      last_at: member.last_at?.getTime() ?? 0,
    };
    out.set(member.team_id, [...(out.get(member.team_id) ?? []), candidate]);
  }
  return out;
}
