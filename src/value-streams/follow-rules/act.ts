import { automatic } from '../../kernel/actor';
import { calledVerb } from '../../kernel/called';
import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import { allows } from '../../kernel/lifecycle';
import type { Item } from '../../kernel/perform';
import { performSparing } from '../../kernel/perform-sparing';
import { say } from '../../kernel/sentence.contract';
import { type ActionRule, type Acts, calledInTexts, incident } from '../../practices/operation/incident';

/** A rule that is to act on one incident because of one line. */
export interface Case {
  readonly line: Line;
  /** As it stands; the row after each act takes its place. */
  record: Row;
  readonly acts: Acts;
  readonly why: Row;
}

/** Something a rule could not do, for whoever answers for it. */
export interface Fault {
  readonly rule_id: string;
  readonly sentence: string;
  readonly incident: string;
}

/**
 * Does what a rule says, on many incidents at once, as the rule. What the life of an incident does not allow is left
 * out; what is refused or fails otherwise is answered as a fault of the rule, and hinders nothing else.
 */
export async function carryOut(context: Context, rule: ActionRule, cases: readonly Case[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  const acting: Context = { ...context, actor: automatic('rule', rule.number) };
  const step = async (name: string, some: readonly Case[], itemOf: (one: Case) => Omit<Item, 'id'>) => {
    const verb = context.house.verbs.get(`incident.${name}`)!;
    const fitting = some.filter(
      ({ record }) => allows(incident.life, name, String(record.state)) && !verb.unfit?.(record),
    );
    if (fitting.length === 0) return;
    const results = await performSparing(
      acting,
      verb,
      fitting.map((one) => ({
        id: String(one.record.id),
        cause: { line: one.line.id },
        why: one.why,
        ...itemOf(one),
      })),
    );
    for (const [at, one] of fitting.entries()) {
      const result = results[at];
      if (result?.ok) one.record = result.record;
      else
        faults.push({
          rule_id: rule.id,
          sentence: String(
            say`It could not ${calledVerb(verb)}: ${result?.refusal.sentence ?? say`a fault of the program.`}`,
          ),
          incident: String(one.record.id),
        });
    }
  };
  await step(
    'edit',
    cases.filter(({ acts }) => Object.keys(acts.set).length > 0),
    ({ acts }) => ({ input: acts.set }),
  );
  await step(
    'assign',
    cases.filter(({ acts }) => acts.team !== null),
    ({ acts, why }) => ({ input: { team_id: acts.team }, why: { ...why, team: { id: acts.team } } }),
  );
  for (const person of new Set(cases.flatMap(({ acts }) => acts.watch)))
    await step(
      'watch',
      cases.filter(({ acts }) => acts.watch.includes(person)),
      () => ({ input: { person_id: person } }),
    );
  await step(
    'note',
    cases.filter(({ acts }) => acts.note !== null),
    ({ acts }) => ({ input: { text: acts.note } }),
  );
  const telling = cases.filter(({ acts }) => acts.tell);
  const people = await peopleFor(context, rule, telling);
  await step('call', telling, ({ record, why }) => ({
    input: { message: rule.tell_text },
    why: { ...why, to: (people.get(String(record.id)) ?? []).map((id) => ({ id })) },
  }));
  await step(
    'propose',
    cases.filter(({ acts }) => acts.major),
    () => ({ input: { kind: 'major', reason: String(say`${calledInTexts(rule)}: it may be a major incident.`) } }),
  );
  return faults;
}

/** Whom a rule tells about each incident: members of its teams, the lead of the incident's team, holders of roles. */
async function peopleFor(context: Context, rule: ActionRule, cases: readonly Case[]): Promise<Map<string, string[]>> {
  if (cases.length === 0) return new Map();
  const about = cases.map(({ record }) => ({ id: record.id, team: record.team_id, department: record.department }));
  const found = await rows<{ record_id: string; person_id: string }>(
    context.db,
    sql`select c.id as record_id, p.id as person_id
        from jsonb_to_recordset(${JSON.stringify(about)}::jsonb) as c (id uuid, team uuid, department uuid)
        join person p on p.team_ids && ${[...rule.tell_team_ids]}::uuid[]
          or p.id = any(array(select unnest(t.member_ids) from team t where t.id ${among(rule.tell_team_ids)}))
          or (${rule.tell_lead === true} and p.id = (select l.lead_id from team l where l.id = c.team))
          or (p.roles && ${[...rule.tell_roles]}::text[] and c.department = any(p.departments))
        join record r on r.id = p.id and r.state = 'active' order by r.serial`,
  );
  const map = new Map<string, string[]>();
  for (const one of found) {
    const known = map.get(one.record_id) ?? [];
    if (known.length < 200) map.set(one.record_id, [...known, one.person_id]);
  }
  return map;
}

/**
 * Of these faults those on an incident behind a wall their rule stands before. Told on the rule they would tell its
 * readers of the incident: they stay a line on the incident.
 */
async function behindWalls(context: Context, faults: readonly Fault[]): Promise<Set<Fault>> {
  const found = await rows<{ incident: string; rule: string }>(
    context.db,
    sql`select i.id as incident, u.id as rule from record i join department d on d.id = i.department
        join record u on u.id ${among(faults.map(({ rule_id }) => rule_id))}
        where i.id ${among(faults.map(({ incident }) => incident))} and d.confidential
          and u.department is distinct from i.department`,
  );
  const hidden = new Set(found.map(({ incident, rule }) => `${rule} ${incident}`));
  return new Set(faults.filter((one) => hidden.has(`${one.rule_id} ${one.incident}`)));
}

/** Whoever answers for a rule learns what it could not do: a line and a step on it, once until the step is ticked. */
export async function tellFaults(context: Context, faults: readonly Fault[]): Promise<void> {
  if (faults.length === 0) return;
  const fault = context.house.verbs.get('action_rule.fault')!;
  const halt = context.house.verbs.get('incident.halt')!;
  const acting: Context = { ...context, actor: automatic('rule', 'Rules') };
  const hidden = await behindWalls(context, faults);
  for (const { rule_id, sentence, incident } of hidden)
    await performSparing(acting, halt, [
      { id: incident, input: { sentence: sentence.slice(0, 300) }, why: { rule: 'A rule', rule_id } },
    ]);
  const open = faults.filter((one) => !hidden.has(one));
  const known = new Map(open.map((one) => [`${one.rule_id} ${one.sentence}`, one]));
  const rounds: Fault[][] = [];
  const turn = new Map<string, number>();
  for (const one of known.values()) {
    const at = turn.get(one.rule_id) ?? 0;
    turn.set(one.rule_id, at + 1);
    rounds[at] = [...(rounds[at] ?? []), one];
  }
  for (const round of rounds)
    await performSparing(
      acting,
      fault,
      round.map(({ rule_id, sentence, incident }) => ({
        id: rule_id,
        input: { sentence: sentence.slice(0, 300), incident },
      })),
    );
}
