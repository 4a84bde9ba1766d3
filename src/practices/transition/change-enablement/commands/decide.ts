import { reason } from '../../../../commons/keeping/verbs';
import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { among, type Row, rows, sql } from '../../../../kernel/database';
import { both, type Relation, readsDepartment, role, whereAny } from '../../../../kernel/policy';
import { invalid, invalidFields, Refusal } from '../../../../kernel/refusal';
import { type Sentence, say } from '../../../../kernel/sentence.contract';
import { missingFor } from '../approval.rules';
import { change } from '../change';
import { asking, type Deciders, decidersOf } from '../deciders';
import { agents, isRequester } from './plan';

/** Whoever was asked as owner of a service it touches. */
const ownsWhatItTouches: Relation = {
  name: 'owner of a service it touches',
  because: say`they own a service it touches`,
  holds: (row, actor) => actor.id !== null && ((row.approver_ids as string[] | null) ?? []).includes(actor.id),
  where: (actor) =>
    actor.id === null
      ? false
      : sql`r.id = any(array(select c.id from change c where ${actor.id}::uuid = any(c.approver_ids)))`,
};

/** The change authority: a change manager of its department, or the owner of a service it touches. */
const authority = [both(role('change_manager'), readsDepartment), both(ownsWhatItTouches, readsDepartment)];

/** Nobody says yes to what they asked for, or submitted, themselves. */
const notTheirOwn: Relation = {
  name: 'not its requester',
  because: say`they did not ask for it themselves`,
  holds: (row, actor) => actor.id !== null && actor.id !== row.requester_id && actor.id !== row.submitted_by_id,
  where: (actor) =>
    actor.id === null
      ? false
      : sql`(r.requester_id is distinct from ${actor.id}::uuid
          and r.id <> all(array(select c.id from change c where c.submitted_by_id = ${actor.id}::uuid)))`,
};

/** Somebody looks at risk, effect and what else is planned. */
export const assess = verb({
  on: change,
  verb: 'assess',
  past: 'assessed',
  label: 'Assess',
  undo: true,
  allow: agents,
  decide: (_record, _input, _facts, context) => ({ set: { state: 'assessing', assessed_at: context.now } }),
});

