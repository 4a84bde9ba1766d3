import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { type Row, rows, sql } from '../../../../kernel/database';
import type { Field } from '../../../../kernel/field';
import { isId, newId } from '../../../../kernel/id';
import { handlesDepartment } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { type Sentence, say } from '../../../../kernel/sentence.contract';
import { anyWalled } from '../action-rules-in-force';
import { modelFacts } from '../facts';
import { incident } from '../incident';
import { doubtSubjects } from '../incident.contract';
import { administratorsOf } from '../keepers';

const subject: Field = {
  kind: 'choice',
  label: 'What is wrong',
  choices: doubtSubjects,
  choicesOf: {
    promise: 'agreement',
    changes: 'change',
    known_errors: 'problem',
    goals: 'goal',
  },
};
const text: Field = { kind: 'markdown', label: 'What would be right', max: 4000 };

type Subject = (typeof doubtSubjects)[number];

/** What is doubted where no row of the organisation worked it out. */
const howFound: Readonly<Record<Subject, Sentence>> = {
  team: say`how the team is found`,
  priority: say`how the priority is found`,
  promise: say`how the promise is found`,
  changes: say`how changes nearby are found`,
  similar: say`how similar incidents are found`,
  known_errors: say`how known errors are found`,
  affected: say`how it is found who else is affected`,
  goals: say`how the goals are found`,
  rule: say`how a rule is found`,
};

const line: Field = { kind: 'text', label: 'The line of a rule', max: 60 };

/** A rule that worked something out on an incident, and who answers for it. */
interface Answerable {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly owner_id: string | null;
  /** It stands behind a wall: the note does not name it. */
  readonly walled: boolean;
}

interface DoubtFacts {
  readonly rule: Answerable | null;
  /** Whom it reaches: the owner, and where there is none the administrators. */
  readonly to: readonly string[];
}

/** The rows that may have worked something out on these incidents: rules, agreement, model, service. */
async function rulesOf(
  context: Context,
  items: readonly FactItem<{ subject: string; line?: string | null }>[],
): Promise<Map<string, DoubtFacts>> {
  const models = await modelFacts(context, items);
  const found = await rows<Answerable & { key: string; subject: string }>(
    context.db,
    sql`with asked as (select * from jsonb_to_recordset(${JSON.stringify(
      items.map(({ key, record, input }) => ({
        key,
        subject: input.subject,
        service: record.service_id ?? null,
        model: models.get(key)?.id ?? null,
        line: isId(input.line ?? '') ? input.line : null,
      })),
    )}::jsonb) as a (key uuid, subject text, service uuid, model uuid, line uuid)),
      rules as (
        select a.key, a.subject, case a.subject
          when 'team' then (select (h.why ->> 'rule_id')::uuid from history h
            where h.record_id = a.key and h.why ? 'rule_id' and h.changes @> '[{"field": "team_id"}]'
            order by h.id desc limit 1)
          when 'rule' then (select (h.why ->> 'rule_id')::uuid from history h
            where h.record_id = a.key and h.actor_kind = 'rule' and h.why ? 'rule_id'
              and (a.line is null or h.id = a.line) order by h.id desc limit 1)
          when 'promise' then (select c.agreement_id from clock c where c.record_id = a.key order by c.cycle desc limit 1)
          when 'priority' then coalesce((select case when h.actor_kind = 'rule' then (h.why ->> 'rule_id')::uuid end from history h
            where h.record_id = a.key and (h.changes @> '[{"field": "impact"}]' or h.changes @> '[{"field": "urgency"}]')
            order by h.id desc limit 1), a.model) else a.service end as rule from asked a)
      select u.key, u.subject, r.id, r.number, r.title as name, coalesce(ar.owner_id, ac.owner_id, ag.owner_id, im.owner_id, s.owner_id) as owner_id,
        coalesce(d.confidential, false)
          or ${anyWalled(sql`(array[r.team_id, ac.to_team_id] || ac.tell_team_ids)`)} as walled
      from rules u join record r on r.id = u.rule left join department d on d.id = r.department
        left join assignment_rule ar on ar.id = u.rule left join action_rule ac on ac.id = u.rule
        left join agreement ag on ag.id = u.rule
        left join incident_model im on im.id = u.rule left join service s on s.id = u.rule`,
  );
  const rule = new Map(found.map(({ key, subject: _subject, ...one }) => [key, one]));
  const administrators =
    found.length === items.length && found.every(({ owner_id }) => owner_id) ? [] : await administratorsOf(context.db);
  return new Map(
    items.map(({ key }) => {
      const one = rule.get(key) ?? null;
      return [key, { rule: one, to: one?.owner_id ? [one.owner_id] : administrators }];
    }),
  );
}

/** What was worked out by itself is wrong: a note for the team, and whoever answers for the rule is told. */
export const doubt = verb<{ subject: string; text?: string | null; line?: string | null }, DoubtFacts>({
  on: incident,
  verb: 'doubt',
  past: 'doubted',
  done: 'doubted',
  label: 'This is wrong',
  input: { subject, text, line },
  required: ['subject', 'text'],
  allow: [handlesDepartment],
  facts: rulesOf,
  decide: (_record, input, { rule, to }, context) => {
    const said = (input.text ?? '').trim();
    if (said === '') throw invalid('text', say`Say what would be right.`);
    const id = newId(context.now);
    const what = rule && !rule.walled ? `${input.subject}, ${rule.number} ${rule.name}` : input.subject;
    return {
      internal: true,
      remember: { doubt: { subject: input.subject, rule: rule && !rule.walled ? rule.number : null, text: said } },
      why: {
        rule: rule ? `${rule.number}, ${rule.name}` : String(howFound[input.subject as Subject]),
        ...(rule ? { rule_id: rule.id } : {}),
        to: to.map((id) => ({ id })),
      } satisfies Row,
      children: [
        {
          table: 'comment',
          insert: {
            id,
            kind: 'note',
            text: `**This is wrong** (${what}): ${said}`,
            author_id: context.actor.id,
            author_kind: context.actor.kind,
            at: context.now,
          },
        },
      ],
    };
  },
});
