import { addWorkingTime, type Calendar } from '../../../commons/calendar';
import { show, untoldLines } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import type { StoredChange } from '../../../kernel/history';
import { isId } from '../../../kernel/id';
import { whereAny } from '../../../kernel/policy';
import { say } from '../../../kernel/sentence.contract';
import { hoursOf } from '../../design/service-level';
import { type ActionRule, type Acts, actsOf, inOrder, isFor, isNothing } from './action.rules';
import { actionRule, checkActionRule } from './action-rule';
import { actionRulesInForce } from './action-rules-in-force';
import { afterActs, changesBy, hearsActs, type Moment, momentsFor, opposed, type PastLine } from './action-trial.rules';
import { asked } from './assignment-condition';
import { ruleMakers } from './assignment-rule';
import { incident, incidentPromises } from './incident';
import {
  asSeen,
  draftInput,
  examples,
  gone,
  inTrial,
  lastDays,
  mostFirst,
  mostTried,
  namedIn,
  type Ref,
  refIn,
} from './trial-frame';

interface Past {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly lines: PastLine[];
}

interface Firing {
  readonly past: Past;
  readonly moment: Moment;
  readonly acts: Acts;
}

/**
 * What an action rule would have done with the incidents of the last 90 days that the caller may see, each moment as it
 * was then, beside the rules that are switched on now. Writes nothing. `body` holds fields of the rule as it is
 * drafted; what it leaves out is as in `saved`. Throws 403 for who makes no rules and 422 with the field for a rule
 * that cannot be kept.
 */
export async function tryActionRule(outer: Context, body: unknown, saved?: Row): Promise<Row> {
  return inTrial(
    outer,
    ruleMakers,
    say`Only administrators and incident managers try action rules.`,
    async (context) => {
      const { db } = context;
      const rule = await draftOf(context, body, saved);
      const { from, told } = lastDays(context);
      const { all, counted } = gone(await pastSince(context, from));
      const others = (await actionRulesInForce(db)).filter(({ id }) => id !== rule.id);
      const moments = await momentsOf(context, rule, all);
      const names = await show(context, [
        ...namedIn(
          context,
          moments.map(({ moment }) => moment.incident),
        ),
        ...namedIn(context, [rule as unknown as Row]),
        ...[rule.to_team_id, rule.set_service_id].filter((id) => id !== null),
        ...others.map(({ id }) => id),
      ]);
      const seen = moments.map(({ past, moment }) => ({
        past,
        moment: { ...moment, incident: asSeen(context, moment.incident, names) },
      }));
      const about = await asked(
        context,
        [rule, ...others],
        seen.map(({ moment }) => moment.incident),
        true,
        'any',
      );
      const behind = new Map<string, number>();
      const firings: Firing[] = [];
      let undecided = 0;
      for (const { past, moment } of seen) {
        const judged = about.judge(rule, moment.incident);
        if (judged === null) undecided += 1;
        if (judged !== true) continue;
        const before = inOrder([rule, ...others]).find(
          (one) =>
            one.id !== rule.id &&
            one.stop &&
            one.rank <= rule.rank &&
            one.occasion === rule.occasion &&
            isFor(one, moment.incident) &&
            about.judge(one, moment.incident) === true,
        );
        if (before) behind.set(before.id, (behind.get(before.id) ?? 0) + 1);
        else firings.push({ past, moment, acts: actsOf(rule, moment.incident, []) });
      }
      const ref = refIn(names);
      const doing = firings.filter(({ acts }) => !isNothing(acts));
      const value = (one: unknown): unknown => {
        if (Array.isArray(one)) return one.map(value);
        if (typeof one === 'string' && isId(one)) return names.get(one)?.number ?? null;
        return one ?? null;
      };
      return {
        ...told,
        ...counted,
        fits: firings.length,
        acts: doing.length,
        incidents: new Set(doing.map(({ past }) => past.id)).size,
        nothing: firings.length - doing.length,
        undecided,
        does: doesOf(doing),
        behind: mostFirst([...behind].map(([id, count]) => ({ rule: ref(id), count }))),
        clashes: await clashesWith(context, rule, others, doing, names),
        items: doing.slice(0, examples).map(({ past, moment, acts }) => ({
          id: past.id,
          number: past.number,
          name: past.name,
          at: new Date(moment.at).toISOString(),
          line: moment.line,
          changes: changesBy(acts, moment.incident).map(({ field, before, after }) => ({
            field,
            before: value(before),
            after: value(after),
          })),
          tells: acts.tell,
          note: acts.note !== null,
          watches: acts.watch.length > 0,
          major: acts.major,
          inputs: about.values(rule, moment.incident),
        })),
        next: null,
      };
    },
  );
}

/** The rule as it would be kept: checked as saving it would check it. */
async function draftOf(context: Context, body: unknown, saved: Row | undefined): Promise<ActionRule> {
  const input = await draftInput(context, 'action_rule.edit', body);
  const standards = Object.fromEntries(
    Object.entries(actionRule.fields).flatMap(([name, field]) =>
      ['texts', 'references'].includes(field.kind)
        ? [[name, []]]
        : field.writable === false
          ? []
          : [[name, field.standard ?? null]],
    ),
  );
  // What is emptied by the form is as empty as what was never filled in.
  const given = Object.fromEntries(Object.entries(input).map(([name, one]) => [name, one ?? standards[name] ?? null]));
  checkActionRule({ ...standards, ...saved }, given, context);
  if (saved && given.condition === undefined) checkActionRule(saved, { condition: saved.condition }, context);
  return {
    ...standards,
    ...saved,
    ...given,
    id: String(saved?.id ?? ''),
    // One that is not kept yet would be the youngest.
    number: String(saved?.number ?? 'ACT-999999999'),
    name: String(given.name ?? saved?.title ?? ''),
    version: Number(saved?.version ?? 0),
  } as unknown as ActionRule;
}