/** Other changes on the same components at the same time, by change. */
async function collisions(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, number>> {
  const found = await rows<{ id: string; n: number }>(
    context.db,
    sql`select c.id, count(*)::int as n from change c
        join change o on o.id <> c.id and o.configuration_item_ids && c.configuration_item_ids
          and o.planned_start < c.planned_end and o.planned_end > c.planned_start
        join record r on r.id = o.id and r.state in ('submitted', 'assessing', 'awaiting_authorization', 'scheduled', 'implementing')
          and ${whereAny(change.sees, context.actor)}
        where c.id ${among(items.map(({ key }) => key))} group by c.id`,
  );
  return new Map(found.map(({ id, n }) => [id, n]));
}

/** The assessment is done: risk and impact are known, and who may decide decides. */
export const refer = verb<Row, { conflicts: number; to: Deciders | undefined }>({
  on: change,
  verb: 'refer',
  past: 'referred',
  done: 'referred for approval',
  label: 'Ask for approval',
  undo: true,
  takes: ['risk_level', 'impact', 'assessment'],
  allow: agents,
  facts: async (context, items) => {
    const [meet, deciders] = [await collisions(context, items), await decidersOf(context, items)];
    return new Map(items.map(({ key }) => [key, { conflicts: meet.get(key) ?? 0, to: deciders.get(key) }]));
  },
  decide: (record, input, { conflicts, to }) => {
    const after = { ...record, ...input };
    if (!after.risk_level) throw invalid('risk_level', say`Say how risky it is.`);
    if (after.impact == null) throw invalid('impact', say`Say how much it would hurt if it failed.`);
    if (!after.assessment) throw invalid('assessment', say`Say what the assessment found.`);
    return {
      set: { ...input, state: 'awaiting_authorization', approver_ids: to?.owners ?? [] },
      remember: { conflicts },
      why: asking(to?.asked),
    };
  },
});

/** Somebody other than its requester says yes. In an emergency the work begins with it. */
export const approve = verb({
  on: change,
  verb: 'approve',
  past: 'approved',
  label: 'Approve',
  undo: true,
  input: { reason: { ...reason, label: 'Remark' } },
  allow: authority.map((one) => both(one, notTheirOwn)),
  decide: (record, input, _facts, context) => {
    // A second look: the first one may have been made with what stood there before.
    const missing = missingFor(String(record.kind), record);
    if (missing.length > 0) throw invalidFields(missing);
    const emergency = record.kind === 'emergency';
    return {
      set: {
        state: emergency ? 'implementing' : 'scheduled',
        approved_by_id: context.actor.id,
        approved_at: context.now,
        ...(emergency ? { actual_start: context.now } : { scheduled_at: context.now }),
      },
      remember: { remark: input.reason },
    };
  },
});

export const reject = verb({
  on: change,
  verb: 'reject',
  past: 'rejected',
  label: 'Reject',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: authority,
  decide: (_record, input) => ({ set: { state: 'rejected' }, remember: { remark: input.reason } }),
});

interface Template extends Row {
  readonly state: string;
  readonly outcome: string | null;
  readonly approved_by_id: string | null;
  readonly approved_at: Date | null;
  readonly risk_level: string | null;
  readonly implementation_plan: string | null;
  readonly test_plan: string | null;
  readonly backout_plan: string | null;
}

async function templates(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Template>> {
  const ids = items.map(({ record }) => record.template_id).filter((id) => typeof id === 'string');
  if (ids.length === 0) return new Map();
  const found = await rows<Template & { id: string }>(
    context.db,
    sql`select c.*, r.state from change c join record r on r.id = c.id where c.id ${among(ids)}`,
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  return new Map(
    items.flatMap(({ key, record }) => {
      const template = byId.get(String(record.template_id));
      return template ? [[key, template]] : [];
    }),
  );
}

const year = 365 * 86_400_000;
const texts = ['implementation_plan', 'test_plan', 'backout_plan'] as const;

/** A standard change repeats one that was approved and went well: its approval stands for this one too. */
export const schedule = verb<Row, Template | undefined>({
  on: change,
  verb: 'schedule',
  past: 'scheduled',
  label: 'Schedule',
  undo: true,
  takes: ['planned_start', 'planned_end', 'template_id'],
  allow: [...agents, isRequester],
  facts: (context, items) =>
    templates(
      context,
      items.map((item) => ({ ...item, record: { ...item.record, ...item.input } })),
    ),
  decide: (record, input, template, context) => {
    if (record.kind !== 'standard')
      throw new Refusal(
        'wrong_state',
        say`Only a standard change is scheduled without a decision of its own: submit this one.`,
      );
    if (!template) throw invalid('template_id', say`Name the change it repeats.`);
    refuseTemplate(template, context);
    const after: Row = { ...record, ...input };
    // The yes was said to this service: elsewhere it would be a yes nobody gave.
    if (template.service_id !== after.service_id)
      throw invalid('template_id', say`The change it repeats was approved for another service.`);
    for (const name of texts) {
      if (after[name] && after[name] !== template[name])
        throw invalid(
          name,
          say`A standard change is done as it was approved: leave this empty or make it a normal change.`,
        );
      after[name] = template[name];
    }
    const missing = missingFor('standard', { ...after, reason: after.reason ?? 'as before' });
    if (missing.length > 0) throw invalidFields(missing);
    if ((after.planned_end as Date) <= (after.planned_start as Date))
      throw invalid('planned_end', say`A window ends after it begins.`);
    const { implementation_plan, test_plan, backout_plan } = after;
    return {
      set: {
        ...input,
        implementation_plan,
        test_plan,
        backout_plan,
        risk_level: 'low',
        state: 'scheduled',
        approved_by_id: template.approved_by_id,
        approved_at: template.approved_at,
        scheduled_at: context.now,
      },
      why: { rule: String(say`a standard change`), sentence: String(say`Approved with the change it repeats.`) },
    };
  },
});

/** Throws the sentence why this change cannot stand for another. */
function refuseTemplate(template: Template, context: Context): void {
  const wrong = (message: Sentence) => invalid('template_id', message);
  if (template.state !== 'closed' || template.outcome !== 'successful')
    throw wrong(say`Only a change that was closed as successful can be repeated as a standard change.`);
  if (!template.approved_by_id || !template.approved_at) throw wrong(say`The change it repeats was never approved.`);
  if (template.risk_level !== 'low') throw wrong(say`Only a change of low risk can be repeated as a standard change.`);
  if (context.now.getTime() - template.approved_at.getTime() > year)
    throw wrong(say`The approval of the change it repeats is older than a year.`);
  if (template.approved_by_id === context.actor.id)
    throw wrong(say`You approved the change it repeats yourself: somebody else schedules it.`);
}
