import { reason } from '../../../../commons/keeping/verbs';
import { agentRoles } from '../../../../commons/people';
import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { type Row, rows, sql } from '../../../../kernel/database';
import { both, handlesDepartment, person, readsDepartment, role, theSystem } from '../../../../kernel/policy';
import { invalid, invalidFields, Refusal } from '../../../../kernel/refusal';
import { listed, say } from '../../../../kernel/sentence.contract';
import { approvalBroken, missingFor, windowWrong } from '../approval.rules';
import { change } from '../change';
import { asking, type Deciders, decidersOf } from '../deciders';

export const agents = [handlesDepartment];
/** Who answers for the practice. */
export const managers = [both(role('change_manager'), handlesDepartment)];
export const isRequester = both(readsDepartment, person('requester_id', say`they asked for it`));

/** What an approval left behind when it no longer holds. */
export const approvalGone = { approved_by_id: null, approved_at: null, scheduled_at: null };

/** The department the caller works in, where they work in one alone; else the desk. */
async function ownDepartment(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string | null>> {
  const { handles, reads, id } = context.actor;
  const near = handles.length === 1 ? handles : reads;
  const one = near.length === 1 ? near[0]! : null;
  const asked = one === null && id !== null && items.some(({ input }) => input.department == null);
  const [desk] = asked
    ? await rows<{ id: string }>(
        context.db,
        sql`select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1`,
      )
    : [];
  return new Map(items.map(({ key }) => [key, one ?? desk?.id ?? null]));
}

/** Somebody wants to alter something. */
export const draft = verb<Row, string | null>({
  on: change,
  verb: 'draft',
  past: 'drafted',
  label: 'Draft',
  creates: true,
  takes: 'writable',
  required: ['title'],
  // Which department it is may still be found out; `decide` looks at it.
  allow: [role(...agentRoles, 'service_owner'), theSystem],
  facts: ownDepartment,
  decide: (_record, input, own, context) => {
    const { actor } = context;
    const department = input.department ?? own;
    if (!department) throw invalid('department', say`Name the department that takes care of it.`);
    const mine = [...actor.handles, ...(actor.roles.includes('service_owner') ? actor.reads : [])];
    if (actor.kind === 'person' && !mine.includes(String(department)))
      throw new Refusal('forbidden', say`You do not do the work of this department.`);
    const wrong = windowWrong(input.planned_start, input.planned_end);
    if (wrong) throw invalid('planned_end', wrong);
    return {
      set: {
        ...input,
        department,
        state: 'draft',
        kind: input.kind ?? 'normal',
        requester_id: input.requester_id ?? actor.id,
        opened_at: context.at ?? context.now,
      },
    };
  },
});

/** What is known by its number alone is taken over as work of our own. */
export const adopt = verb({
  on: change,
  verb: 'adopt',
  past: 'adopted',
  done: 'taken over',
  label: 'Take over',
  undo: true,
  allow: agents,
  decide: (_record, _input, _facts, context) => ({
    set: { state: 'draft', kind: 'normal', requester_id: context.actor.id },
  }),
});

/** It is complete and asks for a decision; one in an emergency asks for it at once. */
export const submit = verb<Row, Deciders | undefined>({
  on: change,
  verb: 'submit',
  past: 'submitted',
  label: 'Submit',
  undo: true,
  allow: [...agents, isRequester],
  facts: decidersOf,
  decide: (record, _input, to, context) => {
    if (record.kind === 'standard')
      throw new Refusal('wrong_state', say`A standard change is scheduled after what it repeats, not submitted.`);
    const missing = missingFor(String(record.kind), record);
    if (missing.length > 0) throw invalidFields(missing);
    return {
      set: {
        state: record.kind === 'emergency' ? 'awaiting_authorization' : 'submitted',
        submitted_at: context.now,
        submitted_by_id: context.actor.id,
        ...approvalGone,
        ...(record.kind === 'emergency'
          ? { approver_ids: (to?.owners ?? []).filter((id) => id !== context.actor.id) }
          : {}),
      },
      ...(record.kind === 'emergency' ? { why: asking(to?.asked.filter((id) => id !== context.actor.id)) } : {}),
    };
  },
});

/** Back to the draft: to be planned anew. An approval does not outlive it. */
export const revise = verb({
  on: change,
  verb: 'revise',
  past: 'revised',
  done: 'sent back',
  label: 'Send back',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: [...agents, isRequester, both(role('service_owner'), readsDepartment)],
  decide: (record, input) => ({
    set: { state: 'draft', ...approvalGone },
    remember: { remark: input.reason, ...(record.approved_at ? { approval: 'void' } : {}) },
    ...(record.approved_at
      ? { why: { rule: String(say`planned anew`), sentence: String(say`It is planned anew: the approval is void.`) } }
      : {}),
  }),
});

const planned = ['submitted', 'assessing', 'awaiting_authorization', 'scheduled'];

/** Plain fields. What others decide or have decided on sends it back to the draft, and their yes is void. */
export const edit = verb({
  on: change,
  verb: 'edit',
  past: 'edited',
  label: 'Edit',
  undo: true,
  takes: 'writable',
  allow: [...agents, isRequester],
  decide: (record, input) => {
    if (input.department === null) throw invalid('department', say`Some department must take care of it.`);
    if (input.kind === null) throw invalid('kind', say`A change is standard, normal or for an emergency.`);
    const after = { ...record, ...input };
    const wrong = windowWrong(after.planned_start, after.planned_end);
    if (wrong) throw invalid('planned_end', wrong);
    if (input.template_id === record.id) throw invalid('template_id', say`A change does not repeat itself.`);
    const broken = approvalBroken(record, input);
    if (broken.length === 0) return { set: input };
    if (['implementing', 'documentation', 'review'].includes(String(record.state)))
      throw new Refusal(
        'wrong_state',
        say`The work has begun as it was approved: ${listed(broken)} cannot be altered any more.`,
      );
    if (!planned.includes(String(record.state))) return { set: input };
    const sentence = record.approved_at
      ? `Altered: ${broken.join(', ')}. The approval is void.`
      : `Altered: ${broken.join(', ')}. It is submitted and assessed anew.`;
    return {
      set: { ...input, state: 'draft', ...approvalGone },
      remember: record.approved_at ? { approval: 'void' } : {},
      why: { rule: String(say`an edit of plan, window or components`), sentence },
    };
  },
});

export const cancel = verb({
  on: change,
  verb: 'cancel',
  past: 'cancelled',
  label: 'Cancel',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: [...managers, isRequester],
  decide: (_record, input, _facts, context) => ({
    set: { state: 'cancelled', cancelled_at: context.now },
    remember: { remark: input.reason },
  }),
});
