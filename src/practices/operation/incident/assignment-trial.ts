import { show } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import { type Row, rows, sql } from '../../../kernel/database';
import type { StoredChange } from '../../../kernel/history';
import { isId } from '../../../kernel/id';
import { holdsAny, whereAny } from '../../../kernel/policy';
import { invalid, Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { rulesInForce } from './assignment';
import { type AssignmentRule, matches, ruleFor, type Sorted } from './assignment.rules';
import { asked } from './assignment-condition';
import { assignmentRule, checkAssignmentRule, ruleMakers } from './assignment-rule';
import { incident } from './incident';
import { asSeen, draftInput, gone, inTrial, lastDays, mostTried, namedIn, type Ref, refIn } from './trial-frame';
import { type Case, examplesOf, type Outcome, tally } from './trial-tally.rules';

/** An incident and what its first line says: how it was logged, and why it went where it went. */
interface Logged {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly opened_at: Date;
  readonly team_now: string | null;
  readonly changes: readonly StoredChange[];
  readonly why: { rule_id?: string; rule_version?: number; team?: { id?: string } } | null;
}

/**
 * What an assignment rule would have done with the incidents of the last 90 days that the caller may see, as they were
 * logged, beside the rules that are switched on now. Writes nothing. `body` holds fields of the rule as it is drafted;
 * what it leaves out is as in `saved`. Throws 403 for who makes no rules and 422 with the field for a rule that cannot
 * be kept.
 */
export async function tryRule(outer: Context, body: unknown, saved?: Row): Promise<Row> {
  return inTrial(outer, ruleMakers, refusal, async (context) => {
    const rule = await draftOf(context, body, saved);
    const { from, told } = lastDays(context);
    const { all: logged, counted } = gone(await loggedSince(context, from));
    const [force] = await rows<{ rules: AssignmentRule[] }>(context.db, sql`select ${rulesInForce} as rules`);
    const standing = force!.rules.filter(({ id }) => id !== rule.id);
    const sorted = logged.map(({ changes }) => asLogged(changes));
    const names = await show(context, [
      ...namedIn(context, sorted),
      ...logged.flatMap(({ why, team_now }) => [why?.rule_id, why?.team?.id, team_now].filter((id) => id != null)),
      ...[rule, ...standing].flatMap(({ id, team_id }) => [id, team_id]),
    ]);
    // A rule behind a wall does not exist for who stands before it.
    const others = standing.filter(({ id }) => names.has(id));
    const seen = sorted.map((one) => asSeen(context, one, names));
    const about = await asked(context, [rule, ...others], seen, true);
    const ref = refIn(names);
    const cases: Case[] = logged.map((one, at) => ({
      record: one,
      outcome: outcomeOf(rule, others, seen[at]!, about.judge),
      by: byWhat(one, sorted[at]!),
      was: one.why?.team?.id ?? null,
      rule: one.why?.rule_id ?? null,
      changes: (one.why?.team?.id ?? null) !== rule.team_id,
      right: one.team_now === rule.team_id,
    }));
    const { groups, behind, ...counts } = tally(cases);
    const at = new Map(logged.map(({ id }, index) => [id, index]));
    return {
      ...told,
      ...counted,
      team: ref(rule.team_id),
      ...counts,
      went: groups.map(({ team, rule: by_rule, ...rest }) => ({ team: ref(team), rule: ref(by_rule), ...rest })),
      behind: behind.map(({ rule: id, count }) => ({ rule: ref(id), count })),
      items: examplesOf(cases).map((one) => {
        const { id, number, name, opened_at, why, team_now } = logged[at.get(one.record.id)!]!;
        const logs = seen[at.get(id)!]!;
        return {
          id,
          number,
          name,
          opened_at: opened_at.toISOString(),
          by: one.by,
          was: ref(one.was),
          rule: ref(one.rule),
          rule_version: ref(one.rule) ? (why?.rule_version ?? null) : null,
          now: ref(team_now),
          changes: one.changes,
          inputs: { ...matched(rule, logs, names), ...about.values(rule, logs) },
        };
      }),
      next: null,
    };
  });
}

const refusal = say`Only administrators and incident managers try assignment rules.`;

/** Refuses who makes no rules. */
export function mayTryRules(context: Context): void {
  if (!holdsAny(ruleMakers, {}, context.actor)) throw new Refusal('forbidden', refusal);
}

/** The rule as it would be kept: checked as saving it would check it. */
async function draftOf(context: Context, body: unknown, saved: Row | undefined): Promise<AssignmentRule> {
  const input = await draftInput(context, 'assignment_rule.edit', body);
  checkAssignmentRule(saved ?? {}, input, context);
  const rule = { match: {}, condition: null, balance: 'none', rank: assignmentRule.fields.rank!.standard, ...saved };
  const given: Row = { ...rule, ...input };
  if (!given.team_id) throw invalid('team_id', say`Team is needed.`);
  if (saved && input.condition === undefined) checkAssignmentRule(saved, { condition: saved.condition }, context);
  return {
    id: String(saved?.id ?? ''),
    // One that is not kept yet would be the youngest.
    number: String(saved?.number ?? '~'),
    name: String(given.name ?? saved?.title ?? ''),
    department: (given.department as string | null | undefined) ?? null,
    match: given.match as AssignmentRule['match'],
    condition: given.condition as string | null,
    team_id: String(given.team_id),
    team: '',
    balance: 'none',
    rank: Number(given.rank),
    version: Number(saved?.version ?? 0),
  };
}

async function loggedSince(context: Context, from: Date): Promise<Logged[]> {
  return rows<Logged>(
    context.db,
    sql`with recent as (
          select r.id, r.number, r.title, r.opened_at, r.team_id from record r
          where r.type = 'incident' and r.opened_at >= ${from} and r.opened_at <= ${context.now}
            and ${whereAny(incident.sees, context.actor)}
          order by r.opened_at desc nulls last, r.id limit ${mostTried + 1})
        select r.id, r.number, r.title as name, r.opened_at, r.team_id as team_now, h.changes, h.why
        from recent r join history h on h.record_id = r.id and h.name = 'incident.logged'
        order by r.opened_at desc, r.id`,
  );
}

/** The fields an incident was logged with; what was erased since is empty. */
const asLogged = (changes: readonly StoredChange[]): Sorted =>
  Object.fromEntries(changes.flatMap((change) => ('erased' in change ? [] : [[change.field, change.after]])));

const byWhat = ({ why }: Logged, one: Sorted): Case['by'] => {
  if (why?.team?.id) return why.rule_id ? 'rule' : 'service';
  return one.team_id || one.assignee_id ? 'hand' : 'nobody';
};

function outcomeOf(
  rule: AssignmentRule,
  others: readonly AssignmentRule[],
  one: Sorted,
  judge: Parameters<typeof ruleFor>[2],
): Outcome {
  if (!matches(rule, one)) return { fits: false };
  const holds = rule.condition ? judge(rule, one) : true;
  if (holds !== true) return { fits: false, undecided: holds === null };
  return { fits: true, taker: ruleFor([rule, ...others], one, judge)!.id, own: rule.id };
}

function matched(rule: AssignmentRule, one: Sorted, names: ReadonlyMap<string, Ref>): Row {
  return Object.fromEntries(
    Object.keys(rule.match).map((name) => {
      const value = one[name];
      return [name, typeof value === 'string' && isId(value) ? (names.get(value)?.number ?? null) : (value ?? null)];
    }),
  );
}