interface Stored {
  readonly id: string;
  readonly type: string;
  readonly record_id: string;
  readonly name: string;
  readonly actor_kind: string;
  readonly at: Date;
  readonly changes: readonly StoredChange[];
}

/** Incidents logged since then, newest first, with their lines as the caller may read them; what was erased is empty. */
async function pastSince(context: Context, from: Date): Promise<Past[]> {
  const recent = await rows<{ id: string; number: string; name: string; team: boolean }>(
    context.db,
    sql`select r.id, r.number, r.title as name, coalesce(${whereAny(incident.team, context.actor)}, false) as team from record r
        where r.type = 'incident' and r.opened_at >= ${from} and r.opened_at <= ${context.now}
          and ${whereAny(incident.sees, context.actor)}
        order by r.opened_at desc nulls last, r.id limit ${mostTried + 1}`,
  );
  const lines = await rows<Stored>(
    context.db,
    sql`select h.id, h.record_id, h.type, h.name, h.actor_kind, h.at, h.changes from history h
        where h.record_id ${among(recent.map(({ id }) => id))}
          and (not h.internal or h.record_id ${among(recent.flatMap(({ id, team }) => (team ? [id] : [])))}) order by h.id`,
  );
  // A line that does no more than name what lies behind a wall is no sign of life for who stands before it.
  const untold = await untoldLines(context, lines);
  const of = new Map<string, PastLine[]>();
  for (const { id, record_id, changes, at, ...line } of lines) {
    if (untold.has(id)) continue;
    const told = changes.flatMap((change) => ('erased' in change ? [] : [change]));
    of.set(record_id, [...(of.get(record_id) ?? []), { ...line, at: at.getTime(), changes: told }]);
  }
  return recent.map((one) => ({ ...one, lines: of.get(one.id) ?? [] }));
}

/** The moments of all these incidents at which the rule would have been asked, in a state it is for. */
async function momentsOf(
  context: Context,
  rule: ActionRule,
  all: readonly Past[],
): Promise<{ past: Past; moment: Moment }[]> {
  const length = Number(rule.minutes ?? 0) * 60_000;
  const logged = all.map(({ lines }) =>
    Object.fromEntries((lines[0]?.changes ?? []).map((one) => [one.field, one.after])),
  );
  const hours: (Calendar | null)[] =
    rule.occasion === 'quiet' && rule.working_time
      ? await hoursOf(
          context.db,
          incidentPromises,
          logged.map((one) => ({
            service_id: (one.service_id as string | null) ?? null,
            organization_id: (one.organization_id as string | null) ?? null,
            department: (one.department as string | null) ?? null,
            priority: (one.priority as number | null) ?? null,
            opened_at: new Date(String(one.opened_at ?? context.now.toISOString())),
          })),
          context.now,
        )
      : [];
  return all.flatMap((past, at) => {
    const calendar = hours[at];
    const wait = (start: number) => (calendar ? addWorkingTime(calendar, start, length) : start + length);
    return momentsFor(rule, past.lines, context.now.getTime(), wait)
      .filter(({ incident: then }) => isFor(rule, then))
      .map((moment) => ({ past, moment }));
  });
}

/** How often it would have done each thing, the most first. */
function doesOf(firings: readonly Firing[]) {
  const counts = new Map<string, number>();
  const add = (act: string) => counts.set(act, (counts.get(act) ?? 0) + 1);
  for (const { acts } of firings) {
    for (const field of Object.keys(acts.set)) add(field);
    if (acts.team !== null) add('team_id');
    if (acts.watch.length > 0) add('watch');
    if (acts.tell) add('tell');
    if (acts.note !== null) add('note');
    if (acts.major) add('major');
  }
  return mostFirst([...counts].map(([act, count]) => ({ act, count })));
}

/** Rules that would take back what this one does, or whose doing it would take back, with how often. */
async function clashesWith(
  context: Context,
  rule: ActionRule,
  others: readonly ActionRule[],
  firings: readonly Firing[],
  names: ReadonlyMap<string, Ref>,
) {
  const rivals = others.filter((other) => opposed(rule, other).length > 0);
  if (rivals.length === 0) return [];
  const after = firings.map(({ acts, moment }) => afterActs(acts, moment.incident));
  const about = await asked(context, rivals, after, true, 'any');
  return rivals.flatMap((other) => {
    const fields = opposed(rule, other);
    const hit = firings.filter(({ acts, moment }, at) => {
      const set = Object.keys({ ...acts.set, ...(acts.team === null ? {} : { team_id: acts.team }) });
      if (!fields.some((field) => set.includes(field))) return false;
      // Either it listens to what this one does, or both listen to the same and the later has the last word.
      const heard = hearsActs(other, acts) || (other.occasion === rule.occasion && moment.line !== null);
      return heard && isFor(other, after[at]!) && about.judge(other, after[at]!) === true;
    });
    return hit.length === 0
      ? []
      : [{ rule: refIn(names)(other.id), fields, count: hit.length, example: hit[0]!.past.number }];
  });
}
